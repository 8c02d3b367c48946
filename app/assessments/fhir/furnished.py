"""The institution with its instruments at hand, so that a translator can call things by their names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import select

from app.assessments.instruments import Instrument, shipped
from app.assessments.shelf import own_instrument
from app.core.errors import Refusal
from app.core.unit import Reader
from app.fhir import House
from db.models import OwnInstrument

Version = tuple[str, str]
"""Code and version of an instrument."""


@dataclass(frozen=True)
class FurnishedHouse(House):
    """`instruments`: every version known here, shipped, own, and own ones of the past."""

    instruments: Mapping[Version, Instrument] = field(default_factory=dict, compare=False, repr=False)


def furnished(reader: Reader) -> House:
    """The house with what stands on its shelf now, and stood there before."""
    every = {(one.code, one.version): one for one in shipped().values()}
    own = {(one.code, one.version): one for one in _own(reader)}
    bare = FurnishedHouse.of(reader.settings)
    return replace(bare, instruments={**every, **own})


def instrument_of(house: House, code: str, version: str) -> Instrument | None:
    """The version a record was made with, else another one of the same instrument; None for an unknown one."""
    if not isinstance(house, FurnishedHouse):
        return shipped().get(code)
    alike = (one for one in house.instruments.values() if one.code == code)
    return house.instruments.get((code, version)) or next(alike, None)


def _own(reader: Reader) -> Iterator[Instrument]:
    """Own instruments, older revisions first; a file that is not understood here (any more) is passed over."""
    statement = select(OwnInstrument.code, OwnInstrument.text).where(OwnInstrument.state != "draft")
    for code, text in reader.session.execute(statement.order_by(OwnInstrument.revision)):
        try:
            yield own_instrument(code, text)
        except Refusal:
            continue
