"""Worked cases as assessments in a real station: saved as drafts, signed by whom the instrument lets sign."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from app.assessments.content import Content, occasions
from app.assessments.instruments import Case, Fact, Instrument
from app.assessments.service import SaveDraft
from app.assessments.signoff import SignFirst, SignSecond
from app.compose import Station
from app.core.roles import Role
from tests.support.station import PASSWORD, PEOPLE

CONCLUSION = "目前情况与上次相近，按现有计划照护，出现变化时即时复评。"


def content(station: Station, instrument: Instrument, case: Case) -> Content:
    """A case filled in, with date, occasion and conclusion."""
    return Content(
        answers=dict(case.answers),
        information=dict(case.facts),
        assessed_on=station.clock.now().date(),
        occasion=occasions(instrument)[0],
        conclusion=CONCLUSION,
        place="2号楼护理站",
    )


def whole(instrument: Instrument, filled: Content, words: str = "已填写") -> Content:
    """The same with every field filled, required or not, and every text given that an answer asks for."""
    facts: dict[str, Fact] = {}
    for code, field in instrument.fields.items():
        facts[code] = _any(field.kind, tuple(one.words for one in field.choices), field.low, words)
    for code, digit in filled.answers.items():
        option = instrument.items[code].option(digit)
        if option is not None and option.asks:
            facts[instrument.items[code].supplement(digit)] = words
    known = {code for code, field in instrument.fields.items() if field.known_from}
    for block in instrument.blocks:
        field = instrument.fields[block.field]
        free = next(one.words for one in field.choices if one.words not in block.words_met)
        facts[block.field] = free if field.kind == "choice" else (free,)
    kept = {code: said for code, said in facts.items() if code not in known}
    return replace(filled, information={**kept, **filled.information})


def _any(kind: str, choices: tuple[str, ...], low: int | None, words: str) -> Fact:
    said: Mapping[str, Fact] = {
        "choice": choices[0] if choices else "",
        "choices": choices[:1],
        "date": "2026-11-01",
        "number": str(low or 1),
        "rows": (),
    }
    return said.get(kind, words)


def save(station: Station, resident: UUID, instrument: Instrument, filled: Content) -> None:
    station.desk.do_now(SaveDraft(resident, instrument.code, filled))


def sign(station: Station, resident: UUID, instrument: Instrument) -> UUID:
    """Sign the draft: the nurse, and where two sign the assessor."""
    proof = station.prove(PEOPLE[Role.NURSE].number, PASSWORD)
    done = station.desk.do_now(SignFirst(resident, instrument.code, proof))
    if not done.complete:
        proof = station.prove(PEOPLE[Role.ASSESSOR].number, PASSWORD)
        done = station.desk.do_now(SignSecond(resident, instrument.code, proof))
    return done.record
