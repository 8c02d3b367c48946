"""Nothing clipped, squeezed or pale on the round of vital signs, at every size and look, with the longest data."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.compose import Station
from app.core.roles import Role
from app.core.unit import Unit
from app.residents.places import AddBeds
from db.models import Absence
from tests.support.acts import Act
from tests.support.layout import lint
from tests.support.station import become
from tests.ui.residents.stage import people, until
from tests.ui.vitals.floor import ENTER, ROW, round_of_floor
from ui.style import look
from ui.vitals.correct_sheet import CorrectSheet
from ui.vitals.grid_layout import columns
from ui.vitals.reason_sheet import ReasonSheet

SIZES = [(1440, 900), (1366, 768), (900, 500)]
LOOKS = [(False, 1.0), (True, 1.0), (False, 1.3)]


@pytest.fixture(params=LOOKS, ids=["light", "dark", "130"])
def dressed_as(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[None]:
    dark, scale = request.param
    look.apply(qapp, dark=dark, scale=scale)
    yield
    look.apply(qapp)


@pytest.fixture
def floor(station: Station) -> list[UUID]:
    """The long and rare names, one of them away, and six further floors."""
    rids = people(station, 12)
    for number in range(3, 9):
        station.desk.do_now(AddBeds("2号楼（康复护理楼）", f"{number}层", f"{number}01", "1"))

    def leave(unit: Unit) -> None:
        begins, planned = unit.now - timedelta(days=1), unit.now + timedelta(days=2)
        row = Absence(
            **unit.stamp(), revision=1, resident=rids[3], stay=unit.new_id(), code="leave", begins=begins,
            planned=planned,
        )  # fmt: skip
        unit.session.add(row)

    station.desk.do_now(Act(leave))
    become(station, Role.NURSE)
    return rids


@pytest.mark.usefixtures("dressed_as", "floor")
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_round_is_whole(station: Station, size: tuple[int, int]) -> None:
    async with round_of_floor(station, size) as nurse:
        assert lint(nurse.stage.frame) == []
        nurse.row(*ROW)
        nurse.control(ENTER)
        nurse.press("436", ENTER, Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Tab, "18694", ENTER)
        await nurse.settle()
        assert lint(nurse.stage.frame) == []
        nurse.press(Qt.Key.Key_Down)
        await nurse.settle()
        assert lint(nurse.stage.frame) == []
        nurse.press(Qt.Key.Key_Space)
        reasons = await nurse.sheet(ReasonSheet)
        assert lint(reasons) == []
        reasons.reject()
        await nurse.back()
        nurse.view.grid.put(0, "pulse")
        nurse.view.keys.correct()
        sheet = await nurse.sheet(CorrectSheet)
        sheet.value.setText("300")
        nurse.press(ENTER)
        await until(sheet._value.error.text)
        assert lint(sheet) == []
        sheet.reject()
        await nurse.back()


@pytest.mark.parametrize("room", [620, 740, 860, 1290, 1700])
def test_columns_fill_the_room_and_no_more(room: int, qapp: QApplication) -> None:
    codes = (
        "temperature",
        "pulse",
        "respiration",
        "blood_pressure",
        "spo2",
        "consciousness",
        "glucose",
        "weight",
    )
    found = columns((*codes, "pain"), room)
    assert found[-1].left + found[-1].width == room
    assert all(one.left + one.width == other.left for one, other in itertools.pairwise(found))
