"""From the week board of rehab to the sheet that hangs on the wall."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.core.clock import local
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.printing.sheets.rehab_week import DayCell, RehabWeek, Slot, TherapistWeek
from app.rehab.queries.week import WeekBoard, week_board
from app.rehab.queries.week_rows import BoardCell, BoardOff, BoardRow, BoardSession, Week
from app.rehab.rules.sessions import SessionState
from app.residents.rules.stays import ABSENCES

_GONE = (SessionState.CANCELLED,)


@dataclass(frozen=True)
class RehabWeekOf(Question[RehabWeek]):
    """The week `first` lies in (None: this one), of the whole house; `place` says nothing here."""

    place: UUID
    first: date | None = None
    last: date | None = None


@answers(RehabWeekOf)
def rehab_week_of(reader: Reader, question: RehabWeekOf) -> RehabWeek:
    reader.require(Right.PRINT_RECORDS)
    week = week_board(reader, WeekBoard(question.first))
    return RehabWeek(
        institution=reader.settings.institution_name,
        monday=week.monday,
        closed=frozenset(day for day in week.days if day not in week.open_days),
        sums=week.sums,
        rows=tuple(_row(one) for one in week.rows),
        noted=tuple(_noted(week)),
        printed_at=local(reader.settings.zone, reader.now),
        printed_by=reader.actor.name,
    )


def _row(row: BoardRow) -> TherapistWeek:
    load = f"{row.load} / {row.most} 次" if row.most else f"{row.load} 次"
    return TherapistWeek(row.name, f"{row.under}\n{load}", tuple(_day(cell) for cell in row.cells))


def _day(cell: BoardCell) -> DayCell:
    slots = tuple(_slot(one) for one in sorted(cell.sessions, key=lambda one: one.time))
    return DayCell(slots, tuple(_off(one) for one in cell.offs))


def _slot(session: BoardSession) -> Slot:
    more = (
        "（待签）"
        if session.tentative
        else f"（{ABSENCES.get(session.away, session.away)}）"
        if session.away
        else ""
    )
    words = f"{session.residents} {session.words}{more}"
    return Slot(session.time, words, session.clash == "red", session.state in _GONE)


def _off(one: BoardOff) -> str:
    """`08:00–12:00 培训`; a whole day stands in the morning."""
    begins, ends = (f"{minute // 60:02d}:{minute % 60:02d}" for minute in (one.begins, one.ends))
    return f"{begins}–{ends} {one.words}"


def _noted(week: Week) -> Iterator[str]:
    """What still has to be settled, and what the signs mean."""
    if week.clashes:
        yield f"※ 冲突 {len(week.clashes)} 处：{'；'.join(f'{one.name} {one.words}' for one in week.clashes)}"
    if week.unplaced:
        said = "；".join(f"{one.name} {one.words} 差 {one.missing} 次" for one in week.unplaced)
        yield f"还没有排满：{said}"
    yield "划线的已取消；（待签）的计划还没有签全，不能开始训练。"
