"""The cupboard through the desk: receipts, doses, counts, controlled medicines, own supply, what goes and comes."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from app.core.errors import Refusal
from app.core.roles import Role
from app.medication.giving import RetractDose, TakeBackDoses
from app.medication.rules.shelf import reckon
from app.medication.rules.stock_alarms import AlarmKind
from app.medication.stock.balance import last_count, moves_of, shelves, taken_since
from app.medication.stock.counting import CountStock, LotCount, ShelfCount
from app.medication.stock.glance import glance
from app.medication.stock.moving import (
    HandBack,
    OpenPack,
    ReceiveStock,
    RetractMove,
    TransferStock,
)
from app.medication.stock.own import AgreeOwnSupply, EndAgreement
from app.medication.stock.queries import (
    Cupboard,
    Ledger,
    MovesOf,
    StockAlarms,
    StockRow,
    SupplyOf,
)
from tests.app.medication.house import DAY, Ward, drug
from tests.support.acts import Look, rows

LATER = date(2028, 6, 30)
SOON = date(2027, 1, 31)
NEXT = DAY + timedelta(days=1)


def receive(ward: Ward, name: str, units: str = "28", **more: Any) -> UUID:
    rid: UUID = ward.do(
        ReceiveStock(
            drug(name).code,
            more.pop("owner", None),
            more.pop("packs", ""),
            units,
            more.pop("lot", "A1"),
            more.pop("expires", LATER),
            **more,
        )
    )
    return rid


def shelf(ward: Ward, name: str, owner: UUID | None = None) -> StockRow:
    found: tuple[StockRow, ...] = ward.ask(Cupboard(own=owner is not None))
    return next(row for row in found if row.key == (drug(name).code, owner))


def book(ward: Ward, name: str, owner: UUID | None = None) -> Ledger:
    ledger: Ledger = ward.ask(MovesOf(drug(name).code, owner))
    return ledger


def count(ward: Ward, name: str, *lots: tuple[str, str], why: str = "", **more: Any) -> Decimal:
    known = {lot.lot: lot.expires for lot in shelf(ward, name).lots}
    said = tuple(LotCount(lot, known.get(lot, LATER), number) for lot, number in lots)
    found: Decimal = ward.do(CountStock(ShelfCount(drug(name).code, None, said, why), **more))
    return found


def test_giving_counts_down_and_a_retracted_dose_is_back(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    receive(ward, "阿托伐他汀", "7")
    ward.put(8, 10)
    seen = ward.give(ward.slot("08:00"))
    row = shelf(ward, "阿托伐他汀")
    pieces = Decimal(20) / (drug("阿托伐他汀").strength or 1)
    assert row.balance == 7 - pieces
    assert row.days == int(row.balance / pieces)
    ward.do(RetractDose(seen, "点错了"))
    assert shelf(ward, "阿托伐他汀").balance == 7
    ward.give(ward.slot("08:00"))
    assert shelf(ward, "阿托伐他汀").balance == 7 - pieces


def test_what_was_given_before_the_first_receipt_counts_for_nothing(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    ward.put(8, 10)
    ward.give(ward.slot("08:00"))
    ward.put(9)
    receive(ward, "阿托伐他汀", "28")
    assert shelf(ward, "阿托伐他汀").balance == 28


def test_stock_never_stands_in_the_way_of_giving_and_below_nothing_is_loud(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    receive(ward, "阿托伐他汀", "0.5")
    ward.put(8, 10)
    ward.give(ward.slot("08:00"))
    row = shelf(ward, "阿托伐他汀")
    assert row.balance < 0
    assert row.balance_words.startswith("−")
    assert AlarmKind.NEGATIVE in [one.kind for one in row.alarms]
    assert ward.ask(StockAlarms()).grave == 1


def test_packs_and_units_and_what_is_wrong_with_a_receipt(ward: Ward) -> None:
    medicine = drug("氨氯地平")
    receive(ward, "氨氯地平", "3", packs="2")
    assert shelf(ward, "氨氯地平").balance == 2 * medicine.pack + 3
    for wrong, field in (
        ({"units": ""}, "packs"),
        ({"units": "x"}, "units"),
        ({"packs": "1.5"}, "packs"),
        ({"expires": None}, "expires"),
        ({"expires": DAY - timedelta(days=1)}, "expires"),
        ({"photo": b"no picture"}, "photo"),
    ):
        with pytest.raises(Refusal) as refusal:
            receive(ward, "氨氯地平", **({"units": "28"} | wrong))
        assert refusal.value.field == field
    ward.become(Role.CAREGIVER)
    with pytest.raises(Refusal, match="管理药品库存"):
        receive(ward, "氨氯地平")


def test_the_lot_that_expires_first_goes_first(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    receive(ward, "阿托伐他汀", "28", lot="LATE")
    receive(ward, "阿托伐他汀", "1", lot="SOON", expires=SOON)
    assert [lot.lot for lot in shelf(ward, "阿托伐他汀").lots] == ["SOON", "LATE"]
    assert [one.tone for one in shelf(ward, "阿托伐他汀").alarms] == ["orange"]
    ward.put(8, 10)
    ward.give(ward.slot("08:00"))
    assert shelf(ward, "阿托伐他汀").lots[0].left < 1 or shelf(ward, "阿托伐他汀").lots[0].lot == "LATE"


def test_a_dose_of_a_named_lot_is_taken_from_it(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    receive(ward, "阿托伐他汀", "28", lot="LATE")
    receive(ward, "阿托伐他汀", "28", lot="SOON", expires=SOON)
    ward.put(8, 10)
    ward.give(ward.slot("08:00"), lot="LATE")
    left = {lot.lot: lot.left for lot in shelf(ward, "阿托伐他汀").lots}
    assert left["SOON"] == 28
    assert left["LATE"] < 28


def test_a_count_explains_its_difference_and_stands(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    receive(ward, "阿托伐他汀", "28")
    ward.put(8, 30)
    with pytest.raises(Refusal, match="差异原因"):
        count(ward, "阿托伐他汀", ("A1", "27"))
    assert count(ward, "阿托伐他汀", ("A1", "27"), why="漏记给药") == -1
    assert shelf(ward, "阿托伐他汀").balance == 27
    line = book(ward, "阿托伐他汀").lines[0]
    assert (line.words, line.change, line.balance, line.about) == (
        "盘点",
        Decimal(-1),
        Decimal(27),
        "账面 28，漏记给药",
    )


def test_a_dose_recorded_later_of_a_time_before_the_count_changes_nothing(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    receive(ward, "阿托伐他汀", "28")
    ward.put(8, 30)
    count(ward, "阿托伐他汀", ("A1", "27"), why="漏记给药")
    ward.put(8, 40)
    ward.give(ward.slot("08:00"), at=ward.station.clock.now() - timedelta(minutes=30))
    assert shelf(ward, "阿托伐他汀").balance == 27


def test_every_lot_has_to_be_counted_and_a_lot_the_books_lack_may_be_found(ward: Ward) -> None:
    receive(ward, "氨氯地平", "28", lot="A1")
    receive(ward, "氨氯地平", "14", lot="B2", expires=SOON)
    ward.put(7)
    with pytest.raises(Refusal, match="B2 还没有数"):
        count(ward, "氨氯地平", ("A1", "28"))
    assert count(ward, "氨氯地平", ("A1", "28"), ("B2", "0"), ("C3", "14")) == 0
    assert {lot.lot for lot in shelf(ward, "氨氯地平").lots} == {"A1", "C3"}


def test_a_count_settles_what_was_below_nothing(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    receive(ward, "阿托伐他汀", "0.25")
    ward.put(8, 10)
    ward.give(ward.slot("08:00"))
    below = shelf(ward, "阿托伐他汀").balance
    ward.put(8, 20)
    assert count(ward, "阿托伐他汀", ("A1", "5"), why="上次数错") == 5 - below
    assert shelf(ward, "阿托伐他汀").balance == 5


def test_own_supply_agreed_received_and_handed_back(ward: Ward) -> None:
    ward.order("氨氯地平", "5", own_supply=True)
    supply = ward.ask(SupplyOf(ward.li))
    assert (supply.agreement, supply.rows[0].note) == (None, "没有自备药协议")
    assert [one.words for one in supply.rows[0].alarms] == ["未入库"]
    ward.do(AgreeOwnSupply(ward.li, "李伟", "儿子", "", (((10, 10), (200, 120)),)))
    with pytest.raises(Refusal, match="已有"):
        ward.do(AgreeOwnSupply(ward.li, "李伟", "儿子"))
    receive(ward, "氨氯地平", "28", owner=ward.li)
    ward.put(8, 10)
    ward.measure("blood_pressure", "126/78")
    ward.give(ward.slot("08:00"))
    supply = ward.ask(SupplyOf(ward.li))
    row = supply.rows[0]
    assert supply.agreement is not None
    assert (row.note, row.alarms, row.balance) == ("", (), Decimal(27))
    ward.put(8, 20)
    with pytest.raises(Refusal, match="谁领回"):
        ward.do(HandBack(row.drug, ward.li, "A1", "27", " "))
    ward.do(HandBack(row.drug, ward.li, "A1", "27", "李伟（儿子）", "退住带回"))
    assert ward.ask(SupplyOf(ward.li)).rows[0].balance == 0
    ward.do(EndAgreement(supply.agreement.seen, "家属撤回"))
    assert ward.ask(SupplyOf(ward.li)).agreement is None


def test_a_transfer_is_one_act_and_its_retraction_takes_both_halves_back(ward: Ward) -> None:
    receive(ward, "氨氯地平", "28")
    code = drug("氨氯地平").code
    rid = ward.do(TransferStock(code, None, ward.wang, "A1", "7", "家属买药未到"))
    assert shelf(ward, "氨氯地平").balance == 21
    assert shelf(ward, "氨氯地平", ward.wang).balance == 7
    assert book(ward, "氨氯地平").lines[0].about == "调往王素芬 2号楼 301-2，家属买药未到"
    with pytest.raises(Refusal, match="同一处"):
        ward.do(TransferStock(code, None, None, "A1", "7"))
    seen = book(ward, "氨氯地平", ward.wang).lines[0].seen
    assert seen is not None
    assert seen.rid == rid
    ward.become(Role.HEAD_NURSE)
    assert ward.do(RetractMove(seen, "写错人")) == 2
    assert shelf(ward, "氨氯地平").balance == 28
    assert not [row for row in ward.ask(Cupboard(own=True)) if row.owner == ward.wang]
    kept = rows(
        ward.station, "select state, count(*) from stock_move where current = 1 group by state order by 1"
    )
    assert kept == [("retracted", 2), ("signed", 1)]


def test_an_opened_pen_warns_after_its_days(ward: Ward) -> None:
    receive(ward, "门冬胰岛素", "3")
    pen = drug("门冬胰岛素")
    ward.do(OpenPack(pen.code, None, "A1", DAY))
    lot = shelf(ward, "门冬胰岛素").lots[0]
    assert lot.use_until == DAY + timedelta(days=pen.opened_days)
    assert not shelf(ward, "门冬胰岛素").alarms
    ward.put(9, 0, DAY + timedelta(days=pen.opened_days + 1))
    assert [one.words for one in shelf(ward, "门冬胰岛素").alarms] == ["开封超期"]
    with pytest.raises(Refusal, match="没有这个批号"):
        ward.do(OpenPack(pen.code, None, "XX", DAY))


def test_the_kept_shelf_says_what_everything_together_says(ward: Ward) -> None:
    """Days of acts in disorder: the row that triggers keep and the whole history agree."""
    ward.order("阿托伐他汀", "20", "bid")
    receive(ward, "阿托伐他汀", "28")
    for step in range(6):
        day = DAY + timedelta(days=step)
        ward.put(8, 10, day)
        seen = ward.give(ward.slot("08:00", day=day))
        if step % 2:
            ward.do(TakeBackDoses((seen,)))
        if step == 3:
            ward.put(9, 0, day)
            receive(ward, "阿托伐他汀", "14", lot="B2", expires=SOON)

    def both(reader: Any) -> Any:
        kept = {key: one.shelf for key, one in shelves(reader).items()}
        key = next(iter(kept))
        moves = moves_of(reader, [key])[key]
        whole = reckon(moves, taken_since(reader, key, last_count(moves)))
        return (kept[key].lots, kept[key].short), (whole.lots, whole.short)

    kept, whole = ward.ask(Look(both))
    assert kept == whole
    assert rows(ward.station, "select stale from stock_shelf") == [(0,)]


def both_looks(ward: Ward) -> set[str]:
    """What every shelf warns of; the quick look over the house has to say the same as the rows."""
    rows_now = [row for own in (False, True) for row in ward.ask(Cupboard(own))]
    found = ward.ask(Look(glance))
    assert found == {row.key: [one.kind for one in row.alarms] for row in rows_now if row.alarms}
    return {str(kind) for kinds in found.values() for kind in kinds}


def test_a_quick_look_over_the_house_says_what_the_rows_say(ward: Ward) -> None:
    for name, amount, frequency in (
        ("阿托伐他汀", "20", "bid"),
        ("氨氯地平", "5", "qd"),
        ("二甲双胍", "0.5", "tid"),
    ):
        ward.order(name, amount, frequency)
    ward.order("阿仑膦酸钠", "70", "qw", weekdays=("2",))
    receive(ward, "阿托伐他汀", "9", expires=SOON)
    receive(ward, "阿托伐他汀", "40", lot="B2")
    receive(ward, "氨氯地平", "0.5")
    receive(ward, "二甲双胍", "20", lot="OLD", expires=DAY)
    receive(ward, "阿仑膦酸钠", "4")
    receive(ward, "门冬胰岛素", "3", owner=ward.wang)
    ward.do(OpenPack(drug("门冬胰岛素").code, ward.wang, "A1", DAY - timedelta(days=27)))
    seen: set[str] = set()
    for step in range(4):
        day = DAY + timedelta(days=step)
        ward.put(7, 30, day)
        seen |= both_looks(ward)
        ward.put(8, 10, day)
        ward.measure("blood_pressure", "126/78")
        for slot in ward.slots(day):
            if slot.ready:
                ward.give(slot)
        seen |= both_looks(ward)
    assert seen >= {"negative", "missing", "expired", "opened", "near", "low"}
    assert shelf(ward, "阿仑膦酸钠").days == 21


def test_search_finds_medicines_by_pinyin_and_residents_by_name(ward: Ward) -> None:
    receive(ward, "氨氯地平", "28")
    receive(ward, "二甲双胍", "60")
    receive(ward, "二甲双胍", "60", owner=ward.wang)
    assert len(ward.ask(Cupboard(search="ejsg"))) == 1
    assert [row.name for row in ward.ask(Cupboard(own=True, search="wsf"))] == ["王素芬"]
    assert ward.ask(Cupboard(alarmed=True)) == ()
