"""The right side of the form: what will be printed, its parts and attachments, what is missing, and the acts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.referrals.rules.states import Status
from ui.kit import Button, Card, Notice, ScrollBody, Words
from ui.kit.focus_ring import ringed
from ui.referrals.form_preview import PreviewPane
from ui.style import Role, Tone, look


@dataclass(frozen=True)
class PartFace:
    """One part: `note` at its right (待签, 附件; without one its pages), amber where it waits for something."""

    words: str
    note: str = ""
    amber: bool = False
    attached: bool = False


class PartsList(QWidget):
    """Check boxes, the papers in two columns, what is attached below in one. `switched` by the person: key, on."""

    switched = Signal(str, bool)

    def __init__(self) -> None:
        super().__init__()
        self.boxes: dict[str, QCheckBox] = {}
        self._faces: Mapping[str, PartFace] = {}
        self._notes: dict[str, Words] = {}
        self._pages: Mapping[str, int] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look.sp(16))
        self._grid.setVerticalSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_parts(self, faces: Mapping[str, PartFace], on: Sequence[str]) -> None:
        """Other parts, or others that are on."""
        if list(faces) != list(self.boxes):
            self._draw(faces)
        self._faces = faces
        for key in faces:
            box = self.boxes[key]
            blocked = box.blockSignals(True)
            box.setChecked(key in on)
            box.blockSignals(blocked)
            self._say(key)

    def show_pages(self, pages: Mapping[str, int]) -> None:
        """How many pages each part takes, as it was drawn last."""
        self._pages = pages
        for key in self.boxes:
            self._say(key)

    def note(self, key: str) -> str:
        """What stands at a part's right."""
        return self._notes[key].text()

    def _say(self, key: str) -> None:
        """What it waits for, else its pages."""
        face, pages = self._faces[key], self._pages.get(key, 0)
        note = face.note or (f"{pages} 页" if pages and self.boxes[key].isChecked() else "")
        self._notes[key].say(note, "warn" if face.amber else "text3")
        self.boxes[key].setAccessibleDescription(note)

    def _draw(self, faces: Mapping[str, PartFace]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.boxes, self._notes = {}, {}
        row, column = 0, 0
        for key, face in faces.items():
            if face.attached and column:
                row, column = row + 1, 0
            wide = 2 if face.attached else 1
            self._grid.addWidget(self._cell(key, face), row, column, 1, wide)
            column += wide
            if column > 1:
                row, column = row + 1, 0
        for place in range(2):
            self._grid.setColumnStretch(place, 1)

    def _cell(self, key: str, face: PartFace) -> QWidget:
        cell = QWidget(self)
        row = QHBoxLayout(cell)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        box = self.boxes[key] = PartBox(face.words)
        box.toggled.connect(lambda on: self.switched.emit(key, on))
        box.toggled.connect(lambda: self._say(key))
        row.addWidget(box, 1)
        note = self._notes[key] = Words("", Role.SMALL)
        row.addWidget(note)
        return cell


class PartBox(QCheckBox):
    """A check box whose words give way: they end in … and stand in the tooltip."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._whole = words
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        ringed(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - look.sp(18) - 12
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        self.setText(shown.replace("&", "&&"))
        self.setToolTip(self._whole if shown != self._whole else "")


class PackCard(Card):
    """将要打印, 转诊包, the acts. The parts scroll when there are many; the acts stay at the foot."""

    def __init__(self) -> None:
        super().__init__()
        self.body.setContentsMargins(18, 14, 18, 16)
        self.body.setSpacing(look.sp(10))
        self._rows, self.narrow = 0, False
        self.preview = PreviewPane()
        self.body.addWidget(self.preview, 1)
        self.block = QWidget()
        self.body.addWidget(self.block)
        block = QVBoxLayout(self.block)
        block.setContentsMargins(0, 0, 0, 0)
        block.setSpacing(look.sp(8))
        head = QHBoxLayout()
        head.setSpacing(8)
        block.addLayout(head)
        head.addWidget(Words("转诊包", Role.CARD_TITLE))
        self.count = Words("", Role.HINT)
        head.addWidget(self.count)
        head.addStretch(1)
        self.fact = Words("", Role.HINT, ink="ok")
        head.addWidget(self.fact)
        self.parts = PartsList()
        self._room = ScrollBody((0, 0, 6, 0), 0)
        self._room.body.addWidget(self.parts)
        self._room.body.addStretch(1)
        self._room.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        block.addWidget(self._room)
        self.missing = Notice()
        self.body.addWidget(self.missing)
        self._acts()

    def show_parts(self, faces: Mapping[str, PartFace], on: Sequence[str]) -> None:
        """The parts, as high as four or five rows of them."""
        self.parts.show_parts(faces, on)
        attached = sum(1 for face in faces.values() if face.attached)
        self._rows = (len(faces) - attached + 1) // 2 + attached
        self._fit()
        chosen = [faces[key] for key in on]
        ready = sum(1 for face in chosen if not face.amber)
        more = sum(1 for face in chosen if face.attached)
        self.count.setText(f"{len(chosen)} 份中 {ready} 份齐" + (f"，含附件 {more}" if more else ""))

    def say_acts(self, urgent: bool, status: Status) -> None:  # noqa: FBT001  # what the draft says of itself
        """What the acts are called: one that is under way is not sent again, it is set right."""
        sends = status in (Status.DRAFT, Status.REJECTED) or (urgent and status is Status.PENDING)
        kept = "草稿" if status in (Status.DRAFT, Status.REJECTED) else "修改"
        kept = kept if status in (Status.DRAFT, Status.REJECTED, Status.PENDING) else "更正"
        act = f"{'提交' if urgent else '送审'}并打印转诊包" if sends else f"保存{kept}"
        self.send.say(f"{act}　F10")
        self.keep.setVisible(sends)
        self.keep.say(f"存{kept}")
        self.print.say(f"存{kept}并打印")

    def say_missing(self, sentences: Sequence[str], *, grave: bool = False) -> None:
        """What is missing, in amber; in red what stops the referral from being sent."""
        if sentences:
            self.missing.say("；".join(sentences) + "。", Tone.DANGER if grave else Tone.WARN)
        else:
            self.missing.clear()

    def ask_part(self) -> None:
        """Nothing is ticked: no empty paper is printed."""
        self.missing.say("请至少选一份。", Tone.DANGER)
        next(iter(self.parts.boxes.values())).setFocus()

    def show_narrow(self, *, narrow: bool, steps: QVBoxLayout, card: QWidget) -> None:
        """No room beside the form: the parts are its last step, the acts lie in one row, the pages are left out."""
        if narrow == self.narrow:
            return
        self.narrow = narrow
        self.preview.setVisible(not narrow)
        if narrow:
            steps.addWidget(self.block)
        else:
            self.body.insertWidget(1, self.block)
        card.setVisible(narrow)
        self.body.setContentsMargins(*((16, 10, 16, 10) if narrow else (18, 14, 18, 16)))
        way = QBoxLayout.Direction.LeftToRight if narrow else QBoxLayout.Direction.TopToBottom
        self._acts_box.setDirection(way)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """In a low window the pages keep some room; in one column all parts show."""
        most = self._rows if self.narrow else 4 if self.height() < look.sp(720) else 6
        high = look.sp(28) * min(most, self._rows) + 2
        if self._room.height() != high:
            self._room.setFixedHeight(high)

    def _acts(self) -> None:
        acts = self._acts_box = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        acts.setSpacing(8)
        self.body.addLayout(acts)
        self.send = Button("提交并打印转诊包　F10", "primary", icon="printer", large=True)
        acts.addWidget(self.send)
        row = QHBoxLayout()
        row.setSpacing(8)
        acts.addLayout(row)
        self.keep = Button("存草稿", "plain", icon="save")
        self.print = Button("存草稿并打印", "plain", icon="file-text")
        self.keep.setToolTip("Ctrl+S：存成转诊草稿，其他人也能看到、接着写")
        self.print.setToolTip("Ctrl+P：先存成转诊草稿，再打印；印着“草稿”")
        row.addWidget(self.keep, 1)
        row.addWidget(self.print, 1)
