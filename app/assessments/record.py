"""From filled-in content to a record: what is still missing, the row with words as shown, what is signed of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.signing import Signable
from app.assessments.content import Content, Record
from app.assessments.explanation import explain, finding, risks
from app.assessments.information_rules import blocked, contradictions, unexplained, unfilled
from app.assessments.instruments import Fact, Instrument, fact_of, plain
from app.assessments.known import resident_called, resident_facts
from app.assessments.measuring import part_results
from app.assessments.rules import Outcome, missing_items, score
from app.core.errors import Refusal
from app.core.unit import Reader, Unit
from app.residents.rules import age_on
from db.models import Assessment

KIND = "assessment"
STANDING = ("signed", "corrected")
"""States of a revision that counts: lists, levels and reports take no other."""


def check_complete(instrument: Instrument, content: Content, outcome: Outcome) -> None:
    """Refuse, naming what is missing or contradicts, an assessment that cannot be signed yet."""
    if content.assessed_on is None:
        raise Refusal("请填写评估日期", field="assessed_on")
    if not content.occasion or content.occasion in ("其他", "其他："):
        raise Refusal("请选择评估原因；选“其他”时请写明", field="occasion")
    if content.undone:
        return
    if stopped := blocked(instrument, content.information):
        raise Refusal(stopped[0])
    if not outcome.set_directly and not outcome.complete:
        missing = missing_items(instrument, content.answers)
        named = "、".join(item.label for item in missing[:3])
        more = "等" if len(missing) > 3 else ""
        raise Refusal(f"还有{len(missing)}项未评：{named}{more}", field=missing[0].code)
    if gaps := unfilled(instrument, content.information):
        names = "、".join(f"{code} {instrument.fields[code].label}" for code in gaps)
        raise Refusal(f"还须填写：{names}", field=gaps[0])
    if left := unexplained(instrument, content.answers, content.information):
        raise Refusal(left[0][1], field=left[0][0])
    if found := contradictions(instrument, content.answers, content.information):
        raise Refusal(found[0])


def outcome_of(unit: Unit, instrument: Instrument, content: Content) -> Outcome:
    """The score of some content under this station's settings."""
    stacked = instrument.stack_raises or unit.settings.stack_level_raises
    return score(instrument, content.answers, content.information, stack_raises=stacked)


def new_row(
    unit: Unit, instrument: Instrument, resident: UUID, content: Content, record: Record
) -> Assessment:
    """The record of complete content, waiting for its signatures: state draft, current only once signed."""
    check_age(unit, instrument, resident)
    if content.undone:
        content = replace(content, answers={}, sources={})
    outcome = outcome_of(unit, instrument, content)
    check_complete(instrument, content, outcome)
    day = content.assessed_on or unit.today
    found = finding(instrument, outcome)
    facts = {**content.information, **resident_facts(unit.session, instrument, resident)}
    return Assessment(
        **unit.stamp(rid=record.rid, at=_clinical_time(unit, day), reason=record.reason),
        revision=record.revision,
        current=False,
        state="draft",
        resident=resident,
        number=record.number,
        instrument=instrument.code,
        instrument_version=instrument.version,
        assessed_on=day,
        occasion=content.occasion,
        answers=_answers_as_shown(instrument, content),
        information={code: facts[code] for code in sorted(facts)},
        sub_scores=sub_scores(instrument, content.answers, outcome),
        total=outcome.total,
        initial_level=outcome.initial,
        level=outcome.level,
        why=list(explain(instrument, outcome)),
        conclusion=content.conclusion,
        place=content.place,
        due_on=None if content.undone else next_due(instrument, outcome.level, day),
        finding=f"未评：{content.undone}" if content.undone else found.words,
        tone=found.tone,
        risks={} if content.undone else risks(instrument, content.answers, outcome),
        undone=content.undone,
        measured=outcome.measured,
    )


def check_age(reader: Reader, instrument: Instrument, resident: UUID) -> None:
    """Refuse somebody the instrument does not measure."""
    if not instrument.min_age:
        return
    born = resident_called(reader.session, resident).birth_date
    if born is None:
        raise Refusal(f"档案里没有出生日期。{instrument.age_words}，请先补全档案")
    if (age := age_on(born, reader.today)) < instrument.min_age:
        raise Refusal(f"{instrument.age_words}，这位老人{age}岁")


def next_due(instrument: Instrument, level: int | None, day: date) -> date | None:
    """When the interval of the level reached, or else of the instrument, is over."""
    reached = instrument.level_named(level)
    every = reached.every if reached is not None and reached.every is not None else instrument.due.every
    return None if every is None else every.after(day)


def signed_content(row: Assessment) -> dict[str, Any]:
    """Everything of a revision that its signatures cover, as plain values (a list and a tuple are one).

    What follows from it (the finding in words, the risks) is not covered; `undone` and `measured` are, where
    they were said.
    """
    return {
        **({"undone": row.undone} if row.undone else {}),
        **({} if row.measured is None else {"measured": plain(row.measured)}),
        "resident": str(row.resident),
        "number": row.number,
        "instrument": row.instrument,
        "version": row.instrument_version,
        "assessed_on": row.assessed_on.isoformat(),
        "occasion": row.occasion,
        "answers": row.answers,
        "information": row.information,
        "sub_scores": row.sub_scores,
        "total": row.total,
        "initial_level": row.initial_level,
        "level": row.level,
        "why": row.why,
        "conclusion": row.conclusion,
        "place": row.place,
        "due_on": row.due_on.isoformat() if row.due_on else None,
        "author": str(row.author),
        "reason": row.reason,
    }


def signable(row: Assessment) -> Signable:
    return Signable(KIND, row.rid, row.revision, row.station)


def content_of(row: Assessment) -> Content:
    """The content of a record, to be filled in anew for a correction."""
    return Content(
        answers={code: answer["digit"] for code, answer in row.answers.items()},
        information={code: fact_of(code, said) for code, said in row.information.items()},
        assessed_on=row.assessed_on,
        occasion=row.occasion,
        conclusion=row.conclusion,
        place=row.place,
        sources={code: answer["source"] for code, answer in row.answers.items() if "source" in answer},
        undone=row.undone,
    )


def standing(session: Session, rid: UUID) -> Assessment:
    """The revision of a record that counts; refuses one that does not exist or was retracted."""
    row = session.scalar(select(Assessment).where(Assessment.rid == rid, Assessment.current))
    if row is None:
        raise Refusal("没有这份评估")
    if row.state not in STANDING:
        raise Refusal("这份评估已作废")
    return row


def _answers_as_shown(instrument: Instrument, content: Content) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    for code, item in instrument.items.items():
        digit = content.answers.get(code)
        if digit is None:
            continue
        option = item.option(digit)
        shown[code] = {
            "digit": digit,
            "score": None if option is None else option.counts,
            "name": item.name,
            "text": instrument.unable_words(digit) if option is None else option.text,
        }
        if option is not None and option.mark:
            shown[code]["mark"] = option.mark
        if code in content.sources:
            shown[code]["source"] = content.sources[code]
    return shown


def sub_scores(instrument: Instrument, answers: Mapping[str, int], outcome: Outcome) -> dict[str, float]:
    """Scores of complete dimensions, or of the scales where the instrument has them; of readings part by part."""
    if outcome.scales:
        return {scale.code: scale.score for scale in outcome.scales}
    if instrument.measured is not None:
        return part_results(instrument, answers)
    return {sub.code: sub.score for sub in outcome.subs if sub.answered == sub.items}


def _clinical_time(unit: Unit, day: date) -> datetime:
    """Now if assessed today; else noon of the day, since only the date is known."""
    if day == unit.today:
        return unit.now
    return datetime.combine(day, time(12), ZoneInfo(unit.settings.zone))


def typed_facts(instrument: Instrument, facts: Mapping[str, Fact]) -> dict[str, Fact]:
    """Facts without those the resident's record holds: they are taken from there at signing."""
    return {
        code: said
        for code, said in facts.items()
        if code not in instrument.fields or not instrument.fields[code].known_from.startswith("resident.")
    }
