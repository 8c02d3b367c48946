"""康复注意: what a nurse minds of the plans that run, in one line for each resident, and what is trained today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.rehab.around import short_of
from app.rehab.derived import Held, derive
from app.rehab.lists.contraindications import BLOCK, contraindications, natures
from app.rehab.queries.open_sessions import still_open
from db.models import RehabPlan


@dataclass(frozen=True)
class NursingNote:
    """Of one resident. `minds`: guard, what is forbidden on the ward, precautions; `today`: sessions still to come."""

    resident: UUID
    plan: UUID
    minds: tuple[str, ...]
    today: tuple[str, ...]

    @property
    def words(self) -> str:
        """`一人监护转移 · 禁热敷（感觉缺失） · 今天 10:30 OT 万能袖套进食`."""
        trained = f"今天 {'、'.join(self.today)}" if self.today else ""
        return " · ".join(part for part in (*self.minds, trained) if part)


@dataclass(frozen=True)
class NursingNotes(Question[Mapping[UUID, NursingNote]]):
    """Of these residents, those who have something to be minded."""

    residents: tuple[UUID, ...]


@dataclass(frozen=True)
class NursingWords(Question[Mapping[UUID, str]]):
    """The same, each in one line."""

    residents: tuple[UUID, ...]


@answers(NursingNotes)
def nursing_notes(reader: Reader, question: NursingNotes) -> dict[UUID, NursingNote]:
    reader.require(Right.READ_RESIDENTS)
    if not question.residents:
        return {}
    plans = reader.session.execute(
        select(RehabPlan.rid, RehabPlan.resident, RehabPlan.content, RehabPlan.contraindications).where(
            RehabPlan.resident.in_(question.residents),
            RehabPlan.current,
            RehabPlan.state != "retracted",
            RehabPlan.status == "running",
        )
    ).all()
    if not plans:
        return {}
    held = derive(reader, [row.resident for row in plans], (reader.today,))
    notes = (
        NursingNote(
            row.resident,
            row.rid,
            _minds(row.content, row.contraindications),
            tuple(_told(one) for one in held if one.item.resident == row.resident and still_open(one)),
        )
        for row in plans
    )
    return {one.resident: one for one in notes if one.words}


@answers(NursingWords)
def nursing_words(reader: Reader, question: NursingWords) -> dict[UUID, str]:
    notes = nursing_notes(reader, NursingNotes(question.residents))
    return {rid: f"康复注意：{note.words}" for rid, note in notes.items()}


def forbidden_on_ward(held: Iterable[str]) -> tuple[str, ...]:
    """What nurses must not do for these contraindications: `禁热敷、热水袋（感觉缺失）`."""
    told = []
    for code in held:
        known = contraindications().get(code)
        if known is None:
            continue
        found = [
            nature.on_ward
            for nature in natures().values()
            if nature.on_ward and known.on(frozenset((nature.code,))) == BLOCK
        ]
        if found:
            told.append(f"{'、'.join(found)}（{known.words}）")
    return tuple(told)


def _minds(content: Mapping[str, Any], held: Mapping[str, Any]) -> tuple[str, ...]:
    guard = str(content.get("guard") or "")
    precautions = [
        one["words"] for one in content.get("precautions", ()) if one.get("nursing") or one.get("task")
    ]
    return tuple(dict.fromkeys(part for part in (guard, *forbidden_on_ward(held), *precautions) if part))


def _told(one: Held) -> str:
    return f"{one.planned.time} {short_of(one.item.discipline)} {one.item.words}"
