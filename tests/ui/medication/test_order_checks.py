"""What the checks refuse asks for a reason beside the line and a second signature; both are kept with the order."""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.core.roles import Role
from app.medication.queries.order_lists import OrdersOf
from app.residents.stating import AddAllergy, AllergyForm
from tests.ui.assessments.room import keys
from tests.ui.medication.order_room import CONTROL, pick, prove, tap
from tests.ui.medication.room import Ward, sheet, shown, standing_at, until
from ui.kit.proof_sheet import ProofSheet
from ui.medication.order_sign_sheets import OrdersSheet
from ui.residents.chart_view import ChartView

ENTER = Qt.Key.Key_Return


async def test_an_allergy_needs_a_reason_and_a_second_person(ward: Ward) -> None:
    ward.do(AddAllergy(ward.li, AllergyForm("青霉素类", told_by="家属", severity="severe")))
    ward.become(Role.DOCTOR)
    async with standing_at(ward, "order", {"resident": ward.li}) as (stage, view):
        await pick(stage, view, "amxl")
        keys("0.5")
        tap(ENTER)
        await until(lambda: any(line.error.text() for line in view.fields.findings.lines))
        assert view.basket.lines == ()
        keys("已请示上级，备急救药")
        tap(ENTER, held=CONTROL)
        second = await sheet(ProofSheet)
        assert "双签" in second.title.text()
        await prove(stage, Role.HEAD_NURSE, last=False)
        await prove(stage, Role.DOCTOR, OrdersSheet)
        await shown(stage, ChartView)
    row = ward.ask(OrdersOf(ward.li)).long[0]
    assert any(one.reason == "已请示上级，备急救药" for one in row.findings)


async def test_orders_of_one_basket_are_checked_against_each_other(ward: Ward) -> None:
    ward.become(Role.DOCTOR)
    async with standing_at(ward, "order", {"resident": ward.li}) as (stage, view):
        await pick(stage, view, "aldp")
        keys("5")
        tap(ENTER)
        await until(lambda: len(view.basket.lines) == 1)
        await stage.settle()
        await pick(stage, view, "aldp")
        keys("5")
        await until(view.fields.findings.isVisible)
        assert any("氨氯地平" in one.line for one in view.fields.findings.findings)
