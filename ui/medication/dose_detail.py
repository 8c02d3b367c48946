"""The sheet that shows the doses of one cell: each with its medicine, what is in its way, who recorded what when."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.clock import local
from app.medication.queries import SlotRow
from app.medication.rules.slots import DoseState
from ui.kit import Badge, Button, Key, Line, ScrollBody, Sheet, Words, bind
from ui.medication.dose_words import TONES, told
from ui.style import Role, Tone, look


class DoseDetailSheet(Sheet):
    """`correcting`: the record of a slot is to be corrected; its digit or its button says which."""

    correcting = Signal(object)

    def __init__(self, parent: QWidget, zone: str, title: str, slots: tuple[SlotRow, ...]) -> None:
        recorded = [slot for slot in slots if slot.recorded is not None]
        text = "按数字更正那一条。" if recorded else ""
        super().__init__(parent, title, text, width=640)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.slots, self._zone = slots, zone
        self.told: list[str] = []
        scroller = ScrollBody((0, 0, 8, 0))
        for place, slot in enumerate(slots):
            if place:
                scroller.body.addWidget(Line())
            number = recorded.index(slot) + 1 if slot in recorded else 0
            scroller.body.addLayout(self._block(slot, number))
        scroller.body.addStretch(1)
        high = max(look.sp(180), parent.window().height() - look.sp(260))
        scroller.setMinimumHeight(min(high, look.sp(130) * len(slots)))
        scroller.setMaximumHeight(high)
        self.body.addWidget(scroller, 1)
        self.offer("知道了", "plain", cancel="").clicked.connect(self.accept)
        for number, slot in enumerate(recorded[:9], 1):
            bind(self, Key(str(number), f"更正 {slot.key[2]} {slot.words}", partial(self._correct, slot)))
        if self.main is not None:
            self.main.setFocus()

    def _correct(self, slot: SlotRow) -> None:
        self.accept()
        self.correcting.emit(slot)

    def _block(self, slot: SlotRow, number: int) -> QVBoxLayout:
        box = QVBoxLayout()
        box.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(10)
        dose = f"{slot.dose}（{slot.pieces}）" if slot.pieces else slot.dose
        head.addWidget(Words(f"{slot.key[2]}　{slot.words}　{dose}", Role.STRONG, wrap=True), 1)
        head.addWidget(
            Badge(slot.state.words, TONES.get(slot.state, Tone.NEUTRAL)), 0, Qt.AlignmentFlag.AlignTop
        )
        box.addLayout(head)
        for words, ink in self._lines(slot):
            self.told.append(words)
            box.addWidget(Words(words, Role.BODY, ink=ink, wrap=True))
        if number:
            correct = Button(f"{number} 更正", "link", icon="square-pen")
            correct.clicked.connect(partial(self._correct, slot))
            box.addWidget(correct, 0, Qt.AlignmentFlag.AlignLeft)
        return box

    def _lines(self, slot: SlotRow) -> Iterator[tuple[str, str]]:
        own = "自备药" if slot.own_supply else ""
        dosing = "" if slot.dosing == slot.dose else slot.dosing
        parts = (slot.strength, dosing, slot.route, slot.meal, own, f"医嘱 {slot.number}")
        yield " · ".join(part for part in parts if part), "text2"
        if slot.note:
            yield f"嘱托：{slot.note}", "text2"
        for prompt in slot.prompts:
            yield prompt.words, "danger" if prompt.refuses else "warn"
        if slot.recorded is not None:
            yield told(self._zone, slot.recorded), "text"
            for other in slot.recorded.others:
                yield f"另一个站点：{told(self._zone, other)}", "danger"
            if slot.recorded.doubled:
                yield "两个站点都记了给药，可能重复给药：请核对，在“用药跟踪”里处理。", "danger"
            elif slot.recorded.contradicts:
                yield "两个站点的记录不一致：请核对，在“用药跟踪”里处理。", "danger"
        elif slot.state in (DoseState.PLANNED, DoseState.DUE, DoseState.OVERDUE):
            opens, closes = (local(self._zone, at) for at in (slot.opens, slot.closes))
            yield f"给药时段 {opens:%H:%M}–{closes:%H:%M}", "text2"
        elif slot.away:
            yield "住院" if slot.away == "hospital" else "请假外出", "text2"
