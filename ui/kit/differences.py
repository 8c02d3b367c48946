"""What differs between two versions: each field with its old words struck through and the new ones below."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ui.kit.words import Words
from ui.style import Role

Line = tuple[str, str, str]
"""Field, old words, new words; empty old: was not there, empty new: is not there any more."""


class Differences(QWidget):
    """A grid of fields; `gone` is said where nothing new stands."""

    def __init__(self, lines: Iterable[tuple[Line, str]], gone: str = "已去掉") -> None:
        """`lines`: what differs, each with its own why (empty for none)."""
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop
        for row, ((field, old, new), why) in enumerate(lines):
            grid.addWidget(Words(field, Role.BODY, ink="text2"), row, 0, top)
            grid.addWidget(_one((old, new, why), gone), row, 1)


def struck(text: str) -> Words:
    """Words lined out, still readable."""
    old = Words(text, ink="text3", wrap=True)
    font = old.font()
    font.setStrikeOut(True)
    old.setFont(font)
    old.setAccessibleName(f"原来：{text}")
    return old


def _one(said: Line, gone: str) -> QWidget:
    old, new, why = said
    widget = QWidget()
    box = QVBoxLayout(widget)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(2)
    if old:
        box.addWidget(struck(old))
    box.addWidget(Words(new, wrap=True) if new else Words(gone, Role.HINT))
    if why:
        box.addWidget(Words(f"原因：{why}", Role.HINT, wrap=True))
    return widget
