"""What is typed into a round and not yet recorded: judged cell by cell, kept as a draft, taken back from one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from app.core.clock import local
from app.vitals.catalogue import not_measured, sign_of
from app.vitals.queries import GridRow, Taken
from app.vitals.rules import Measured, Sign, Wrong, read_value, soft_doubt
from app.vitals.rules.judging import DANGER

SAME_VISIT = timedelta(minutes=60)
"""What is added to a row within this time belongs to the same visit."""


class Fate(StrEnum):
    """What became of what was typed."""

    EMPTY = "empty"
    GOOD = "good"
    DOUBT = "doubt"
    WRONG = "wrong"


@dataclass
class TypedCell:
    """`said` is the sentence under the row where `fate` is doubt or wrong; `recorded`: acknowledged by the desk."""

    text: str
    fate: Fate
    measured: Measured | None = None
    said: str = ""
    recorded: bool = False

    @property
    def words(self) -> str:
        """As the cell shows it."""
        if self.measured is not None and self.measured.absent:
            return not_measured().words(self.measured.absent)
        return self.text


@dataclass
class TypedRow:
    """`fresh`: a further visit was begun, so what the row recorded before is no longer in the way."""

    set_id: UUID
    cells: dict[str, TypedCell] = field(default_factory=dict)
    fresh: bool = False
    saving: bool = False
    error: str = ""

    @property
    def said(self) -> tuple[str, ...]:
        """The sentences under the row."""
        said = [cell.said for cell in self.cells.values() if cell.said]
        return (*said, self.error) if self.error else tuple(said)

    @property
    def waits(self) -> int:
        """Cells a person has to look at again."""
        return sum(cell.fate in (Fate.DOUBT, Fate.WRONG) for cell in self.cells.values())


class TypedRound:
    """The rows of one floor's round that were touched, by resident. `new_id` names a visit, `now` the time."""

    def __init__(self, new_id: Callable[[], UUID], now: Callable[[], datetime], zone: str) -> None:
        self._new_id, self._now, self._zone = new_id, now, zone
        self.rows: dict[UUID, TypedRow] = {}

    # cells --------------------------------------------------------------------------------------------------------

    def cell(self, row: GridRow, code: str) -> TypedCell | None:
        typed = self.rows.get(row.resident)
        return typed.cells.get(code) if typed else None

    def recorded(self, row: GridRow, code: str) -> tuple[Taken, ...]:
        """What the row's visit has in a cell, the repeated one last; nothing where a further visit was begun."""
        typed = self.rows.get(row.resident)
        return () if typed is not None and typed.fresh else row.values.get(code, ())

    def may_type(self, row: GridRow, code: str) -> bool:
        """An empty cell, one not recorded yet, and a red one (that is a repetition)."""
        done = self.recorded(row, code)
        return not done or bool(done[-1].absent) or done[-1].judgement.tone == DANGER

    def enter(self, row: GridRow, code: str, text: str, *, confirm: bool = False) -> Fate:
        """Take what stands in a cell as it is left. `confirm`: Enter was pressed again on the same doubtful value."""
        typed = self.row(row)
        before = typed.cells.get(code)
        if not text.strip():
            if before is None or before.measured is None or not before.measured.absent:
                typed.cells.pop(code, None)
            self._tidy(row.resident)
            return Fate.EMPTY
        if before is not None and before.text == text and not (confirm and before.fate is Fate.DOUBT):
            return before.fate
        again = confirm and before is not None and before.text == text
        typed.cells[code] = self._judge(row, code, text, confirmed=again)
        typed.error = ""
        return typed.cells[code].fate

    def leave_out(self, row: GridRow, codes: tuple[str, ...], why: str) -> None:
        """Say why these cells were not measured; what is typed or recorded in one stays."""
        typed = self.row(row)
        for code in codes:
            if code not in typed.cells and not self.recorded(row, code):
                typed.cells[code] = TypedCell("", Fate.GOOD, Measured(code, absent=why))

    def begin_anew(self, row: GridRow) -> None:
        """A further visit in the same round."""
        self.rows[row.resident] = TypedRow(self._new_id(), fresh=True)

    def row(self, row: GridRow) -> TypedRow:
        """The typed row, begun where there was none: within the visit that goes on, else a visit of its own."""
        found = self.rows.get(row.resident)
        if found is None:
            visit = row.visit
            goes_on = visit is not None and self._now() - visit.at <= SAME_VISIT
            found = TypedRow(visit.set_id if visit is not None and goes_on else self._new_id())
            self.rows[row.resident] = found
        return found

    # rows ---------------------------------------------------------------------------------------------------------

    def pending(self, resident: UUID) -> tuple[Measured, ...]:
        """What of a row can be recorded now."""
        typed = self.rows.get(resident)
        if typed is None:
            return ()
        ready = [cell for cell in typed.cells.values() if cell.fate is Fate.GOOD and not cell.recorded]
        return tuple(cell.measured for cell in ready if cell.measured is not None)

    def note_recorded(self, resident: UUID, values: tuple[Measured, ...]) -> None:
        """The desk has them."""
        typed = self.rows.get(resident)
        for cell in typed.cells.values() if typed else ():
            if cell.measured in values:
                cell.recorded = True

    def note_refused(self, resident: UUID, field_name: str | None, text: str) -> None:
        """A rule said no: beside the cell it names, else under the row."""
        typed = self.rows.get(resident)
        if typed is None:
            return
        cell = typed.cells.get(field_name or "")
        if cell is None:
            typed.error = text
            return
        cell.fate = Fate.DOUBT if "再按一次" in text else Fate.WRONG
        cell.said = text

    def forget_recorded(self, rows: tuple[GridRow, ...]) -> None:
        """What the grid shows by now is typed no longer."""
        for row in rows:
            typed = self.rows.get(row.resident)
            if typed is None:
                continue
            there = {(one.set_id, one.code, one.turn) for visit in row.visits for one in visit.values}
            for code, cell in list(typed.cells.items()):
                turn = cell.measured.turn if cell.measured else 0
                if cell.recorded and (typed.set_id, code, turn) in there:
                    del typed.cells[code]
                    typed.fresh = False
            self._tidy(row.resident)

    @property
    def waits(self) -> int:
        return sum(row.waits + bool(row.error) for row in self.rows.values())

    # draft --------------------------------------------------------------------------------------------------------

    def content(self) -> dict[str, Any]:
        """What is typed and not recorded, as a draft keeps it."""
        rows = {}
        for resident, typed in self.rows.items():
            cells = {
                code: {"text": cell.text, "absent": cell.measured.absent if cell.measured else ""}
                for code, cell in typed.cells.items()
                if not cell.recorded
            }
            if cells:
                rows[str(resident)] = {"set": str(typed.set_id), "fresh": typed.fresh, "cells": cells}
        return rows

    def restore(self, content: Mapping[str, Any], rows: tuple[GridRow, ...]) -> int:
        """Take a draft back; what was recorded meanwhile is left out. Returns how many cells came back."""
        count = 0
        for row in rows:
            kept = content.get(str(row.resident))
            if kept is None or row.resident in self.rows:
                continue
            typed = TypedRow(UUID(kept["set"]), fresh=bool(kept["fresh"]))
            self.rows[row.resident] = typed
            for code, cell in kept["cells"].items():
                absent = Measured(code, absent=cell["absent"])
                back = TypedCell("", Fate.GOOD, absent) if cell["absent"] else None
                back = back or self._judge(row, code, cell["text"], confirmed=False)
                if not self._there(row, typed, code, back):
                    typed.cells[code] = back
                    count += 1
            self._tidy(row.resident)
        return count

    # inside -------------------------------------------------------------------------------------------------------

    def _judge(self, row: GridRow, code: str, text: str, *, confirmed: bool) -> TypedCell:
        sign = sign_of(code)
        try:
            measured = read_value(sign, text, row.age)
        except Wrong as wrong:
            return TypedCell(text, Fate.WRONG, said=wrong.text + self._last_time(row, sign))
        done = self.recorded(row, code)
        turn = done[-1].turn + 1 if done and not done[-1].absent else 0
        measured = replace(measured, turn=turn, confirmed=confirmed)
        doubt = None if confirmed else self._doubt(row, sign, measured)
        if doubt is not None:
            return TypedCell(text, Fate.DOUBT, measured, doubt)
        return TypedCell(text, Fate.GOOD, measured)

    def _there(self, row: GridRow, typed: TypedRow, code: str, cell: TypedCell) -> bool:
        """Whether a cell of a draft was recorded before the crash, or cannot be typed any more."""
        done = [one for visit in row.visits if visit.set_id == typed.set_id for one in visit.values]
        said = cell.measured
        for one in done:
            kept = one.measured
            same = said is not None and (said.value, said.second, said.words, said.absent) == (
                kept.value, kept.second, kept.words, kept.absent,
            )  # fmt: skip
            if one.code == code and same:
                return True
        return not self.may_type(row, code)

    def _doubt(self, row: GridRow, sign: Sign, measured: Measured) -> str | None:
        before = row.before.get(sign.code)
        last = before.measured if before else None
        doubt = soft_doubt(sign, measured, row.age, last.value if last else None)
        if doubt is None and last is not None and last.said("oxygen") == "oxygen" != measured.said("oxygen"):
            given = f" {last.said('flow')} L/min" if last.said("flow") else ""
            return f"上次吸氧{given}，这次记为未吸氧，请核对：再按一次 Enter 确认；吸氧请填如 {measured.value:g}/2。"
        return doubt

    def _last_time(self, row: GridRow, sign: Sign) -> str:
        before = row.before.get(sign.code)
        if before is None:
            return ""
        unit = f" {sign.unit}" if sign.unit and sign.code != "pain" else ""
        return f"上次 {local(self._zone, before.at):%m-%d} 为 {before.text}{unit}"

    def _tidy(self, resident: UUID) -> None:
        typed = self.rows.get(resident)
        if typed is not None and not typed.cells and not typed.fresh and not typed.saving and not typed.error:
            del self.rows[resident]
