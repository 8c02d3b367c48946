"""Paints the round's grid: header, rows, cells, sentences; everything from tokens."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from app.vitals.catalogue import sign_of
from app.vitals.queries import GridRow, Taken
from app.vitals.rules import News2
from app.vitals.rules.judging import DANGER, WARN
from ui.kit.paint import (
    Mark,
    Script,
    bottom_line,
    draw_initial,
    draw_pill,
    draw_sign,
    draw_words,
    metrics,
    pill_width,
)
from ui.style import Role, Tone, look
from ui.vitals.grid_layout import NAME, NEWS, ROW, SENTENCE, STATE, Column, Line, cell_rect
from ui.vitals.typed_round import Fate, TypedCell, TypedRow

_LEVELS = {0: Tone.OK, 1: Tone.INFO, 2: Tone.WARN, 3: Tone.ORANGE, 4: Tone.DANGER}
NEEDED = frozenset({"temperature", "pulse", "respiration", "blood_pressure", "spo2", "consciousness"})
_TITLES = {NAME: ("老人 / 床位", ""), NEWS: ("NEWS2", ""), STATE: ("状态", "")}


@dataclass(frozen=True)
class RowState:
    """What the last column says, with its drawing and ink."""

    icon: str
    words: str
    ink: str


@dataclass(frozen=True)
class Shown:
    """One row as it is to be painted. `open_codes`: cells a value can be typed into."""

    row: GridRow
    typed: TypedRow | None
    state: RowState
    recorded: dict[str, tuple[Taken, ...]]
    open_codes: frozenset[str]
    current: bool


def draw_header(painter: QPainter, rect: QRect, columns: tuple[Column, ...]) -> None:
    """The names of the columns, each with its unit where there is room for it."""
    for column in columns:
        words, unit = _TITLES.get(column.key) or _title(column.key)
        side = look.sp(14 if column.width >= look.sp(56) else 7)
        room = QRect(column.left + side, rect.top(), column.width - side, rect.height())
        both = f"{words} {unit}".strip()
        if room.width() < metrics(Role.HINT).horizontalAdvance(words):
            continue
        fits = metrics(Role.HINT).horizontalAdvance(both) <= room.width()
        draw_words(painter, room, both if fits else words, Script(Role.HINT, "text2"))
    bottom_line(painter, rect, "border2")


def _title(code: str) -> tuple[str, str]:
    sign = sign_of(code)
    return sign.short, sign.unit


def draw_row(painter: QPainter, line: Line, columns: tuple[Column, ...], shown: Shown) -> None:
    """One row: ground, name, cells or why the person is away, score, state, sentences."""
    width = columns[-1].left + columns[-1].width
    ground = QRect(0, line.top, width, line.height)
    away = shown.row.away is not None and not shown.row.visits and shown.typed is None
    if shown.current:
        painter.fillRect(ground, look.colour("sel"))
        painter.fillRect(QRect(0, line.top, look.sp(3), line.height), look.colour("primary"))
    elif away:
        painter.fillRect(ground, look.colour("sunken"))
    by_key = {column.key: column for column in columns}
    _name(painter, _room(line, by_key[NAME]), shown.row)
    if away:
        _away(painter, line, columns, shown.row)
    else:
        for column in columns[1:-2]:
            _column_line(painter, line, column)
            _cell(painter, cell_rect(line, column), shown, column.key)
        _column_line(painter, line, by_key[NEWS])
        _news(painter, _room(line, by_key[NEWS]), shown.row)
    _state(painter, _room(line, by_key[STATE]), shown.state)
    if shown.typed is not None:
        _sentences(painter, line, columns, shown.typed)
    bottom_line(painter, ground)


def _room(line: Line, column: Column) -> QRect:
    side = look.sp(14 if column.width >= look.sp(44) else 6)
    return QRect(column.left + side, line.top, column.width - side - look.sp(4), look.sp(ROW))


def _column_line(painter: QPainter, line: Line, column: Column) -> None:
    painter.setPen(QPen(look.colour("grid"), 1))
    x = column.left + 0.5
    painter.drawLine(QPointF(x, line.top), QPointF(x, line.top + look.sp(ROW) - 1))


def _name(painter: QPainter, room: QRect, row: GridRow) -> None:
    size = look.sp(34)
    left = room.left()
    if room.width() >= look.sp(100):  # the name comes before its initial
        tone = Tone.NEUTRAL if row.level is None else _LEVELS[row.level]
        circle = QRect(left, room.top() + (room.height() - size) // 2, size, size)
        draw_initial(painter, circle, row.name[:1], tone)
        left += size + look.sp(10)
    width = room.right() - left
    middle = room.center().y()
    name = QRect(left, middle - look.sp(21), width, look.sp(23))
    if row.alike:
        sign = look.sp(16)
        beside = min(metrics(Role.NAME).horizontalAdvance(row.name) + look.sp(6), width - sign)
        draw_sign(
            painter, QRect(left + beside, name.top(), sign, name.height()), "users-round", 16, "orange.text"
        )
        name.setWidth(beside - 2)
    draw_words(painter, name, row.name, Script(Role.NAME))
    draw_words(
        painter, QRect(left, middle + 1, width, look.sp(18)), row.bed or "无床位", Script(Role.SMALL, "text3")
    )


def _away(painter: QPainter, line: Line, columns: tuple[Column, ...], row: GridRow) -> None:
    first, last = columns[1], columns[-2]
    room = QRect(first.left + look.sp(14), line.top, last.left - first.left, look.sp(ROW))
    draw_sign(painter, room, "house" if row.away and row.away.code == "leave" else "building-2", 18, "text3")
    words = row.away.words if row.away else ""
    draw_words(painter, room.adjusted(look.sp(28), 0, 0, 0), words, Script(Role.BODY, "text2"))


def _cell(painter: QPainter, box: QRect, shown: Shown, code: str) -> None:
    typed = shown.typed.cells.get(code) if shown.typed else None
    done = shown.recorded.get(code, ())
    if typed is not None:
        _typed(painter, box, typed)
    elif done:
        _recorded(painter, box, done)
    elif _asks_no_more(shown, code):
        draw_words(painter, _inner(box), "—", Script(Role.HINT, "text3"))
    elif code in shown.open_codes:
        _box(painter, box, "surface", "border2")


def _asks_no_more(shown: Shown, code: str) -> bool:
    """A measured row says — where nothing was measured, but for what its score still misses."""
    visit = shown.row.visit
    if visit is None or shown.current or (shown.typed is not None and shown.typed.fresh):
        return False
    return code not in NEEDED or all(one.absent for one in visit.values)


def _typed(painter: QPainter, box: QRect, cell: TypedCell) -> None:
    tone = {Fate.WRONG: Tone.DANGER, Fate.DOUBT: Tone.WARN}.get(cell.fate)
    if tone is not None:
        _box(painter, box, f"{tone}.tint", f"{tone}.solid")
    elif not cell.recorded:
        _box(painter, box, "surface", "border2")
    absent = cell.measured is not None and bool(cell.measured.absent)
    ink = f"{tone}.text" if tone else "text3" if absent else "text"
    role = Role.HINT if absent else Role.STRONG if tone else Role.BODY
    draw_words(painter, _inner(box), cell.words, Script(role, ink))


def _recorded(painter: QPainter, box: QRect, done: tuple[Taken, ...]) -> None:
    """The value that counts; one that was repeated carries a small sign of it."""
    last = done[-1]
    if last.absent:
        draw_words(painter, _inner(box), last.absent, Script(Role.HINT, "text3"))
        return
    tone = {DANGER: Tone.DANGER, WARN: Tone.WARN}.get(last.judgement.tone)
    if tone is not None:
        _box(painter, box, f"{tone}.tint", "")
    script = Script(Role.STRONG if tone else Role.BODY, f"{tone}.text" if tone else "text")
    room = _inner(box)
    draw_words(painter, room, last.text, script)
    beside = room.left() + metrics(script.role).horizontalAdvance(last.text) + look.sp(6)
    rest = QRect(beside, room.top(), box.right() - beside, room.height())
    aside = "复" if last.turn else last.measured.said("flow") + "L" if last.measured.said("flow") else ""
    aside = aside or last.judgement.mark
    if aside and metrics(Role.SMALL).horizontalAdvance(aside) <= rest.width():
        draw_words(painter, rest, aside, Script(Role.SMALL, f"{tone}.text" if tone else "text3"))


def _inner(box: QRect) -> QRect:
    """Where the value stands: closer to the edge where large text leaves little room."""
    return box.adjusted(look.sp(10 if box.width() >= look.sp(52) else 3), 0, -1, 0)


def _box(painter: QPainter, box: QRect, fill: str, edge: str) -> None:
    painter.setBrush(look.colour(fill))
    painter.setPen(QPen(look.colour(edge), 1) if edge else Qt.PenStyle.NoPen)
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)


def _news(painter: QPainter, room: QRect, row: GridRow) -> None:
    if not row.visits:
        draw_words(painter, room, "—", Script(ink="text3"))
        return
    scored = row.news2
    if not isinstance(scored, News2):
        draw_words(
            painter, room, "不适用" if "不适用" in scored.words else scored.words, Script(Role.HINT, "text2")
        )
        return
    words = f"{scored.total} {scored.words}"
    width = min(pill_width(words, dot=True), room.width() + look.sp(4))
    high = look.sp(26)
    pill = QRect(room.left() - look.sp(4), room.top() + (room.height() - high) // 2, width, high)
    draw_pill(painter, pill, Mark(words, Tone(scored.tone)), dot=True)
    caution = row.profile.caution
    beside = QRect(pill.right() + look.sp(6), room.top(), room.right() - pill.right(), room.height())
    if caution and metrics(Role.SMALL).horizontalAdvance(caution) <= beside.width():
        draw_words(painter, beside, caution, Script(Role.SMALL, "text2"))


def _state(painter: QPainter, room: QRect, state: RowState) -> None:
    left = 0
    if state.icon:
        draw_sign(painter, room, state.icon, 18, state.ink)
        left = look.sp(26)
    if room.width() - left >= look.sp(28):
        draw_words(painter, room.adjusted(left, 0, 0, 0), state.words, Script(Role.HINT, state.ink))


def _sentences(painter: QPainter, line: Line, columns: tuple[Column, ...], typed: TypedRow) -> None:
    """Under the row: what is wrong or to be confirmed, each with its sign."""
    doubts = {cell.said for cell in typed.cells.values() if cell.fate is Fate.DOUBT}
    left = columns[1].left + look.sp(8)
    right = columns[-1].left + columns[-1].width
    for number, said in enumerate(typed.said):
        ink = "warn.text" if said in doubts else "danger.text"
        top = line.top + look.sp(ROW) - look.sp(4) + number * look.sp(SENTENCE)
        room = QRect(left, top, right - left - look.sp(12), look.sp(SENTENCE))
        draw_sign(painter, room, "circle-alert", 16, ink)
        draw_words(painter, room.adjusted(look.sp(24), 0, 0, 0), said, Script(Role.HINT, ink))
