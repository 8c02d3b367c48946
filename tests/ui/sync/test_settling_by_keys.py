"""A conflict of two stations decided in the window: B and P, what is asked first, and what is said instead."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.compose import Station
from app.referrals.coming_back import RecordReturn, ReturnForm
from app.referrals.fhir.task import task_rid
from app.referrals.moving import AcceptReferral, Depart
from app.referrals.revising import Seen
from tests.app.referrals.house import Desk, desk_of
from tests.support.exchange import second_station
from tests.support.platform import Platform
from tests.sync.two_houses import Houses
from tests.ui.residents.stage import on_stage, until
from tests.ui.shell.opened import sheet
from tests.ui.sync.room import ADDRESS, pick, shown
from ui.kit import Sheet


@pytest.fixture
def second(tmp_path: Path) -> Iterator[Station]:
    with second_station(tmp_path / "second") as opened:
        yield opened


@pytest.fixture
def desk(station: Station) -> Iterator[Desk]:
    yield from desk_of(station)


@pytest.fixture
def houses(desk: Desk, second: Station) -> Iterator[Houses]:
    with Platform() as platform:
        yield Houses(desk, second, platform)


def _apart(houses: Houses) -> Seen:
    """01 registers the acceptance, 02 the departure."""
    seen = houses.sent()
    houses.put(8, 10)
    houses.do(0, AcceptReferral(seen, "刘志远", "急诊 3 床"))
    houses.put(8, 14)
    left: Seen = houses.do(1, Depart(seen))
    return left


@pytest.fixture
def apart(houses: Houses, monkeypatch: pytest.MonkeyPatch) -> Houses:
    _apart(houses)
    return asked_at_02(houses, monkeypatch)


@pytest.fixture
def returned(houses: Houses, monkeypatch: pytest.MonkeyPatch) -> Houses:
    """02 registered the return as well."""
    _apart(houses)
    houses.put(9)
    houses.do(1, RecordReturn(houses.desk.li, ReturnForm("paper", diagnoses="肺炎")))
    return asked_at_02(houses, monkeypatch)


@pytest.fixture
def answered(houses: Houses, monkeypatch: pytest.MonkeyPatch) -> Houses:
    """The hospital answered at the platform while 02 registered the departure."""
    seen = houses.sent()
    (task,) = houses.at[0].there(task_rid(seen.rid), "Task")
    houses.put(8, 14)
    houses.do(1, Depart(seen))
    houses.platform.edit("Task", task["id"], {"status": "rejected"})
    return asked_at_02(houses, monkeypatch)


def asked_at_02(houses: Houses, monkeypatch: pytest.MonkeyPatch) -> Houses:
    houses.settle()
    assert len(houses.conflicts(1)) == 1
    monkeypatch.setenv("CARESTATION_PLATFORM", ADDRESS)
    return houses


@pytest.mark.parametrize(
    ("key", "says", "wanted"),
    [
        (Qt.Key.Key_B, "采用本站的", ["submitted", "accepted", "departed"]),
        (Qt.Key.Key_P, "采用区平台的", ["submitted", "accepted"]),
    ],
)
async def test_b_and_p_ask_first_and_do_it_once(
    apart: Houses, qtbot: QtBot, key: Qt.Key, says: str, wanted: list[str]
) -> None:
    async with on_stage(apart.second) as stage:
        view = await shown(stage)
        row = pick(view, "conflict", "referral")
        await stage.settle()
        assert row.record is not None
        assert view.pane.ours.isVisible()
        assert view.pane.theirs.isVisible()
        qtbot.keyClick(view.list, key)
        asked = sheet(Sheet)
        assert asked.title.text() == f"{says}？"
        assert "另一站" in asked.text.text()
        qtbot.keyClick(asked, Qt.Key.Key_Return)
        await until(lambda: not apart.conflicts(1))
        await until(lambda: says in stage.frame.notice.text())
        await until(lambda: not view.pane.ours.isVisible())
        assert apart.moves(1, row.record) == wanted


async def test_what_the_hospital_answered_is_no_other_station_s(answered: Houses, qtbot: QtBot) -> None:
    """Only the Task was changed there: B says that the answer is written over, and there is no P."""
    async with on_stage(answered.second) as stage:
        view = await shown(stage)
        pick(view, "conflict", "referral")
        await stage.settle()
        assert view.pane.ours.isVisible()
        assert not view.pane.theirs.isVisible()
        qtbot.keyClick(view.list, Qt.Key.Key_P)
        assert "请采用本站的" in stage.frame.notice.text()
        qtbot.keyClick(view.list, Qt.Key.Key_B)
        asked = sheet(Sheet)
        assert "另一站" not in asked.text.text().split("\n\n")[-1]
        assert "改写" in asked.text.text()
        qtbot.keyClick(asked, Qt.Key.Key_Return)
        await until(lambda: not answered.conflicts(1))


async def test_a_return_here_is_said_before_p_is_pressed(returned: Houses, qtbot: QtBot) -> None:
    async with on_stage(returned.second) as stage:
        view = await shown(stage)
        pick(view, "conflict", "referral")
        await stage.settle()
        assert "先更正返院" in view.pane.why.text()
        qtbot.keyClick(view.list, Qt.Key.Key_P)
        assert "先更正返院" in stage.frame.notice.text()
        assert len(returned.conflicts(1)) == 1
