"""A session on its way over the board: step by step or to a point, with the conflicts it would make there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from app.care.lists import hours_in
from app.care.rules import clock_words, minute_of
from app.rehab.day import rehab_day
from app.rehab.queries.week_rows import BoardRow, BoardSession, Week
from app.rehab.rules.conflicts import Conflict
from app.rehab.rules.offers import times_between
from ui.rehab.week_lines import Target

THERAPIST = "therapist"


class Moving:
    """`target` is where it would stand now; begun where it is."""

    def __init__(self, week: Week, session: BoardSession, row: UUID | None) -> None:
        self.week, self.session = week, session
        board = rehab_day()
        self.times = times_between(board.begins, board.ends, (*board.times, session.time), session.minutes)
        at, name = session.at, session.therapist_name
        self.target = Target(session, row, session.day, session.time, at, session.therapist, name)
        self.conflicts: tuple[Conflict, ...] = ()

    def step_day(self, step: int) -> None:
        """To the day before or after, inside the week."""
        days = self.week.days
        place = days.index(self.target.day) + step
        if 0 <= place < len(days):
            self.to(self.target.row, days[place], self.target.time)

    def step_time(self, step: int) -> None:
        """To the time before or after."""
        place = self.times.index(self.target.time) + step
        if 0 <= place < len(self.times):
            self.to(self.target.row, self.target.day, self.times[place])

    def step_row(self, step: int) -> None:
        """To the therapist before or after; on the board of residents there is none."""
        if self.week.by != THERAPIST:
            return
        rows = [row.rid for row in self.week.rows if row.rid is not None]
        here = self.target.row
        place = (rows.index(here) if here in rows else -1 if step > 0 else len(rows)) + step
        if 0 <= place < len(rows):
            self.to(rows[place], self.target.day, self.target.time)

    def to(self, row: UUID | None, day: date, time: str) -> None:
        """Over a place: the nearest time there is, in the row it may stand in."""
        target = self.target
        therapist, name = target.therapist, target.therapist_name
        if self.week.by != THERAPIST or row is None:
            row = target.row
        elif row != target.row:
            therapist, name = row, self._row(row).name
        if time not in self.times:
            time = min(self.times, key=lambda one: abs(minute_of(one) - minute_of(time)))
        at = hours_in(self.week.around.zone).moment(day, minute_of(time))
        moved = replace(
            target, row=row, day=day, time=time, at=at, therapist=therapist, therapist_name=name, clash=""
        )
        fresh = self.session.placed(at, moved.ends, therapist)
        self.conflicts = () if moved.unmoved else self.week.around.with_these(fresh)
        clash = "red" if self.blocking else "soft" if self.conflicts else ""
        self.target = replace(moved, clash=clash)

    @property
    def blocking(self) -> tuple[Conflict, ...]:
        return tuple(one for one in self.conflicts if one.blocks)

    @property
    def words(self) -> str:
        """Where it would stand, and what is in the way there."""
        target = self.target
        where = f"{target.day:%m-%d} 周{'一二三四五六日'[target.day.weekday()]} {target.time}–{self._ends}"
        who = f" · {target.therapist_name}" if target.therapist_name else ""
        if target.unmoved:
            return f"{self.session.residents} {self.session.words}：方向键移动，Enter 放下，Esc 放回"
        said = self._told()
        if not said:
            return f"移到 {where}{who}：没有冲突，Enter 放下"
        return f"移到 {where}{who}：{'冲突，' if self.blocking else ''}{'；'.join(said[:2])}"

    @property
    def told(self) -> tuple[str, ...]:
        """What blocks, sentence by sentence."""
        return self._told(blocking=True)

    def _told(self, *, blocking: bool = False) -> tuple[str, ...]:
        around = self.week.around
        name = self.target.therapist_name
        told = {key: replace(around.told[key], therapist=name) for key in self.session.keys}
        here = replace(around, told={**around.told, **told})
        found = self.blocking if blocking or self.blocking else self.conflicts
        return tuple(dict.fromkeys(here.words(one) for one in found))

    @property
    def _ends(self) -> str:
        return clock_words(minute_of(self.target.time) + self.session.minutes)

    def _row(self, rid: UUID) -> BoardRow:
        return next(row for row in self.week.rows if row.rid == rid)
