"""The grid of a round: painted rows, one cursor, one editor; it says what a key meant and never writes itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from app.vitals.catalogue import sign_of
from app.vitals.queries import GridRow
from app.vitals.rules import News2
from ui.kit.paint import Painted
from ui.style import look
from ui.vitals.cell_editor import CellEditor
from ui.vitals.grid_layout import HEADER, NEWS, ROW, Column, Line, cell_rect, columns, lines
from ui.vitals.grid_paint import RowState, Shown, draw_header, draw_row
from ui.vitals.typed_round import TypedRound

State = Callable[[GridRow, bool], RowState]


class GridHeader(Painted):
    """The names of the columns; stays while the rows scroll."""

    def __init__(self) -> None:
        super().__init__()
        self.columns: tuple[Column, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(600, look.sp(HEADER))

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_header(QPainter(self), self.rect(), self.columns)


class RoundGridWidget(Painted):
    """`stood` whenever the cursor came to another cell (or the rows changed), `left_row` when it left a row."""

    stood = Signal()
    left_row = Signal(object)

    def __init__(self, codes: tuple[str, ...], typed: TypedRound, state: State) -> None:
        super().__init__()
        self.codes, self.typed, self._state = codes, typed, state
        self.rows: tuple[GridRow, ...] = ()
        self.header = GridHeader()
        self.editor = CellEditor(self)
        self.editor.hide()
        self._lines: tuple[Line, ...] = ()
        self._columns: tuple[Column, ...] = ()
        self._row, self._code = 0, codes[0]
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setFocusProxy(self.editor)
        self.setMouseTracking(True)

    # what shows ---------------------------------------------------------------------------------------------------

    def show_rows(self, rows: tuple[GridRow, ...], *, anew: bool = False) -> None:
        """Other rows; unless `anew` the cursor stays with its person, and what is being typed in the editor."""
        here = None if anew else self.current()
        same = here is not None and any(one.resident == here.resident for one in rows)
        self.rows = rows
        if here is not None and same:
            self._row = next(place for place, one in enumerate(rows) if one.resident == here.resident)
        else:
            self._row, self._code = self.first_place(), self.codes[0]
        self.arrange()
        if self.editor.isHidden() or not same:
            self.stand()
        else:
            self._settle_editor()

    def current(self) -> GridRow | None:
        return self.rows[self._row] if 0 <= self._row < len(self.rows) else None

    @property
    def code(self) -> str:
        return self._code

    @property
    def place(self) -> int:
        return self._row

    def current_rect(self) -> QRect:
        """The row under the cursor with its sentences, to be kept in sight."""
        if not self._lines:
            return QRect()
        line = self._lines[self._row]
        return QRect(0, line.top, self.width(), line.height)

    def walkable(self, place: int) -> bool:
        """Whether the cursor stops at a row: those who are away are passed by."""
        row = self.rows[place]
        return row.away is None or bool(row.visits)

    def first_place(self) -> int:
        """The first row where nothing is measured yet, else the first one."""
        walk = [place for place in range(len(self.rows)) if self.walkable(place)]
        return next((place for place in walk if not self.rows[place].visits), walk[0] if walk else 0)

    def put(self, place: int, code: str) -> None:
        """Move the cursor. Who listens to `left_row` hears of a row that was left."""
        before = self.current()
        self._row, self._code = place, code
        self.stand()
        if before is not None and before is not self.current():
            self.left_row.emit(before.resident)

    def stand(self) -> None:
        """Put the editor on the cell under the cursor with what is typed there."""
        row = self.current()
        if row is None or not self._lines or not self.walkable(self._row):
            self.editor.hide()
            self.stood.emit()
            return
        cell = self.typed.cell(row, self._code)
        locked = cell is None and not self.typed.may_type(row, self._code)
        typing = "" if cell is None or cell.recorded else cell.text
        self.editor.stand_on(self._code, typing, locked=locked or (cell is not None and cell.recorded))
        self.editor.setAccessibleName(f"{row.name} {row.bed} {sign_of(self._code).words}")
        self._place_editor()
        self.editor.setVisible(True)
        self.say_current()

    def say_current(self) -> None:
        """Tell everybody, a screen reader too, where the cursor is."""
        self.stood.emit()
        self.update()

    def arrange(self) -> None:
        """Measure rows anew: a sentence came or went, the width changed."""
        said = [len(one.said) if (one := self.typed.rows.get(row.resident)) else 0 for row in self.rows]
        self._lines = lines(said)
        self._columns = columns(self.codes, self.width())
        self.header.columns = self._columns
        self.header.update()
        self.setMinimumHeight(self._lines[-1].bottom if self._lines else look.sp(ROW))
        self.updateGeometry()
        self._place_editor()
        self.update()

    # inside -------------------------------------------------------------------------------------------------------

    def _settle_editor(self) -> None:
        """Rows came anew under the editor: what is typed in it stays, a cell that was recorded is locked."""
        row = self.current()
        if row is not None and not self.editor.isModified():
            self.stand()
        else:
            self._place_editor()
            self.say_current()

    def _place_editor(self) -> None:
        if self._lines and self._columns and self._row < len(self._lines):
            column = next(one for one in self._columns if one.key == self._code)
            self.editor.setGeometry(cell_rect(self._lines[self._row], column))

    def sizeHint(self) -> QSize:
        return QSize(look.sp(700), self._lines[-1].bottom if self._lines else look.sp(ROW))

    def minimumSizeHint(self) -> QSize:
        return QSize(620, look.sp(ROW))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self.arrange()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        line, column = self._at(event.position().toPoint())
        if line is None or column is None or event.button() != Qt.MouseButton.LeftButton:
            return
        if self.walkable(line.place):
            self.editor.moved.emit(
                f"to {line.place} {column.key if column.key in self.codes else self.codes[0]}"
            )
            self.editor.setFocus()

    def event(self, event: QEvent) -> bool:
        """Under the mouse: what a value means, what a score asks for, what is missing of it."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self.setToolTip(self._hint(event.pos()))
        return super().event(event)

    def _hint(self, at: QPoint) -> str:
        line, column = self._at(at)
        if line is None or column is None:
            return ""
        row = self.rows[line.place]
        if column.key == NEWS and row.visits:
            scored = row.news2
            if not isinstance(scored, News2):
                return f"缺：{'、'.join(scored.missing)}" if scored.missing else scored.words
            notes = (scored.say, row.profile.caution_says, row.visits[0].scale)
            return "\n".join(note for note in notes if note)
        done = self.typed.recorded(row, column.key) if column.key in self.codes else ()
        said = [(f"{one.text or one.absent} {one.how}".strip(), one.judgement.words) for one in done]
        return "\n".join(part for pair in said for part in pair if part)

    def _at(self, point: QPoint) -> tuple[Line | None, Column | None]:
        line = next((one for one in self._lines if one.top <= point.y() < one.bottom), None)
        column = next((one for one in self._columns if one.left <= point.x() < one.left + one.width), None)
        return line, column

    def shown(self, place: int) -> Shown:
        """One row as it is painted."""
        row = self.rows[place]
        current = place == self._row and not self.editor.isHidden()
        return Shown(
            row=row,
            typed=self.typed.rows.get(row.resident),
            state=self._state(row, current),
            recorded={code: self.typed.recorded(row, code) for code in self.codes},
            open_codes=frozenset(code for code in self.codes if self.typed.may_type(row, code)),
            current=current,
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = event.rect()
        for line in self._lines:
            if line.top <= area.bottom() and line.bottom >= area.top():
                draw_row(painter, line, self._columns, self.shown(line.place))
