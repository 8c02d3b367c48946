"""The guided round by keys in the real window: one key a resident, and a stop at each medicine that asks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.core.roles import Role
from app.medication.queries import SlotRow
from app.medication.rules.slots import DoseState
from tests.support import loop
from tests.support.station import PASSWORD, PEOPLE
from tests.ui.medication.guided_room import focused, walking
from tests.ui.medication.room import Ward, at, move_in, press, until
from ui.medication.guided_panels import ReasonPanel, SecondPanel, ValuePanel, WordsPanel

SPACE, ENTER, ESCAPE = Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Escape
HEAD = PEOPLE[Role.HEAD_NURSE].number


def _state(ward: Ward, words: str) -> DoseState:
    return ward.slot("08:00", words).state


@pytest.fixture
def sixty(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> Ward:
    """A floor of sixty, each with one medicine that needs nothing; it is 08:05."""
    monkeypatch.setattr(loop, "PATIENCE", 120.0)  # sixty keys on a busy machine
    ward.become(Role.HEAD_NURSE)
    rids = move_in(ward, 58)
    ward.become(Role.NURSE)
    for rid in (ward.li, ward.wang, *rids):
        ward.order("阿托伐他汀", "20", resident=rid)
    ward.put(8, 5)
    return ward


async def test_a_round_of_sixty_with_nothing_in_the_way_is_sixty_keys(sixty: Ward) -> None:
    async with walking(sixty) as walker:
        view, keys = walker.view, 0
        while view.row is not None:
            await walker.ready()
            before = view.row.resident
            press(view.list, SPACE)
            keys += 1
            await until(lambda last=before: view.row is None or view.row.resident != last)  # type: ignore[misc]  # bound now
        assert keys == 60
        assert view.sheet is not None
        assert sum(one.given for one in view.sheet.stops) == 60
        assert "60 位老人都有结果" in view.pieces.summary.words.text()


async def test_space_gives_what_needs_nothing_and_stops_at_what_asks(ward: Ward) -> None:
    for name, amount in (("阿托伐他汀", "20"), ("氨氯地平", "5"), ("叶酸", "5")):
        ward.order(name, amount)
    ward.order("阿托伐他汀", "20", resident=ward.wang)
    ward.put(8, 2)
    ward.measure("blood_pressure", "96/58")
    ward.put(8, 5)
    async with walking(ward) as walker:
        assert "08:02 收缩压 96/58 mmHg，低于 100" in walker.strips("氨氯地平")
        await walker.press(SPACE)
        assert (walker.name, walker.at.words) == ("李桂兰", "氨氯地平片")
        assert _state(ward, "阿托伐他汀") is DoseState.GIVEN
        assert _state(ward, "叶酸") is DoseState.GIVEN
        await walker.press(SPACE)
        assert "H 按规则暂停" in walker.notice
        assert _state(ward, "氨氯地平") is DoseState.DUE
        await walker.press("h")
        assert _state(ward, "氨氯地平") is DoseState.HELD
        assert walker.name == "王素芬"
        await walker.press("z")
        assert walker.name == "李桂兰"
        assert _state(ward, "氨氯地平") is DoseState.DUE


async def test_a_double_press_is_one(ward: Ward) -> None:
    ward.order("华法林", "2.5")
    ward.order("阿托伐他汀", "20")
    ward.order("阿托伐他汀", "20", resident=ward.wang)
    ward.put(8, 5)
    async with walking(ward) as walker:
        view = walker.view
        view.breath_ms = 0
        press(view.list, SPACE)
        view.breath_ms = 60_000
        press(view.list, SPACE)
        await walker.stage.settle()
        press(view.list, SPACE, SPACE)
        await walker.stage.settle()
        assert walker.at.words == "华法林片"
        assert _state(ward, "华法林") is DoseState.DUE
        view.breath_ms = 0
        press(view.list, SPACE)
        await walker.ready()
        assert _state(ward, "华法林") is DoseState.GIVEN
        assert walker.name == "王素芬"


async def test_insulin_asks_for_the_site_and_a_second_person_where_it_stands(ward: Ward) -> None:
    ward.order("门冬胰岛素", "6", frequency="bid", times=("08:00", "12:00"))
    ward.put(7, 58)
    ward.measure("glucose", "8.9")
    ward.put(8, 5)
    async with walking(ward) as walker:
        await walker.press(SPACE, "2", ENTER)
        panel = walker.panel
        assert isinstance(panel, SecondPanel)
        assert "腹部左下" in panel.title.text()
        assert "血糖 8.9（07:58）可给" in walker.strips("门冬胰岛素")
        await walker.press(PEOPLE[Role.NURSE].number, ENTER, PASSWORD, ENTER)
        await until(lambda: "另一位" in panel.error.text())
        assert panel.secret.text() == PASSWORD
        panel.number.clear()
        panel.number.setFocus()
        await walker.press(HEAD, ENTER)
        await until(lambda: _state(ward, "门冬胰岛素") is DoseState.GIVEN)
        recorded = ward.slot("08:00", "门冬胰岛素").recorded
        assert recorded is not None
        assert recorded.second == "周敏"
    ward.put(12, 1)
    ward.measure("glucose", "9.1")
    async with walking(ward) as walker:
        assert "上次 腹部左下" in walker.strips("门冬胰岛素")
        await walker.press(SPACE, ENTER)
        panel = walker.panel
        assert isinstance(panel, SecondPanel)
        assert "腹部右上" in panel.title.text()  # the one after
        QTest.mouseClick(panel.alone, Qt.MouseButton.LeftButton)
        await walker.ready()
        assert isinstance(walker.panel, WordsPanel)
        await walker.press("1", ENTER)
        await until(lambda: ward.slot("12:00", "门冬胰岛素").state is DoseState.GIVEN)


async def test_a_value_is_measured_where_the_row_stands(ward: Ward) -> None:
    ward.order(
        "门冬胰岛素",
        "",
        dosing={
            "way": "scale",
            "bands": [{"below": "8", "amount": "0"}, {"below": "14", "amount": "4"}, {"amount": "call"}],
        },
    )
    ward.order("氨氯地平", "5")
    ward.put(8, 5)
    async with walking(ward) as walker:
        assert walker.at.dose == ""
        await walker.press("v")
        assert isinstance(walker.panel, ValuePanel)
        await walker.press("99", ENTER)
        assert "超出可录范围" in walker.panel.error.text()
        focused().clear()  # type: ignore[attr-defined]  # the field
        await walker.press("9.6", ENTER)
        assert walker.view.asking.panel is None
        assert walker.at.dose == "4 U"
        await walker.press(Qt.Key.Key_Down, "v", "128/76", ENTER)
        await walker.press(SPACE)
        assert _state(ward, "氨氯地平") is DoseState.GIVEN
        assert walker.at.words == "门冬胰岛素注射液"


async def test_late_wants_its_reason_by_a_digit(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    ward.put(9, 30)
    async with walking(ward) as walker:
        await walker.press(SPACE)
        assert isinstance(walker.panel, WordsPanel)
        await walker.press(ENTER)
        assert "请选一个原因" in walker.panel.error.text()
        await walker.press("2", ENTER)
        await until(lambda: _state(ward, "阿托伐他汀") is DoseState.GIVEN)
        recorded = ward.slot("08:00").recorded
        assert recorded is not None
        assert "老人睡着" in recorded.words


async def test_why_it_was_not_given_is_a_number(ward: Ward) -> None:
    for name, amount in (("阿托伐他汀", "20"), ("叶酸", "5"), ("维生素B6", "10")):
        ward.order(name, amount)
    ward.put(8, 5)
    async with walking(ward) as walker:
        await walker.press("n", "1", "4")
        assert isinstance(walker.panel, ReasonPanel)
        assert walker.panel.chosen == 14
        await walker.press(ENTER)
        assert walker.panel.words.hasFocus()
        await walker.press("tui", ENTER)
        await until(lambda: _state(ward, "阿托伐他汀") is DoseState.NOT_GIVEN)
        await walker.ready()
        await walker.press("r")
        assert _state(ward, "叶酸") is DoseState.REFUSED
        await walker.press("n", ESCAPE)
        assert walker.view.asking.panel is None
        await walker.press("R")
        assert _state(ward, "维生素B6") is DoseState.REFUSED
        assert walker.view.row is None
        assert "1 位老人都有结果" in walker.view.pieces.summary.words.text()


async def test_less_than_ordered_is_a_part(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    ward.put(8, 5)
    async with walking(ward) as walker:
        await walker.press("p", "30", ENTER)
        assert "不能多给" in walker.notice
        await walker.press("p", "10", ENTER)
        assert _state(ward, "阿托伐他汀") is DoseState.PARTIAL


async def test_who_is_put_off_comes_back_at_the_end(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    ward.order("阿托伐他汀", "20", resident=ward.wang)
    ward.put(8, 5)
    async with walking(ward) as walker:
        await walker.press("s")
        assert walker.name == "王素芬"
        assert walker.view.next_row is not None
        assert walker.view.next_row.name == "李桂兰"
        await walker.press(SPACE)
        assert walker.name == "李桂兰"
        await walker.press(Qt.Key.Key_Right)
        assert walker.name == "王素芬"
        await walker.press(Qt.Key.Key_Left, SPACE)
        assert walker.view.row is None


async def test_away_is_offered_as_the_program_knows_it(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    ward.order("阿托伐他汀", "20", resident=ward.wang)
    ward.put(8, 5)
    async with walking(ward) as walker:
        await walker.press("l")
        assert isinstance(walker.panel, ReasonPanel)
        assert walker.panel.chosen == 2
        await walker.press(ESCAPE)
        ward.away("hospital", at(7, 50))
        await until(lambda: walker.name == "王素芬")
        assert "李桂兰现在没有待给的药了" in walker.notice
        await walker.press(Qt.Key.Key_Left)
        await walker.press("l")
        slot: SlotRow = ward.slot("08:00")
        assert slot.recorded is not None
        assert slot.recorded.words == "住院转出"
