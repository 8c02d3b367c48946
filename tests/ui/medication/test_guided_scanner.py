"""The scanner in the guided round: the right wristband, the wrong one, a pack of medicine; and who swallows badly."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from app.core.roles import Role
from app.core.unit import Unit
from app.medication.drugs.own import ChangeDrug
from app.medication.drugs.writing import content_of
from app.medication.rules.slots import DoseState
from app.residents.rules import wristband_code
from db.models import Diagnosis, Dose, Entry
from tests.app.medication.house import DAY, drug
from tests.support.acts import Act
from tests.ui.medication.guided_room import walking
from tests.ui.medication.room import Ward, move_in
from ui.medication import guided_scan
from ui.medication.guided_panels import ChoicePanel

SPACE, ENTER, ESCAPE = Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Escape
PACK = "6901234567892"


@pytest.fixture(autouse=True)
def rung() -> Iterator[list[str]]:
    """What would have been heard."""
    heard: list[str] = []
    before, guided_scan.beep = guided_scan.beep, lambda: heard.append("beep")
    yield heard
    guided_scan.beep = before


async def test_the_right_wristband_is_marked_with_its_time(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    ward.put(8, 5)
    async with walking(ward) as walker:
        assert walker.view.list.inputMethodQuery(Qt.InputMethodQuery.ImEnabled) is False
        await walker.scan(walker.band(ward.li))
        assert "腕带已核对：李桂兰" in walker.notice
        assert ward.li in walker.view.scans.verified


async def test_another_wristband_is_loud_and_stops_every_key(ward: Ward, rung: list[str]) -> None:
    ward.order("阿托伐他汀", "20")
    ward.order("阿托伐他汀", "20", resident=ward.wang)
    ward.put(8, 5)
    async with walking(ward) as walker:
        await walker.scan(walker.band(ward.wang))
        assert "这是王素芬的腕带，不是李桂兰" in walker.notice
        assert rung
        await walker.press(SPACE, "r")
        assert ward.slot("08:00").state is DoseState.DUE
        assert "请扫对的腕带" in walker.notice
        await walker.press("t")
        assert walker.name == "王素芬"
        assert ward.wang in walker.view.scans.verified
        await walker.press(SPACE)
        assert ward.slots(resident=ward.wang)[0].state is DoseState.GIVEN


async def test_a_resident_of_no_round_and_a_misread_code_are_said(ward: Ward) -> None:
    ward.become(Role.HEAD_NURSE)
    (other,) = move_in(ward, 1)
    ward.become(Role.NURSE)
    ward.order("阿托伐他汀", "20")
    ward.put(8, 5)
    async with walking(ward) as walker:
        await walker.scan(walker.band(other))
        assert "不在这一班" in walker.view.walk.head.wrong_words.text()
        await walker.press("t")
        assert walker.name == "李桂兰"
        await walker.press(ESCAPE)
        await walker.scan(wristband_code("09-999999"))
        assert "查不到" in walker.notice
        await walker.scan("123456789")
        assert "不是腕带" in walker.notice
        await walker.press(SPACE)
        assert ward.slot("08:00").state is DoseState.GIVEN


async def test_a_pack_is_the_second_look_of_its_own_row(ward: Ward, rung: list[str]) -> None:
    ward.become(Role.HEAD_NURSE)
    warfarin = drug("华法林", "片", "2.5")
    ward.do(ChangeDrug(warfarin.code, content_of(warfarin) | {"barcodes": [PACK]}, "补条码"))
    ward.become(Role.NURSE)
    ward.order("阿托伐他汀", "20")
    ward.order("华法林", "2.5")
    ward.put(8, 5)
    async with walking(ward) as walker:
        await walker.scan(PACK)
        assert walker.at.words == "华法林片"
        assert "药盒已核对" in walker.notice
        await walker.scan("6909999999999")
        assert "不是李桂兰这一次的药" in walker.notice
        assert rung
        await walker.press(SPACE)
        assert ward.slot("08:00", "阿托伐他汀").state is DoseState.GIVEN
        await walker.press(SPACE)
        assert ward.slot("08:00", "华法林").state is DoseState.GIVEN
    how = ward.do(Act(lambda unit: set(unit.session.scalars(select(Dose.check_how)))))
    assert "scan" in how


async def test_who_forgets_to_swallow_is_watched(ward: Ward) -> None:
    def fall_ill(unit: Unit) -> None:
        unit.session.add(
            Diagnosis(
                **unit.stamp(), revision=1, resident=ward.li, ordinal=0, words="血管性痴呆", code="F01.9"
            )
        )

    ward.do(Act(fall_ill))
    ward.order("阿托伐他汀", "20")
    ward.order("叶酸", "5")
    ward.put(8, 5)
    async with walking(ward) as walker:
        await walker.press(SPACE)
        assert isinstance(walker.panel, ChoicePanel)
        assert "认知症" in walker.panel.title.text()
        await walker.press("2", ENTER)
        assert ward.slot("08:00", "叶酸").state is DoseState.GIVEN
    how = ward.do(Act(lambda unit: set(unit.session.scalars(select(Dose.swallowed)))))
    assert how == {"检查口腔"}


async def test_whole_tablets_are_warned_of_where_food_comes_through_a_tube(ward: Ward) -> None:
    def feed(unit: Unit) -> None:
        unit.session.add(
            Entry(
                **unit.stamp(),
                revision=1,
                resident=ward.li,
                journal="diet",
                content={"kind": ["tube"]},
                begins=DAY,
            )
        )

    ward.do(Act(feed))
    ward.order("艾司奥美拉唑", "20")
    ward.put(8, 5)
    async with walking(ward) as walker:
        assert "整片吞服，不可掰开、研碎；这位老人管饲" in walker.strips("艾司奥美拉唑")
