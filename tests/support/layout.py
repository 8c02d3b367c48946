"""Layout lint: what a person would see as broken on a screen, found without looking.

`lint(window)` walks what is visible and answers with sentences; every screen test asserts that there are none.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QWidget,
)

from ui.kit import ElidedWords, Painted
from ui.style.contrast import TEXT, ratio

LEAST_PIXELS = 12
_SLACK = 1


def lint(window: QWidget) -> list[str]:
    """Everything wrong with what a shown window now shows; empty when all is well."""
    picture = window.grab().toImage()
    found: list[str] = []
    for widget in seen(window):
        found += clipped(widget)
        found += outside(widget, window)
        found += squeezed(widget)
        found += overlapping(widget)
        found += too_small(widget)
        found += too_pale(widget, window, picture)
    return found


def seen(window: QWidget) -> Iterator[QWidget]:
    """The window and every visible widget in it, leaving out Qt's own insides and overlays."""
    yield window
    for child in window.findChildren(QWidget):
        if child.isVisibleTo(window) and not child.isWindow() and not _inside_of_qt(child):
            yield child


def clipped(widget: QWidget) -> list[str]:
    """Texts that have less room than they need."""
    if isinstance(widget, QLabel) and widget.text():
        if widget.wordWrap():
            needed = widget.heightForWidth(widget.width())
            short = needed > widget.height() + _SLACK
        else:
            hint = widget.sizeHint()
            short = hint.width() > widget.width() + _SLACK or hint.height() > widget.height() + _SLACK
        return (
            [f"clipped: {_named(widget)} {_size(widget)} needs {widget.sizeHint().width()}"] if short else []
        )
    if isinstance(widget, QAbstractButton) and widget.text():
        room, needed = _button_room(widget), _button_need(widget)
        return [f"clipped: {_named(widget)} has {room} needs {needed}"] if needed > room + _SLACK else []
    if isinstance(widget, Painted) and not isinstance(widget, ElidedWords):
        fixed = widget.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Fixed
        hint = widget.sizeHint()
        if (fixed and hint.width() > widget.width() + _SLACK) or hint.height() > widget.height() + _SLACK:
            return [f"clipped: {_named(widget)} {_size(widget)} needs {hint.width()}x{hint.height()}"]
    return []


def outside(widget: QWidget, window: QWidget) -> list[str]:
    """Widgets that stick out of their parent (the content of a scroll area may)."""
    parent = widget.parentWidget()
    if widget is window or parent is None or _is_viewport(parent):
        return []
    if parent.rect().adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK).contains(widget.geometry()):
        return []
    return [f"outside its parent: {_named(widget)} {widget.geometry().getRect()} in {_size(parent)}"]


def squeezed(widget: QWidget) -> list[str]:
    """Layouts that need more than their widget has: Qt crushes them without a warning."""
    layout = widget.layout()
    if layout is None:
        return []
    least = layout.totalMinimumSize()
    if layout.hasHeightForWidth():  # wrapped texts: what counts is the height at the width there is
        least.setHeight(layout.totalMinimumHeightForWidth(widget.width()))
    if least.width() <= widget.width() + _SLACK and least.height() <= widget.height() + _SLACK:
        return []
    return [f"squeezed: {_named(widget)} {_size(widget)} needs {least.width()}x{least.height()}"]


def overlapping(widget: QWidget) -> list[str]:
    """Children of a laid-out widget that lie over each other."""
    if widget.layout() is None:
        return []
    children = [
        child
        for child in widget.children()
        if isinstance(child, QWidget)
        and child.isVisibleTo(widget)
        and not child.isWindow()
        and not _overlay(child)
    ]
    found = []
    for place, one in enumerate(children):
        for other in children[place + 1 :]:
            common = one.geometry().intersected(other.geometry())
            if common.width() > _SLACK and common.height() > _SLACK:
                found.append(
                    f"overlap: {_named(one)} and {_named(other)} by {common.width()}x{common.height()}"
                )
    return found


def too_small(widget: QWidget) -> list[str]:
    """Texts below 12 px."""
    if not isinstance(widget, QLabel | QAbstractButton | QLineEdit) or not widget.text():
        return []
    pixels = widget.fontInfo().pixelSize()
    return [f"too small: {_named(widget)} {pixels} px"] if pixels < LEAST_PIXELS else []


def too_pale(widget: QWidget, window: QWidget, picture: QImage) -> list[str]:
    """Labels whose ink stands out too little from what is really behind them (disabled ones may)."""
    if not isinstance(widget, QLabel) or not widget.text() or not widget.isEnabled():
        return []
    scale = picture.devicePixelRatio()
    corner = widget.mapTo(window, QPoint(0, 0)) * scale
    if not picture.rect().contains(corner) or not widget.visibleRegion().contains(QPoint(0, 0)):
        return []  # scrolled out of sight
    behind = picture.pixelColor(corner).name()
    ink = widget.palette().color(widget.foregroundRole()).name()
    contrast = ratio(ink, behind)
    return [f"too pale: {_named(widget)} {ink} on {behind} {contrast:.2f}"] if contrast < TEXT else []


def _button_need(button: QAbstractButton) -> int:
    text = button.text().replace("&&", "&")
    needed = button.fontMetrics().horizontalAdvance(text)
    return needed + (button.iconSize().width() + 4 if not button.icon().isNull() else 0)


def _button_room(button: QAbstractButton) -> int:
    if not isinstance(button, QPushButton):
        indicator = 26 if isinstance(button, QCheckBox | QRadioButton) else 0
        return button.width() - indicator
    option = QStyleOptionButton()
    button.initStyleOption(option)
    room: QRect = button.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, button)
    return room.width()


def _overlay(widget: QWidget) -> bool:
    return bool(widget.property("overlay"))


def _is_viewport(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    return isinstance(parent, QAbstractScrollArea) and parent.viewport() is widget


def _inside_of_qt(widget: QWidget) -> bool:
    if _overlay(widget) or widget.objectName().startswith("qt_"):
        return True
    parent = widget.parentWidget()
    while parent is not None:
        if (
            isinstance(parent, QComboBox | QHeaderView | QLineEdit)
            or type(parent).__name__ == "QCalendarWidget"
        ):
            return True
        parent = parent.parentWidget()
    return False


def _named(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
    return f"{type(widget).__name__}({text or widget.accessibleName() or widget.objectName()})"


def _size(widget: QWidget) -> str:
    return f"{widget.width()}x{widget.height()}"
