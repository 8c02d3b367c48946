"""What is built is dressed and measured once: not at each step on the way into its window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.compose import Station
from ui.kit import ScrollBody
from ui.kit.paint import Painted
from ui.kit.view import Bench, View, born_in
from ui.places.place import Place
from ui.shell.frame import Frame
from ui.style import look


class Tall(Painted):
    """Taller than any window, by the text size; counts how often it is measured."""

    measured = 0

    def sizeHint(self) -> QSize:
        self.measured += 1
        return QSize(40, look.sp(900))


class Placed(View):
    """Remembers each time it is put somewhere else."""

    moves = 0

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "某处")
        self.inner = View(bench, "其中")

    def event(self, event: QEvent) -> bool:
        self.moves += event.type() == QEvent.Type.ParentChange
        return super().event(event)


@pytest.fixture
def usual_size(qapp: QApplication) -> Iterator[None]:
    yield
    look.apply(qapp)


def test_what_is_not_seen_is_not_measured_on_its_way(qtbot: QtBot) -> None:
    inside, tall = ScrollBody(), Tall()
    inside.body.addWidget(tall)
    before = tall.measured
    outer: QWidget = inside
    for _ in range(4):
        around = QWidget()
        QVBoxLayout(around).addWidget(outer)
        outer = around
    assert tall.measured == before
    qtbot.addWidget(outer)
    outer.resize(300, 300)
    outer.show()
    qtbot.waitUntil(lambda: inside.verticalScrollBar().maximum() > 0)
    assert inside.verticalScrollBar().maximum() == look.sp(900) - inside.viewport().height()


@pytest.mark.usefixtures("usual_size")
def test_a_hidden_body_fits_when_it_is_shown_after_the_text_grew(qtbot: QtBot, qapp: QApplication) -> None:
    stack, first, inside = QStackedWidget(), QWidget(), ScrollBody()
    inside.body.addWidget(Tall())
    stack.addWidget(first)
    stack.addWidget(inside)
    qtbot.addWidget(stack)
    stack.resize(300, 300)
    stack.setCurrentWidget(inside)
    stack.show()
    stack.setCurrentWidget(first)
    look.apply(qapp, scale=1.5)
    stack.setCurrentWidget(inside)
    wanted = round(900 * 1.5)
    qtbot.waitUntil(lambda: inside.verticalScrollBar().maximum() == wanted - inside.viewport().height())


def test_a_view_is_made_where_it_will_stand(station: Station, qtbot: QtBot) -> None:
    frame = Frame(station, (Place("here", "某处", "house", Placed),))
    qtbot.addWidget(frame)
    frame.go("here")
    view = frame.pages.view
    assert isinstance(view, Placed)
    assert frame.pages.isAncestorOf(view)
    assert view.moves == 0
    assert view.inner.parentWidget() is None  # only the view that was asked for


def test_a_place_is_forgotten_where_no_view_was_made(station: Station, qtbot: QtBot) -> None:
    frame, place = Frame(station, ()), QWidget()
    qtbot.addWidget(frame)
    qtbot.addWidget(place)
    with born_in(place):
        pass
    assert View(frame.bench, "别处").parentWidget() is None
