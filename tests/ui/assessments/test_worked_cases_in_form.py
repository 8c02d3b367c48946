"""Every worked case of every instrument, played through the real form by keys: the screen says what the file does."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from app.assessments.instruments import UNABLE, Case, Fact, Instrument, Item, Scale, shipped
from app.assessments.service import DiscardDraft
from app.compose import Station
from tests.app.assessments.people import Admit
from tests.support.station import Founded, open_station
from tests.ui.assessments.room import Room, focused, keys, press, until
from ui.kit import Tag, Words


@dataclass
class Stage:
    """One window for all cases: building it takes longer than playing a case."""

    loop: asyncio.AbstractEventLoop
    station: Station
    room: Room
    resident: UUID
    stranger: UUID
    """Somebody of whom the station knows nothing that would answer an item."""


@pytest.fixture(scope="module")
def stage(qapp: QApplication, founded: Founded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    loop = QEventLoop(qapp)
    asyncio.set_event_loop(loop)
    station = open_station(founded.copy(tmp_path_factory.mktemp("cases") / "home"))
    made = Room(station, (1440, 900))
    made.frame.activateWindow()
    loop.run_until_complete(until(made.frame.isActiveWindow))
    known, stranger = Admit(), Admit("01-000002", "魏淑贤", "2号楼 312-2", born=None, education="")
    yield Stage(loop, station, made, station.desk.do_now(known), station.desk.do_now(stranger))
    made.frame.close_all()
    loop.run_until_complete(asyncio.sleep(0))
    made.frame.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    station.close()
    loop.close()
    asyncio.set_event_loop(None)


async def play(stage: Stage, instrument: Instrument, case: Case) -> None:
    """Begin anew, answer the information with the space bar and the items with their digits."""
    surroundings = stage.station.desk.surroundings
    settings = replace(surroundings.settings, stack_level_raises=case.stack_raises)
    stage.station.desk.surroundings = replace(surroundings, settings=settings)
    resident = stage.resident if instrument.min_age else stage.stranger
    work = await stage.room.open(resident, instrument.code)
    for code, fact in case.facts.items():
        if code in instrument.fields:
            choose(stage.room, fact, code)
    for code, item in instrument.items.items():
        if code in case.answers:
            work.page.go_to(code)
            answer(stage.room, item, case)
    await stage.room.saved()
    assert work.filling.content.answers == case.answers
    assert not work.filling.content.sources


def choose(room: Room, fact: Fact, code: str) -> None:
    """Every choice of a field with the space bar."""
    for words in (fact,) if isinstance(fact, str) else fact or ("无以下任何一项",):
        assert isinstance(words, str)
        room.choose(code, words)


def answer(room: Room, item: Item, case: Case) -> None:
    """One item by its keys; a number that could still grow is ended with Enter, a text asked for is typed."""
    digit = case.answers[item.code]
    option = item.option(digit)
    typed = "-*"[UNABLE - digit] if option is None else option.mark if item.quantity else option.key
    keys(typed)
    longer = [one.key for one in item.options if one.key.startswith(typed) and one.key != typed]
    if item.quantity and digit >= 0:
        longer = [typed]
    if longer and (digit > 0 or item.quantity is not None):
        press(focused(), Qt.Key.Key_Return)
    said = case.facts.get(item.supplement(digit))
    if isinstance(said, str):
        keys(said)
        press(focused(), Qt.Key.Key_Return)


def played_here(instrument: Instrument) -> tuple[Case, ...]:
    """Of the many measures of rehab and palliative care the ends: every case is played through the calculator."""
    if instrument.group not in ("康复", "安宁"):
        return instrument.cases
    done = [case for case in instrument.cases if case.expected.level is not None]
    return (done[0], done[-1])


@pytest.mark.parametrize(
    ("instrument", "case"),
    [
        pytest.param(instrument, case, id=f"{instrument.code}: {case.name}")
        for instrument in shipped().values()
        for case in played_here(instrument)
    ],
)
def test_the_form_comes_to_what_the_case_says(stage: Stage, instrument: Instrument, case: Case) -> None:
    stage.loop.run_until_complete(play(stage, instrument, case))
    panel, expected = stage.room.work.page.panel, case.expected
    assert panel.ring.accessibleName() == ring_words(instrument, case)
    assert panel.badge.isVisible() == (expected.level is not None)
    if expected.level is not None:
        assert panel.badge.text() == instrument.level(expected.level).words
    QApplication.sendPostedEvents()  # Qt shows what was added to a layout when it comes to it
    told = [one.text() for one in panel.findChildren(Words) if one.isVisible()]
    has_reasons = expected.total is not None or expected.level is not None
    if expected.measured is not None and instrument.measured is not None:
        value = instrument.value_words(expected.measured)
        assert any(sentence.startswith(f"{instrument.measured.name} {value}") for sentence in told)
    for change in instrument.changes:
        said = any(sentence.startswith(change.words) for sentence in told)
        assert said == (change.code in expected.fired and has_reasons)
    for scale in instrument.scales:
        assert (scale.name in told) == bool(expected.verdicts)
    signs = [one.accessibleName() or one.text() for one in panel.scales.findChildren(Tag)]
    assert all(words in signs for _scale, words in verdicts(instrument, case))
    resident = stage.resident if instrument.min_age else stage.stranger
    stage.station.desk.do_now(DiscardDraft(resident, instrument.code))


def ring_words(instrument: Instrument, case: Case) -> str:
    """What the ring says of a case."""
    expected = case.expected
    if expected.total is not None:
        return f"{expected.total} 满分 {instrument.maximum}"
    if expected.measured is not None and instrument.measured is not None:
        value, name = instrument.value_words(expected.measured), instrument.measured.name
        figure, _blank, unit = value.partition(" ")
        return f"{figure} {name} {unit}".strip()
    if expected.level is not None:
        return f"{expected.level}级 不计总分"
    return f"{expected.answered}/{instrument.wanted} 已评"


def verdicts(instrument: Instrument, case: Case) -> list[tuple[Scale, str]]:
    """The scales a case names with a verdict that is not the empty, last one."""
    named = [(scale, case.expected.verdicts.get(scale.code, "")) for scale in instrument.scales]
    return [(scale, words) for scale, words in named if words and words != scale.verdicts[-1].words]
