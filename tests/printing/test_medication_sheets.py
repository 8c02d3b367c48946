"""Sheets of medication: every word of each, clean pages over extreme months, cuts by rows and by weeks, the seal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from app.care.floors import floors_of
from app.compose import Station
from app.core.errors import Refusal
from app.core.roles import Role
from app.core.unit import Unit
from app.medication.orders import CancelOrder, OrderForm, Prn, TranscribeOrders
from app.medication.rules.written import IN_FULL
from app.printing.drawn import Drawn
from app.printing.mar_data import MarOf
from app.printing.registry import SHEETS
from app.printing.sealing import SheetVerdict, VerifySheet, is_code
from app.printing.sheets import mar
from app.printing.sheets.mar import Mar
from app.printing.sheets.mar_grid import MarCell, stretches
from app.residents.stating import Seen
from db.models import Dispense, Dose, MedOrder, MedStatement, Prescription, StockMove
from tests.app.medication.house import Ward, at, drug, ward_of
from tests.app.medication.month_house import by_mouth, issued, lived, ordered, prn_given, stopped
from tests.printing.test_layout import problems
from tests.printing.test_vital_sheets import lines_of, same_as_kept
from tests.support.acts import Act, Look

MONTH = (date(2026, 12, 1), date(2026, 12, 31))
NOW = date(2026, 12, 18)
STROKES = {"strokes": [[[100, 50], [300, 200], [500, 80]], [[600, 50], [700, 250]]]}
OTHERS = ("issue-sheet", "own-supply", "stock-count", "free-list")


@pytest.fixture
def ward(station: Station) -> Iterator[Ward]:
    """A month of doses: leave, a stop, a course, insulin with two signers, two PRN doses; the head nurse prints."""
    for one in ward_of(station):
        ordered(one, 7)
        one.away("leave", at(6, 0, date(2026, 12, 14)), at(20, 0, date(2026, 12, 15)))
        lived(one, NOW)
        stopped(one, by_mouth(7)[3].title, NOW)
        prn_given(one, (date(2026, 12, 4), date(2026, 12, 12)))
        one.become(Role.HEAD_NURSE)
        yield one


def month(ward: Ward) -> Mar:
    found: Mar = ward.ask(MarOf(ward.li, *MONTH))
    return found


def plain(drawn: Drawn) -> list[str]:
    """What the lint finds besides names lined out on purpose."""
    return [one for one in problems(drawn) if " on a rule " not in one]


def test_the_words_of_the_month(ward: Ward) -> None:
    drawn = SHEETS["mar"].draw(month(ward))
    assert drawn.missing_glyphs == ()
    assert plain(drawn) == []
    lines = lines_of(drawn.pdf)
    same_as_kept("mar", lines)
    assert not any(f"0 {bare}" in line for line in lines for bare in IN_FULL)
    assert len([line for line in lines if "药物过敏史：不详" in line]) == 1


def test_nothing_lies_on_a_rule_where_nothing_is_lined_out(ward: Ward) -> None:
    data = month(ward)
    orders = tuple(replace(order, over=False) for order in data.orders)
    assert problems(SHEETS["mar"].draw(replace(data, orders=orders))) == []


def test_twenty_five_medicines_and_long_signs_go_over_pages_by_rows_and_by_weeks(ward: Ward) -> None:
    data = month(ward)
    whose = replace(data.whose, name="欧阳淑华娜仁托娅", bed="2号楼3层 312-1")
    loud = MarCell(signs=("欧阳淑华", "司马相如"), marks="部迟重＊")
    code = MarCell(signs=("欧阳淑华",), code="漏", marks="＊")
    long = data.orders[0]
    cells = tuple(loud if at % 2 else code for at in range(31))
    lines = tuple(
        replace(long.lines[0], name=name, dose="12.5 单位", cells=cells) for name in ("08:00", "24:00")
    )
    hard = replace(
        long, words="琥珀酸美托洛尔缓释片（高警示）（待核对）" * 2, note="餐中整片吞服，" * 6, lines=lines
    )
    orders = tuple(replace(hard, place=place, over=False) for place in range(1, 26))
    drawn = mar_drawn(replace(data, whose=whose, diagnosis="高血压病3级（极高危）；" * 12, orders=orders))
    assert problems(drawn) == []
    assert drawn.pages > 6
    said = lines_of(drawn.pdf)
    assert len([line for line in said if line.startswith("姓名：欧阳淑华娜仁托娅")]) >= drawn.pages - 1
    assert len(stretches(data.days, 4)) > 1
    assert len(stretches(data.days, 2)) == 1


def mar_drawn(data: Mar) -> Drawn:
    return SHEETS["mar"].draw(data)


def test_stretches_hold_every_day_once_and_begin_on_mondays() -> None:
    for year, number in ((2026, 12), (2026, 2), (2028, 2), (2026, 11)):
        first = date(year, number, 1)
        days = tuple(
            first + timedelta(days=step) for step in range(31) if (first + timedelta(step)).month == number
        )
        for widest in range(1, 7):
            found = stretches(days, widest)
            assert [place for begin, end in found for place in range(begin, end)] == list(range(len(days)))
            if widest > 2:
                assert all(days[begin].weekday() == 0 for begin, _end in found[1:])


def test_an_empty_month_is_a_form_to_write_on(ward: Ward) -> None:
    data: Mar = ward.ask(MarOf(ward.wang, *MONTH))
    drawn = mar_drawn(data)
    assert drawn.pages == 1
    assert "这个月没有长期医嘱。" in lines_of(drawn.pdf)
    assert problems(drawn) == []


def test_the_code_tells_whether_the_month_is_as_it_was_printed(ward: Ward) -> None:
    code = month(ward).seal
    assert is_code(code)

    def verdict(text: str) -> SheetVerdict:
        found: SheetVerdict = ward.ask(VerifySheet(text))
        return found

    assert verdict(code).standing == "valid"
    assert verdict(f" {code.lower()} ").facts[1] == "2026 年 12 月用药执行单"
    assert verdict(code[:-1] + ("0" if code[-1] != "0" else "1")).standing == "false"
    assert verdict(code.replace("202612", "202611")).standing == "false"
    assert verdict("CS3:01-999999:202612:2612180900:0:0").standing == "unknown"
    assert verdict("CS3:1").standing == "unknown"
    prn_given(ward, (date(2026, 12, 17),))
    assert verdict(code).standing == "corrected"
    assert verdict(month(ward).seal).standing == "valid"


def test_the_words_of_the_order_sheets(ward: Ward) -> None:
    tested = next(one for one in (drug("青霉素"),) if one.skin_test)
    ward.put(9, 0, NOW)
    (wrong,) = ward.issue(
        OrderForm(tested.code, {"way": "same", "amount": "1"}, unit=tested.unit), checked=False
    )
    ward.become(Role.DOCTOR)
    ward.do(CancelOrder(Seen(wrong.rid, 1), "开错老人"))
    first = by_mouth(1)[0]
    issued(
        ward,
        OrderForm(first.code, {"way": "same", "amount": "1"}, unit=first.unit, kind="stat"),
        OrderForm(
            drug("对乙酰氨基酚").code,
            {"way": "same", "amount": "0.5"},
            kind="sos",
            prn=Prn("发热 38.5℃ 以上"),
        ),
    )
    ward.become(Role.NURSE)
    hospital = OrderForm(
        by_mouth(9)[7].code,
        {"way": "same", "amount": "1"},
        unit=by_mouth(9)[7].unit,
        origin="hospital",
        hospital="市第一人民医院心内科",
        doctor_name="郭建平",
    )
    ward.do(TranscribeOrders(ward.li, (hospital,)))
    ward.put(23, 0, NOW)
    ward.become(Role.HEAD_NURSE)
    for name in ("order-sheet", "order-sheet-once"):
        drawn = SHEETS[name].draw(ward.ask(SHEETS[name].question(ward.li)))
        assert problems(drawn) == []
        assert drawn.missing_glyphs == ()
        same_as_kept(name, lines_of(drawn.pdf))


def test_two_hundred_orders_go_over_pages_with_the_name_on_each(ward: Ward) -> None:
    kind = SHEETS["order-sheet"]
    data = ward.ask(kind.question(ward.li))
    one = replace(
        data.orders[0],
        note="餐前半小时整片吞服，服后半小时内不躺卧；" * 3,
        cancelled="取消　陈永康　开错老人",
    )
    drawn = kind.draw(replace(data, orders=(one,) * 200))
    assert problems(drawn) == []
    named = [line for line in lines_of(drawn.pdf) if line.startswith("姓名：李桂兰")]
    assert len(named) == drawn.pages > 10


def test_the_words_of_the_round_list(ward: Ward) -> None:
    (floor,) = ward.ask(Look(floors_of))
    kind = SHEETS["round-list"]
    data = ward.ask(kind.question(floor.rid, first=NOW, last=NOW))
    drawn = kind.draw(data)
    assert problems(drawn) == []
    same_as_kept("round-list", lines_of(drawn.pdf))
    noon = ward.ask(kind.question(floor.rid, first=NOW, last=NOW, round="noon"))
    assert [one.words for one in noon.rounds] == ["12:00"]
    person = replace(
        data.rounds[0].people[0],
        name="欧阳淑华娜仁托娅",
        allergies="青霉素类、磺胺类、头孢曲松、碘造影剂",
        similar=True,
        where="请假外出",
    )
    full = replace(data.rounds[0], people=(person,) * 40)
    assert problems(kind.draw(replace(data, rounds=(full,)))) == []
    with pytest.raises(Refusal, match="没有这一层"):
        ward.ask(kind.question(UUID(int=9), first=NOW, last=NOW))


def kept(ward: Ward) -> None:
    """Something handed over, an agreement, receipts, counts, and free medicines, written as the subjects do."""

    def write(unit: Unit) -> None:
        order = unit.session.query(MedOrder).filter_by(number="01-000001", current=True).one()
        _handed(unit, order)
        for what, about in (("own_supply", None), ("free", _free(unit, order.resident))):
            row = MedStatement(
                **unit.stamp(), revision=1, resident=order.resident, what=what, name="李明", about=about
            )
            row.relation, row.drawn = "儿子", STROKES
            unit.session.add(row)
        lot, own = {"lot": "A20260312", "expires": date(2028, 5, 31)}, {"owner": order.resident}
        _moved(unit, order, "receipt", 28.5, **lot, **own)
        _moved(unit, order, "count", -1.5, expected=30.0, lot="A20260312", note="掉落污染，半片已销毁")
        _moved(unit, order, "shift_count", 0.0, expected=12.0, content={"shift": "白班"}, **own)

    ward.do(Act(write))


def _handed(unit: Unit, order: MedOrder) -> None:
    item = {"order": str(order.rid), "slot": "08:00", "words": order.words, "amount": "3", "unit": "片"}
    unit.session.add(
        Dispense(
            **unit.stamp(),
            revision=1,
            resident=order.resident,
            what="issue",
            service_date=NOW,
            round="",
            items={"items": [item | {"pieces": 3, "lot": "A20260312"}]},
            days=3,
            receiver="李明（子）",
            note="外出三天",
        )
    )


def _moved(unit: Unit, order: MedOrder, what: str, quantity: float, **more: Any) -> None:
    stamp = unit.stamp()
    unit.session.add(
        StockMove(
            **stamp, revision=1, drug=order.drug, words=order.words, what=what, quantity=quantity, **more
        )
    )


def _free(unit: Unit, resident: UUID) -> UUID:
    lines = [
        {
            "drug": drug("氨氯地平").code,
            "words": "氨氯地平片",
            "quantity": "28",
            "unit": "片",
            "amount": "12.6",
        },
        {"drug": drug("二甲双胍").code, "words": "二甲双胍片", "quantity": "56", "unit": "片", "amount": ""},
    ]
    content = {"month": "2026-12", "entitlements": ["低保"], "certificate": "低-0231"}
    row = Prescription(
        **unit.stamp(),
        revision=1,
        resident=resident,
        number="01-000001",
        what="free",
        begins=NOW,
        ends=None,
        items={"items": lines},
        diagnosis="原发性高血压",
        content=content,
    )
    unit.session.add(row)
    unit.session.flush()
    return row.rid


@pytest.mark.parametrize("name", OTHERS)
def test_the_words_of_the_others(ward: Ward, name: str) -> None:
    kept(ward)
    kind = SHEETS[name]
    drawn = kind.draw(ward.ask(kind.question(ward.li)))
    assert problems(drawn) == []
    assert drawn.missing_glyphs == ()
    same_as_kept(name, lines_of(drawn.pdf))


def test_without_records_there_are_forms_or_a_plain_sentence(ward: Ward) -> None:
    with pytest.raises(Refusal, match="没有发药记录"):
        ward.ask(SHEETS["issue-sheet"].question(ward.wang))
    for name in ("own-supply", "stock-count", "free-list"):
        drawn = SHEETS[name].draw(ward.ask(SHEETS[name].question(ward.wang)))
        assert problems(drawn) == []
        assert drawn.pages == 1


def test_many_lines_of_the_others_are_laid_out_clean(ward: Ward) -> None:
    kept(ward)
    counted = ward.ask(SHEETS["stock-count"].question(ward.li))
    line = replace(
        counted.lines[0], words="琥珀酸美托洛尔缓释片" * 2, owner="欧阳淑华娜仁托娅", lot="A20260312-0007"
    )
    assert problems(SHEETS["stock-count"].draw(replace(counted, lines=(line,) * 120))) == []
    free = ward.ask(SHEETS["free-list"].question(ward.li))
    one = replace(
        free.lines[0], name="欧阳淑华娜仁托娅", id_number="31010119410312002X", items=free.lines[0].items * 3
    )
    assert problems(SHEETS["free-list"].draw(replace(free, lines=(one,) * 60))) == []


def test_printing_a_month_counts_its_doses_only_once(ward: Ward) -> None:
    """The rate on paper is the one on the screen, and every recorded dose has its cell."""
    data = month(ward)
    cells = [cell for order in data.orders for line in order.lines for cell in line.cells]
    recorded = sum(bool(cell.signs or cell.code) for cell in cells)

    def count(unit: Unit) -> int:
        rows = unit.session.query(Dose).filter(Dose.kind == "slot", Dose.service_date >= MONTH[0])
        return rows.count()

    assert recorded == ward.do(Act(count))
    assert data.rate.startswith("本月执行率 9")
    assert mar.TITLE == "用药执行单"
