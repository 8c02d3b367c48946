"""The sheet that closes a shift of giving: every dose that is still blank, and why it was missed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar
from uuid import UUID

from app.care.rules import Shift
from app.medication.giving import CloseDoses, Missed
from app.medication.lists import missed_words
from app.medication.queries import BlankDose, BlankDoses
from ui.kit import ChipRow, errand, latest
from ui.kit.blanks_sheet import BlankLine, BlanksSheet, ClosingWords, Why
from ui.kit.view import View

_SAID = ClosingWords(
    "给药",
    "次",
    "还有 {} 次给药没有记录。逐次选漏给的原因，由您确认为“漏给”；给过的请先关掉这里补记。",
    "这一班的给药全部有记录，可以结束。",
)
OTHER = "其他"
Which = tuple[date, Shift]


class CloseDosesSheet(BlanksSheet):
    """Of one floor; with several shifts that may be closed, chips say which."""

    kinds: ClassVar[frozenset[str]] = frozenset({"dose", "med_order", "stay", "absence"})

    def __init__(self, view: View, floor: UUID, shifts: Sequence[Which]) -> None:
        reasons = [Why(words, words, words == OTHER) for words in missed_words()[2]]
        super().__init__(view, "结束本班给药", reasons, _SAID)
        self.floor, self.shifts = floor, tuple(shifts)
        self.blanks: tuple[BlankDose, ...] = ()
        self._asked = False
        words = [(str(place), f"{day:%m-%d} {shift.words}") for place, (day, shift) in enumerate(shifts)]
        self.which = ChipRow(tuple(words))
        self.body.insertWidget(0, self.which)
        self.which.group.buttonClicked.connect(lambda _button: self.turn())
        self.table.setFocus()
        self.turn()

    @property
    def shift(self) -> Which:
        return self.shifts[int(self.which.key)]

    def turn(self) -> None:
        """Another shift: its own blanks, answers given before stay with theirs."""
        day, shift = self.shift
        self.title.setText(f"结束给药：{day:%m-%d} {shift.words}")
        self.ask_again()

    @latest
    async def ask_again(self) -> None:
        day, shift = self.shift
        self.blanks = await self.errands.ask(BlankDoses(self.floor, day, shift.key))
        self.show_lines(
            [
                BlankLine(
                    one.slot.key,
                    one.name,
                    one.bed,
                    f"{one.slot.key[2]} {one.slot.words} {one.slot.dose}".strip(),
                )
                for one in self.blanks
            ]
        )
        self._asked = True

    @errand
    async def close_shift(self) -> None:
        """A refusal leaves every answer as it was given."""
        if not self._asked or not self.ready():
            return
        rows = {row.key: row for row in self.rows}
        missed = tuple(
            Missed(one.slot.key, f"{row.why}：{row.note}" if row.note else row.why)
            for one in self.blanks
            if (row := rows.get(one.slot.key)) is not None
        )
        day, shift = self.shift
        count = await self.errands.do(CloseDoses(self.floor, shift.key, day, missed), busy=self.main)
        said = f"，{count} 次记为漏给" if count else "，给药全部有记录"
        self.view.bench.notice.done(f"{day:%m-%d} {shift.words}给药已结束{said}。")
        self.view.refresh()
        self.accept()
