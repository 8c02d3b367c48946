"""Resources that may stand at the platform twice: a request given up may still have been carried out later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.orders import Order, Question, answers, performs
from app.core.unit import Reader, Unit
from app.fhir import Ref
from app.sync import marks

MARK = "doubted"
LATEST = timedelta(minutes=15)
"""How long a request that was given up may still arrive, as far as we look."""


@dataclass(frozen=True)
class Doubted(Question[tuple[Ref, ...]]):
    """What is to be looked for in this round."""


@dataclass(frozen=True)
class Doubt(Order[None]):
    """Look for these for a while: a lost request may have been carried out beside the one that was confirmed."""

    refs: tuple[Ref, ...]


@dataclass(frozen=True)
class Looked(Order[None]):
    """These were looked for; whose time has passed is looked for no more."""


@answers(Doubted)
def doubted(reader: Reader, _question: Doubted) -> tuple[Ref, ...]:
    return tuple(Ref(kind, UUID(rid)) for kind, rid, _until in _kept(reader.session))


@performs(Doubt)
def doubt(unit: Unit, order: Doubt) -> None:
    for ref in order.refs:
        note(unit.session, ref, unit.now + LATEST)


@performs(Looked)
def looked(unit: Unit, _order: Looked) -> None:
    left = [one for one in _kept(unit.session) if datetime.fromisoformat(one[2]) > unit.now]
    if left:
        marks.write(unit.session, MARK, {"refs": left})
    else:
        marks.forget(unit.session, MARK)


def note(session: Session, ref: Ref, until: datetime) -> None:
    """Doubt a resource until then; at least the next round looks for it."""
    others = [one for one in _kept(session) if one[:2] != [ref.type, str(ref.rid)]]
    marks.write(session, MARK, {"refs": [*others, [ref.type, str(ref.rid), marks.stamp(until)]]})


def _kept(session: Session) -> list[list[str]]:
    found: list[list[str]] = (marks.read(session, MARK) or {}).get("refs", [])
    return found
