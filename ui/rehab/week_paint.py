"""Paints the week board: headings of days, a therapist's or resident's head with its load, a cell with its sessions."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QLineF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from app.care.rules import clock_words
from app.rehab.lists import disciplines
from app.rehab.queries.week_rows import BoardRow, BoardSession, Week
from ui.kit.paint import Script, bottom_line, draw_initial, draw_words, metrics
from ui.rehab.week_chip import CHIP, PITCH, draw_chip
from ui.rehab.week_lines import LINES, CellLines
from ui.style import Role, look

PAD = 7
FOLD = 18
HEAD = 52
_CENTRE = Qt.AlignmentFlag.AlignHCenter
_WEEKDAYS = "一二三四五六日"


def row_height(*, folded: bool) -> int:
    """Four lines, and room for how many more there are."""
    return look.sp(PITCH * LINES + 2 * PAD - 3 + (FOLD if folded else 0))


def tone_of(discipline: str) -> str:
    known = disciplines().get(discipline)
    return str(known.tone) if known is not None else "neutral"


def draw_day(painter: QPainter, rect: QRect, week: Week, day: date) -> None:
    """`周三 11-18` over `今天 · 16 人次`."""
    today = day == week.today
    ink = "onsoft" if today else "text"
    if today:
        painter.fillRect(rect.adjusted(0, 0, 0, -1), look.colour("soft"))
    left = rect.adjusted(look.sp(10), look.sp(6), -4, -rect.height() // 2)
    draw_words(painter, left, f"周{_WEEKDAYS[day.weekday()]} {day:%m-%d}", Script(Role.LABEL, ink))
    count = week.sums[week.days.index(day)]
    parts = ("今天",) * today + ((f"{count} 人次",) if count or day in week.open_days else ("休息",))
    below = rect.adjusted(look.sp(10), rect.height() // 2, -4, -look.sp(6))
    draw_words(painter, below, " · ".join(parts), Script(Role.SMALL, ink if today else "text3"))


def draw_head(painter: QPainter, rect: QRect, row: BoardRow, *, by: str) -> None:
    """Who it is, what they do, and how much of the week is taken."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    size, left = look.sp(36), rect.left() + look.sp(14)
    top = rect.top() + look.sp(14)
    tone = tone_of(row.discipline) if row.rid is not None else "orange"
    draw_initial(painter, QRect(left, top, size, size), row.name[:1], tone)
    words = QRect(left + size + look.sp(10), top - 2, 0, look.sp(22))
    words.setRight(rect.right() - look.sp(6))
    wide = metrics(Role.NAME).horizontalAdvance(row.name) <= words.width()
    draw_words(painter, words, row.name, Script(Role.NAME if wide else Role.LABEL))
    draw_words(painter, words.translated(0, look.sp(21)), row.under, Script(Role.SMALL, "text3"))
    if not row.most:
        return
    over = row.load > row.most
    bar = QRectF(left, top + size + look.sp(12), rect.right() - look.sp(14) - left, look.sp(5))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("border"))
    painter.drawRoundedRect(bar, bar.height() / 2, bar.height() / 2)
    if row.load:
        bar.setWidth(max(bar.height(), bar.width() * min(1.0, row.load / row.most)))
        painter.setBrush(look.colour("warn.solid" if over else "primary"))
        painter.drawRoundedRect(bar, bar.height() / 2, bar.height() / 2)
    unit = "人次" if by == "therapist" else "次"
    said = f"本周 {row.load} / {row.most} {unit}" + ("　超出" if over else "")
    below = QRect(left, round(bar.bottom()) + look.sp(5), rect.right() - look.sp(6) - left, look.sp(18))
    draw_words(painter, below, said, Script(Role.SMALL, "warn.text" if over else "text2"))


def draw_cell(painter: QPainter, rect: QRect, cell: CellLines, first: int, *, label: str) -> None:
    """Its lines from `first` on; `label`: of which discipline its sessions are anyway, the others say theirs."""
    if (off := cell.whole_off) is not None:
        _draw_off(
            painter,
            rect.adjusted(look.sp(4), look.sp(5), -look.sp(4), -look.sp(6)),
            off.words,
            alone=not cell.spots,
        )
    for spot in cell.spots:
        if first <= spot.line < first + LINES:
            draw_chip(painter, chip_rect(rect, spot.line - first), spot.session, spot.kind, label=label)
    for off, line in cell.parts_off(first):
        room = chip_rect(rect, line)
        _draw_off(painter, room, "", alone=False)
        time = f"{clock_words(off.begins)}–{clock_words(off.ends)}"
        draw_words(
            painter, room.adjusted(look.sp(9), 0, -4, 0), f"{time} {off.words}", Script(Role.SMALL, "text2")
        )
    before = sum(spot.line < first for spot in cell.spots)
    after = sum(spot.line >= first + LINES for spot in cell.spots)
    if before or after:
        said = "　".join((f"↑ {before}",) * bool(before) + (f"+{after}",) * bool(after))
        room = QRect(rect.left(), rect.bottom() - look.sp(FOLD + 2), rect.width() - look.sp(8), look.sp(FOLD))
        draw_words(painter, room, said, Script(Role.SMALL, "text2", Qt.AlignmentFlag.AlignRight))


def chip_rect(cell: QRect, line: int) -> QRect:
    """Where a line of a cell is."""
    return QRect(
        cell.left() + look.sp(4),
        cell.top() + look.sp(PAD) + line * look.sp(PITCH),
        cell.width() - look.sp(8),
        look.sp(CHIP),
    )


def draw_empty_cursor(painter: QPainter, rect: QRect, *, focused: bool) -> None:
    """The cursor on a cell without sessions."""
    _frame(painter, QRectF(rect).adjusted(3, 4, -3, -5), focused=focused, radius=8)


def draw_chip_cursor(painter: QPainter, rect: QRect, *, focused: bool) -> None:
    _frame(painter, QRectF(rect).adjusted(-1.5, -1.5, 1.5, 1.5), focused=focused, radius=6)


def _frame(painter: QPainter, rect: QRectF, *, focused: bool, radius: int) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(look.colour("focus" if focused else "field"), 2))
    painter.drawRoundedRect(rect, radius, radius)


def draw_ground(painter: QPainter, rect: QRect, *, today: bool, closed: bool) -> None:
    """Behind a cell: today's band, a closed day's shade, the line at its left."""
    if today:
        painter.fillRect(rect, look.colour("hover"))
    elif closed:
        painter.fillRect(rect, look.colour("bg"))
    painter.setPen(QPen(look.colour("grid"), 1))
    painter.drawLine(QLineF(rect.left() + 0.5, rect.top(), rect.left() + 0.5, rect.bottom() + 1))
    bottom_line(painter, rect, "border")


def _draw_off(painter: QPainter, rect: QRect, words: str, *, alone: bool) -> None:
    """Hatched; its words on a pill in the middle where nothing else stands there."""
    painter.save()
    painter.setClipRect(rect)
    painter.setPen(QPen(look.colour("border2"), 1))
    step = look.sp(7)
    for left in range(rect.left() - rect.height(), rect.right(), step):
        painter.drawLine(QLineF(left, rect.bottom() + 1, left + rect.height(), rect.top() + 1))
    painter.restore()
    if not alone:
        return
    wide = min(metrics(Role.HINT).horizontalAdvance(words) + look.sp(28), rect.width() - 4)
    pill = QRect(rect.center().x() - wide // 2, rect.center().y() - look.sp(13), wide, look.sp(26))
    painter.setPen(QPen(look.colour("border2"), 1))
    painter.setBrush(look.colour("surface"))
    painter.drawRoundedRect(QRectF(pill), pill.height() / 2, pill.height() / 2)
    draw_words(
        painter, pill.adjusted(look.sp(8), 0, -look.sp(8), 0), words, Script(Role.HINT, "text2", _CENTRE)
    )


def chip_words(session: BoardSession) -> str:
    """`09:00 赵树仁`, for a screen reader and the tooltip."""
    return f"{session.time} {session.residents} {session.words}（{session.minutes} 分钟）"
