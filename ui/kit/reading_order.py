"""Tab goes in the order pieces are laid out, also where some of them were made later than those below."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget


def read_in_order(whole: QWidget) -> None:
    """Have Tab go through `whole` as it is read; Qt's own order is the one in which pieces were made."""
    stops = [one for one in _pieces(whole) if one.focusPolicy() != Qt.FocusPolicy.NoFocus]
    for one, following in pairwise(stops):
        QWidget.setTabOrder(one, following)


def _pieces(whole: QWidget) -> Iterator[QWidget]:
    yield whole
    if isinstance(whole, QScrollArea):
        inside = whole.widget()
        if inside is not None:
            yield from _pieces(inside)
    elif (layout := whole.layout()) is not None:
        yield from _laid(layout)


def _laid(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is None:
            continue
        if (widget := item.widget()) is not None:
            yield from _pieces(widget)
        elif (inner := item.layout()) is not None:
            yield from _laid(inner)
