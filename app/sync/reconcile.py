"""After a restore: what the platform holds is looked at and taken in before anything is sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, cast, func, select

from app.core.orders import Order, Question, answers, performs
from app.core.unit import Reader, Unit
from app.sync import marks
from app.sync.line import Line
from app.sync.patience import Stopped
from app.sync.pull import Pulled, pull
from app.sync.pull.inventory import MARK, noted
from db.models import Assessment, Incident, Remote, Resident, Sequence

NUMBERED = {"resident": Resident.number, "assessment": Assessment.number, "incident": Incident.number}
"""Sequences of human numbers, by name, and where their numbers stand."""


@dataclass(frozen=True)
class RestoredSince(Question[datetime | None]):
    """When the backup was made that this station was restored from; None if nothing is to be reconciled.

    No backup holds anything written after that moment, so whatever is younger was written after the restore.
    """


@answers(RestoredSince)
def restored_since(reader: Reader, _question: RestoredSince) -> datetime | None:
    kept = marks.read(reader.session, marks.RECONCILE)
    return None if kept is None else datetime.fromisoformat(str(kept["since"]))


@dataclass(frozen=True)
class EndReconcile(Order[None]):
    """Everything there was seen: numbers go on behind the highest one seen, and sending may begin."""


@performs(EndReconcile)
def end_reconcile(unit: Unit, _order: EndReconcile) -> None:
    for name, number in NUMBERED.items():
        statement = select(func.max(cast(func.substr(number, len(unit.station) + 2), Integer)))
        here = unit.session.scalar(statement.where(number.like(f"{unit.station}-%"))) or 0
        _raise(unit, name, max(here, _highest_aside(unit, name)))
    marks.forget(unit.session, marks.RECONCILE)
    marks.write(unit.session, MARK, noted(unit.now, doubt=True))
    unit.tell("sync", unit.settings.institution_id)


async def run(line: Line) -> Pulled | None:
    """The first thing a restored station does there; None if it was not restored. Raises Stopped until it is whole.

    What the platform already holds is confirmed, not sent; newer work comes in; what was edited here since the
    restore against newer work there becomes a conflict.
    """
    since = await line.ask(RestoredSince())
    if since is None:
        return None
    pulled = await pull(line, since=since)
    if pulled.error:
        raise Stopped("strange", f"恢复后还没有和区平台核对完，先不上传。{pulled.error}")
    await line.do(EndReconcile())
    return pulled


def _raise(unit: Unit, name: str, highest: int) -> None:
    if not highest:
        return
    sequence = unit.session.get(Sequence, name)
    if sequence is None:
        unit.session.add(Sequence(name=name, next=highest + 1))
    else:
        sequence.next = max(sequence.next, highest + 1)


def _highest_aside(unit: Unit, kind: str) -> int:
    """The highest number of this station in what came and was put aside: it is given, too."""
    mine = re.compile(rf"{unit.station}-(\d{{6,9}})")
    statement = select(Remote.theirs).where(Remote.kind == kind, Remote.theirs.is_not(None))
    found = (mine.fullmatch(text) for body in unit.session.scalars(statement) for text in _texts(body))
    return max((int(match[1]) for match in found if match), default=0)


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict | list):
        for value in node.values() if isinstance(node, dict) else node:
            yield from _texts(value)
