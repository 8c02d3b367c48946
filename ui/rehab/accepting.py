"""An act that would put somebody in two places is done all the same, once a person says so by name."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.rehab.around import InTwoPlaces
from ui.rehab.booking_sheets import AcceptSheet


def ask_whether(
    parent: QWidget, found: InTwoPlaces, again: Callable[[tuple[str, ...]], object]
) -> AcceptSheet:
    """`again` gets the names that are accepted, to do the act with them; put back is the way out."""
    sheet = AcceptSheet(parent, found.told, back="返回")
    sheet.done_with.connect(lambda: again(found.names))
    sheet.open()
    return sheet
