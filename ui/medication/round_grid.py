"""The grid of a round, painted: residents with what must not be overlooked beside their names, by rounds of the day."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

from ui.kit.cell_grid import CellGrid
from ui.kit.cell_paint import Widths, draw_face, draw_nothing, draw_person
from ui.kit.paint import Mark, Script, draw_pill, draw_sign, draw_words, metrics, pill_width
from ui.medication.dose_words import slot_words
from ui.medication.round_cells import RoundCell, RoundGridSheet, RoundLine
from ui.style import Role, Tone, look

WIDTHS = Widths(204, 320, 98, 220)
_ALIKE = Mark("名字相近", Tone.WARN)
_CENTRE = Qt.AlignmentFlag.AlignHCenter


class RoundGrid(CellGrid):
    """Space gives the cell, Enter opens the guided round at it."""

    subject = "给药班次"

    def __init__(self) -> None:
        super().__init__(WIDTHS)
        self.sheet = RoundGridSheet()

    def show_sheet(self, sheet: RoundGridSheet) -> None:
        """Show a day; the cursor stays with its resident and round where both are still there."""
        self.sheet = sheet
        self.show_lines(sheet.lines, [one.key for one in sheet.rounds])

    def line(self) -> RoundLine | None:
        row, _column = self.place
        return self.sheet.lines[row] if row < len(self.sheet.lines) else None

    def cell(self) -> RoundCell | None:
        line, (_row, column) = self.line(), self.place
        return line.cells[column] if line is not None and column < len(line.cells) else None

    def first_waiting(self) -> None:
        """Where work begins: in the round that goes on; where nothing waits in it, the first that waits."""
        keys = [one.key for one in self.sheet.rounds]
        if self.sheet.current in keys and self.sheet.lines:
            column = keys.index(self.sheet.current)
            cells = ((line.rid, line.cells[column]) for line in self.sheet.lines)
            waiting = next((rid for rid, cell in cells if cell is not None and cell.waiting), None)
            if waiting is not None or not any(line.waits for line in self.sheet.lines):
                self.go_to(waiting or self.sheet.lines[0].rid, self.sheet.current)
                return
        super().first_waiting()

    def next_due(self, leaving_out: set[object]) -> bool:
        """The next resident to whom one key gives something in this round; where none is, one who waits."""
        _row, column = self.place
        key = self.key

        def ready(line: RoundLine) -> bool:
            cell = line.cells[column]
            return cell is not None and cell.ready and (line.rid, key) not in leaving_out

        def waiting(line: RoundLine) -> bool:
            cell = line.cells[column]
            return cell is not None and cell.waiting and (line.rid, key) not in leaving_out

        return self.next_where(ready, key) or self.next_where(waiting, key)

    # painting -----------------------------------------------------------------------------------------------------

    def draw_name(self, painter: QPainter, rect: QRect, place: int) -> None:
        line = self.sheet.lines[place]
        name, marks = line.row.name, line.row.marks
        rest = draw_person(painter, rect, name, line.bed, "danger" if line.late else "neutral")
        if marks.alike:
            wide = pill_width(_ALIKE.text, dot=False)
            left = rect.left() + look.sp(64) + metrics(Role.NAME).horizontalAdvance(name)
            top = rect.center().y() - look.sp(21)
            if left + wide <= rect.right() - 4:
                draw_pill(painter, QRect(left, top, wide, look.sp(22)), _ALIKE, dot=False)
            else:
                corner = QRect(rect.right() - look.sp(22), top, look.sp(18), look.sp(24))
                draw_sign(painter, corner, "triangle-alert", 16, "warn.text")
        _draw_allergies(painter, rest, marks.allergies)

    def draw_cell(self, painter: QPainter, rect: QRect, place: int, column: int) -> None:
        cell = self.sheet.lines[place].cells[column]
        if cell is None:
            draw_nothing(painter, rect)
        else:
            draw_face(painter, rect, cell.face)

    def draw_band(self, painter: QPainter, rect: QRect, column: int) -> None:
        if self.sheet.rounds[column].key == self.sheet.current:
            soft = look.colour("soft")
            soft = type(soft)(soft)
            soft.setAlpha(110)
            painter.fillRect(rect, soft)

    def draw_heading(self, painter: QPainter, rect: QRect, column: int) -> None:
        one = self.sheet.rounds[column]
        here = one.key == self.sheet.current
        if here:
            self.draw_band(painter, rect.adjusted(0, 0, 0, -1), column)
        words = f"{one.words} · 当前" if here else one.words
        script = Script(Role.STRONG if here else Role.HINT, "primary" if here else "text2", _CENTRE)
        draw_words(painter, rect, words, script)

    def words_of(self, place: int, column: int | None) -> str:
        line = self.sheet.lines[place]
        cell = line.cells[column] if column is not None and column < len(line.cells) else None
        if cell is not None and column is not None:
            said = "；".join(slot_words(slot) for slot in cell.slots)
            return f"{line.row.name}　{self.sheet.rounds[column].words}　{said}"
        marks = line.row.marks
        said = "" if not marks.alike else f"　名字相近：{'、'.join(marks.alike)}"
        return f"{line.row.name}　{line.row.bed}　{allergy_words(marks.allergies)}{said}"


def allergy_words(allergies: tuple[str, ...] | None) -> str:
    """`过敏：青霉素`; that nobody has said is said as well."""
    if allergies is None:
        return "过敏史不详"
    return f"过敏：{'、'.join(allergies)}" if allergies else "无已知过敏"


def _draw_allergies(painter: QPainter, rect: QRect, allergies: tuple[str, ...] | None) -> None:
    """After the bed: known allergies in red, an unknown history in its warning colour; none says nothing."""
    if allergies == () or rect.width() < look.sp(30):
        return
    ink = "warn.text" if allergies is None else "danger.text"
    icon = "circle-alert" if allergies is None else "triangle-alert"
    draw_sign(painter, rect, icon, 14, ink)
    room = rect.adjusted(look.sp(14) + 4, 0, 0, 0)
    words = "过敏史不详" if allergies is None else "、".join(allergies)
    draw_words(painter, room, words, Script(Role.SMALL, ink))
