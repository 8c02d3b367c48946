"""The month grid: a cell for every day, who signed, codes, stops, courses, pauses, leave, corrections, double doses."""

from __future__ import annotations

import time
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from app.core.roles import Role
from app.core.unit import Unit
from app.medication.giving import CorrectDose, GivePrn, NotGiven, RecordEffect, RetractDose, Said
from app.medication.orders import ReplaceOrder, StopOrder
from app.medication.orders.forms import OrderForm, Prn
from app.medication.queries.month import MonthGrid, MonthSheet
from app.medication.queries.month_cells import AFTER, BEFORE, MonthCell, every_code
from app.medication.queries.month_detail import CellDetail, CellRow
from app.medication.queries.month_orders import MonthOrder
from app.medication.queries.neighbours import Neighbours
from app.medication.rules.signs import signs_of
from app.medication.rules.slots import DoseState
from app.medication.rules.written import in_full
from app.residents.codes import surname_of
from app.residents.stating import Seen
from db.models import Dose
from tests.app.medication.house import DAY, Ward, at, drug
from tests.app.medication.month_house import issued
from tests.support.acts import Act

NEXT = DAY + timedelta(days=1)


def month(ward: Ward, day: date | None = None) -> MonthSheet:
    sheet: MonthSheet = ward.ask(MonthGrid(ward.li, day))
    return sheet


def one(ward: Ward, words: str, day: date | None = None) -> MonthOrder:
    return next(order for order in month(ward, day).orders if words in order.words)


def cell(ward: Ward, words: str, day: date = DAY, name: str = "") -> MonthCell:
    order = one(ward, words, day)
    line = next(line for line in order.lines if not name or line.name == name)
    return line.cells[day.day - 1]


def detail(ward: Ward, words: str, day: date = DAY, name: str = "08:00") -> CellRow:
    row: CellRow = ward.ask(CellDetail(one(ward, words, day).rid, day, name))
    return row


def test_a_month_shows_what_was_given_what_waits_and_what_is_planned(ward: Ward) -> None:
    ward.measure("blood_pressure", "132/80")
    ward.order("氨氯地平", "5")
    ward.order("阿托伐他汀", "20", "tid")
    ward.put(8)
    ward.give(ward.slot("08:00", "氨氯地平"))
    sheet = month(ward)
    assert sheet.month == date(2026, 11, 1)
    assert len(sheet.days) == 30
    assert [len(order.lines) for order in sheet.orders] == [1, 3]
    given = cell(ward, "氨氯地平")
    assert (given.state, given.signs) == (DoseState.GIVEN, ("林",))
    assert sheet.people == (("林", "林晓燕"),)
    assert cell(ward, "氨氯地平", DAY - timedelta(days=1)).gap == BEFORE
    assert cell(ward, "氨氯地平", NEXT).state is DoseState.PLANNED
    assert cell(ward, "阿托伐他汀", DAY, "08:00").state is DoseState.DUE
    ward.put(9, 30)
    assert cell(ward, "阿托伐他汀", DAY, "08:00").state is DoseState.OVERDUE
    assert sheet.rate.words == "100.0%"
    assert month(ward).rate.words == "50.0%"


def test_a_code_stands_for_a_reason_with_one_table_for_screen_and_paper(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    ward.put(8)
    ward.not_given(ward.slot("08:00"), 4)
    shown = cell(ward, "阿托伐他汀")
    assert shown.code is not None
    assert (shown.code.number, shown.code.letter, shown.code.words) == ("4", "F", "禁食检查")
    assert month(ward).codes == (shown.code,)
    assert month(ward).rate.asked == 0  # held by rule: it was not to be given
    codes = every_code()
    assert [code.number for code in codes] == [*map(str, range(1, 15)), "漏"]
    assert len({code.letter for code in codes}) == 15


def test_a_stopped_order_says_who_stopped_it_and_why_and_a_course_ends(ward: Ward) -> None:
    fresh = ward.order("呋塞米", "20")
    ward.order("左氧氟沙星", "0.5", days="5")
    ward.put(12)
    ward.become(Role.DOCTOR)
    ward.do(StopOrder(Seen(fresh.rid, 2), "踝部水肿消退"))
    stopped = one(ward, "呋塞米")
    assert stopped.ending is not None
    assert stopped.ending.words == "11-24 停 陈永康：踝部水肿消退"
    assert [c.gap for c in stopped.lines[0].cells[23:26]] == ["", AFTER, AFTER]
    course = one(ward, "左氧氟沙星")
    assert course.ending is not None
    assert course.ending.short == "疗程结束"
    assert [c.gap for c in course.lines[0].cells[27:30]] == ["", AFTER, AFTER]


def test_a_changed_order_stands_below_the_one_it_took_the_place_of(ward: Ward) -> None:
    old = ward.order("氨氯地平", "5")
    ward.order("阿托伐他汀", "20")
    ward.become(Role.DOCTOR)
    form = OrderForm(drug("氨氯地平").code, {"way": "same", "amount": "2.5"}, begins=at(8, 0, NEXT))
    fresh = ward.do(ReplaceOrder(Seen(old.rid, 2), form, "血压偏低", ward.proof(Role.DOCTOR)))
    sheet = month(ward)
    assert [order.number for order in sheet.orders][:2] == [old.number, fresh.number]
    assert sheet.orders[0].replaced == fresh.number
    assert [c.gap for c in sheet.orders[0].lines[0].cells[23:25]] == ["", AFTER]
    assert [c.gap for c in sheet.orders[1].lines[0].cells[23:25]] == [BEFORE, ""]


def test_leave_and_hospital_are_said_without_a_record(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    ward.away("leave", at(7, 0, NEXT), at(18, 0, NEXT))
    ward.away("hospital", at(7, 0, NEXT + timedelta(days=1)))
    assert (cell(ward, "阿托伐他汀", NEXT).state, cell(ward, "阿托伐他汀", NEXT).word) == (
        DoseState.AWAY,
        "假",
    )
    assert cell(ward, "阿托伐他汀", NEXT + timedelta(days=1)).word == "院"


def test_two_who_checked_and_two_of_one_surname_are_told_apart(ward: Ward) -> None:
    ward.order("甘精胰岛素", "10", "qn", route="sc")
    ward.put(21)
    ward.measure("glucose", "8.2")
    slot = ward.slot("21:00")
    ward.give(slot, second=ward.proof(Role.HEAD_NURSE), site="腹部左上")
    shown = cell(ward, "甘精胰岛素")
    assert shown.signs == ("林", "周")
    row = detail(ward, "甘精胰岛素", DAY, "21:00")
    facts = dict(row.records[0].standing.facts)
    assert facts["核对"] == "第二人核对 周敏"
    assert facts["部位"] == "腹部左上"
    assert facts["剂量"] == "10 单位"
    assert "8.2" in facts["测量值"]


def test_signs_are_never_alike() -> None:
    people = {UUID(int=n): name for n, name in enumerate(
        ("周敏", "周慧", "欧阳淑华", "林晓燕", "林小燕", "陈静", "陈静", "", "娜仁托娅"), 1
    )}  # fmt: skip
    signs = list(signs_of(people, surname_of).values())
    assert signs == ["周敏", "周慧", "欧阳", "林晓燕", "林小燕", "陈静①", "陈静②", "外", "娜"]


def test_a_correction_keeps_the_original_in_the_detail(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    ward.put(8)
    seen = ward.give(ward.slot("08:00"))
    assert not cell(ward, "阿托伐他汀").corrected
    ward.do(CorrectDose(seen, "笔误", 1))
    shown = cell(ward, "阿托伐他汀")
    assert shown.corrected
    assert shown.code is not None
    assert shown.code.letter == "R"
    first, second = detail(ward, "阿托伐他汀").records[0].versions
    assert (first.what, first.who, dict(first.facts)["剂量"]) == ("已给药", "林晓燕", "20 mg")
    assert (second.what, second.reason) == ("拒服", "笔误")


def test_a_retracted_record_leaves_the_cell_blank_and_stays_readable(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    ward.put(8)
    seen = ward.give(ward.slot("08:00"))
    ward.do(RetractDose(seen, "记错人"))
    assert cell(ward, "阿托伐他汀").state is DoseState.DUE
    versions = detail(ward, "阿托伐他汀").records[0].versions
    assert [one.retracted for one in versions] == [False, True]
    assert "记错人" in versions[1].reason


def test_what_two_stations_gave_shows_both_names_and_is_marked(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    ward.put(8)
    seen = ward.give(ward.slot("08:00"))
    other = elsewhere(ward, seen.rid, "given")
    shown = cell(ward, "阿托伐他汀")
    assert shown.doubled
    assert set(shown.signs) == {"林", "周"}
    assert len(detail(ward, "阿托伐他汀").records) == 2
    assert detail(ward, "阿托伐他汀").warning.startswith("可能重复给药")
    assert other


def test_given_here_and_refused_there_shows_both(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    ward.put(8)
    elsewhere(ward, ward.give(ward.slot("08:00")).rid, "refused")
    shown = cell(ward, "阿托伐他汀")
    assert shown.contradicts
    assert not shown.doubled
    assert shown.signs == ("林",)
    assert shown.code is not None


def elsewhere(ward: Ward, rid: UUID, outcome: str) -> bool:
    """Another station's record of the same dose."""

    def write(unit: Unit) -> None:
        row = unit.session.scalars(select(Dose).where(Dose.rid == rid)).one()
        kept = ("resident", "med_order", "drug", "service_date", "slot", "kind", "amount", "unit")
        stamp = unit.stamp(rid=rid, at=row.at) | {
            "station": UUID(int=99) if isinstance(row.station, UUID) else "02"
        }
        said = {name: getattr(row, name) for name in kept}
        reason = 1 if outcome == "refused" else None
        head = ward.proof(Role.HEAD_NURSE).staff
        stamp["author"] = head
        unit.session.add(Dose(**stamp, revision=1, outcome=outcome, reason_code=reason, **said))

    ward.do(Act(write))
    return True


def test_prn_doses_of_a_day_stand_in_one_cell_with_their_effect(ward: Ward) -> None:
    form = OrderForm(
        drug("对乙酰氨基酚").code,
        {"way": "same", "amount": "0.5"},
        kind="prn",
        prn=Prn(gap_minutes=240, most=4, why="疼痛"),
    )
    (issued,) = ward.issue(form)
    ward.put(9)
    seen = ward.do(GivePrn(issued.rid, "左膝疼痛 NRS 4分", Said()))
    ward.put(10)
    ward.do(RecordEffect(seen, "better", "NRS 1分"))
    ward.put(14)
    ward.do(GivePrn(issued.rid, "左膝疼痛", Said()))
    shown = cell(ward, "对乙酰氨基酚")
    assert shown.doses == 2
    assert not shown.corrected  # an effect is no correction
    first, second = month(ward).prn
    assert (first.why, first.who, first.doctor) == ("左膝疼痛 NRS 4分", "林", "陈永康")
    assert first.effect == "10:00 好转：NRS 1分"
    assert second.effect == ""
    row = ward.ask(CellDetail(issued.rid, DAY))
    assert len(row.records) == 2


def test_doses_of_an_order_stopped_as_of_an_earlier_month_are_not_lost(ward: Ward) -> None:
    fresh = ward.order("阿托伐他汀", "20")
    ward.put(8, 0, date(2026, 12, 1))
    ward.give(ward.slot("08:00", day=date(2026, 12, 1)))
    ward.become(Role.DOCTOR)
    ward.do(StopOrder(Seen(fresh.rid, 2), "改用胰岛素", at(20, 0, date(2026, 11, 30))))
    shown = cell(ward, "阿托伐他汀", date(2026, 12, 1))
    assert shown.signs == ("林",)
    assert len(month(ward, date(2026, 12, 9)).days) == 31


def test_every_other_day_goes_on_over_the_end_of_the_month(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20", "qod")
    days = [
        c.day for m in (DAY, date(2026, 12, 1)) for c in one(ward, "阿托伐他汀", m).lines[0].cells if c.state
    ]
    assert days == [DAY + timedelta(days=2 * n) for n in range(len(days))]


def test_an_insulin_dose_by_time_is_written_in_full(ward: Ward) -> None:
    ward.order(
        "门冬胰岛素30",
        "",
        "bid",
        route="sc",
        dosing={"way": "times", "amounts": {"08:00": "12", "17:30": "8"}},
    )
    order = one(ward, "门冬胰岛素30")
    assert [line.dose for line in order.lines] == ["12 单位", "8 单位"]
    assert "U" not in order.usage
    assert in_full("300U/3ml") == "300 单位/3 mL"
    assert in_full("50µg") == "50 微克"


def test_neighbours_are_those_of_the_floor(ward: Ward) -> None:
    assert ward.ask(Neighbours(ward.li)) == (None, ward.wang)
    assert ward.ask(Neighbours(ward.wang)) == (ward.li, None)


@pytest.mark.parametrize("count", [25])
def test_twenty_five_medicines_and_a_month_are_quick(ward: Ward, count: int) -> None:
    names = list(drugs_of_many(count))
    forms = [OrderForm(code, {"way": "same", "amount": amount}, unit=unit) for code, amount, unit in names]
    issued(ward, *forms)
    ward.put(8)

    def fill(unit: Unit) -> None:
        for order in month(ward).orders:
            for day in range(1, 32):
                unit.session.add(
                    Dose(
                        **unit.stamp(),
                        revision=1,
                        resident=ward.li,
                        med_order=order.rid,
                        drug="x",
                        service_date=date(2026, 12, day),
                        slot="08:00",
                        kind="slot",
                        outcome="given",
                        amount="1",
                        unit="片",
                    )
                )

    ward.do(Act(fill))
    ward.put(23, 0, date(2026, 12, 31))
    best = 1.0
    for _ in range(5):
        begin = time.process_time()
        sheet = month(ward)
        best = min(best, time.process_time() - begin)
    assert len(sheet.lines) == count
    assert all(c.signs for _order, line in sheet.lines for c in line.cells)
    assert best < 0.1  # about 0.04 of computing; how long it takes by the clock is measured elsewhere


def drugs_of_many(count: int) -> list[tuple[str, str, str]]:
    """Medicines by mouth that are given in whole pieces."""
    from app.medication.drugs.catalogue import drugs

    plain = [
        one
        for one in drugs().values()
        if one.routes[0] == "po" and not one.weekly and not one.skin_test and not one.control
    ]
    return [(one.code, "1", one.unit) for one in plain[:count]]


def test_a_wrong_resident_and_order_are_refused(ward: Ward) -> None:
    from app.core.errors import Refusal

    with pytest.raises(Refusal, match="没有找到这位老人"):
        ward.ask(MonthGrid(UUID(int=5)))
    with pytest.raises(Refusal, match="没有这条医嘱"):
        ward.ask(CellDetail(UUID(int=5), DAY, "08:00"))
    ward.order("阿托伐他汀", "20")
    ward.put(8)
    assert ward.do(NotGiven(ward.slot("08:00").key, 2))
