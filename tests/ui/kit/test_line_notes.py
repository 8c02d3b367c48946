"""What is written into a line chart: flags stand free of each other, and every note finds its place on the chart."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from tests.support.examples import tries
from ui.kit.line_drawing import LineDrawing
from ui.kit.line_notes import flag_places
from ui.kit.plot import Axis, Bracket, Curve, Flag, Level, Plot, Spot
from ui.style import Tone

BEGIN = datetime(2026, 5, 25, tzinfo=UTC)
AXIS = Axis(0, 100, (0, 50, 100))


def _at(week: float) -> datetime:
    return BEGIN + timedelta(weeks=week)


def _plot(values: list[float], flags: tuple[Flag, ...], bracket: Bracket | None = None) -> Plot:
    spots = tuple(Spot(_at(place * 2), value, f"{value:g}") for place, value in enumerate(values))
    return Plot(
        "", "", (Curve("Barthel", "primary", spots, whole=True),), _at(-1), _at(27), "Asia/Shanghai",
        axis=AXIS, flags=flags, bracket=bracket, levels=(Level(60, "长期目标 ≥60"),), loud="45",
    )  # fmt: skip


@settings(max_examples=tries(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    values=st.lists(st.integers(0, 100), min_size=1, max_size=13),
    weeks=st.lists(st.integers(0, 26), max_size=9),
    words=st.sampled_from(["坐上轮椅", "起立床耐受 60°", "万能袖套自己进食半碗饭不洒"]),
)
def test_flags_never_cover_each_other(
    qapp: QApplication, values: list[int], weeks: list[int], words: str
) -> None:
    plot = _plot([float(one) for one in values], tuple(Flag(_at(week), words) for week in weeks))
    drawing = LineDrawing(plot, AXIS, 460, 280)
    placed = flag_places(drawing.room, plot, drawing.x, drawing.y)
    boxes = [box for _point, box, _words in placed if box is not None]
    assert all(drawing.room.adjusted(0, -1, 0, 1).contains(box) for box in boxes)
    assert not any(one.intersects(other) for one, other in combinations(boxes, 2))


def test_a_flag_before_the_first_reading_has_nothing_to_stand_on(qapp: QApplication) -> None:
    plot = _plot([5, 10], (Flag(_at(-0.5), "太早"), Flag(_at(1), "坐起")))
    drawing = LineDrawing(plot, AXIS, 460, 280)
    assert [words for *_, words in flag_places(drawing.room, plot, drawing.x, drawing.y)] == ["坐起"]


@pytest.mark.parametrize("values", [[5.0, 45.0], [95.0, 80.0], [2.0, 3.0], [50.0, 50.0]])
def test_every_note_is_drawn_high_and_low(qapp: QApplication, values: list[float]) -> None:
    bracket = Bracket(_at(0), _at(2), "较上次复评 +40 分，超过最小变化 10 分", Tone.OK)
    drawing = LineDrawing(_plot(values, (Flag(_at(1), "坐上轮椅"),), bracket), AXIS, 460, 280)
    pixmap = QPixmap(460, 280)
    pixmap.fill()
    before = pixmap.toImage()
    painter = QPainter(pixmap)
    drawing.draw_still(painter)
    painter.end()
    assert pixmap.toImage() != before
