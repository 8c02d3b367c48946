"""What became of a roster: counts, one line a row, problems and doubts, and the rejected rows as a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.residents.roster import Columns, Fate, Problem, RosterRow, Verdict, write_report
from app.residents.rules import mask_id


@dataclass(frozen=True, slots=True)
class Line:
    """One row for a preview. `row` as in the file; `sex` by GB/T 2261.1; `id_number` masked; `words` say why."""

    row: int
    name: str
    sex: str
    id_number: str
    bed: str
    admitted_on: date | None
    fate: Fate
    words: str
    doubtful: bool


@dataclass(frozen=True)
class Outcome:
    """`problems` belong to rejected rows; `doubts` to rows that went in, each already acted on as it says.

    `unread` names other sheets of the workbook; `stamp` is the file as it was read, to notice a change since.
    """

    accepted: int
    unchanged: int
    rejected: int
    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]
    doubts: tuple[Problem, ...]
    rejected_rows: tuple[RosterRow, ...]
    columns: Columns
    unread: tuple[str, ...]
    stamp: tuple[int, int]

    @property
    def total(self) -> int:
        return len(self.lines)


def write_rejected(outcome: Outcome, path: Path) -> None:
    """The rejected rows as .csv or .xlsx: row, column, value, reason, then the cells to be mended."""
    write_report(path, outcome.columns, outcome.rejected_rows)


def outcome_of(
    verdicts: Iterable[Verdict], columns: Columns, unread: tuple[str, ...], stamp: tuple[int, int]
) -> Outcome:
    """Gather verdicts as they stream by."""
    counts = dict.fromkeys(Fate, 0)
    lines: list[Line] = []
    rejected: list[RosterRow] = []
    problems: list[Problem] = []
    doubts: list[Problem] = []
    for verdict in verdicts:
        counts[verdict.fate] += 1
        lines.append(_line(verdict))
        if verdict.fate is Fate.REJECTED:
            rejected.append(verdict.row)
            problems.extend(verdict.row.problems)
        else:
            doubts.extend(verdict.row.doubts)
    return Outcome(
        accepted=counts[Fate.NEW],
        unchanged=counts[Fate.UNCHANGED],
        rejected=counts[Fate.REJECTED],
        lines=tuple(lines),
        problems=tuple(problems),
        doubts=tuple(doubts),
        rejected_rows=tuple(rejected),
        columns=columns,
        unread=unread,
        stamp=stamp,
    )


def _line(verdict: Verdict) -> Line:
    row = verdict.row
    return Line(
        row=row.number,
        name=row.name,
        sex=row.sex,
        id_number=mask_id(row.id_number),
        bed=row.place.label if row.place else "",
        admitted_on=row.admitted_on,
        fate=verdict.fate,
        words=verdict.words,
        doubtful=bool(row.doubts),
    )
