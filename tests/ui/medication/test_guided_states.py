"""The guided round with nothing to do, when it is refused, when the world changes under it, and how it fits."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.core.roles import Role
from app.medication.orders import StopOrder
from app.medication.rules.slots import DoseState
from app.residents.forms import ResidentForm
from app.residents.places import AddBeds
from app.residents.rules import read_place
from app.residents.service import CreateResident
from app.residents.stating import Seen
from app.residents.stating.allergies import AddAllergy
from app.residents.stating.forms import AllergyForm
from tests.support.layout import lint
from tests.ui.medication.guided_room import focused, walking
from tests.ui.medication.room import Ward, back, sheet, until
from ui.medication.guided_panels import ValuePanel
from ui.medication.round_close_sheet import CloseDosesSheet
from ui.style import look

SPACE, ENTER = Qt.Key.Key_Space, Qt.Key.Key_Return
ELEVEN = (
    ("阿托伐他汀", "20"),
    ("酒石酸美托洛尔", "25"),
    ("硝苯地平", "30"),
    ("格列齐特", "30"),
    ("华法林", "2.5"),
    ("阿司匹林", "100"),
    ("氯化钾", "0.5"),
    ("维生素B6", "10"),
    ("叶酸", "5"),
    ("沙库巴曲缬沙坦", "50"),
    ("门冬胰岛素", "6"),
)


async def test_nothing_is_due_says_when_the_next_round_is(ward: Ward) -> None:
    async with walking(ward) as walker:
        assert "今天没有要给的药" in walker.view.state.words
    ward.order("阿托伐他汀", "20")
    async with walking(ward) as walker:
        assert "08:00 班次 07:00 起可以给药" in walker.view.state.words


async def test_a_round_that_is_walked_stays_until_nothing_of_it_waits(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20", "bid", times=("10:20", "12:00"))
    ward.put(10, 25)
    async with walking(ward) as walker:
        ward.put(11, 5)
        walker.view.refresh()
        await walker.ready()
        assert walker.at.key[2] == "10:20"
        await walker.press(SPACE)
        assert "08:00 班次走完了" in walker.view.pieces.summary.words.text()
        assert "12:00，现在就可以给药" in walker.view.pieces.summary.hint.text()
        await walker.press(SPACE)
        assert walker.at.key[2] == "12:00"
        await walker.press(SPACE)
        assert "12:00 班次走完了" in walker.view.pieces.summary.words.text()


async def test_the_shift_is_closed_from_the_end_of_its_round(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20", times=("14:00",))
    ward.put(15, 5)
    async with walking(ward) as walker:
        await walker.press(SPACE, "1", ENTER)
        assert "都有结果" in walker.view.pieces.summary.words.text()
        QTest.keyClick(focused(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        closing = await sheet(CloseDosesSheet)
        await until(lambda: not closing.errands.running)
        assert "11-24" in closing.title.text()
        assert "可以结束" in closing.text.text() or not closing.rows
        QTest.keyClick(closing, Qt.Key.Key_Escape)
        await back(walker.stage)


async def test_who_may_not_give_is_told_so(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    ward.put(8, 5)
    ward.become(Role.DOCTOR)
    async with walking(ward) as walker:
        await walker.press(SPACE)
        assert "给药" in walker.notice
        assert "权限" in walker.notice
        assert walker.name == "李桂兰"
        assert ward.slot("08:00").state is DoseState.DUE


async def test_an_order_that_is_stopped_meanwhile_is_not_given(ward: Ward) -> None:
    issued = ward.order("阿托伐他汀", "20")
    ward.order("叶酸", "5")
    ward.put(7, 55)
    async with walking(ward) as walker:
        stale = walker.view.row
        assert stale is not None
        assert len(stale.slots) == 2
        await walker.press("n")
        ward.become(Role.DOCTOR)
        ward.do(StopOrder(Seen(issued.rid, 2), "改药"))
        ward.become(Role.NURSE)
        await until(lambda: walker.view.row is not None and len(walker.view.row.slots) == 1)
        assert "医嘱刚刚变了" in walker.notice
        walker.view.row = stale  # the key came before the news
        walker.view.giving.space()
        await walker.ready()
        assert "医嘱已变" in walker.notice
        assert ward.slot("08:00", "叶酸").state is DoseState.DUE
        await walker.press(SPACE)
        assert ward.slot("08:00", "叶酸").state is DoseState.GIVEN


async def test_what_somebody_else_gave_meanwhile_is_not_doubled(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    ward.put(8, 5)
    async with walking(ward) as walker:
        stale = walker.view.row
        ward.become(Role.HEAD_NURSE)
        ward.give(ward.slot("08:00"))
        ward.become(Role.NURSE)
        await until(lambda: walker.view.row is None)
        walker.view.row = stale
        walker.view.giving.space()
        await walker.ready()
        assert "已由周敏" in walker.notice or "已给药" in walker.notice


async def test_what_is_typed_stays_when_one_looks_elsewhere(ward: Ward) -> None:
    ward.order("氨氯地平", "5")
    ward.put(8, 5)
    async with walking(ward) as walker:
        await walker.press("v", "12")
        panel = walker.panel
        assert isinstance(panel, ValuePanel)
        walker.stage.view("residents")
        await walker.stage.settle()
        walker.stage.view("guided")
        await walker.ready()
        assert walker.view.asking.panel is panel
        assert panel.value.text() == "12"


@pytest.mark.parametrize(
    ("size", "scale"),
    [((1920, 1080), 1.0), ((1920, 1080), 1.3), ((1366, 768), 1.0), ((1366, 768), 1.3), ((1000, 620), 1.0)],
)
async def test_eleven_medicines_of_the_longest_name_fit(
    ward: Ward, size: tuple[int, int], scale: float, qapp: QApplication
) -> None:
    ward.become(Role.HEAD_NURSE)
    ward.do(AddBeds("2号楼", "3层", "300", "1-2", "nursing"))
    rids = []
    for bed, name in ((1, "欧阳淑华"), (2, "欧阳书华")):
        place = read_place(bed=f"2号楼300-{bed}")
        form = ResidentForm(name, "2", date(1935, 1, 1), place=place, admitted_on=date(2026, 10, 1))
        rids.append(ward.do(CreateResident(form)))
    ward.become(Role.NURSE)
    ward.do(AddAllergy(rids[0], AllergyForm("青霉素类", "皮疹", "moderate", "confirmed", "本人")))
    ward.do(AddAllergy(rids[0], AllergyForm("磺胺类", "喉头水肿", "severe", "confirmed", "家属")))
    for name, amount in ELEVEN:
        ward.order(name, amount, resident=rids[0])
    ward.order("叶酸", "5")
    ward.put(7, 55)
    ward.measure("blood_pressure", "96/58", rids[0])
    ward.measure("glucose", "8.9", rids[0])
    ward.put(8, 5)
    look.apply(qapp, scale=scale)
    async with walking(ward, size=size) as walker:
        assert walker.name == "欧阳淑华"
        assert lint(walker.stage.frame) == []
        await walker.press("n")
        assert lint(walker.stage.frame) == []
        await walker.press(Qt.Key.Key_Escape, SPACE)
        assert lint(walker.stage.frame) == []
