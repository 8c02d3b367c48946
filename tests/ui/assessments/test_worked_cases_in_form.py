"""Every worked case of the instrument, played through the real form by keys: the screen says what the file expects."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from app.assessments.instruments import Case
from app.assessments.service import DiscardDraft
from app.compose import Station
from tests.app.assessments.people import GB, Admit
from tests.support.station import Founded, open_station
from tests.ui.assessments.room import Room, keys
from ui.kit import Words


@dataclass
class Stage:
    """One window for all cases: building it takes longer than playing a case."""

    loop: asyncio.AbstractEventLoop
    station: Station
    room: Room
    resident: UUID


@pytest.fixture(scope="module")
def stage(qapp: QApplication, founded: Founded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    loop = QEventLoop(qapp)
    asyncio.set_event_loop(loop)
    station = open_station(founded.copy(tmp_path_factory.mktemp("cases") / "home"))
    made = Room(station, (1440, 900))
    made.frame.activateWindow()
    yield Stage(loop, station, made, station.desk.do_now(Admit()))
    made.frame.close_all()
    loop.run_until_complete(asyncio.sleep(0))
    made.frame.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    station.close()
    loop.close()
    asyncio.set_event_loop(None)


async def play(stage: Stage, case: Case) -> None:
    """Begin anew, answer the information with the space bar and the items with their digits."""
    surroundings = stage.station.desk.surroundings
    settings = replace(surroundings.settings, stack_level_raises=case.stack_raises)
    stage.station.desk.surroundings = replace(surroundings, settings=settings)
    work = await stage.room.open(stage.resident)
    for code, fact in case.facts.items():
        for words in (fact,) if isinstance(fact, str) else fact or ("无以下任何一项",):
            assert isinstance(words, str)
            stage.room.choose(code, words)
    if case.answers:
        work.page.go("B.1")
        keys("".join(str(digit) for digit in case.answers.values()))
    await stage.room.saved()
    assert work.filling.content.answers == case.answers


@pytest.mark.parametrize("case", GB.cases, ids=[case.name for case in GB.cases])
def test_the_form_comes_to_what_the_case_says(stage: Stage, case: Case) -> None:
    stage.loop.run_until_complete(play(stage, case))
    panel, expected = stage.room.work.page.panel, case.expected
    ring = panel.ring.accessibleName()
    if expected.total is not None:
        assert ring == f"{expected.total} 满分 90"
    elif expected.level is not None:
        assert ring == f"{expected.level}级 不计总分"
    else:
        assert ring == f"{expected.answered}/26 已评"
    assert panel.badge.isVisible() == (expected.level is not None)
    if expected.level is not None:
        assert panel.badge.text() == GB.level(expected.level).words
    QApplication.sendPostedEvents()  # Qt shows what was added to a layout when it comes to it
    sentences = [one.text() for one in panel.why.findChildren(Words) if one.isVisible()]
    for change in GB.changes:
        told = any(sentence.startswith(change.words) for sentence in sentences)
        has_reasons = expected.total is not None or expected.level is not None
        assert told == (change.code in expected.fired and has_reasons)
    stage.station.desk.do_now(DiscardDraft(stage.resident, GB.code))
