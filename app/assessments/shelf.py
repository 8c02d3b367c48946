"""The instruments of a station: those shipped, and the institution's own, which replace one of the same code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.assessments.instruments import Instrument, parse_instrument, shipped
from app.core.errors import Refusal
from db.models import OwnInstrument


def instruments(session: Session) -> Mapping[str, Instrument]:
    """Every instrument of the station by code, in the order of lists."""
    rows = session.execute(
        select(OwnInstrument.code, OwnInstrument.text).where(
            OwnInstrument.current, OwnInstrument.state != "retracted"
        )
    ).all()
    if not rows:
        return shipped()
    own = {code: found for code, text in rows if (found := _readable(code, text)) is not None}
    every = {**shipped(), **own}
    return {one.code: one for one in sorted(every.values(), key=lambda one: (one.order, one.code))}


def instrument_called(session: Session, code: str, version: str = "") -> Instrument:
    """The instrument of this code; refuses one the station does not have.

    With the version of a record: the instrument as it was then where its file is still known, also one that was taken
    out of use since.
    """
    found = instruments(session).get(code)
    if version and (found is None or found.version != version):
        found = _as_then(session, code, version) or found
    if found is None:
        raise Refusal(f"没有编号为“{code}”的量表")
    return found


def instruments_made_with(session: Session, made: Iterable[tuple[str, str]]) -> Mapping[str, Instrument]:
    """Every instrument in use; and of those that records (code, version) were made with and that are in use no more,
    the file as it was then. One the station never knew is left out."""
    found = dict(instruments(session))
    for code, version in made:
        if code not in found and (then := _as_then(session, code, version)) is not None:
            found[code] = then
    return found


def _readable(code: str, text: str) -> Instrument | None:
    """None for a file that a newer program no longer reads: it must not take every other instrument with it."""
    try:
        return own_instrument(code, text)
    except Refusal:
        return None


def _as_then(session: Session, code: str, version: str) -> Instrument | None:
    """The institution's own of a version, any revision of it; or the shipped one."""
    text = session.scalar(
        select(OwnInstrument.text)
        .where(OwnInstrument.code == code, OwnInstrument.version == version)
        .order_by(OwnInstrument.revision.desc())
        .limit(1)
    )
    if text is not None:
        return _readable(code, text)
    known = shipped().get(code)
    return known if known is not None and known.version == version else None


@lru_cache(maxsize=64)
def own_instrument(code: str, text: str) -> Instrument:
    """An instrument the institution has loaded, from the text of its file."""
    return replace(parse_instrument(text, f"{code}.toml"), own=True)
