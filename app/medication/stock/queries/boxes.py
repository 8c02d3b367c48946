"""Pill boxes of a floor for a round: what goes into each, who filled and checked it, which are to be filled anew."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from app.access.names import author_names
from app.care.floors import FloorName, floors_of, lodgers
from app.core.clock import local
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.medication.lists import Round, round_of, rounds
from app.medication.rules.amounts import pieces_words
from app.medication.stock.balance import exact
from app.medication.stock.boxes import Item, boxes_of, filler_of, same_items, wanted_items
from app.residents.stating import Seen
from db.models import Dispense


class BoxState(StrEnum):
    """What a pill box is now."""

    NONE = "none"
    OPEN = "open"
    CHANGED = "changed"
    FILLED = "filled"
    CHECKED = "checked"

    @property
    def words(self) -> str:
        return _WORDS[self]


_WORDS = {
    BoxState.NONE: "不用摆",
    BoxState.OPEN: "待摆",
    BoxState.CHANGED: "需重摆",
    BoxState.FILLED: "待核对",
    BoxState.CHECKED: "已核对",
}


@dataclass(frozen=True)
class BoxItem:
    """One medicine in a box, in words."""

    slot: str
    words: str
    amount: str
    lot: str


@dataclass(frozen=True)
class BoxRow:
    """A resident's box. `items`: what is to be in it now; `mine`: the person at the desk filled it."""

    resident: UUID
    name: str
    bed: str
    state: BoxState
    items: tuple[BoxItem, ...]
    seen: Seen | None = None
    filler: str = ""
    checker: str = ""
    mine: bool = False

    @property
    def pieces(self) -> str:
        """`5 种`."""
        return f"{len(self.items)} 种" if self.items else ""


@dataclass(frozen=True)
class BoxSheet:
    """The boxes of a floor for one round of a service date."""

    floor: UUID | None
    floors: tuple[FloorName, ...]
    day: date
    today: date
    round: Round
    rounds: tuple[Round, ...]
    rows: tuple[BoxRow, ...]

    def count(self, state: BoxState) -> int:
        return sum(row.state is state for row in self.rows)


@dataclass(frozen=True)
class BoxBoard(Question[BoxSheet]):
    """A floor, a day and a round; None: the first floor, today, the round that comes."""

    floor: UUID | None = None
    day: date | None = None
    round: str | None = None


@answers(BoxBoard)
def box_board(reader: Reader, question: BoxBoard) -> BoxSheet:
    reader.require(Right.KEEP_STOCK)
    day = question.day or reader.today
    floors = floors_of(reader)
    known = {one.rid for one in floors}
    floor = question.floor if question.floor in known else floors[0].rid if floors else None
    people = lodgers(reader, floor, day) if floor is not None else ()
    chosen = _round(reader, question.round)
    names = author_names(reader)
    residents = [one.rid for one in people]
    wanted = wanted_items(reader, residents, day, chosen.key)
    boxes = boxes_of(reader, residents, day)
    rows = tuple(
        _row(
            reader,
            (one.rid, one.name, one.bed),
            wanted.get(one.rid, []),
            boxes.get((one.rid, chosen.key)),
            names,
        )
        for one in people
    )
    return BoxSheet(floor, floors, day, reader.today, chosen, rounds(), rows)


def states_of(reader: Reader, residents: Collection[UUID], day: date, which: str) -> dict[UUID, BoxState]:
    """By resident; those without a box that stands are left out. One statement where nobody has one."""
    boxes = {rid: row for (rid, key), row in boxes_of(reader, residents, day).items() if key == which}
    if not boxes:
        return {}
    wanted = wanted_items(reader, boxes, day, which)
    return {rid: _state(wanted.get(rid, []), row) for rid, row in boxes.items()}


def _round(reader: Reader, key: str | None) -> Round:
    """The one asked for, or the one that goes on or comes next by the clock."""
    found = next((one for one in rounds() if one.key == key), None)
    return found or round_of(f"{local(reader.settings.zone, reader.now):%H:%M}")


def _state(items: list[Item], box: Dispense | None) -> BoxState:
    if box is None:
        return BoxState.OPEN if items else BoxState.NONE
    if not same_items(box.items["items"], items):
        return BoxState.CHANGED
    return BoxState.FILLED if box.second is None else BoxState.CHECKED


def _row(
    reader: Reader,
    who: tuple[UUID, str, str],
    items: list[Item],
    box: Dispense | None,
    names: Mapping[UUID, str],
) -> BoxRow:
    state = _state(items, box)
    shown = items if box is None or state is BoxState.CHANGED else box.items["items"]
    row = tuple(BoxItem(one["slot"], one["words"], _amount(one), one["lot"]) for one in shown)
    if box is None:
        return BoxRow(*who, state, row)
    filler = filler_of(box)
    return BoxRow(
        *who,
        state,
        row,
        Seen(box.rid, box.revision),
        names.get(filler, "别的站点"),
        names.get(box.second, "") if box.second else "",
        filler == reader.actor.rid,
    )


def _amount(item: Item) -> str:
    """`5 mg（1 片）`, `1 片`."""
    amount = f"{item['amount']} {item['unit']}"
    piece = item.get("piece", "")
    return amount if item["unit"] == piece else f"{amount}（{pieces_words(exact(item['pieces']))} {piece}）"
