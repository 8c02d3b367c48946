"""The line chart: its axes, the gaps it leaves, what it reads out; and keys bound twice."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.kit import Curve, Key, LineChart, Plot, Spot, bind
from ui.kit.plot import runs, time_ticks, value_axis
from ui.style import look

NOW = datetime(2026, 11, 24, 0, 30, tzinfo=UTC)
ZONE = "Asia/Shanghai"


def daily(
    days: int, value: float = 36.5, *, step: float = 0.1, without: tuple[int, ...] = ()
) -> tuple[Spot, ...]:
    """One value a day up to now."""
    back = [place for place in range(days, -1, -1) if place not in without]
    return tuple(
        Spot(NOW - timedelta(days=one), value + one % 5 * step, f"{value + one % 5 * step:.1f}")
        for one in back
    )


def plot(*curves: Curve, days: int = 30, bands: tuple[tuple[float | None, float | None], ...] = ()) -> Plot:
    return Plot("体温", "℃", curves, NOW - timedelta(days=days), NOW, ZONE, bands)


def test_lines_leave_gaps_where_nothing_was_measured() -> None:
    assert [len(run) for run in runs(daily(20, without=(8, 9, 10, 11)))] == [9, 8]
    monthly = tuple(spot for place, spot in enumerate(daily(360)) if place % 30 == 0)
    assert len(runs(monthly)) == 1
    assert runs(()) == []


@pytest.mark.parametrize(
    ("low", "high", "band", "ticks"),
    [
        (36.1, 37.0, (35.6, 37.2), (35.5, 36.0, 36.5, 37.0, 37.5)),
        (36.5, 36.5, (None, None), None),
        (52.0, 52.3, (None, None), (50, 51, 52, 53, 54)),  # a trifle shall not look like a fall
        (0, 0, (0, 3), (0, 0.25, 0.5, 0.75, 1.0)),
        (0, 0, (None, None), (0, 0.25, 0.5, 0.75, 1.0)),
        (120, 186, (101, 159), (100, 125, 150, 175, 200)),
    ],
)
def test_the_axis_has_round_numbers_and_holds_every_value(
    low: float, high: float, band: tuple[float | None, float | None], ticks: tuple[float, ...] | None
) -> None:
    spots = (Spot(NOW, low, ""), Spot(NOW, high, ""))
    axis = value_axis(plot(Curve("x", "chart1", spots), bands=(band,)))
    assert axis.low <= low <= high <= axis.high
    assert 2 <= len(axis.ticks) <= 7
    if ticks is not None:
        assert axis.ticks == ticks


@pytest.mark.parametrize("days", [1, 7, 30, 90, 365])
def test_at_most_eight_labels_counted_back_from_today(days: int) -> None:
    ticks = time_ticks(NOW - timedelta(days=days), NOW, ZONE)
    assert 4 <= len(ticks) <= 8
    assert ticks[-1][1] == ("08:00" if days == 1 else "11-24")


def test_arrows_read_out_and_the_mouse_does(qtbot: QtBot) -> None:
    chart = LineChart()
    qtbot.addWidget(chart)
    chart.resize(600, 176)
    chart.show_plot(plot(Curve("体温", "chart1", daily(30)), Curve("脉率", "chart2", daily(30, 70, step=1))))
    chart.show()
    chart.setFocus()
    told: list[object] = []
    chart.pointed.connect(told.append)
    QTest.keyClick(chart, Qt.Key.Key_End)
    QTest.keyClick(chart, Qt.Key.Key_Left)
    assert chart.read_out() == "11-23 08:30　体温 36.6　脉率 71.0"
    assert isinstance(told[-1], Spot)
    QTest.mouseMove(chart, QPoint(60, 80))
    qtbot.waitUntil(lambda: chart.read_out().startswith("10-2"))
    assert chart.accessibleName() == "体温：体温 36.5，脉率 70.0"


def test_a_year_of_six_curves_is_drawn_in_the_blink_of_an_eye(qtbot: QtBot) -> None:
    chart = LineChart()
    qtbot.addWidget(chart)
    chart.resize(700, 176)
    every = tuple(
        Spot(NOW - timedelta(hours=4 * place), 36 + place % 7, "") for place in range(365 * 6, -1, -1)
    )
    chart.show_plot(plot(*(Curve(str(place), "chart1", every) for place in range(6)), days=365))
    chart.show()
    begun = time.process_time()  # others may keep the processor
    chart.grab()
    assert time.process_time() - begun < 1.0  # some 0.1 s


@pytest.mark.parametrize("dark", [False, True])
def test_an_empty_chart_says_so(qtbot: QtBot, dark: bool) -> None:  # noqa: FBT001  # a parameter of the test
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    look.apply(app, dark=dark)
    chart = LineChart()
    qtbot.addWidget(chart)
    chart.show_plot(plot())
    chart.show()
    chart.grab()
    assert chart.accessibleName() == "体温：没有记录"
    QTest.keyClick(chart, Qt.Key.Key_Left)
    assert chart.spots() == ()


def test_a_key_bound_twice_does_what_the_nearest_one_says(qtbot: QtBot) -> None:
    outer, inner, line = QWidget(), QWidget(), QLineEdit()
    qtbot.addWidget(outer)
    QVBoxLayout(outer).addWidget(inner)
    QVBoxLayout(inner).addWidget(line)
    other = QLineEdit()
    outer.layout().addWidget(other)  # type: ignore[union-attr]  # it has one
    done: list[str] = []
    bind(outer, Key("F6", "外", lambda: done.append("outer")))
    bind(inner, Key("F6", "内", lambda: done.append("inner")))
    outer.show()
    qtbot.waitExposed(outer)
    outer.activateWindow()
    for field in (line, line, other):
        field.setFocus()
        qtbot.waitUntil(field.hasFocus)
        QTest.keyClick(field, Qt.Key.Key_F6)
    assert done == ["inner", "inner", "outer"]
