"""One medicine of the guided round, painted large: name, dose, pieces, way, time, meal, what it is now."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from app.medication.queries import SlotRow
from ui.kit.paint import (
    BADGE_HEIGHT,
    TAG_HEIGHT,
    Mark,
    Painted,
    Script,
    draw_pill,
    draw_sign,
    draw_words,
    metrics,
    pill_width,
)
from ui.style import Role, Tone, look

HIGH = 58
_INJECTED = frozenset({"sc", "im", "iv", "ivgtt", "id"})
_INHALED = frozenset({"inh", "neb"})
_DROPS = frozenset({"od", "os", "ou", "ear", "nose"})


@dataclass(frozen=True)
class Shown:
    """What a line shows: the slot, its number in the round, its badge, whether the cursor stands on it."""

    slot: SlotRow
    number: int
    badge: str
    tone: Tone
    scanned: bool = False


def icon_of(route: str) -> str:
    if route in _INJECTED:
        return "syringe"
    if route in _DROPS:
        return "droplets"
    return "activity" if route in _INHALED else "pill"


class DoseLine(Painted):
    """58 px high; its columns give way as the window narrows: way and meal last, the dose never."""

    def __init__(self, shown: Shown) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_slot(shown)

    def show_slot(self, shown: Shown) -> None:
        self.shown = shown
        slot = shown.slot
        parts = (
            slot.words,
            slot.strength,
            slot.dose,
            slot.pieces,
            slot.route,
            slot.key[2],
            slot.meal,
            shown.badge,
        )
        self.setAccessibleName("，".join(part for part in parts if part))
        self.setToolTip(self._tip())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look.sp(520), look.sp(HIGH))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.sp(440), look.sp(HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        slot, high = self.shown.slot, self.height()
        gone = not slot.state.open
        right = self._badge(painter, self.width() - look.sp(16))
        left = self._tile(painter)
        columns = self._columns(left, right)
        name = QRect(left, look.sp(7), columns[0] - left - look.sp(8), look.sp(24))
        tag = self._mark()
        words = metrics(Role.NAME).horizontalAdvance(slot.words)
        wide = pill_width(tag.text, dot=False) if tag is not None else 0
        if tag is not None and words + wide + look.sp(8) <= name.width():  # the name never gives way to a tag
            box = QRect(name.left() + words + look.sp(8), look.sp(7), wide, look.sp(TAG_HEIGHT))
            draw_pill(painter, box, tag, dot=False)
            name.setWidth(words + 2)
        draw_words(painter, name, slot.words, Script(Role.NAME, "text2" if gone else "text"))
        under = QRect(left, look.sp(31), columns[0] - left - look.sp(8), look.sp(20))
        way = slot.route if columns[1] == columns[2] else ""
        draw_words(painter, under, f"{way}　{self._under()}".strip("　"), Script(Role.SMALL, "text3"))
        self._dose(painter, QRect(columns[0], 0, columns[1] - columns[0], high), gone=gone)
        self._rest(painter, columns, right)

    # inside -------------------------------------------------------------------------------------------------------

    def _tile(self, painter: QPainter) -> int:
        """Number and drawing at the left; where the name begins."""
        shown, high = self.shown, self.height()
        number = QRect(look.sp(16), 0, look.sp(22), high)
        draw_words(painter, number, str(shown.number), Script(Role.HINT, "text3"))
        side = look.sp(38)
        box = QRect(look.sp(42), (high - side) // 2, side, side)
        alert = shown.slot.high_alert and shown.slot.state.open
        tone = Tone.DANGER if alert else shown.tone if shown.tone is Tone.ORANGE else Tone.NEUTRAL
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(f"{tone}.tint"))
        painter.drawRoundedRect(QRectF(box), 9, 9)
        inside = box.adjusted((side - look.sp(20)) // 2, 0, 0, 0)
        draw_sign(painter, inside, icon_of(shown.slot.route_code), 20, f"{tone}.text")
        return box.right() + look.sp(12)

    def _badge(self, painter: QPainter, right: int) -> int:
        shown = self.shown
        wide, high = pill_width(shown.badge, dot=True), look.sp(BADGE_HEIGHT)
        box = QRect(right - wide, (self.height() - high) // 2, wide, high)
        draw_pill(painter, box, Mark(shown.badge, shown.tone), dot=True)
        return right - max(wide, look.sp(128))

    def _columns(self, left: int, right: int) -> tuple[int, int, int, int]:
        """Where dose, way, time and meal begin; the name takes what is left."""
        meal = look.sp(74) if right - left > look.sp(470) else 0
        way = look.sp(82) if right - left > look.sp(400) else 0
        time = look.sp(58)
        at_meal = right - meal
        at_time = at_meal - time
        at_way = at_time - way
        dose = min(look.sp(158), max(look.sp(112), (at_way - left) * 4 // 10))
        return at_way - dose, at_way, at_time, at_meal

    def _dose(self, painter: QPainter, room: QRect, *, gone: bool) -> None:
        slot = self.shown.slot
        said = slot.dose or "按血糖"
        draw_words(painter, room, said, Script(Role.TILE_NUMBER, "text2" if gone else "text"))
        wide = metrics(Role.TILE_NUMBER).horizontalAdvance(said) + look.sp(6)
        if slot.pieces and wide < room.width() - look.sp(20):
            beside = room.adjusted(wide, look.sp(3), -look.sp(4), 0)
            draw_words(painter, beside, slot.pieces, Script(Role.HINT, "text2"))

    def _rest(self, painter: QPainter, columns: tuple[int, int, int, int], right: int) -> None:
        slot, high = self.shown.slot, self.height()
        _dose, way, time, meal = columns
        if time > way:
            draw_words(painter, QRect(way, 0, time - way - 4, high), slot.route, Script(Role.BODY, "text2"))
        draw_words(painter, QRect(time, 0, meal - time, high), slot.key[2], Script(Role.BODY, "text2"))
        if slot.meal and right > meal:
            wide, tall = pill_width(slot.meal, dot=False), look.sp(TAG_HEIGHT)
            box = QRect(meal, (high - tall) // 2, min(wide, right - meal), tall)
            draw_pill(painter, box, Mark(slot.meal), dot=False)

    def _mark(self) -> Mark | None:
        """The one tag beside the name: that its pack was scanned, else what makes it grave."""
        slot = self.shown.slot
        if self.shown.scanned:
            return Mark("已扫药盒", Tone.OK)
        if slot.unsigned:
            return Mark("待医师签", Tone.WARN)
        if slot.high_alert:
            return Mark("高警示", Tone.DANGER)
        return Mark("准时", Tone.VIOLET) if slot.critical else None

    def _under(self) -> str:
        """Strength, what giving it needs, whose it is."""
        slot = self.shown.slot
        grave = [words for words, so in (("整片吞服", slot.whole), ("自备药", slot.own_supply)) if so]
        parts = (f"规格 {slot.strength}" if slot.strength else "", *grave, slot.note)
        return "　".join(dict.fromkeys(part for part in parts if part))

    def _tip(self) -> str:
        slot = self.shown.slot
        return "\n".join(
            part for part in (slot.words, slot.dosing, self._under(), f"医嘱 {slot.number}") if part
        )
