"""The worklist: who is due and whose draft lies about; found by typing, opened by Enter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import Qt

from app.assessments.worklist import CountDue
from app.compose import Station
from app.core.roles import Role
from tests.app.assessments.people import Admit, filled, first, save, signed
from tests.support.station import become
from tests.ui.assessments.room import Room, click, keys, press, room, until
from ui.kit.rows_model import CELL_ROLE


@pytest.fixture
def house(station: Station) -> dict[str, UUID]:
    people = {
        name: station.desk.do_now(Admit(f"01-00000{place}", name, f"2号楼 30{place}-1"))
        for place, name in enumerate(("赵从未", "钱逾期", "孙今天", "李未到", "周半签"), 1)
    }
    for name, day in {
        "钱逾期": date(2025, 10, 1),
        "孙今天": date(2025, 11, 24),
        "李未到": date(2026, 10, 1),
    }.items():
        signed(station, people[name], replace(filled(station), assessed_on=day))
    save(station, people["周半签"], filled(station))
    first(station, people["周半签"], Role.NURSE)
    return people


def shown(r: Room) -> list[list[str]]:
    model = r.worklist.table.rows_model
    return [
        [model.index(row, column).data(CELL_ROLE).text for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


async def listed(r: Room) -> None:
    r.frame.go("assessments")
    await until(lambda: bool(r.worklist.table.rows_model.rows) and not r.worklist.errands.running)


async def test_each_row_says_level_date_due_and_draft(station: Station, house: dict[str, UUID]) -> None:
    async with room(station) as r:
        await listed(r)
        rows = {row[0]: row for row in shown(r)}
        assert list(rows) == ["赵从未", "周半签", "钱逾期", "孙今天", "李未到"]
        assert rows["钱逾期"][2:] == ["2号楼 302-1", "中度失能", "2025-10-01", "逾期 54 天", ""]
        assert rows["孙今天"][5] == "今天"
        assert rows["李未到"][5] == "2027-10-01"
        assert rows["赵从未"][3:] == ["未评估", "—", "—", ""]
        assert rows["周半签"][6] == "周敏 · 待第二人签名"
        assert station.desk.ask_now(CountDue()) == 4
        assert r.worklist.foot.text() == "共 5 位，逾期 1 位"


@pytest.mark.parametrize(
    ("chip", "words", "found"),
    [
        ("soon", "到期 4", ["赵从未", "周半签", "钱逾期", "孙今天"]),
        ("never", "未评估 2", ["赵从未", "周半签"]),
        ("draft", "草稿 1", ["周半签"]),
    ],
)
async def test_chips_narrow_the_list(
    station: Station, house: dict[str, UUID], chip: str, words: str, found: list[str]
) -> None:
    async with room(station) as r:
        await listed(r)
        button = next(one for one in r.worklist.chips.group.buttons() if one.text() == words)
        click(button)
        assert r.worklist.chips.key == chip
        await until(lambda: [row[0] for row in shown(r)] == found)


async def test_find_by_typing_and_open_by_enter(station: Station, house: dict[str, UUID]) -> None:
    """Ctrl+F, three keys of the bed, Enter, Enter: the form is open."""
    async with room(station) as r:
        await listed(r)
        press(r.worklist, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
        keys("304")
        await until(lambda: [row[0] for row in shown(r)] == ["李未到"])
        press(r.worklist.search, Qt.Key.Key_Return)
        press(r.worklist.table, Qt.Key.Key_Return)
        await until(lambda: r.frame.pages.key == "assessment" and r.work.resident == house["李未到"])
        assert r.form.crumbs[-1].words == "李未到"


async def test_the_list_hears_of_what_others_sign(station: Station, house: dict[str, UUID]) -> None:
    async with room(station) as r:
        await listed(r)
        become(station, Role.HEAD_NURSE)
        signed(station, house["赵从未"], filled(station, 90))
        await until(lambda: any(row[0] == "赵从未" and row[3] == "能力完好" for row in shown(r)))
        assert r.worklist.chips.key == "all"


async def test_nothing_found_and_nobody_here_say_so(station: Station) -> None:
    async with room(station) as r:
        r.frame.go("assessments")
        await until(lambda: r.worklist.states.words == "还没有在住的老人")
        station.desk.do_now(Admit())
        await until(lambda: len(shown(r)) == 1)
        r.worklist.search.setFocus()
        keys("xyz")
        await until(lambda: r.worklist.states.words == "没有找到“xyz”")
        r.worklist.search.clear()
        await until(lambda: not r.worklist.states.words)
        assert len(shown(r)) == 1


async def test_who_may_not_read_residents_has_no_worklist(station: Station) -> None:
    become(station, Role.ADMINISTRATOR)
    async with room(station) as r:
        assert "assessments" not in [place.key for place in r.frame.places]
