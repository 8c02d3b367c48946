"""Paints the month grid: headings, the medicine over its lines, a cell, and the days before and after an order."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF

from app.medication.queries.month_cells import AFTER, MonthCell
from app.medication.rules.slots import DoseState
from ui.kit.paint import Script, draw_sign, draw_words, metrics
from ui.medication.month_rows import WEEKDAYS, GridRow, Run
from ui.style import Role, look

ROW, HEAD = 50, 44
NAME_LEAST, NAME_MOST, TIME, COLUMN_LEAST, COLUMN_MOST = 216, 300, 50, 26, 40
_CENTRE = Qt.AlignmentFlag.AlignHCenter


def columns_in(width: int, count: int) -> tuple[int, int, int]:
    """Width of names with times, width of a day, and how many days find room."""
    least = look.sp(NAME_LEAST + TIME)
    fits = max(1, min(count, (width - least) // look.sp(COLUMN_LEAST))) if count else 0
    if not fits:
        return width, 0, 0
    column = min(look.sp(COLUMN_MOST), (width - least) // fits)
    return min(width - column * fits, look.sp(NAME_MOST + TIME)), column, fits


def draw_day(painter: QPainter, rect: QRect, day: date, *, today: bool) -> None:
    """The number of a day over its weekday."""
    ground(painter, rect, day, today=today)
    ink = "onsoft" if today else "text"
    upper = QRect(rect.left(), rect.top() + look.sp(3), rect.width(), look.sp(21))
    lower = QRect(rect.left(), upper.bottom(), rect.width(), look.sp(17))
    draw_words(painter, upper, str(day.day), Script(Role.LABEL if today else Role.HINT, ink, _CENTRE))
    draw_words(
        painter, lower, WEEKDAYS[day.weekday()], Script(Role.SMALL, "onsoft" if today else "text3", _CENTRE)
    )


def ground(painter: QPainter, rect: QRect, day: date, *, today: bool) -> None:
    """What lies under a day's column: today tinted, weekends a shade darker."""
    if today:
        painter.fillRect(rect, look.colour("soft"))
    elif day.weekday() >= 5:
        shade = QColor(look.colour("sunken"))
        shade.setAlpha(140)
        painter.fillRect(rect, shade)


def draw_name(painter: QPainter, rect: QRect, row: GridRow) -> None:
    """The medicine, lined out when it is over, what matters beside it, and its usage below."""
    order = row.order
    left, width = rect.left() + look.sp(14), rect.width() - look.sp(20)
    top = rect.center().y() - look.sp(22)
    tags = _tags(row)
    taken = sum(_tag_width(words) + look.sp(5) for words, _tone in tags)
    name = QRect(left, top, max(width - taken, look.sp(60)), look.sp(23))
    ink = "text3" if order.over else "text"
    shown = _fitting(order.words, name.width())
    draw_words(painter, name, shown, Script(Role.STRONG, ink))
    wide = metrics(Role.STRONG).horizontalAdvance(shown)
    if order.over:
        painter.setPen(QPen(look.colour(ink), 1.2))
        middle = name.center().y() + 1
        painter.drawLine(name.left(), middle, name.left() + wide, middle)
    at = name.left() + wide + look.sp(6)
    for words, tone in tags:
        pill = QRect(at, top + look.sp(2), _tag_width(words), look.sp(19))
        draw_tag(painter, pill, words, tone)
        at = pill.right() + look.sp(5)
    below = QRect(left, top + look.sp(23), width, look.sp(19))
    draw_words(painter, below, order.short, Script(Role.SMALL, "text3"))


def draw_tag(painter: QPainter, rect: QRect, words: str, tone: str) -> None:
    """A small pill."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour(f"{tone}.tint"))
    painter.drawRoundedRect(QRectF(rect), rect.height() / 2, rect.height() / 2)
    draw_words(painter, rect, words, Script(Role.SMALL, f"{tone}.text", _CENTRE))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def draw_time(painter: QPainter, rect: QRect, row: GridRow) -> None:
    """The nominal time, and the amount where it differs by time of day."""
    room = rect.adjusted(look.sp(4), 0, -2, 0)
    if not row.line.dose:
        draw_words(painter, room, row.line.name, Script(Role.HINT, "text2"))
        return
    upper = QRect(room.left(), rect.center().y() - look.sp(19), room.width(), look.sp(20))
    draw_words(painter, upper, row.line.name, Script(Role.HINT, "text2"))
    draw_words(painter, upper.translated(0, look.sp(19)), row.line.dose, Script(Role.SMALL, "text3"))


def draw_cell(painter: QPainter, rect: QRect, cell: MonthCell) -> None:
    """Signs, a code on its tint, or what a blank means; what needs somebody is loud, what is planned is quiet."""
    if cell.state is None:
        return
    if cell.doubled or cell.contradicts:
        _box(painter, rect, "danger", whole=True)
    if cell.signs:
        _draw_signs(painter, rect, cell)
    elif cell.code is not None:
        _box(painter, rect, cell.code.tone)
        draw_words(painter, rect, cell.code.number, Script(Role.LABEL, f"{cell.code.tone}.text", _CENTRE))
    else:
        _draw_blank(painter, rect, cell)
    if cell.corrected:
        _corner(painter, rect)


def draw_run(painter: QPainter, rect: QRect, row: GridRow, run: Run) -> None:
    """Before an order hatched, after it a line with why it is over."""
    if run.gap != AFTER:
        painter.fillRect(
            rect.adjusted(2, 3, -1, -4), QBrush(look.colour("border"), Qt.BrushStyle.BDiagPattern)
        )
        return
    ending = row.order.ending
    painter.setPen(QPen(look.colour("text3"), 1))
    middle = rect.center().y()
    painter.drawLine(rect.left() + 4, middle, rect.right() - 8, middle)
    if ending is None or row.place:
        return
    words = _fitting(ending.words, rect.width() - look.sp(40), Role.SMALL)
    if len(words) < 4 and words != ending.words:
        return
    wide = metrics(Role.SMALL).horizontalAdvance(words) + look.sp(18)
    pill = QRect(rect.left() + look.sp(14), middle - look.sp(11), wide, look.sp(22))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(look.colour("surface"))
    painter.setPen(QPen(look.colour("danger.text" if ending.what == "cancelled" else "border2"), 1))
    painter.drawRoundedRect(QRectF(pill), pill.height() / 2, pill.height() / 2)
    ink = "danger.text" if ending.what == "cancelled" else "text2"
    draw_words(painter, pill, words, Script(Role.SMALL, ink, _CENTRE))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def draw_cursor(painter: QPainter, rect: QRect, *, focused: bool) -> None:
    """Where the keys are; paler while another widget has them."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(look.colour("focus" if focused else "border2"), 2))
    painter.drawRoundedRect(QRectF(rect).adjusted(1, 3, -1, -4), 6, 6)


def _draw_signs(painter: QPainter, rect: QRect, cell: MonthCell) -> None:
    """One sign in the middle, two one above the other, more with how many; a code below where records disagree."""
    ink = "danger.text" if cell.doubled or cell.contradicts else "text"
    lower = cell.code.number if cell.code is not None else "".join(cell.signs[1:2])
    if cell.doses > 1 and not cell.doubled:
        lower = f"×{cell.doses}"
    upper = cell.signs[0]
    if not lower and len(upper) > 2:
        upper, lower = upper[:2], upper[2:]
    if not lower:
        role = Role.BODY if len(upper) == 1 else Role.SMALL
        draw_words(painter, rect, upper, Script(role, ink, _CENTRE))
        return
    first = QRect(rect.left(), rect.center().y() - look.sp(19), rect.width(), look.sp(20))
    second = first.translated(0, look.sp(18))
    draw_words(painter, first, upper, Script(Role.HINT if len(upper) == 1 else Role.SMALL, ink, _CENTRE))
    draw_words(painter, second, lower, Script(Role.SMALL, ink if ink != "text" else "text2", _CENTRE))


def _draw_blank(painter: QPainter, rect: QRect, cell: MonthCell) -> None:
    state = cell.state
    if state is DoseState.PLANNED:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("field"))
        painter.drawEllipse(QPointF(rect.center()) + QPointF(0.5, 0.5), 1.7, 1.7)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    elif state is DoseState.DUE:
        size = look.sp(16)
        room = QRect(rect.center().x() - size // 2 + 1, rect.top(), size, rect.height())
        draw_sign(painter, room, "clock", 16, "info.text")
    elif state is DoseState.OVERDUE:
        _box(painter, rect, "danger")
        draw_words(painter, rect, "?", Script(Role.LABEL, "danger.text", _CENTRE))
    elif state is DoseState.UNRECONCILED:
        _box(painter, rect, "danger")
        draw_words(painter, rect, cell.word, Script(Role.SMALL, "danger.text", _CENTRE))
    else:
        draw_words(painter, rect, cell.word, Script(Role.SMALL, "text3", _CENTRE))


def _box(painter: QPainter, rect: QRect, tone: str, *, whole: bool = False) -> None:
    """A rounded tint behind what stands in the middle, or behind two lines."""
    side = min(look.sp(25), rect.width() - 3)
    high = rect.height() - look.sp(8) if whole else side
    box = QRectF(rect.center().x() - side / 2 + 0.5, rect.center().y() - high / 2 + 0.5, side, high)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour(f"{tone}.tint"))
    painter.drawRoundedRect(box, 5, 5)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _corner(painter: QPainter, rect: QRect) -> None:
    """A corner turned down: there is an earlier version."""
    size, right, top = look.sp(7), rect.right() - 1, rect.top() + 1
    corner = QPolygonF([QPointF(right - size, top), QPointF(right, top), QPointF(right, top + size)])
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("warn.solid"))
    painter.drawPolygon(corner)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _tags(row: GridRow) -> list[tuple[str, str]]:
    order = row.order
    found = [(order.ending.short, "neutral")] if order.over and order.ending is not None else []
    if order.high_alert and not order.over:
        found.append(("高警示", "danger"))
    if order.waits and not order.over:
        found.append((order.waits, "warn"))
    return found


def _tag_width(words: str) -> int:
    return metrics(Role.SMALL).horizontalAdvance(words) + look.sp(14)


def _fitting(words: str, width: int, role: Role = Role.STRONG) -> str:
    return metrics(role).elidedText(words, Qt.TextElideMode.ElideRight, width)
