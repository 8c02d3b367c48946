"""The worklist of orders by keys: Space checks, Ctrl+Enter checks a resident's; a doctor signs many; tests; 总查对."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.core.roles import Role
from app.medication.orders import MakeSkinTest, ReadSkinTest
from app.medication.queries.order_lists import OrdersOf
from app.medication.queries.order_work import OrderWork
from app.residents.queries import Chart
from tests.app.medication.house import drug
from tests.support.layout import lint
from tests.ui.assessments.room import keys
from tests.ui.medication.order_room import CONTROL, PAPER, form, prove, tap, transcribed
from tests.ui.medication.room import DAY, Ward, back, sheet, shown, standing_at, until
from ui.kit import Sheet
from ui.kit.proof_sheet import ProofSheet
from ui.kit.why_sheet import WhySheet
from ui.medication.order_review_sheet import ReviewSheet
from ui.medication.order_view import OrderView
from ui.medication.skin_test_sheets import MakeTestSheet, ReadTestSheet

ENTER, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Space


async def test_space_checks_one_and_ctrl_enter_all_of_a_resident(ward: Ward) -> None:
    ward.issue(form("阿托伐他汀"), form("氨氯地平", "5"), form("缬沙坦", "80"), checked=False)
    ward.become(Role.HEAD_NURSE)
    async with standing_at(ward, "orders") as (stage, view):
        assert len(view.table.rows_model.rows) == 3
        assert "李桂兰" in view.pieces.said.text()
        assert "20 mg" in view.pieces.said.text()
        tap(SPACE)
        await until(lambda: len(view.table.rows_model.rows) == 2)
        tap(ENTER, held=CONTROL)
        await until(lambda: view.state.words == "没有待核对的医嘱")
        assert "2 条医嘱" in stage.frame.notice.text()
    assert {one.checked_by for one in ward.ask(OrdersOf(ward.li)).long} == {"周敏"}


async def test_two_spaces_in_a_row_check_once(ward: Ward) -> None:
    ward.issue(form("阿托伐他汀"), checked=False)
    ward.become(Role.HEAD_NURSE)
    async with standing_at(ward, "orders") as (stage, view):
        tap(SPACE)
        tap(SPACE)
        await until(lambda: view.state.words == "没有待核对的医嘱")
        assert "已核对" in stage.frame.notice.text()


async def test_ones_own_is_refused_in_words_and_stays(ward: Ward) -> None:
    transcribed(ward, form(**PAPER))
    async with standing_at(ward, "orders") as (stage, view):
        tap(SPACE)
        await until(lambda: "请另一位核对" in stage.frame.notice.text())
        assert len(view.table.rows_model.rows) == 1


async def test_a_doctor_signs_the_marked_ones_together(ward: Ward) -> None:
    transcribed(
        ward, form("阿托伐他汀", **PAPER), form("氨氯地平", "5", **PAPER), form("缬沙坦", "80", **PAPER)
    )
    ward.put(7, 0, DAY + timedelta(days=1))
    ward.become(Role.DOCTOR)
    async with standing_at(ward, "orders", {"view": "sign"}) as (stage, view):
        assert view.work.late == 3
        tap(SPACE)
        tap(SPACE)
        assert len(view.marked) == 2
        tap(ENTER, held=CONTROL)
        await prove(stage, Role.DOCTOR)
        await until(lambda: len(view.table.rows_model.rows) == 1)
    assert len(ward.ask(OrderWork()).to_sign) == 1


async def test_a_nurse_cannot_sign_as_a_doctor(ward: Ward) -> None:
    transcribed(ward, form(**PAPER))
    async with standing_at(ward, "orders", {"view": "sign"}) as (stage, _view):
        tap(ENTER, held=CONTROL)
        asked = await sheet(ProofSheet)
        keys("0412")
        asked.secret.setFocus()
        keys("x")
        tap(ENTER)
        await until(lambda: bool(asked.wrong))
        tap(Qt.Key.Key_Escape)
        await back(stage)
    assert len(ward.ask(OrderWork()).to_sign) == 1


async def test_a_course_that_ends_is_renewed_as_a_new_order(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20", days="5")
    ward.become(Role.DOCTOR)
    async with standing_at(ward, "orders", {"view": "ending"}) as (stage, _view):
        tap(Qt.Key.Key_N)
        form_view = await shown(stage, OrderView)
        await until(lambda: form_view.fields.drug.drug is not None)
        assert form_view.fields.dose.values()["amount"] == "20 mg"


async def test_a_skin_test_is_made_and_read_by_two_and_entered_as_an_allergy(ward: Ward) -> None:
    ward.order("阿莫西林", "0.5")
    async with standing_at(ward, "orders", {"view": "skin"}) as (stage, view):
        tap(ENTER)
        await sheet(MakeTestSheet)
        keys("2311A")
        tap(ENTER)
        await until(lambda: QApplication.activeModalWidget() is None)
        await back(stage)
        assert view.table.rows_model.rows[0].test is not None
        ward.put(6, 25)
        view.refresh()
        await stage.settle()
        tap(ENTER)
        asked = await sheet(ReadTestSheet)
        assert lint(asked) == []
        keys("2")
        keys("皮丘 1.5 cm")
        await prove(stage, Role.HEAD_NURSE, ReadTestSheet, last=False)
        await until(lambda: not isinstance(QApplication.activeModalWidget(), ReadTestSheet | None))
        offer = await sheet(Sheet)
        act = offer.main
        assert act is not None
        assert "青霉素类" in act.text()
        act.setFocus()
        tap(SPACE)
        await back(stage)
        await until(lambda: "已登记青霉素类过敏" in stage.frame.notice.text())
    assert [one.substance for one in ward.ask(Chart(ward.li)).allergies] == ["青霉素类"]


async def test_every_order_of_a_floor_is_gone_through_by_keys(ward: Ward) -> None:
    ward.issue(form("阿托伐他汀"), form("氨氯地平", "5"))
    ward.order("缬沙坦", "80", resident=ward.wang)
    ward.become(Role.HEAD_NURSE)
    async with standing_at(ward, "orders", {"view": "review"}) as (stage, _view):
        tap(ENTER)
        asked = await sheet(ReviewSheet)
        await until(lambda: len(asked.table.rows_model.rows) == 3)
        asked.table.setFocus()
        tap(SPACE)
        tap(Qt.Key.Key_N)
        keys("与处方不符")
        tap(ENTER)
        tap(ENTER, held=CONTROL)
        assert "还有 1 条" in asked.notice.text()
        tap(SPACE)
        assert lint(asked) == []
        tap(ENTER, held=CONTROL)
        await prove(stage, Role.NURSE)
        await until(lambda: "总查对完成" in stage.frame.notice.text())
    (row,) = ward.ask(OrderWork()).reviews
    assert (row.orders, row.found) == (3, 1)


async def test_digits_turn_to_the_lists_and_each_says_when_it_is_empty(ward: Ward) -> None:
    async with standing_at(ward, "orders") as (stage, view):
        said = []
        for digit in "1234":
            keys(digit)
            await stage.settle()
            said.append(view.state.words)
        assert said == [
            "没有待核对的医嘱",
            "没有待医师签名的医嘱",
            "七天内没有到期的医嘱",
            "没有要做或要判读的皮试",
        ]


async def test_who_may_not_check_is_told(ward: Ward) -> None:
    ward.issue(form("阿托伐他汀"), checked=False)
    ward.become(Role.CAREGIVER)
    async with standing_at(ward, "orders") as (stage, _view):
        tap(SPACE)
        await until(lambda: "核对医嘱" in stage.frame.notice.text())
    assert ward.ask(OrdersOf(ward.li)).long[0].status == "issued"


@pytest.mark.parametrize("size", [(1366, 768), (1000, 620)])
async def test_every_list_fits(ward: Ward, size: tuple[int, int]) -> None:
    ward.order("阿莫西林", "0.5", days="5")
    transcribed(
        ward, form("氯吡格雷", "75", **(PAPER | {"hospital": "山西省人民医院心血管内科二病区出院带药"}))
    )
    ward.become(Role.HEAD_NURSE)
    async with standing_at(ward, "orders", size=size) as (stage, _view):
        for digit in "12345":
            keys(digit)
            await stage.settle()
            assert lint(stage.frame) == []


def _read_test(ward: Ward, result: str = "positive") -> None:
    ward.order("阿莫西林", "0.5")
    seen = ward.do(MakeSkinTest(ward.li, drug("阿莫西林").code, "2311A"))
    ward.put(6, 25)
    ward.do(ReadSkinTest(seen, result, "皮丘 1.5 cm", ward.proof(Role.HEAD_NURSE)))


async def test_x_takes_back_a_test_that_was_read_and_the_medicine_waits_for_another(ward: Ward) -> None:
    _read_test(ward)
    async with standing_at(ward, "orders", {"view": "skin"}) as (stage, view):
        (row,) = view.table.rows_model.rows
        assert row.result == "positive"
        assert "阳性（+） 皮丘 1.5 cm" in view.pieces.said.text()
        tap(ENTER)
        assert "记错了请按 X 作废" in stage.frame.notice.text()
        tap(Qt.Key.Key_X)
        why = await sheet(WhySheet)
        assert lint(why) == []
        tap(ENTER)
        assert "请写明原因" in why._why.error.text()
        keys("看错人")
        tap(ENTER)
        await back(stage)
        await until(lambda: "皮试已作废" in stage.frame.notice.text())
        await until(lambda: [one.test for one in view.table.rows_model.rows] == [None])
        tap(Qt.Key.Key_X)
        assert "没有可作废的" in stage.frame.notice.text()
    assert [one.test for one in ward.ask(OrderWork()).skin_tests] == [None]


async def test_who_did_not_make_a_test_cannot_take_it_back(ward: Ward) -> None:
    ward.order("阿莫西林", "0.5")
    ward.become(Role.HEAD_NURSE)
    ward.do(MakeSkinTest(ward.li, drug("阿莫西林").code, "2311A"))
    ward.become(Role.NURSE)
    async with standing_at(ward, "orders", {"view": "skin"}) as (stage, view):
        tap(Qt.Key.Key_X)
        await sheet(WhySheet)
        keys("看错人")
        tap(ENTER)
        await until(lambda: "更正已签名的记录" in stage.frame.notice.text())
        assert view.table.rows_model.rows[0].test is not None


async def test_a_list_that_is_turned_to_has_its_first_row_under_the_cursor(ward: Ward) -> None:
    transcribed(ward, form("阿托伐他汀", **PAPER), form("氨氯地平", "5", **PAPER))
    async with standing_at(ward, "orders") as (stage, view):
        for digit in "21":
            keys(digit)
            await stage.settle()
            assert [index.row() for index in view.table.selectionModel().selectedRows()] == [0]
            assert view.table.current() == view.table.rows_model.rows[0]
