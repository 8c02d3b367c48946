"""Marks on a body map: chosen from a list by words or initials, by click, or with the arrow keys; numbered."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.core.body import Site, site_words, sites
from app.core.form import Field, Kind, Value
from ui.forms.fields.body_drawing import (
    HEIGHT,
    TITLES,
    VIEWS,
    WIDTH,
    draw_figure,
    draw_mark,
    draw_site,
    place_of,
)
from ui.forms.fields.choice import ChoiceList
from ui.kit import Painted, Words
from ui.kit.paint import Script, draw_words
from ui.style import Role, look

_HIGH = 236
_TITLE = 22
_REACH = 14
_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class BodyMap(Painted):
    """Both figures. Arrows go to the nearest site that way, Space marks it or takes the mark away, as a click does."""

    toggled = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("身体图")
        self.marks: tuple[str, ...] = ()
        self.here = sites()[0]

    def sizeHint(self) -> QSize:
        scale = look.sp(_HIGH) / HEIGHT
        return QSize(round(2 * WIDTH * scale) + 1, look.sp(_HIGH) + look.sp(_TITLE) + 8)

    def show_marks(self, marks: tuple[str, ...]) -> None:
        """Draw other marks."""
        self.marks = marks
        self.update()

    def stand_at(self, code: str) -> None:
        """Put the cursor on a site."""
        self.here = next((site for site in sites() if site.code == code), self.here)
        self.setAccessibleDescription(self.here.words)
        self.update()

    def place(self, site: Site) -> QPointF:
        """Where a site lies in this widget."""
        return place_of(site, self._room(site.view))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            self._go(*step)
        elif event.key() == Qt.Key.Key_Space:
            self.toggled.emit(self.here.code)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        near = min(sites(), key=lambda site: self._far(site, event.position()))
        if self._far(near, event.position()) <= look.sp(_REACH):
            self.stand_at(near.code)
            self.toggled.emit(near.code)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for view in VIEWS:
            room = self._room(view)
            title = QRectF(room.left(), 0, room.width(), look.sp(_TITLE)).toRect()
            draw_words(
                painter, title, TITLES[view], Script(Role.SMALL, "text3", Qt.AlignmentFlag.AlignHCenter)
            )
            draw_figure(painter, room, view)
        for site in sites():
            draw_site(painter, self.place(site), here=self.hasFocus() and site is self.here)
        for number, code in enumerate(self.marks, 1):
            for site in (one for one in sites() if one.code == code):
                draw_mark(painter, self.place(site), number)
        if self.hasFocus():
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            at = self.place(self.here)
            painter.drawEllipse(at, look.sp(11), look.sp(11))

    def _room(self, view: str) -> QRectF:
        scale = look.sp(_HIGH) / HEIGHT
        left = VIEWS.index(view) * WIDTH * scale
        return QRectF(left, look.sp(_TITLE), WIDTH * scale, look.sp(_HIGH))

    def _far(self, site: Site, at: QPointF) -> float:
        away = self.place(site) - at
        return float((away.x() ** 2 + away.y() ** 2) ** 0.5)

    def _go(self, right: int, down: int) -> None:
        """The nearest site on that side; what lies straight ahead counts as nearer."""
        start = self.place(self.here)

        def cost(site: Site) -> float:
            away = self.place(site) - start
            ahead, aside = away.x() * right + away.y() * down, away.x() * down + away.y() * right
            return ahead + 2.5 * abs(aside) if ahead > 1 else float("inf")

        best = min(sites(), key=cost)
        if cost(best) < float("inf"):
            self.stand_at(best.code)


class BodyInput(QWidget):
    """The value is the sites in the order they were marked; with `most` 1 a new mark takes the old one's place."""

    edited = Signal()
    left = Signal()

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.field = field
        self.setAccessibleName(field.label)
        self._marks: tuple[str, ...] = ()
        self.map = BodyMap()
        one = replace(field, kind=Kind.CHOICE, placeholder="部位，可输入拼音首字母", required=False)
        self.list = ChoiceList(one)
        self._said = Words("", Role.BODY, wrap=True)
        self._how = Words("图上点一下，或方向键走、空格标记。", Role.HINT, wrap=True)
        side = QVBoxLayout()
        side.setSpacing(10)
        for piece in (self.list, self._said, self._how):
            side.addWidget(piece)
        side.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(20)
        row.addWidget(self.map)
        row.addLayout(side, 1)
        self.map.toggled.connect(self._toggle)
        self.list.activated.connect(self._listed)
        self.list.left.connect(self._listed)

    def value(self) -> Value:
        return self._marks

    def set_value(self, value: Value) -> None:
        self._show(value if isinstance(value, tuple) else ())

    def focus_part(self) -> QWidget:
        return self.list

    def set_wrong(self, wrong: bool) -> None:  # noqa: FBT001  # a Qt-like setter
        self.list.set_wrong(wrong)

    def _listed(self) -> None:
        """A site was chosen in the list: marked, and the list is ready for the next one."""
        code = self.list.value()
        if isinstance(code, str) and any(site.code == code for site in sites()):
            if code not in self._marks:
                self._toggle(code)
            if self.field.most != 1:
                self.list.set_value("")

    def _toggle(self, code: str) -> None:
        if code in self._marks:
            marks = tuple(mark for mark in self._marks if mark != code)
        else:
            marks = (code,) if self.field.most == 1 else (*self._marks, code)
        self._show(marks)
        self.edited.emit()
        self.left.emit()

    def _show(self, marks: tuple[str, ...]) -> None:
        self._marks = marks
        self.map.show_marks(marks)
        if marks:
            self.map.stand_at(marks[-1])
        if self.field.most == 1:
            self.list.set_value(marks[0] if marks else "")
        words = "　".join(f"{number} {site_words(code)}" for number, code in enumerate(marks, 1))
        self._said.setText(words or "还没有标记。")


def make(field: Field) -> BodyInput:
    return BodyInput(field)
