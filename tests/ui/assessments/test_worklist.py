"""The worklist by keys: what is due, the longest first; found by typing, opened by Enter with why it is made."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import Qt

from app.assessments.due.queries import CountDue
from app.compose import Station
from app.core.roles import Role
from tests.app.assessments.dues import assessed, at, fell
from tests.app.assessments.people import GB, Admit, filled, first, save, signed
from tests.support.station import become
from tests.ui.assessments.room import Room, click, keys, press, room, until
from ui.kit import RowsTable
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
    """What the list that shows says, cell by cell."""
    table: RowsTable[object] = r.worklist.table
    model = table.rows_model
    return [
        [model.index(row, column).data(CELL_ROLE).text for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


async def listed(r: Room, view: str = "due", instrument: str = GB.code) -> None:
    r.frame.go("assessments", {"view": view, "instrument": instrument})
    await settled(r)


async def settled(r: Room) -> None:
    await until(lambda: not r.worklist.errands.running)


def chip(r: Room, words: str) -> None:
    click(next(one for one in r.worklist.head.chips.group.buttons() if one.text() == words))


async def test_each_line_says_why_by_when_and_what_was_found(
    station: Station, house: dict[str, UUID]
) -> None:
    fell(station, house["李未到"], at(date(2026, 11, 23)))
    assessed(station, house["李未到"], "morse", date(2026, 11, 1))
    async with room(station) as r:
        await listed(r)
        await until(lambda: len(shown(r)) == 4)
        rows = {row[0]: row[1:] for row in shown(r)}
        assert list(rows) == ["赵从未", "周半签", "钱逾期", "孙今天"]
        assert rows["赵从未"] == ["2号楼 301-1", "能力评估", "入住评估", "逾期 261 天", "未评估", ""]
        assert rows["钱逾期"] == ["2号楼 302-1", "能力评估", "定期", "逾期 54 天", "中度失能", ""]
        assert rows["孙今天"][3] == "今天"
        assert rows["周半签"][5] == "周敏 · 待第二人签名"
        assert r.worklist.foot.text() == "共 4 项"
        await listed(r, instrument="morse")
        rows = {row[0]: row[1:] for row in shown(r)}
        assert rows["李未到"][1:5] == ["Morse跌倒", "跌倒后 11-23", "今天", "低风险"]


@pytest.mark.parametrize(
    ("words", "key", "found"),
    [
        ("逾期", "overdue", ["赵从未", "周半签", "钱逾期"]),
        ("草稿", "draft", ["周半签"]),
        ("全部老人", "all", ["赵从未", "周半签", "钱逾期", "孙今天", "李未到"]),
    ],
)
async def test_chips_narrow_the_list(
    station: Station, house: dict[str, UUID], words: str, key: str, found: list[str]
) -> None:
    async with room(station) as r:
        await listed(r)
        button = next(one for one in r.worklist.head.chips.group.buttons() if one.text().startswith(words))
        click(button)
        assert r.worklist.head.view == key
        await until(lambda: [row[0] for row in shown(r)] == found)


async def test_everybody_stands_there_with_the_level(station: Station, house: dict[str, UUID]) -> None:
    async with room(station) as r:
        await listed(r, "all")
        rows = {row[0]: row for row in shown(r)}
        assert rows["钱逾期"][2:] == ["2号楼 302-1", "中度失能", "2025-10-01", "逾期 54 天", ""]
        assert rows["李未到"][5] == "2027-10-01"
        assert rows["赵从未"][3:] == ["未评估", "—", "—", ""]
        assert r.worklist.foot.text() == "共 5 位"
        assert not r.worklist.head.put_off.isVisible()
        press(r.worklist.table, Qt.Key.Key_D)
        assert r.notice == "请先在“待评”里选中要延期的那一项。"


async def test_one_instrument_is_chosen_from_the_list_with_counts(
    station: Station, house: dict[str, UUID]
) -> None:
    async with room(station) as r:
        await listed(r, instrument="")
        box = r.worklist.head.box
        total = station.desk.ask_now(CountDue())
        assert box.itemText(0) == f"全部量表 {total}"
        assert [box.itemText(place) for place in range(box.count())][1] == "能力评估 4"
        press(r.worklist.table, Qt.Key.Key_L)
        await until(lambda: box.view().isVisible())
        press(box.view(), Qt.Key.Key_Down)
        press(box.view(), Qt.Key.Key_Return)
        await until(lambda: len(shown(r)) == 4)
        assert box.key == GB.code


async def test_find_by_typing_and_open_by_enter(station: Station, house: dict[str, UUID]) -> None:
    """Ctrl+F, three keys of the bed, Enter, Enter: the form is open, with why it is made."""
    async with room(station) as r:
        await listed(r)
        press(r.worklist, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
        keys("302")
        await until(lambda: [row[0] for row in shown(r)] == ["钱逾期"])
        await settled(r)
        press(r.worklist.head.search, Qt.Key.Key_Return)
        press(r.worklist.table, Qt.Key.Key_Return)
        await until(lambda: r.frame.pages.key == "assessment" and r.work.resident == house["钱逾期"])
        assert r.form.crumbs[-1].words.startswith("钱逾期")
        await until(lambda: r.work.filling.content.occasion == "常规评估")


async def test_the_list_hears_of_what_others_sign(station: Station, house: dict[str, UUID]) -> None:
    async with room(station) as r:
        await listed(r)
        become(station, Role.HEAD_NURSE)
        signed(station, house["赵从未"], filled(station, 90))
        await until(lambda: "赵从未" not in [row[0] for row in shown(r)])
        assert r.worklist.head.view == "due"


async def test_nothing_found_and_nothing_due_say_so(station: Station) -> None:
    async with room(station) as r:
        r.frame.go("assessments")
        await until(lambda: r.worklist.states.words == "七天内没有要做的评估")
        station.desk.do_now(Admit())
        await until(lambda: len(shown(r)) > 0)
        r.worklist.head.search.setFocus()
        keys("xyz")
        await until(lambda: r.worklist.states.words == "没有找到“xyz”")
        r.worklist.head.search.clear()
        await until(lambda: not r.worklist.states.words)
        chip(r, "草稿")
        await until(lambda: r.worklist.states.words == "没有草稿")
        assert shown(r) == []


async def test_f1_lists_the_keys(station: Station, house: dict[str, UUID]) -> None:
    from ui.kit import keys_here

    async with room(station) as r:
        await listed(r)
        said = {key.press: key.words for key in keys_here(r.worklist.table)}
        assert said["D"] == "延期"
        assert said["N"] == "这次不再需要"
        assert said["A"] == "另选量表"


async def test_who_may_not_read_residents_has_no_worklist(station: Station) -> None:
    become(station, Role.ADMINISTRATOR)
    async with room(station) as r:
        assert "assessments" not in [place.key for place in r.frame.places]
