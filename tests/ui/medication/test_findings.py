"""Findings on screen: reasons survive every key, light ones stay in one line, a doctor answers what came up later."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from app.core.roles import Role
from app.medication.checking import CheckForm, Finding, Severity, StandingFindings
from app.medication.orders import Answered, OrderForm
from app.residents.stating import AddAllergy, AllergyForm, StateNoAllergy
from tests.app.medication.house import drug
from tests.support.hands import type_text
from tests.support.layout import lint
from tests.support.station import PASSWORD, PEOPLE
from tests.ui.care.floor import sheet
from tests.ui.medication.room import Ward, standing_at, until
from ui.medication.findings import FindingsPanel
from ui.medication.standing_findings import AnswerSheet, FindingsSheet, StandingLine


@pytest.fixture
def panel(qapp: QApplication) -> Iterator[FindingsPanel]:
    """The panel in a window 520 px wide."""
    window = QWidget()
    window.setProperty("page", "true")
    box = QVBoxLayout(window)
    found = FindingsPanel()
    box.addWidget(found)
    box.addStretch(1)
    window.resize(520, 700)
    window.show()
    window.activateWindow()
    yield found
    window.hide()
    window.deleteLater()


def findings(ward: Ward, name: str, amount: str = "") -> tuple[Finding, ...]:
    said: tuple[Finding, ...] = ward.ask(
        CheckForm(ward.li, OrderForm(drug(name).code, {"way": "same", "amount": amount}))
    )
    return said


def bleeding(ward: Ward) -> tuple[Finding, ...]:
    """华法林 beside 阿司匹林, 利伐沙班 and 复方丹参: contraindicated, severe, moderate."""
    ward.order("阿司匹林", "100")
    why = Answered("D08", "支架术后")
    ward.issue(OrderForm(drug("利伐沙班").code, {"way": "same", "amount": "10"}, answered=(why,)))
    ward.order("复方丹参", "3", "tid", unit="片")
    return findings(ward, "华法林")


def test_nothing_found_is_hidden(panel: FindingsPanel) -> None:
    panel.show_findings(())
    assert panel.isHidden()


def test_grave_lines_ask_for_a_reason_and_light_ones_stay_in_one_line(
    panel: FindingsPanel, ward: Ward
) -> None:
    panel.show_findings(bleeding(ward))
    assert [line.finding.severity for line in panel.lines] == [Severity.CONTRAINDICATED, Severity.SEVERE]
    assert panel.needs_second
    assert "复方丹参" in panel.summary.text()
    assert panel.go_to_missing()
    assert [line.error.text() for line in panel.lines] == ["请写明仍要用的理由。"] * 2
    QTest.mouseClick(panel.more, Qt.MouseButton.LeftButton)
    assert [line.finding.severity for line in panel.lines][2:] == [Severity.MODERATE]
    assert lint(panel.window()) == []


def test_what_was_typed_survives_other_findings(panel: FindingsPanel, ward: Ward) -> None:
    first = bleeding(ward)
    panel.show_findings(first)
    panel.lines[1].reason.setFocus()
    type_text(panel.lines[1].reason, "支架术后三个月")
    panel.show_findings(first[:1])
    assert panel.answers() == ()
    panel.show_findings(first)
    assert panel.answers() == (Answered("D01", "支架术后三个月"),)
    panel.put_answers((Answered("D11", "换药，按交接方案"),))
    assert not panel.go_to_missing()


def test_the_cursor_stays_where_it_was_when_a_finding_goes(panel: FindingsPanel, ward: Ward) -> None:
    first = bleeding(ward)
    panel.show_findings(first)
    panel.lines[1].reason.setFocus()
    panel.show_findings(first[1:])
    assert panel.lines[0].reason.hasFocus()
    type_text(panel.lines[0].reason, "好")
    assert panel.answers()[0].rule == "D01"


def test_a_source_is_told_when_it_is_asked_for(panel: FindingsPanel, ward: Ward) -> None:
    panel.show_findings(bleeding(ward))
    QTest.mouseClick(panel.lines[1].more, Qt.MouseButton.LeftButton)
    shown = [one for one in panel.lines[1].findChildren(QWidget) if "依据：" in getattr(one, "text", str)()]
    assert [one.isVisible() for one in shown] == [True]


def test_a_refusal_stands_beside_the_lines_without_a_reason(panel: FindingsPanel, ward: Ward) -> None:
    panel.show_findings(bleeding(ward))
    panel.refuse("仍要用，请写明理由。")
    assert panel.lines[0].reason.hasFocus()


def _allergic(ward: Ward) -> tuple[Finding, ...]:
    """A medicine that runs, and an allergy that was told later."""
    ward.do(StateNoAllergy(ward.li, "家属"))
    ward.order("头孢呋辛酯", "0.25")
    ward.do(AddAllergy(ward.li, AllergyForm("头孢", "荨麻疹", told_by="老人自己")))
    ward.become(Role.DOCTOR)
    found: tuple[Finding, ...] = ward.ask(StandingFindings(ward.li))
    return found


async def test_a_doctor_answers_in_the_sheet_with_a_second_person(ward: Ward) -> None:
    found = _allergic(ward)
    async with standing_at(ward, "residents") as (stage, view):
        all_of_it = FindingsSheet(view, ward.li, "李桂兰", found)
        all_of_it.open()
        await until(all_of_it.isActiveWindow)
        QTest.keyClick(all_of_it, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert "请写明" in all_of_it.lines[0].error.text()
        type_text(all_of_it.lines[0].reason, "系海鲜所致")
        QTest.keyClick(all_of_it.lines[0].reason, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        signing = await sheet(AnswerSheet)
        type_text(signing.secret, PASSWORD)
        QTest.keyClick(signing.secret, Qt.Key.Key_Return)
        await until(lambda: "双签人" in signing.wrong)
        type_text(signing.second, PEOPLE[Role.DOCTOR].number)
        type_text(signing.second_secret, PASSWORD)
        QTest.keyClick(signing.second_secret, Qt.Key.Key_Return)
        await until(lambda: "另一个人" in signing.wrong)
        signing.second.clear()
        type_text(signing.second, PEOPLE[Role.HEAD_NURSE].number)
        QTest.keyClick(signing.second_secret, Qt.Key.Key_Return)
        await until(lambda: "已答复 1 条" in stage.frame.notice.text())
        stage.frame.activateWindow()
        await until(stage.frame.isActiveWindow)
    assert [one.reason for one in ward.ask(StandingFindings(ward.li))] == ["系海鲜所致"]


async def test_a_nurse_reads_the_sheet_and_closes_it(ward: Ward) -> None:
    found = _allergic(ward)
    ward.become(Role.NURSE)
    async with standing_at(ward, "residents") as (stage, view):
        all_of_it = FindingsSheet(view, ward.li, "李桂兰", found)
        all_of_it.open()
        await until(all_of_it.isActiveWindow)
        assert not any(line.asks for line in all_of_it.lines)
        QTest.keyClick(all_of_it, Qt.Key.Key_Escape)
        await until(lambda: not all_of_it.isVisible())
        stage.frame.activateWindow()
        await until(stage.frame.isActiveWindow)


def test_the_line_of_the_chart_says_what_waits_for_a_doctor(qapp: QApplication, ward: Ward) -> None:
    line = StandingLine()
    line.show_findings(())
    assert line.isHidden()
    line.show_findings(_allergic(ward))
    assert "1 条待医师答复" in line._words.text()
    line.deleteLater()
