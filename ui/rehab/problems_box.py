"""Functional problems: found by words, pinyin or ICF code and listed with what is said more of each."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.form import Choice, Field, Kind
from app.rehab.lists.surroundings import find_problems, problems
from app.rehab.rules.evaluation import KINDS, Problem
from ui.forms.fields.suggested import SuggestedInput
from ui.kit import ElidedWords, FieldError, IconButton, LineField, Tag, Words, ringed
from ui.style import Role, Tone, look

_TONES = {
    "body": Tone.INFO,
    "activity": Tone.VIOLET,
    "participation": Tone.OK,
    "environment": Tone.NEUTRAL,
}


class ProblemsBox(QWidget):
    """`changed` when the person changed something. Delete in a row takes it away. `noted`: each may have a note."""

    changed = Signal()

    def __init__(self, *, noted: bool = True) -> None:
        super().__init__()
        self._noted = noted
        field = Field(
            "problem", "加功能问题", Kind.SUGGESTED, suggest=_offers,
            placeholder="加功能问题：汉字、拼音首字母或 ICF 编码，如 jili、b730",
        )  # fmt: skip
        self.line = SuggestedInput(field)
        self.error = FieldError()
        self._rows: list[ProblemRow] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addLayout(self._list)
        box.addWidget(self.line)
        box.addWidget(self.error)
        self.line.taken.connect(self._take)

    @property
    def said(self) -> tuple[Problem, ...]:
        """What is listed, in order."""
        return tuple(row.said for row in self._rows)

    def show_problems(self, said: Iterable[Problem]) -> None:
        """Others instead of those there are; says nothing."""
        for row in self._rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []
        for one in said:
            self._put(one)
        self.say_wrong("")

    def say_wrong(self, text: str) -> None:
        self.error.say(text)
        self.line.set_wrong(bool(text))

    def focus_part(self) -> QWidget:
        return self.line

    def _take(self, code: str) -> None:
        self.line.clear()
        if code in problems() and all(row.said.code != code for row in self._rows):
            self._put(Problem(code, problems()[code].words))
            self.say_wrong("")
            self.changed.emit()

    def _put(self, one: Problem) -> None:
        row = ProblemRow(one, noted=self._noted)
        row.removed.connect(lambda: self._remove(row))
        row.edited.connect(self.changed)
        self._rows.append(row)
        self._list.addWidget(row)

    def _remove(self, row: ProblemRow) -> None:
        place = self._rows.index(row)
        self._rows.remove(row)
        self._list.removeWidget(row)
        row.hide()
        row.deleteLater()
        following = self._rows[min(place, len(self._rows) - 1)] if self._rows else None
        rest = self.line if following is None else following.note if self._noted else following
        rest.setFocus()
        self.changed.emit()


class ProblemRow(QWidget):
    """One problem: what it is about, its words, a note."""

    removed = Signal()
    edited = Signal()

    def __init__(self, said: Problem, *, noted: bool = True) -> None:
        super().__init__()
        self._said = said
        self._noted = noted
        kind = Tag(KINDS[said.kind], _TONES[said.kind])
        kind.setFixedWidth(look.sp(52))
        words = Words(said.words, Role.BODY)
        code = Words(said.code, Role.HINT, ink="text3")
        self.note = LineField(f"{said.words} 的说明", "说明：部位、程度")
        self.note.setParent(self)
        if not noted:
            self.note.hide()
        self.note.setText(said.note)
        away = IconButton("x", f"去掉 {said.words}", size=34)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(kind)
        row.addWidget(words)
        row.addWidget(code)
        if noted:
            row.addStretch(1)
            row.addWidget(self.note)
        else:
            row.addWidget(ElidedWords(said.note, Role.HINT, ink="text2"), 1)
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            ringed(self)
        row.addWidget(away)
        self.note.setFixedWidth(look.sp(230))
        self.note.textEdited.connect(lambda _text: self.edited.emit())
        away.clicked.connect(self.removed)

    @property
    def said(self) -> Problem:
        return (
            Problem(self._said.code, self._said.words, self.note.text().strip())
            if self._noted
            else self._said
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and not self.note.hasSelectedText():
            self.removed.emit()
            return
        super().keyPressEvent(event)


def _offers(typed: str) -> tuple[Choice, ...]:
    return tuple(Choice(one.code, one.words) for one in find_problems(typed)) if typed.strip() else ()
