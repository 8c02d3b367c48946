"""Assessments by any instrument put into the past of a resident, for the tests of trends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from app.assessments.content import Content, occasions
from app.assessments.instruments import Instrument, shipped
from app.assessments.service import SaveDraft
from app.assessments.signoff import SignFirst, SignSecond
from app.compose import Station
from app.core.roles import Role
from tests.support.station import PASSWORD, PEOPLE

Said = Mapping[str, int] | Sequence[int] | int | str
"""Digits by item, digits in order, the number of a worked case of the file, or why nothing was done at all."""


def assessed(station: Station, resident: UUID, code: str, day: date, said: Said) -> UUID:
    """A whole assessment, signed by as many as the instrument asks for."""
    instrument = shipped()[code]
    content = Content(
        answers=_answers(instrument, said),
        information=instrument.cases[said].facts if isinstance(said, int) else {},
        assessed_on=day,
        occasion=(occasions(instrument) or ("其他：复评",))[0],
        undone=said if isinstance(said, str) else "",
    )
    station.desk.do_now(SaveDraft(resident, code, content))
    done = station.desk.do_now(SignFirst(resident, code, station.prove(PEOPLE[Role.NURSE].number, PASSWORD)))
    if instrument.signing.assessors > 1:
        proof = station.prove(PEOPLE[Role.ASSESSOR].number, PASSWORD)
        done = station.desk.do_now(SignSecond(resident, code, proof))
    assert done.record is not None
    return done.record


def _answers(instrument: Instrument, said: Said) -> Mapping[str, int]:
    if isinstance(said, str):
        return {}
    if isinstance(said, int):
        return instrument.cases[said].answers
    if isinstance(said, Mapping):
        return said
    return dict(zip(instrument.items, said, strict=False))
