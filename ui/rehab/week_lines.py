"""How a week's sessions stand in the grid: lines of a cell, usual times side by side, more than fit folded away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from app.care.rules import minute_of
from app.rehab.queries.week_rows import BoardOff, BoardRow, BoardSession, Week
from app.rehab.rules.sessions import SessionKey

LINES = 4
"""Lines a cell shows; it is scrolled where it has more."""


@dataclass(frozen=True)
class Target:
    """Where a session that is being moved would stand: row, day, time; `clash` as on the board."""

    session: BoardSession
    row: UUID | None
    day: date
    time: str
    at: datetime
    therapist: UUID | None
    therapist_name: str
    clash: str = ""

    @property
    def unmoved(self) -> bool:
        one = self.session
        return (one.day, one.time, one.therapist) == (self.day, self.time, self.therapist)

    @property
    def ends(self) -> datetime:
        return self.at + timedelta(minutes=self.session.minutes)

    @property
    def ghost(self) -> BoardSession:
        """The session as it would stand there."""
        return replace(
            self.session,
            day=self.day,
            time=self.time,
            at=self.at,
            therapist=self.therapist,
            therapist_name=self.therapist_name,
            clash=self.clash,
        )


@dataclass(frozen=True)
class Spot:
    """A session in a cell. `kind`: empty, `leaving` for where one that is moved comes from, `ghost` where it goes."""

    session: BoardSession
    line: int
    kind: str = ""


@dataclass(frozen=True)
class CellLines:
    """A cell: its sessions in the order of time, each on its line; times off; `times` as its row has them."""

    spots: tuple[Spot, ...]
    offs: tuple[BoardOff, ...]
    times: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        return max((spot.line for spot in self.spots), default=-1) + 1

    def parts_off(self, first: int) -> list[tuple[BoardOff, int]]:
        """Times off of a part of the day, each on a free line of those shown from `first`: its own time's, if it is."""
        free = [line for line in range(LINES) if line + first not in {spot.line for spot in self.spots}]
        found = []
        for off in (one for one in self.offs if not one.whole):
            own = [
                line
                for line in free
                if line < len(self.times) and off.begins <= minute_of(self.times[line]) < off.ends
            ]
            if free:
                line = (own or free)[0]
                free.remove(line)
                found.append((off, line))
        return found

    @property
    def whole_off(self) -> BoardOff | None:
        return next((one for one in self.offs if one.whole), None)


@dataclass(frozen=True)
class RowLines:
    """A row of the grid. `times`: what the lines stand for where all its sessions are at usual times."""

    row: BoardRow
    times: tuple[str, ...]
    cells: tuple[CellLines, ...]

    @property
    def folded(self) -> bool:
        """Whether some cell has more than it shows."""
        return any(cell.count > LINES for cell in self.cells)

    def find(self, key: SessionKey) -> tuple[int, int] | None:
        """Day and place in its cell of a session."""
        for day, cell in enumerate(self.cells):
            for place, spot in enumerate(cell.spots):
                if key in spot.session.keys and spot.kind != "leaving":
                    return day, place
        return None


def lines_of(week: Week, usual: Sequence[str], target: Target | None = None) -> tuple[RowLines, ...]:
    """Every row; `target`: what is being moved, drawn where it would stand."""
    return tuple(_row(row, week.days, usual, target) for row in week.rows)


def _row(row: BoardRow, days: Sequence[date], usual: Sequence[str], target: Target | None) -> RowLines:
    cells = [_with_target(row, day, cell.sessions, target) for day, cell in zip(days, row.cells, strict=True)]
    times = _times([one for cell in cells for one, _kind in cell], usual)
    return RowLines(
        row,
        times,
        tuple(
            CellLines(_lined(shown, times), cell.offs, times)
            for shown, cell in zip(cells, row.cells, strict=True)
        ),
    )


def _with_target(
    row: BoardRow, day: date, sessions: Sequence[BoardSession], target: Target | None
) -> list[tuple[BoardSession, str]]:
    shown = [(one, "") for one in sessions]
    if target is None:
        return shown
    moving = target.session.key
    if not target.unmoved:
        shown = [(one, "leaving" if one.key == moving else kind) for one, kind in shown]
        if row.rid == target.row and day == target.day:
            shown.append((target.ghost, "ghost"))
    else:
        shown = [(one, "ghost" if one.key == moving else kind) for one, kind in shown]
    return sorted(shown, key=lambda one: (one[0].at, one[1] == "leaving"))


def _times(sessions: Sequence[BoardSession], usual: Sequence[str]) -> tuple[str, ...]:
    """What the lines stand for: the times of the row and the usual ones, where all of them find a line."""
    times = {one.time for one in sessions}
    whole = sorted(times | set(usual))
    if len(whole) <= LINES:
        return tuple(whole)
    return tuple(sorted(times)) if 0 < len(times) <= LINES else ()


def _lined(shown: Sequence[tuple[BoardSession, str]], times: Sequence[str]) -> tuple[Spot, ...]:
    asked = [one.time for one, _kind in shown]
    if times and len(set(asked)) == len(asked):
        return tuple(Spot(one, times.index(one.time), kind) for one, kind in shown)
    return tuple(Spot(one, place, kind) for place, (one, kind) in enumerate(shown))
