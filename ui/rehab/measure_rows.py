"""The measures of an evaluation: what each instrument found last, whether it is taken, and a way to assess now."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from app.core.form import Choice, Field, Kind
from app.rehab.day import rehab_day
from app.rehab.measured import Measure
from app.residents.vocabulary import Entry, find
from ui.forms.fields.suggested import SuggestedInput
from ui.kit import Button, FieldError, IconButton, Words, ringed
from ui.style import Role, look


class MeasureRows(QWidget):
    """`assess(code)` where the person wants to assess now, `wanted(code)` where one more instrument is asked for."""

    changed = Signal()
    assess = Signal(str)
    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[str, MeasureRow] = {}
        self._refused: set[str] = set()
        self._listed: tuple[Entry, ...] = ()
        self.error = FieldError()
        field = Field(
            "measure", "加量表", Kind.SUGGESTED, suggest=self._offers, placeholder="加量表，如 berg、洼田"
        )
        self.line = SuggestedInput(field)
        self._none = Words("还没有要做的量表。选了康复计划或模板后，这里列出它的量表。", Role.HINT, wrap=True)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        for piece in (self._list, self._none, self.line, self.error):
            if isinstance(piece, QVBoxLayout):
                box.addLayout(piece)
            else:
                box.addWidget(piece)
        self.line.taken.connect(self._take)

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(self.rows)

    @property
    def refused(self) -> tuple[str, ...]:
        """Results that were left out by hand."""
        return tuple(sorted(self._refused))

    @property
    def said(self) -> dict[str, UUID]:
        """The results that are taken, by instrument."""
        return {code: rid for code, row in self.rows.items() if (rid := row.taken) is not None}

    def show_measures(self, measures: Iterable[Measure], on: date, refused: Collection[str] = ()) -> None:
        """These instruments; a result of the days before `on` is taken, unless it was left out by hand."""
        self._refused = set(refused)
        focus = self.focusWidget()
        here = next(
            (code for code, row in self.rows.items() if focus is not None and row.isAncestorOf(focus)), ""
        )
        for row in self.rows.values():
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = {}
        for one in measures:
            row = MeasureRow(one, on, wanted=one.code not in self._refused)
            row.turned.connect(self._turned)
            row.now.clicked.connect(lambda _checked=False, code=one.code: self.assess.emit(code))
            row.away.clicked.connect(lambda _checked=False, code=one.code: self._remove(code))
            self.rows[one.code] = row
            self._list.addWidget(row)
        self._none.setVisible(not self.rows)
        if here in self.rows:
            self.rows[here].now.setFocus()

    def show_listed(self, listed: Iterable[tuple[str, str]]) -> None:
        """What may be added."""
        self._listed = tuple(Entry(title, (code,), code) for code, title in listed)

    def say_wrong(self, text: str) -> None:
        self.error.say(text)

    def focus_part(self) -> QWidget:
        return next((row.now for row in self.rows.values()), self.line)

    def _offers(self, typed: str) -> tuple[Choice, ...]:
        found = find(self._listed, typed) if typed.strip() else ()
        return tuple(Choice(one.code, one.words) for one in found if one.code not in self.rows)

    def _take(self, code: str) -> None:
        self.line.clear()
        self.wanted.emit(code)

    def _turned(self, code: str, taken: bool) -> None:  # noqa: FBT001  # a slot
        (self._refused.discard if taken else self._refused.add)(code)
        self.changed.emit()

    def _remove(self, code: str) -> None:
        row = self.rows.pop(code)
        self._list.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._none.setVisible(not self.rows)
        self.focus_part().setFocus()
        self.changed.emit()


class MeasureRow(QWidget):
    """One instrument. Space takes or leaves its result; Delete takes the row away."""

    turned = Signal(str, bool)

    def __init__(self, one: Measure, on: date, *, wanted: bool) -> None:
        super().__init__()
        self.one = one
        fresh = one.last is not None and 0 <= (on - one.last.on).days <= rehab_day().fresh_days
        self.box = QCheckBox("采用")
        self.box.setAccessibleName(f"采用 {one.title} 的结果")
        self.box.setChecked(fresh and wanted)
        if not fresh:
            self.box.hide()
        ringed(self.box)
        self.now = Button("现在评", "plain", icon="clipboard-pen")
        self.now.setEnabled(one.filled)
        self.now.setToolTip("" if one.filled else "本站没有这份量表，可在 设置 → 量表 载入")
        self.away = IconButton("x", f"去掉 {one.title}", size=34)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(Words(one.short or one.title, Role.STRONG))
        self.result = Words(result_words(one), Role.HINT, ink="text2" if fresh else "text3", wrap=True)
        texts.addWidget(self.result)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addLayout(texts, 1)
        for piece in (self.box, self.now, self.away):
            row.addWidget(piece, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setMinimumHeight(look.sp(44))
        self.box.clicked.connect(lambda: self.turned.emit(one.code, self.box.isChecked()))

    @property
    def taken(self) -> UUID | None:
        return self.one.last.rid if self.one.last is not None and self.box.isChecked() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.away.click()
            return
        super().keyPressEvent(event)


def result_words(one: Measure) -> str:
    """`45 分 重度依赖（11-20），较 08-20 +15`."""
    if one.last is None:
        return "还没有做过" if one.filled else "本站没有这份量表"
    said = " ".join(part for part in (one.last.words, one.last.finding) if part)
    change = ""
    if one.before is not None and one.change is not None:
        sign = "不变" if one.change == 0 else f"{one.change:+g}"
        change = f"，较 {one.before.on:%m-%d} {sign}"
    return f"{said}（{one.last.on:%Y-%m-%d}）{change}"
