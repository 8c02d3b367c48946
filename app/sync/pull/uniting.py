"""A record two stations began alike: what each of them changed alone stands together, in a revision after both."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.errors import Refusal
from app.core.revising import next_revision
from app.core.unit import Unit
from app.fhir import Arrival, envelope_of
from app.fhir.carried import Hand, differing, whence
from app.fhir.clinicals import ClinicalMapper
from db.base import Clinical
from db.models import Outbox, Remote

BOTH = "两站都登记过，合成一份"
REPLACED = "这一版没有单独上传，已由后一版代替。"


@dataclass(frozen=True)
class United:
    """Our row, and the columns in which it stands over theirs; none where theirs says it all."""

    mine: Clinical
    over: Mapping[str, Any]


def united(unit: Unit, mapper: ClinicalMapper[Any], arrival: Arrival, row: Remote | None) -> United | None:
    """Element by element, from what both began with; None where both changed the same, or that does not fit."""
    model, said = mapper.model, envelope_of(arrival.body)
    rows = list(unit.session.scalars(select(model).where(model.rid == arrival.rid)))
    mine = next((one for one in rows if one.current), None)
    if mine is None or said is None or mine.state == "retracted" or mapper.retracts(arrival.body):
        return None
    if any((one.revision, one.station) == (said.revision, said.station) for one in rows):
        return None
    began = _began(unit, rows, row)
    if began is None:
        return None
    house = mapper.taking(unit)
    before, ours = (mapper.read(house, mapper.whole(house, one), {}) for one in (began, mine))
    theirs = mapper.read(house, arrival.body, {})
    here, there = differing(before, ours), differing(before, theirs)
    over = {key: getattr(mine, key) for key in here if key not in there}
    if any(differing({key: there[key]}, {key: here[key]}) for key in here.keys() & there.keys()):
        return None
    try:
        mapper.check(unit, {**theirs, **over}, whence(unit, arrival, Hand.NEWER, None), retracted=False)
    except Refusal:
        return None
    return United(mine, over)


def _began(unit: Unit, rows: Iterable[Clinical], row: Remote | None) -> Clinical | None:
    """What was last known to stand there; where nothing was, what we began with."""
    if row is not None and row.body:
        return next((one for one in rows if (one.revision, one.station) == (row.revision, row.station)), None)
    first = (one for one in rows if (one.revision, one.station) == (1, unit.station))
    return next(first, None)


def unite(
    unit: Unit,
    mapper: ClinicalMapper[Any],
    found: United,
    waiting: Iterable[Outbox],
    take: Callable[[], object],
) -> None:
    """Theirs comes in by `take`; what is ours over it is a revision after both, in the name of who wrote it here."""
    mine, rid = found.mine, UUID(bytes=found.mine.rid.bytes)
    mine.current = False
    unit.session.flush()
    take()
    for one in waiting:
        one.state, one.words, one.next_at, one.acked_at = "acked", REPLACED, None, unit.now
    if not found.over:
        return
    model = mapper.model
    theirs = unit.session.scalars(select(model).where(model.rid == rid, model.current)).one()
    theirs.current = False
    unit.session.flush()
    content = {**mapper.content(theirs), **found.over, "state": "signed"}
    by = {"author": mine.author, "author_role": mine.author_role, "at": mine.at}
    unit.receiving = False
    try:
        last = mine if mine.revision >= theirs.revision else theirs
        next_revision(unit, last, BOTH, {**content, **by})
    finally:
        unit.receiving = True
