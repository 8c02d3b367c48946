"""The drawing pad: the same strokes at any size, drawn by mouse or finger, taken back, given again, cleared."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.kit.sign_pad import HIGH, WIDE, SignatureView, SignField, SignPad
from ui.kit.tag_button import TagButton
from ui.style import Tone

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
STROKES = (((100, 250), (300, 40), (500, 260)), ((600, 150),))


def shown(qtbot: QtBot, widget: QWidget, wide: int = 500, high: int = 150) -> None:
    qtbot.addWidget(widget)
    widget.resize(wide, high)
    with qtbot.waitExposed(widget):
        widget.show()


def stroke(field: SignField, *points: tuple[int, int]) -> None:
    QTest.mousePress(field, LEFT, NONE, QPoint(*points[0]))
    for point in points[1:]:
        QTest.mouseMove(field, QPoint(*point))
    QTest.mouseRelease(field, LEFT, NONE, QPoint(*points[-1]))


def inked(image: QImage) -> set[tuple[int, int]]:
    """Where something is drawn, on a raster of 20 × 6."""
    plain = image.pixelColor(2, 2)
    found = set()
    for x in range(image.width()):
        for y in range(image.height()):
            if abs(image.pixelColor(x, y).lightness() - plain.lightness()) > 60:
                found.add((x * 20 // image.width(), y * 6 // image.height()))
    return found


def test_the_same_hand_gives_the_same_strokes_at_any_size(qtbot: QtBot) -> None:
    small, large = SignField(), SignField()
    shown(qtbot, small, 500, 150)
    shown(qtbot, large, 1000, 300)
    stroke(small, (50, 100), (150, 20), (250, 120))
    stroke(large, (100, 200), (300, 40), (500, 240))
    assert small.strokes == large.strokes == (((100, 200), (300, 40), (500, 240)),)


def test_nothing_is_kept_outside_and_no_trembling(qtbot: QtBot) -> None:
    field = SignField()
    shown(qtbot, field)
    stroke(field, (10, 10), (10, 11), (700, 400), (-50, -9))
    (points,) = field.strokes
    assert points == ((20, 20), (WIDE, HIGH), (0, 0))


def test_strokes_are_taken_back_given_again_and_cleared(qtbot: QtBot) -> None:
    pad = SignPad()
    shown(qtbot, pad, 520, 220)
    assert not pad.undo.isEnabled()
    stroke(pad.pad, (40, 40), (120, 90))
    stroke(pad.pad, (200, 40), (220, 90))
    pad.undo.click()
    assert len(pad.strokes) == 1
    assert pad.redo.isEnabled()
    QTest.keyClick(pad.pad, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert len(pad.strokes) == 2
    pad.undo.click()
    stroke(pad.pad, (300, 40), (320, 90))  # a new stroke: the one taken back is gone for good
    assert not pad.redo.isEnabled()
    pad.wipe.click()
    assert pad.strokes == ()
    assert not pad.wipe.isEnabled()


def test_a_signature_is_drawn_alike_at_any_size(qtbot: QtBot) -> None:
    pictures = []
    for wide in (160, 480):
        view = SignatureView(STROKES, wide)
        shown(qtbot, view, wide, wide * HIGH // WIDE)
        pictures.append(inked(view.grab().toImage()))
    small, large = pictures
    assert small
    assert len(small ^ large) <= 6  # a thin line may touch a square more or less


def test_too_many_strokes_are_not_begun(qtbot: QtBot) -> None:
    field = SignField()
    shown(qtbot, field)
    for number in range(90):
        stroke(field, (10 + number, 10), (10 + number, 60))
    assert len(field.strokes) == 80


def test_a_tag_that_leads_somewhere_answers_click_space_and_enter(qtbot: QtBot) -> None:
    tag = TagButton("跌倒高风险", Tone.DANGER, icon="footprints")
    shown(qtbot, tag, 120, 24)
    pressed: list[int] = []
    tag.pressed.connect(lambda: pressed.append(1))
    QTest.mouseClick(tag, LEFT)
    QTest.keyClick(tag, Qt.Key.Key_Space)
    QTest.keyClick(tag, Qt.Key.Key_Return)
    assert len(pressed) == 3
    QTest.mouseClick(tag, Qt.MouseButton.RightButton)
    assert len(pressed) == 3
