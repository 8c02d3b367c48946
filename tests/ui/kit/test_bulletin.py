"""The bulletin: news crosses threads, hidden views wait, several commits make one refresh."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from uuid import uuid4

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.core.changes import Changes
from tests.ui.kit.fake_desk import FakeDesk
from ui.kit import Bulletin


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
def bulletin(desk: FakeDesk, qapp: QApplication) -> Iterator[Bulletin]:
    made = Bulletin(desk)
    yield made
    made.close()


def news(*kinds: str) -> Changes:
    return Changes.of((kind, uuid4()) for kind in kinds)


def test_a_visible_view_refreshes_once_on_its_own_thread(
    qtbot: QtBot, desk: FakeDesk, bulletin: Bulletin
) -> None:
    view = QWidget()
    qtbot.addWidget(view)
    view.show()
    heard: list[tuple[Changes, bool]] = []
    bulletin.subscribe(
        view, {"resident"}, lambda c: heard.append((c, threading.current_thread() is threading.main_thread()))
    )
    desk.tell(news("resident"))
    desk.tell(news("resident", "bed"))
    assert heard == []
    qtbot.waitUntil(lambda: bool(heard))
    assert len(heard) == 1
    changes, on_screen_thread = heard[0]
    assert on_screen_thread
    assert len(changes.pairs) == 3


def test_other_kinds_are_not_heard(qtbot: QtBot, desk: FakeDesk, bulletin: Bulletin) -> None:
    view = QWidget()
    qtbot.addWidget(view)
    view.show()
    heard: list[Changes] = []
    subscription = bulletin.subscribe(view, {"resident"}, heard.append)
    other: list[Changes] = []
    bulletin.subscribe(view, {"bed"}, other.append)
    desk.tell(news("bed"))
    qtbot.waitUntil(lambda: bool(other))
    assert heard == []
    assert not subscription.stale


def test_a_hidden_view_waits_until_it_is_shown(qtbot: QtBot, desk: FakeDesk, bulletin: Bulletin) -> None:
    view = QWidget()
    qtbot.addWidget(view)
    heard: list[Changes] = []
    subscription = bulletin.subscribe(view, {"resident"}, heard.append)
    desk.tell(news("resident"))
    qtbot.waitUntil(lambda: subscription.stale)
    assert heard == []
    view.show()
    qtbot.waitUntil(lambda: bool(heard))
    assert not subscription.stale


def test_a_view_that_is_gone_is_told_nothing(qtbot: QtBot, desk: FakeDesk, bulletin: Bulletin) -> None:
    gone, alive = QWidget(), QWidget()
    qtbot.addWidget(alive)
    for view in (gone, alive):
        view.show()
    heard: list[str] = []
    bulletin.subscribe(gone, {"resident"}, lambda _c: heard.append("gone"))
    bulletin.subscribe(alive, {"resident"}, lambda _c: heard.append("alive"))
    with qtbot.waitSignal(gone.destroyed):
        gone.deleteLater()
    desk.tell(news("resident"))
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["alive"]


def test_after_close_nothing_comes(qtbot: QtBot, desk: FakeDesk, bulletin: Bulletin) -> None:
    view = QWidget()
    qtbot.addWidget(view)
    view.show()
    second = Bulletin(desk)
    heard: list[str] = []
    second.subscribe(view, {"resident"}, lambda _c: heard.append("closed"))
    bulletin.subscribe(view, {"resident"}, lambda _c: heard.append("open"))
    second.close()
    desk.tell(news("resident"))
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["open"]
