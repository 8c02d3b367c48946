"""Assessments by any instrument for the tests: filled in by digits and signed by as many as it asks for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from app.assessments.content import Content
from app.assessments.instruments import Fact, Instrument, shipped
from app.assessments.service import SaveDraft
from app.assessments.signoff import SignFirst, SignSecond
from app.compose import Station
from app.core.roles import Role
from tests.support.station import PASSWORD, PEOPLE

MORSE, NINE = shipped()["morse"], shipped()["nine-risk"]
HIGH_FALL = {"1": 1, "2": 1, "3": 1, "4": 0, "5": 0, "6": 0}
"""Morse by digits: 25 + 15 + 15 = 55 points, high."""
SOME_FALL = {"1": 1, "2": 0, "3": 0, "4": 0, "5": 0, "6": 0}
NO_FALL = dict.fromkeys(HIGH_FALL, 0)


def assessed(
    station: Station,
    resident: UUID,
    instrument: Instrument,
    answers: Mapping[str, int],
    on: date | None = None,
) -> UUID:
    """A signed assessment; what chosen options ask for is answered."""
    facts: dict[str, Fact] = {
        item.supplement(digit): "有人陪同"
        for code, digit in answers.items()
        if (option := (item := instrument.items[code]).option(digit)) is not None and option.asks
    }
    content = Content(
        answers=dict(answers),
        information=facts,
        assessed_on=on or station.clock.now().date(),
        occasion="定期评估",
    )
    return signed_by_all(station, resident, instrument.code, content)


def refused(station: Station, resident: UUID, instrument: Instrument, why: str = "拒绝评估") -> UUID:
    """A signed record that the assessment could not be done."""
    content = Content(assessed_on=station.clock.now().date(), occasion="定期评估", undone=why)
    return signed_by_all(station, resident, instrument.code, content)


def signed_by_all(station: Station, resident: UUID, code: str, content: Content) -> UUID:
    """The draft saved and signed by the nurse, and by the assessor where two sign."""
    station.desk.do_now(SaveDraft(resident, code, content))
    proof = station.prove(PEOPLE[Role.NURSE].number, PASSWORD)
    done = station.desk.do_now(SignFirst(resident, code, proof))
    if not done.complete:
        other = station.prove(PEOPLE[Role.ASSESSOR].number, PASSWORD)
        done = station.desk.do_now(SignSecond(resident, code, other))
    return done.record


def checked(**risks: int) -> dict[str, int]:
    """A nine-risk check in which only these were found: 1 to be guarded, 2 high."""
    return {code: risks.get(code, 0) for code in NINE.items}
