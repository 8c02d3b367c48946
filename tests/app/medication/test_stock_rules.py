"""The shelf: nothing is lost or invented, first expired first out, a count stands before it all; what it warns of."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.medication.rules.shelf import Lot, Move, Shelf, Taken, reckon
from app.medication.rules.stock_alarms import AlarmKind, Use, Warnings, alarms, days_left, months_on
from app.medication.rules.stores import Store, read_degrees

BEGIN = datetime(2026, 11, 1, tzinfo=UTC)
TODAY = date(2026, 11, 24)
RULES = Warnings(7, ((1, "danger"), (3, "orange"), (6, "warn")))
AT = st.integers(1, 40).map(lambda hours: BEGIN + timedelta(hours=hours))
AMOUNT = st.integers(1, 120).map(lambda quarters: Decimal(quarters) / 4)
LOT = st.sampled_from(["A", "B", "C"])
EXPIRES = {"A": date(2027, 3, 31), "B": date(2027, 1, 31), "C": None}


def move(at: datetime, lot: str, quantity: Decimal) -> Move:
    return Move(at, lot, EXPIRES[lot], quantity)


MOVES = st.lists(st.builds(move, AT, LOT, st.one_of(AMOUNT, AMOUNT.map(lambda one: -one))), min_size=1)
TAKEN = st.lists(st.builds(Taken, AT, AMOUNT, st.one_of(st.just(""), LOT)))


@given(MOVES, TAKEN)
def test_no_tablet_is_lost_or_invented(moves: list[Move], taken: list[Taken]) -> None:
    begin = min(one.at for one in moves)
    shelf = reckon(moves, taken)
    gone = sum((one.pieces for one in taken if one.at >= begin), Decimal(0))
    assert shelf.balance == sum(one.quantity for one in moves) - gone
    assert all(lot.left > 0 for lot in shelf.lots)
    assert shelf.short >= 0
    assert not (shelf.short and shelf.lots)


@given(MOVES, TAKEN, st.integers())
def test_the_order_they_are_read_in_does_not_matter(moves: list[Move], taken: list[Taken], seed: int) -> None:
    mixed_moves, mixed_taken = list(moves), list(taken)
    random.Random(seed).shuffle(mixed_moves)
    random.Random(seed).shuffle(mixed_taken)
    assert reckon(mixed_moves, mixed_taken) == reckon(moves, taken)


@given(MOVES, TAKEN)
def test_the_order_of_doses_between_two_movements_does_not_matter(
    moves: list[Move], taken: list[Taken]
) -> None:
    last = max(one.at for one in moves)
    late = [replace(one, at=last + timedelta(hours=hours)) for hours, one in enumerate(taken, 1)]
    back = [replace(one, at=last + timedelta(hours=len(taken) - place)) for place, one in enumerate(taken)]
    assert reckon(moves, late) == reckon(moves, back)


@given(MOVES, TAKEN)
def test_a_dose_that_is_retracted_is_back(moves: list[Move], taken: list[Taken]) -> None:
    begin = min(one.at for one in moves)
    for one in taken[:3]:
        rest = list(taken)
        rest.remove(one)
        back = one.pieces if one.at >= begin else 0
        assert reckon(moves, rest).balance == reckon(moves, taken).balance + back


@given(MOVES, TAKEN, st.lists(AMOUNT, max_size=2), TAKEN)
def test_a_count_stands_before_all_that_was_earlier(
    moves: list[Move], taken: list[Taken], found: list[Decimal], later: list[Taken]
) -> None:
    at = BEGIN + timedelta(hours=41)
    counts = [
        replace(move(at, lot, Decimal(0)), counted=left) for lot, left in zip("AB", found, strict=False)
    ] or [replace(move(at, "A", Decimal(0)), counted=Decimal(0))]
    after = [replace(one, at=one.at + timedelta(hours=40)) for one in later]
    shelf = reckon([*moves, *counts], [*taken, *after])
    assert shelf.balance == sum(found, Decimal(0)) - sum((one.pieces for one in after), Decimal(0))


@given(MOVES, TAKEN, TAKEN)
def test_a_kept_shelf_goes_on_as_if_everything_had_been_reckoned(
    moves: list[Move], taken: list[Taken], later: list[Taken]
) -> None:
    last = max(one.at for one in moves)
    earlier = [one for one in taken if one.at < last]
    after = [replace(one, at=last + timedelta(hours=1), lot="") for one in later]
    kept = reckon(moves, earlier)
    whole = sum((one.pieces for one in after), Decimal(0))
    assert kept.take(whole) == reckon(moves, [*earlier, *after])


def test_what_expires_first_goes_first_and_a_lot_without_date_last() -> None:
    moves = [move(BEGIN, lot, Decimal(10)) for lot in "CAB"]
    shelf = reckon(moves, [Taken(BEGIN + timedelta(hours=1), Decimal(12))])
    assert [(one.lot, one.left) for one in shelf.lots] == [("A", Decimal(8)), ("C", Decimal(10))]
    assert shelf.first_out(Decimal(9)) == (("A", Decimal(8)), ("C", Decimal(1)))
    named = reckon(moves, [Taken(BEGIN + timedelta(hours=1), Decimal(3), "C")])
    assert named.left_of("C") == 7


def test_what_was_taken_before_anything_came_was_not_on_the_shelf() -> None:
    early = Taken(BEGIN - timedelta(hours=1), Decimal(5))
    assert reckon([move(BEGIN, "A", Decimal(10))], [early]).balance == 10


def test_what_was_missing_comes_out_of_the_next_receipt() -> None:
    first = [move(BEGIN, "A", Decimal(2))]
    taken = [Taken(BEGIN + timedelta(hours=1), Decimal(3))]
    assert reckon(first, taken).balance == -1
    shelf = reckon([*first, move(BEGIN + timedelta(hours=2), "B", Decimal(10))], taken)
    assert [shelf.balance, shelf.short, shelf.left_of("B")] == [Decimal(9), Decimal(0), Decimal(9)]


@pytest.mark.parametrize(
    ("shelf", "use", "kinds"),
    [
        (Shelf((Lot("A", date(2028, 1, 1), Decimal(60)),)), Use(Decimal(1), Decimal(2)), []),
        (Shelf((Lot("A", date(2028, 1, 1), Decimal(13)),)), Use(Decimal(1), Decimal(2)), ["low"]),
        (Shelf((), Decimal(1)), Use(Decimal(1), Decimal(2)), ["negative", "missing"]),
        (Shelf((Lot("A", TODAY, Decimal(90)),)), Use(), ["near"]),
        (Shelf((Lot("A", TODAY - timedelta(days=1), Decimal(90)),)), Use(), ["expired"]),
        (Shelf((Lot("A", None, Decimal(3), TODAY, TODAY - timedelta(days=1)),)), Use(), ["opened"]),
        (Shelf((Lot("A", None, Decimal(3)),)), Use(Decimal(4), Decimal(4)), ["missing"]),
    ],
)
def test_what_a_shelf_warns_of(shelf: Shelf, use: Use, kinds: list[str]) -> None:
    assert [one.kind for one in alarms(shelf, use, TODAY, RULES)] == [AlarmKind(kind) for kind in kinds]


@pytest.mark.parametrize(
    ("expires", "tone"),
    [
        (date(2026, 12, 24), "danger"),
        (date(2026, 12, 25), "orange"),
        (date(2027, 2, 24), "orange"),
        (date(2027, 5, 24), "warn"),
        (date(2027, 5, 25), ""),
    ],
)
def test_near_expiry_is_yellow_orange_red_at_six_three_and_one_month(expires: date, tone: str) -> None:
    found = alarms(Shelf((Lot("A", expires, Decimal(1)),)), Use(), TODAY, RULES)
    assert [one.tone for one in found] == ([tone] if tone else [])


def test_days_and_months() -> None:
    assert days_left(Decimal("13.5"), Use(Decimal(0), Decimal(2))) == 6
    assert days_left(Decimal(5), Use()) is None
    assert days_left(Decimal(-3), Use(Decimal(0), Decimal(1))) == 0
    assert months_on(date(2026, 11, 30), 3) == date(2027, 2, 28)


FRIDGE = Store("fridge", "药品冰箱", "fridge", ("08:00", "16:00"), 2, 8)


@pytest.mark.parametrize(
    ("clock", "read", "due"),
    [
        ("07:59", (), ()),
        ("08:00", (), ("08:00",)),
        ("09:00", ("07:05",), ()),
        ("09:00", ("06:30",), ("08:00",)),
        ("16:30", ("08:10",), ("16:00",)),
        ("16:30", (), ("08:00", "16:00")),
        ("16:30", ("16:20",), ()),
    ],
)
def test_a_store_is_read_twice_a_day(clock: str, read: tuple[str, ...], due: tuple[str, ...]) -> None:
    assert FRIDGE.due(clock, read) == due


def test_what_is_out_of_range_is_said() -> None:
    assert FRIDGE.limits == "2–8 ℃"
    assert [FRIDGE.wrong(one) for one in (1.9, 2, 8, 8.1)] == ["温度偏低", "", "", "温度偏高"]
    cool = Store("cool", "阴凉柜", "cool", (), None, 20, 35, 75)
    assert cool.limits == "≤20 ℃，湿度 35–75 %"
    assert cool.wrong(21, 80) == "温度偏高，湿度偏高"
    assert [read_degrees(one) for one in ("4.5", "−1", "４ ℃", "", "4.55", "冷")] == [
        4.5,
        -1,
        4,
        None,
        None,
        None,
    ]
