"""Everything a referral takes from the chart, asked in one go."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from app.assessments.shelf import instruments
from app.core.clock import local
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.referrals.filling.attachable import attachables
from app.referrals.filling.baseline import baseline_of
from app.referrals.filling.filled import UNRECORDED, Fact, Filled, Reading
from app.referrals.filling.measured import Measured, measured
from app.referrals.filling.medicines import taken
from app.referrals.filling.offered import belongings_of, criteria_of, facts_of, urgency_of
from app.referrals.filling.people import allergies_of, contacts_of, diagnoses_of, person_of, sender_of
from app.referrals.filling.standing import DAY, Holds, holds
from app.referrals.filling.told import tell
from app.referrals.rules.chart_facts import Facts, run_of
from app.referrals.rules.trend import moment_words
from app.referrals.writing.begin import open_referral
from app.residents.queries import Chart
from app.residents.queries.chart import chart as chart_of
from app.residents.queries.chart_rows import ChartRow


@dataclass(frozen=True)
class FillReferral(Question[Filled]):
    """Everything a referral of this resident takes from the chart, as of now."""

    resident: UUID


@answers(FillReferral)
def fill_referral(reader: Reader, question: FillReferral) -> Filled:
    """Refuses a resident who is not known."""
    reader.require(Right.READ_RESIDENTS)
    chart = chart_of(reader, Chart(question.resident))
    signs, held = measured(reader, question.resident), holds(reader, question.resident)
    medicines = taken(reader, question.resident)
    facts = facts_of(signs, held, medicines, reader.now)
    criteria, shelf = criteria_of(facts, reader.settings.zone), instruments(reader.session)
    urgency, cause, department = urgency_of(criteria)
    open_one = open_referral(reader, question.resident)
    filled = Filled(
        **_people(reader, chart),
        **_held(reader, held),
        taken_at=reader.now,
        vitals=signs.readings,
        news2=signs.score,
        medicines=medicines.medicines,
        doses=medicines.doses,
        recent=_recent(reader, held, signs),
        baseline=baseline_of(reader, chart, signs.profile, shelf),
        last_seen_well=_seen_well(reader, facts),
        belongings=belongings_of(person_of(chart), medicines.medicines, held),
        criteria=criteria,
        urgency=urgency,
        cause=cause,
        department=department,
        texts={},
        sbar={},
        sources={},
        attachments=attachables(reader, chart, held, shelf),
        zone=reader.settings.zone,
        open_referral=None if open_one is None else open_one.rid,
    )
    told = tell(filled)
    return replace(filled, texts=told.texts, sbar=told.sbar, sources=told.sources)


def _people(reader: Reader, chart: ChartRow) -> dict[str, Any]:
    """Who is sent and by whom, and what is said of the person in general."""
    active, over = diagnoses_of(chart)
    return {
        "resident": person_of(chart),
        "sender": sender_of(reader, chart),
        "contacts": contacts_of(chart),
        "diagnoses": active,
        "past_diagnoses": over,
        "allergies": allergies_of(chart),
    }


def _held(reader: Reader, held: Holds) -> dict[str, Any]:
    """What holds, by kind."""
    return {
        "lines": held.of("tube", "oxygen"),
        "wounds": held.of("wound"),
        "isolation": held.of("isolation"),
        "diet": held.of("diet"),
        "risks": held.of("risk"),
        "falls": held.of("fall"),
        "restraint": held.of("restraint"),
        "wishes": held.of("wish"),
        "labs": _labs(held),
        "last_meal": _last_meal(reader, held),
    }


def _recent(reader: Reader, held: Holds, signs: Measured) -> tuple[Fact, ...]:
    """Notes and incidents of the last day, what notes say was done, oxygen; the newest first."""
    found = [one for one in held.of("note", "incident") if one.at is not None and one.at >= reader.now - DAY]
    for row in held.notes:
        said = (str(row.content.get(key) or "").strip("。；， ") for key in ("measures", "effect"))
        done = "，".join(part for part in said if part)
        if done:
            found.append(Fact("done", f"护理记录：{done}", row.at, row.rid, short=done))
    oxygen: list[Reading] = [one for one in signs.readings if one.how.startswith("吸氧")]
    found += [Fact("oxygen", one.how, one.at) for one in oxygen]
    return tuple(sorted(found, key=lambda one: one.at or reader.now, reverse=True))


def _labs(held: Holds) -> tuple[Fact, ...]:
    """Those out of range first, each the newest first."""
    rows = sorted(held.labs, key=lambda row: not row.content.get("flag"))
    flags = [str(row.content.get("flag", "")) for row in rows]
    return tuple(
        Fact("lab", row.line.split("，")[0], row.at, row.rid, red=flag.startswith("critical"))
        for row, flag in zip(rows, flags, strict=True)
    )


def _last_meal(reader: Reader, held: Holds) -> str:
    if held.meal is None:
        return UNRECORDED
    return f"{_moment(reader, held.meal.at)} {held.meal.line}"


def _moment(reader: Reader, at: datetime) -> str:
    zone = reader.settings.zone
    return moment_words(local(zone, at), local(zone, reader.now))


def _seen_well(reader: Reader, facts: Facts) -> str:
    """When somebody who is not as awake as usual was last measured to be; empty for who is."""
    latest = facts.latest("consciousness")
    if latest is None or facts.alert(latest):
        return ""
    _begun, good = run_of(facts.of("consciousness"), lambda one: not facts.alert(one))
    return UNRECORDED if good is None else f"{_moment(reader, good.at)}（测量）"
