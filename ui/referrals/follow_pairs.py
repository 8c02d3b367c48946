"""What the cards of a referral are made of: captions with their words, and lines with something small under them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from ui.kit import Card, Line, Words
from ui.kit.buttons import Button
from ui.kit.paint import metrics
from ui.style import Role, look

Pair = tuple[str, str]
_CAPTION = 92


def emptied(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()


def pairs(rows: Iterable[Pair], least: int = 0) -> QWidget:
    """Caption at the left, words at the right; what nobody said is a dash. `least`: px the captions take, so that
    several of these stand below each other in one column."""
    whole = QWidget()
    grid = QGridLayout(whole)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(1, 1)
    grid.setColumnMinimumWidth(0, max(look.sp(_CAPTION), least))
    top = Qt.AlignmentFlag.AlignTop
    for place, (caption, words) in enumerate(rows):
        grid.addWidget(Words(caption, Role.HINT), place, 0, top)
        said = Words(words or "—", ink="" if words else "text3", wrap=True)
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(said, place, 1, top)
    return whole


def widest(rows: Iterable[Pair]) -> int:
    """Px the longest of these captions takes."""
    return max((metrics(Role.HINT).horizontalAdvance(caption) + 1 for caption, _ in rows), default=0)


def noted(first: str | QWidget, under: str = "", ink: str = "", *pieces: QWidget) -> QWidget:
    """A line of words with a smaller one below, and pieces at its right."""
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(12)
    texts = QVBoxLayout()
    texts.setSpacing(1)
    texts.addWidget(Words(first, ink=ink, wrap=True) if isinstance(first, str) else first)
    if under:
        texts.addWidget(Words(under, Role.HINT, wrap=True))
    row.addLayout(texts, 1)
    for piece in pieces:
        row.addWidget(piece, 0, Qt.AlignmentFlag.AlignTop)
    return whole


class LinesCard(Card):
    """A title, an act with its key at the right, and lines that are drawn anew."""

    def __init__(self, title: str, act: str = "", icon: str = "") -> None:
        super().__init__(title, " " if not act else "")
        self.act = Button(act, "link", icon=icon)
        if act:
            self.head.addWidget(self.act)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(10)
        self.body.addLayout(self.lines)

    def show_lines(self, pieces: Iterable[QWidget], empty: str, *, apart: bool = False) -> None:
        """Other lines; `apart` with a rule between them."""
        emptied(self.lines)
        shown = list(pieces) or [Words(empty, Role.HINT, wrap=True)]
        for place, piece in enumerate(shown):
            if place and apart:
                self.lines.addWidget(Line())
            self.lines.addWidget(piece)
