"""What curves of scores need beyond those of vital signs: stripes, marks by shape, steps, years, a resting cursor."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import combinations

import pytest
from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.kit import Curve, LineChart, Plot, Spot
from ui.kit.line_drawing import LineDrawing
from ui.kit.marks import CROSS, MARKS, draw_mark, mark_at
from ui.kit.pick_box import PickBox
from ui.kit.plot import Axis, Stripe, time_ticks
from ui.style import Tone

NOW = datetime(2026, 11, 24, 0, 30, tzinfo=UTC)
ZONE = "Asia/Shanghai"
STRIPES = (
    Stripe(89.5, 92.7, "能力完好", Tone.OK, "dot"),
    Stripe(65.5, 89.5, "轻度失能", Tone.INFO, "triangle"),
    Stripe(-2.7, 65.5, "中度失能", Tone.WARN, "square"),
)


def spot(days: int, value: int, *, mark: str = "dot") -> Spot:
    return Spot(NOW - timedelta(days=days), value, f"{value} 分", Tone.INFO, days, mark, str(value))


def plot(*curves: Curve, stripes: tuple[Stripe, ...] = STRIPES, days: int = 300) -> Plot:
    axis = Axis(-2.7, 92.7, (0.0, 66.0, 90.0))
    since = NOW - timedelta(days=days)
    return Plot("能力评估", "分", curves, since, NOW, ZONE, stripes=stripes, axis=axis, moment="%Y-%m-%d")


def picture(shown: Plot, width: int = 600, height: int = 232) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    assert shown.axis is not None
    LineDrawing(shown, shown.axis, width, height).draw_still(painter)
    painter.end()
    return image


@pytest.mark.parametrize("days", [401, 800, 1500, 3000, 6000])
def test_a_span_of_years_is_labelled_with_months_and_their_year(days: int) -> None:
    ticks = time_ticks(NOW - timedelta(days=days), NOW, ZONE)
    assert 3 <= len(ticks) <= 8
    assert all(at.day == 1 and words == f"{at:%Y-%m}" for at, words in ticks)
    assert (NOW - ticks[-1][0]) <= (ticks[-1][0] - ticks[-2][0]) * 1.05


def test_marks_tell_levels_apart_without_colour() -> None:
    drawn = {}
    for mark in (*MARKS, CROSS):
        image = QImage(24, 24, QImage.Format.Format_Grayscale8)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        draw_mark(painter, QPointF(12, 12), mark, 6, QColor("black"))
        painter.end()
        drawn[mark] = image
    assert all(drawn[one] != drawn[other] for one, other in combinations(drawn, 2))
    assert [mark_at(place) for place in range(6)] == list(MARKS)
    assert mark_at(9) == MARKS[-1]


def test_stripes_lie_behind_the_curve_as_high_as_their_values(qtbot: QtBot) -> None:
    shown = plot()
    image = picture(shown)
    assert shown.axis is not None
    drawing = LineDrawing(shown, shown.axis, 600, 232)
    x = round(drawing.room.center().x()) - 30
    colours = [image.pixelColor(x, round(drawing.y(value))).name() for value in (91.5, 80, 10)]
    assert len(set(colours)) == 3
    without = plot(stripes=())
    assert LineDrawing(without, shown.axis, 600, 232).room.width() > drawing.room.width()


def test_a_value_holds_until_the_next_where_steps_are_asked_for(qtbot: QtBot) -> None:
    spots = (spot(200, 20), spot(20, 80))
    axis = Axis(-2.7, 92.7)
    drawing = LineDrawing(plot(), axis, 600, 232)
    middle = (round(drawing.x(NOW - timedelta(days=110))), round(drawing.y(20)))
    stepped = picture(plot(Curve("等级", "danger.text", spots, steps=True), stripes=()))
    straight = picture(plot(Curve("等级", "danger.text", spots), stripes=()))
    assert stepped.pixelColor(*middle).name() != straight.pixelColor(*middle).name()


def test_no_gap_is_left_in_a_whole_curve(qtbot: QtBot) -> None:
    spots = (spot(290, 40), spot(285, 40), spot(280, 40), spot(5, 40))
    drawing = LineDrawing(plot(), Axis(-2.7, 92.7), 600, 232)
    middle = (round(drawing.x(NOW - timedelta(days=140))), round(drawing.y(40)))
    whole = picture(plot(Curve("总分", "danger.text", spots, whole=True), stripes=()))
    gap = picture(plot(Curve("总分", "danger.text", spots), stripes=()))
    assert whole.pixelColor(*middle).name() != gap.pixelColor(*middle).name()


def test_the_cursor_comes_back_to_where_it_rests(qtbot: QtBot) -> None:
    chart = LineChart(232)
    qtbot.addWidget(chart)
    chart.resize(600, 232)
    chart.show_plot(plot(Curve("总分", "text2", (spot(200, 20), spot(20, 80)), whole=True)))
    chart.show()
    chart.activateWindow()
    qtbot.waitUntil(chart.isActiveWindow)
    chart.rest_at(NOW - timedelta(days=20))
    assert chart.read_out() == "2026-11-04　总分 80 分"
    chart.setFocus()
    QTest.keyClick(chart, Qt.Key.Key_Left)
    assert chart.read_out() == "2026-05-08　总分 20 分"
    chart.clearFocus()
    assert chart.read_out() == "2026-11-04　总分 80 分"
    chart.show_plot(plot(Curve("总分", "text2", (spot(200, 20),), whole=True)))
    assert chart.rest is None
    chart.rest_at(NOW)  # nothing was measured then
    assert chart.read_out() == ""


def test_words_of_narrow_stripes_do_not_lie_on_each_other(qtbot: QtBot) -> None:
    """Five levels, four of them within ten points: their words are pushed apart, none leaves the chart."""
    narrow = tuple(
        Stripe(80 + place * 2, 82 + place * 2, f"第{place}级", Tone.WARN, mark_at(place))
        for place in range(5)
    )
    image = picture(plot(stripes=(*narrow, Stripe(-2.7, 80, "其余", Tone.OK, "dot"))))
    room = QRect(540, 30, 60, 190)
    rows = [
        any(image.pixelColor(x, y).lightness() < 140 for x in range(room.left() + 18, room.right()))
        for y in range(room.top(), room.bottom())
    ]
    blocks = sum(after and not before for before, after in zip([False, *rows], rows, strict=False))
    assert blocks >= 6


def test_a_pick_box_keeps_its_choice_and_is_not_scrolled(qtbot: QtBot) -> None:
    box = PickBox("较早的一次")
    qtbot.addWidget(box)
    assert box.key == ""
    box.show_choices((("a", "甲"), ("b", "乙")))
    box.choose("b")
    box.show_choices((("c", "丙"), ("b", "乙"), ("a", "甲")))
    assert box.key == "b"
    box.show_choices((("c", "丙"),))
    assert box.key == "c"
    assert box.sizeHint().width() >= box.minimumSizeHint().width() > 0
