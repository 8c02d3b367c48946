"""Paints a room's card and the beds in it: who lies there, their level, allergy and risks; a free bed dashed."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from app.residents.queries import BedRow, Lying, RoomRow
from app.residents.risk_codes import risk_code
from ui.kit.paint import Script, draw_sign, draw_words, metrics
from ui.residents.board_layout import BedSpot, RoomSpot
from ui.residents.signs import (
    bed_type_words,
    level_tone,
    level_words,
    risk_tone,
    risk_words,
    sex_words,
)
from ui.residents.stay_words import lying_words
from ui.style import Role, look

_COUNTS = {1: "单人间", 2: "双人间", 3: "三人间", 4: "四人间", 5: "五人间", 6: "六人间"}
_LINE = 22
_RIGHT = Qt.AlignmentFlag.AlignRight
_MIDDLE = Qt.AlignmentFlag.AlignHCenter


def room_words(room: RoomRow) -> str:
    """女 · 三人间; a room with men and women says so, a group of beds without a room only counts."""
    if not room.name:
        return f"{len(room.beds)} 张床"
    sexes = sorted({sex_words(bed.who.sex) for bed in room.beds if bed.who is not None} - {"—"}, reverse=True)
    kind = _COUNTS.get(len(room.beds), f"{len(room.beds)} 人间")
    return " · ".join(part for part in ("、".join(sexes), kind) if part)


def bed_words(bed: BedRow, today: date) -> str:
    """The bed as a screen reader says it and the foot shows it: 2号楼 312-1 李桂兰 中度失能 有过敏."""
    who = bed.who
    if who is None:
        return f"{bed.label} 空床 {bed_type_words(bed.bed_type)}".strip()
    where = () if who.state == "here" else lying_words(who, today)
    risks = tuple(risk_words(risk) for risk in who.risks)
    level = () if who.state == "reserved" else (level_words(who.level), *_allergy_words(who), *risks)
    return " ".join((bed.label, who.name, *where, *level))


def _allergy_words(who: Lying) -> tuple[str, ...]:
    if who.allergy is None:
        return ("过敏不详",)
    return ("有过敏",) if who.allergy else ()


def draw_room(painter: QPainter, spot: RoomSpot) -> None:
    """The white surface with number, who and what kind, and how many of how many."""
    room = spot.room
    painter.setPen(QPen(look.colour("border"), 1))
    painter.setBrush(look.colour("surface"))
    painter.drawRoundedRect(QRectF(spot.rect).adjusted(0.5, 0.5, -0.5, -0.5), 12, 12)
    count = f"{room.taken}/{len(room.beds)}"
    draw_words(painter, spot.head, count, Script(Role.HINT, "text2", _RIGHT))
    name = room.name or "未分房间"
    taken = metrics(Role.STRONG).horizontalAdvance(name) + look.sp(10)
    draw_words(painter, spot.head, name, Script(Role.STRONG))
    rest = spot.head.adjusted(taken, 0, -metrics(Role.HINT).horizontalAdvance(count) - 8, 0)
    draw_words(painter, rest, room_words(room), Script(Role.HINT, "text2"))


def draw_bed(painter: QPainter, spot: BedSpot, today: date, *, leaving: bool, wanted: bool) -> None:
    """`leaving`: who lies here is being moved. `wanted`: a free bed while somebody is."""
    who = spot.bed.who
    if who is None:
        _draw_free(painter, spot, wanted=wanted)
    elif who.state == "here" or leaving:
        _draw_taken(painter, spot, who, leaving=leaving)
    else:
        _draw_absent(painter, spot, who, today)


def draw_cursor(painter: QPainter, rect: QRect, *, focused: bool) -> None:
    """Where the keys are; paler while another widget has them."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(look.colour("focus" if focused else "border2"), 2))
    painter.drawRoundedRect(QRectF(rect).adjusted(-2, -2, 2, 2), 10, 10)


def _draw_free(painter: QPainter, spot: BedSpot, *, wanted: bool) -> None:
    rect = spot.rect
    pen = QPen(look.colour("primary" if wanted else "text3"), 1, Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.setBrush(look.colour("soft" if wanted else "sunken"))
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
    line, size = look.sp(_LINE), look.sp(16)
    ink = "onsoft" if wanted else "primary"
    kind = bed_type_words(spot.bed.bed_type)
    top = rect.center().y() - (size + line * (2 if kind else 1)) // 2
    sign = QRect(rect.center().x() - size // 2, top, size, size)
    draw_sign(painter, sign, "plus", 16, ink)
    words = QRect(rect.left() + 4, sign.bottom() + 2, rect.width() - 8, line)
    draw_words(painter, words, f"空床 {spot.bed.name}", Script(Role.LABEL, ink, _MIDDLE))
    if kind:
        draw_words(painter, words.translated(0, line), kind, Script(Role.HINT, "text2", _MIDDLE))


def _draw_taken(painter: QPainter, spot: BedSpot, who: Lying, *, leaving: bool) -> None:
    rect, tone = spot.rect, level_tone(who.level)
    painter.setPen(QPen(look.colour("border2"), 1))
    painter.setBrush(look.colour("sel" if leaving else "surface"))
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
    bar = QPen(look.colour(f"{tone}.solid"), look.sp(4))
    bar.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(bar)
    x = rect.left() + look.sp(2) + 0.5
    painter.drawLine(QPointF(x, rect.top() + 7), QPointF(x, rect.bottom() - 6))
    inside = rect.adjusted(look.sp(9), look.sp(6), -look.sp(5), -look.sp(6))
    line = look.sp(_LINE)
    number = metrics(Role.SMALL).horizontalAdvance(spot.bed.name) + 1
    top = QRect(inside.left(), inside.top(), inside.width(), line)
    draw_words(painter, top, spot.bed.name, Script(Role.SMALL, "text2", _RIGHT))
    below = _draw_name(painter, top.adjusted(0, 0, -number, 0), who.name)
    said, ink = ("正在换床", "onsoft") if leaving else (level_words(who.level), f"{tone}.text")
    level = QRect(inside.left(), below, inside.width(), line)
    draw_words(painter, level, said, Script(Role.LABEL, ink))
    foot = QRect(inside.left(), inside.bottom() - line + 1, inside.width(), line)
    _draw_foot(painter, foot, who, bed_type_words(spot.bed.bed_type))


def _draw_absent(painter: QPainter, spot: BedSpot, who: Lying, today: date) -> None:
    """On leave grey, in hospital blue, reserved in a violet dashed line: state with its sign, until when below."""
    rect = spot.rect
    icon, ink, fill, late = _STATES[who.state]
    reserved = who.state == "reserved"
    pen = QPen(look.colour("violet.solid"), 1, Qt.PenStyle.DashLine) if reserved else Qt.PenStyle.NoPen
    painter.setPen(pen)
    painter.setBrush(look.colour(fill))
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
    inside = rect.adjusted(look.sp(9), look.sp(6), -look.sp(5), -look.sp(6))
    line = look.sp(_LINE)
    number = metrics(Role.SMALL).horizontalAdvance(spot.bed.name) + 1
    top = QRect(inside.left(), inside.top(), inside.width(), line)
    draw_words(painter, top, spot.bed.name, Script(Role.SMALL, "text2", _RIGHT))
    below = _draw_name(painter, top.adjusted(0, 0, -number, 0), who.name)
    state, until = lying_words(who, today)
    middle = QRect(inside.left(), below, inside.width(), line)
    draw_sign(painter, middle, icon, 16, ink)
    draw_words(painter, middle.adjusted(look.sp(20), 0, 0, 0), state, Script(Role.LABEL, ink))
    foot = QRect(inside.left(), inside.bottom() - line + 1, inside.width(), line)
    overdue = who.until is not None and who.until < today
    draw_words(painter, foot, until, Script(Role.HINT, "danger.text" if overdue else late))


_STATES = {
    "leave": ("log-out", "text2", "sunken", "text2"),
    "hospital": ("building-2", "info.text", "info.tint", "info.text"),
    "reserved": ("calendar", "violet.text", "surface", "violet.text"),
}
"""Sign, ink, fill and ink of the line below, by state."""


def _draw_name(painter: QPainter, room: QRect, name: str) -> int:
    """The name, on two lines where one is too short: half a name is somebody else's. Answers where it ends."""
    if metrics(Role.STRONG).horizontalAdvance(name) <= room.width():
        draw_words(painter, room, name, Script(Role.STRONG))
        return room.bottom() + 1
    measured = metrics(Role.LABEL)
    fits = next(
        (n for n in range(len(name), 1, -1) if measured.horizontalAdvance(name[:n]) <= room.width()), 1
    )
    high = look.sp(17)
    first = QRect(room.left(), room.top(), room.width(), high)
    draw_words(painter, first, name[:fits], Script(Role.LABEL, "text"))
    draw_words(painter, first.translated(0, high), name[fits:], Script(Role.LABEL, "text"))
    return room.top() + 2 * high


def _draw_foot(painter: QPainter, foot: QRect, who: Lying, kind: str) -> None:
    """Allergy and risks at the left, the kind of bed at the right where there is room for it."""
    step = look.sp(19)
    signs = [("triangle-alert", "danger.text")] if who.allergy else []
    signs += [("circle-alert", "warn.text")] if who.allergy is None else []
    signs += [(risk_code(risk.key).icon, f"{risk_tone(risk)}.text") for risk in who.risks]
    room = max(1, foot.width() // step)
    shown = signs if len(signs) <= room else signs[: max(1, room - 1)]
    for place, (icon, ink) in enumerate(shown):
        draw_sign(painter, foot.adjusted(place * step, 0, 0, 0), icon, 16, ink)
    if len(shown) < len(signs):
        rest = f"+{len(signs) - len(shown)}"
        draw_words(painter, foot.adjusted(len(shown) * step, 0, 0, 0), rest, Script(Role.SMALL, "text2"))
    if not signs:
        draw_words(painter, foot, "—", Script(Role.HINT, "text3"))
    taken = max(len(signs), 1) * step + 4
    if metrics(Role.HINT).horizontalAdvance(kind) <= foot.width() - taken:
        draw_words(painter, foot.adjusted(taken, 0, 0, 0), kind, Script(Role.HINT, "text2", _RIGHT))
