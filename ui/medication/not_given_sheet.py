"""The sheet that records that doses were not given: which of the waiting ones, and why, by the number of the reason."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.medication.giving import NotGiven, NotGivenAll
from app.medication.queries import SlotRow
from app.medication.rules.slots import DoseState
from app.residents.stating import Seen
from ui.kit import ChipRow, Key, Labelled, Sheet, bind, errand
from ui.kit.errands import Errands
from ui.kit.view import Bench
from ui.medication.reason_choice import ReasonChoice

ALL = "all"
_MAY = {DoseState.DUE, DoseState.OVERDUE, DoseState.AWAY, DoseState.UNRECONCILED}


def may_be_answered(slots: tuple[SlotRow, ...]) -> tuple[SlotRow, ...]:
    """The slots of which somebody may say that they were not given: those that wait, and those missed while away."""
    return tuple(slot for slot in slots if slot.state in _MAY)


class NotGivenSheet(Sheet):
    """Records itself; `recorded` carries what was written (a tuple of `Seen`) and the sentence about it."""

    recorded = Signal(object, str)

    def __init__(self, parent: QWidget, bench: Bench, name: str, slots: tuple[SlotRow, ...]) -> None:
        what = "、".join(f"{slot.words} {slot.dose}".strip() for slot in slots[:4])
        more = f" 等 {len(slots)} 种" if len(slots) > 4 else ""
        super().__init__(parent, f"{name} · 没有给", f"{slots[0].key[2]}　{what}{more}", width=700)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.name, self.slots = name, slots
        self.reasons = ReasonChoice(5, keys_in=self)
        self.errands = Errands(bench.desk, self, notice=self.notice, fields=self.reasons)
        self.which: ChipRow | None = None
        if len(slots) > 1:
            each = tuple((str(place), f"{slot.key[2]} {slot.words}") for place, slot in enumerate(slots))
            self.which = ChipRow(((ALL, f"全部 {len(slots)} 种"), *each))
            self.body.addWidget(Labelled("哪些没有给", self.which, hint="↑ ↓ 选一种"))
        self.body.addWidget(self.reasons)
        self.offer("记为未给")
        self.done_with.connect(self.record)
        bind(
            self,
            Key("Up", "上一种药", lambda: self._turn(-1)),
            Key("Down", "下一种药", lambda: self._turn(1)),
        )
        self.reasons.chosen.connect(lambda _number: self._say())
        self.reasons.suggest(slots)
        self.reasons.focus_first()

    @property
    def picked(self) -> tuple[SlotRow, ...]:
        """The slots it is said of."""
        key = ALL if self.which is None else self.which.key
        return self.slots if key == ALL else (self.slots[int(key)],)

    @errand
    async def record(self) -> None:
        """A refusal leaves everything as chosen."""
        reason = self.reasons.reason
        if not self.reasons.check() or reason is None:
            return
        picked, note = self.picked, self.reasons.note
        if len(picked) == 1:
            one = await self.errands.do(NotGiven(picked[0].key, reason.number, note), busy=self.main)
            seen: tuple[Seen, ...] = (one,)
            what = f"{picked[0].key[2]} {picked[0].words}"
        else:
            keys = tuple(slot.key for slot in picked)
            seen = await self.errands.do(NotGivenAll(keys, reason.number, note), busy=self.main)
            what = f"{len(seen)} 种"
        self.accept()
        self.recorded.emit(seen, f"{self.name} {what}：{reason.words}")

    def _turn(self, step: int) -> None:
        if self.which is not None:
            keys = self.which.keys
            self.which.choose(keys[(keys.index(self.which.key) + step) % len(keys)])

    def _say(self) -> None:
        if self.main is not None and self.reasons.reason is not None:
            self.main.say(f"记为“{self.reasons.reason.words}”")
