"""Where each room and each bed stands on the board at a width: rooms as cards in columns, their beds in rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect

from app.residents.queries import BedRow, RoomRow
from ui.style import look

ACROSS = 3
"""Beds beside each other in a column; a room with more takes as many columns as it needs."""
NARROWEST, GAP, PADDING, HEAD, BED, BETWEEN = 244, 12, 8, 34, 92, 7
"""Pixels at normal text size: least width of a column, between cards, inside them, their head, a bed, between."""


@dataclass(frozen=True)
class RoomSpot:
    """A room's card."""

    room: RoomRow
    rect: QRect
    head: QRect


@dataclass(frozen=True)
class BedSpot:
    """A bed's card inside its room's."""

    bed: BedRow
    rect: QRect


@dataclass(frozen=True)
class Arrangement:
    """Beds are in reading order, row by row from the left; `height` is what all of it needs."""

    rooms: tuple[RoomSpot, ...] = ()
    beds: tuple[BedSpot, ...] = ()
    height: int = 0

    def at(self, point: QPoint) -> BedSpot | None:
        return next((spot for spot in self.beds if spot.rect.contains(point)), None)

    def beside(self, now: BedSpot, step: int, free_only: bool) -> BedSpot | None:  # noqa: FBT001  # two kinds of walk
        """The bed before (-1) or after (1) in reading order."""
        place = self.beds.index(now)
        walk = self.beds[place + 1 :] if step > 0 else self.beds[:place][::-1]
        return next((spot for spot in walk if not free_only or spot.bed.who is None), None)

    def above_or_below(self, now: BedSpot, step: int, free_only: bool) -> BedSpot | None:  # noqa: FBT001  # as above
        """The nearest bed of the next row up (-1) or down (1)."""
        rows = [
            spot
            for spot in self.beds
            if (spot.rect.top() - now.rect.top()) * step > 0 and not (free_only and spot.bed.who is not None)
        ]
        middle = now.rect.center().x()
        return min(
            rows,
            key=lambda spot: (
                abs(spot.rect.top() - now.rect.top()),
                abs(spot.rect.center().x() - middle),
            ),
            default=None,
        )


def arrange(rooms: Sequence[RoomRow], width: int) -> Arrangement:
    """Cards of one row of rooms are equally high."""
    gap = look.sp(GAP)
    columns = max(1, (width + gap) // (look.sp(NARROWEST) + gap))
    wide = (width - gap * (columns - 1)) // columns
    spots: list[RoomSpot] = []
    beds: list[BedSpot] = []
    top = 0
    for row in _rows(rooms, columns):
        high = max(_height(room, span) for room, span in row)
        left = 0
        for room, span in row:
            card = QRect(left, top, wide * span + gap * (span - 1), high)
            inside = look.sp(PADDING)
            head = QRect(card.left() + inside + 4, top, card.width() - 2 * inside - 8, look.sp(HEAD))
            spots.append(RoomSpot(room, card, head))
            beds += _beds(room, card, ACROSS * span)
            left += card.width() + gap
        top += high + gap
    beds.sort(key=lambda spot: (spot.rect.top(), spot.rect.left()))
    return Arrangement(tuple(spots), tuple(beds), max(0, top - gap))


def _rows(rooms: Sequence[RoomRow], columns: int) -> list[list[tuple[RoomRow, int]]]:
    """Rooms in their order with the columns each takes, broken where a row is full."""
    rows: list[list[tuple[RoomRow, int]]] = []
    left = 0
    for room in rooms:
        span = min(columns, -(-len(room.beds) // ACROSS))
        if not rows or span > left:
            rows.append([])
            left = columns
        rows[-1].append((room, span))
        left -= span
    return rows


def _height(room: RoomRow, span: int) -> int:
    rows = -(-len(room.beds) // (ACROSS * span))
    return look.sp(HEAD) + rows * look.sp(BED) + (rows - 1) * look.sp(BETWEEN) + look.sp(PADDING)


def _beds(room: RoomRow, card: QRect, most: int) -> list[BedSpot]:
    across = min(most, len(room.beds))
    inside, between = look.sp(PADDING), look.sp(BETWEEN)
    wide = (card.width() - 2 * inside - between * (across - 1)) // across
    return [
        BedSpot(
            bed,
            QRect(
                card.left() + inside + place % across * (wide + between),
                card.top() + look.sp(HEAD) + place // across * (look.sp(BED) + between),
                wide,
                look.sp(BED),
            ),
        )
        for place, bed in enumerate(room.beds)
    ]
