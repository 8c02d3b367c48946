"""Worked cases as rows, and what else is said of assessments: statements, deferrals, an instrument of the house."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from app.assessments.explanation import explain, finding, risks
from app.assessments.instruments import Case, Instrument, shipped
from app.assessments.record import sub_scores
from app.assessments.rules import score
from app.compose import Station
from app.core.resources import resource
from app.core.unit import Unit
from db.models import Assessment, AssessmentDeferral, AssessmentStatement, OwnInstrument
from tests.support.acts import Act
from tests.support.station import MORNING

DAY = date(2026, 11, 24)
DRAWN = {"strokes": [[[0.5, 1.25], [3, 4]], []], "size": [320, 120]}
STATEMENTS: tuple[dict[str, Any], ...] = (
    {"what": "agree", "name": "欧阳淑华", "relation": "本人", "words": "同意", "drawn": DRAWN},
    {"what": "refuse", "name": "欧阳建国", "relation": "侄子", "words": "认为应更高，\r\n  要求复评。"},
    {"what": "doubt", "name": "欧阳建国", "relation": "侄子"},
    {"what": "informant", "name": "马丽", "relation": "护理员", "drawn": DRAWN},
    {"what": "assessor", "name": "沈思远", "words": "B.2.1 应为 2 分"},
    {"what": "care", "name": "周敏", "words": "接受：防跌倒护理；不接受：夜间陪护",
     "decided": {"accepted": ["fall_prevention"], "declined": [], "care_level": "partial", "at": None}},
)  # fmt: skip
DEFERRALS: tuple[dict[str, Any], ...] = (
    {"instrument": "morse", "cause": "fall", "caused_on": DAY, "until": DAY + timedelta(days=3)},
    {"instrument": "braden", "cause": "interval", "caused_on": DAY},
)
_LIKE = resource("instruments", "sarc-f.toml").read_text(encoding="utf-8")
OWN_TEXT = re.sub(r'(?m)^title = ".*"$', 'title = "本院步行筛查"', _LIKE, count=1).replace(
    '"sarc-f"', '"house-walk"'
)
"""A file an administrator may have loaded."""
CASES = [(instrument, case) for instrument in shipped().values() for case in instrument.cases]


def content(instrument: Instrument, case: Case) -> dict[str, Any]:
    """The columns of an assessment that comes to a worked case, as a station writes them."""
    outcome = score(instrument, case.answers, case.facts, stack_raises=case.stack_raises)
    found = finding(instrument, outcome)
    return {
        "instrument": instrument.code,
        "instrument_version": instrument.version,
        "assessed_on": DAY,
        "occasion": "其他：家属要求",
        "answers": {code: shown(instrument, code, digit) for code, digit in case.answers.items()},
        "information": {code: listed(said) for code, said in sorted(case.facts.items())},
        "sub_scores": sub_scores(instrument, case.answers, outcome),
        "total": outcome.total,
        "initial_level": outcome.initial,
        "level": outcome.level,
        "why": list(explain(instrument, outcome)),
        "conclusion": "转移、行走需他人协助，\n夜间加强巡视。",
        "place": "2号楼护理站",
        "due_on": DAY + timedelta(days=90),
        "finding": found.words,
        "tone": found.tone,
        "risks": risks(instrument, case.answers, outcome),
        "undone": "",
        "measured": outcome.measured,
    }


def shown(instrument: Instrument, code: str, digit: int) -> dict[str, Any]:
    """An answer's snapshot; those of even digits were suggested by the station."""
    item, option = instrument.items[code], instrument.items[code].option(digit)
    found = {
        "digit": digit,
        "score": None if option is None else option.counts,
        "name": item.name,
        "text": instrument.unable_words(digit) if option is None else option.text,
    }
    if option is not None and option.mark:
        found["mark"] = option.mark
    return found if digit % 2 else {**found, "source": "上次评估 2026-08-24"}


def listed(said: Any) -> Any:
    """As JSON keeps it."""
    return said if isinstance(said, str) else [listed(one) for one in said]


def undone(content: dict[str, Any], why: str) -> dict[str, Any]:
    """The same, refused as a whole."""
    nothing: dict[str, Any] = {
        "answers": {},
        "sub_scores": {},
        "total": None,
        "measured": None,
        "initial_level": None,
        "level": None,
    }
    said: dict[str, Any] = {
        "why": [],
        "risks": {},
        "tone": "",
        "undone": why,
        "finding": f"未评：{why}",
        "due_on": None,
    }
    return {**content, **nothing, **said}


def row(content: dict[str, Any], rid: UUID, **more: Any) -> Assessment:
    """A row that stands in no file."""
    envelope: dict[str, Any] = {
        "rid": rid, "revision": 1, "station": "01", "author": rid, "author_role": "nurse", "at": MORNING,
        "recorded_at": MORNING, "resident": rid, "number": "01-000001",
    }  # fmt: skip
    return Assessment(**{**envelope, **content, **more})


def enter(station: Station, resident: UUID, *contents: dict[str, Any]) -> list[UUID]:
    """Signed assessments with these contents."""

    def work(unit: Unit) -> list[UUID]:
        numbers = unit.next_numbers("assessment", len(contents))
        made = [
            Assessment(**unit.stamp(), revision=1, resident=resident, number=number, **one)
            for number, one in zip(numbers, contents, strict=True)
        ]
        unit.session.add_all(made)
        return [one.rid for one in made]

    found: list[UUID] = station.desk.do_now(Act(work))
    return found


def case_of(code: str, *, level: int | None = None) -> dict[str, Any]:
    """The content of the first worked case of an instrument, or of the first that comes to a level."""
    instrument = shipped()[code]
    cases = (case for case in instrument.cases if level is None or case.expected.level == level)
    return content(instrument, next(cases))


def say(station: Station, resident: UUID, assessment: UUID) -> dict[str, UUID]:
    """Every statement and deferral, and an own instrument; the rids by what it is."""

    def work(unit: Unit) -> dict[str, UUID]:
        made: dict[str, Any] = {}
        for said in STATEMENTS:
            about: dict[str, Any] = {"resident": resident, "assessment": assessment}
            made[said["what"]] = AssessmentStatement(**unit.stamp(), revision=1, **about, **said)
        for said in DEFERRALS:
            stamp = unit.stamp(reason="老人外出就医")
            made[said["cause"]] = AssessmentDeferral(**stamp, revision=1, resident=resident, **said)
        unit.session.add_all(made.values())
        return {key: one.rid for key, one in made.items()}

    found: dict[str, UUID] = station.desk.do_now(Act(work))
    return {**found, "own": load(station)}


def load(station: Station, text: str = OWN_TEXT, code: str = "house-walk") -> UUID:
    """An instrument of the house, as an administrator loads it."""

    def work(unit: Unit) -> UUID:
        said: dict[str, Any] = {"code": code, "version": "2013.1", "title": "本院步行筛查", "text": text}
        one = OwnInstrument(**unit.stamp(), revision=1, **said)
        unit.session.add(one)
        return one.rid

    rid: UUID = station.desk.do_now(Act(work))
    return rid
