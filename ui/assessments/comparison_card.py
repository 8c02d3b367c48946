"""与上次相比: what changed between two assessments, item by item, with both of them chosen in two small lists."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.assessments.trends.comparing import BETTER, WORSE, Change, Comparison
from app.assessments.trends.records import RecordRow
from ui.kit import Card, IconButton, Line, Tag, Words
from ui.kit.flow import Flow
from ui.kit.pick_box import PickBox
from ui.style import Role, Tone

TONES = {BETTER: Tone.OK, WORSE: Tone.ORANGE}
USUAL = "与上次相比"
LONGEST = 6
"""Characters of a finding that stand beside a date in the lists; longer ones are left out."""
Pair = tuple[UUID, UUID]


class ComparisonCard(Card):
    """`comparison` is what shows."""

    chosen = Signal(object)
    """Pair: two records were chosen in the lists."""
    print_asked = Signal(object)
    """Comparison: the one that shows is wanted on paper."""

    def __init__(self, *, printable: bool = False) -> None:
        super().__init__()
        self.comparison: Comparison | None = None
        self._printable = printable
        self.heading = Words(USUAL, Role.CARD_TITLE)
        self.older = PickBox("较早的一次", 168)
        self.newer = PickBox("较近的一次", 168)
        self._to = Words("→", ink="text3")
        self.print_button = IconButton("printer", "打印这次对比")
        self.nothing = Words("", Role.HINT, wrap=True)
        self._inside: QWidget | None = None
        row = QHBoxLayout()
        row.setSpacing(8)
        for piece in (self.older, self._to, self.newer):
            row.addWidget(piece)
        row.addStretch(1)
        row.addWidget(self.print_button)
        self.print_button.hide()
        self.print_button.clicked.connect(lambda: self.print_asked.emit(self.comparison))
        self.body.addWidget(self.heading)
        self.body.addLayout(row)
        self.body.addWidget(self.nothing)
        for box in (self.older, self.newer):
            box.activated.connect(
                lambda _place: self.chosen.emit((UUID(self.older.key), UUID(self.newer.key)))
            )

    def show_choices(self, records: Sequence[RecordRow], pair: Pair | None) -> None:
        """What may be compared, the newest first, and which two are."""
        choices = [(str(one.record), _choice(one)) for one in records]
        for box, place in ((self.older, 0), (self.newer, 1)):
            box.show_choices(choices)
            box.setVisible(pair is not None)
            self._to.setVisible(pair is not None)
            if pair is not None:
                box.choose(str(pair[place]))

    def say_nothing(self, words: str) -> None:
        """Why there is nothing to compare."""
        self._clear()
        self.heading.setText(USUAL)
        self.nothing.setText(words)
        self.nothing.show()

    def show_comparison(self, found: Comparison, *, usual: bool) -> None:
        """Show one; `usual`: the record that is looked at with the one before it."""
        self._clear()
        self.comparison = found
        self.heading.setText(USUAL if usual else "两次相比")
        self.nothing.setText("\n".join(found.notes))
        self.nothing.setVisible(bool(found.notes))
        self._inside = _inside(found)
        self.body.addWidget(self._inside)
        self.print_button.setVisible(self._printable)

    def _clear(self) -> None:
        self.comparison = None
        self.print_button.hide()
        if self._inside is not None:
            self.body.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
            self._inside = None


def counted(found: Comparison) -> str:
    """`下降 2 项，好转 1 项，23 项未变`."""
    changed = len(found.items) - found.count(BETTER) - found.count(WORSE)
    parts = [f"{found.word(how)} {found.count(how)} 项" for how in (WORSE, BETTER) if found.count(how)] + (
        [f"变化 {changed} 项"] if changed else []
    )
    if not found.items:
        return f"{found.same} 项都没有变化" if found.same else ""
    return "，".join([*parts, f"{found.same} 项未变"])


def _inside(found: Comparison) -> QWidget:
    inside = QWidget()
    box = QVBoxLayout(inside)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(10)
    if found.figures:
        figures = QWidget()
        row = Flow(8)
        figures.setLayout(row)
        for one in found.figures:
            row.addWidget(Tag(_figure(found, one), TONES.get(one.how, Tone.NEUTRAL)))
        box.addWidget(figures)
    if words := counted(found):
        box.addWidget(Words(f"相隔 {found.days} 天：{words}", Role.HINT, wrap=True))
    if found.items:
        box.addWidget(Line())
        box.addLayout(_items(found))
    for words, items in (("只在较早版本里", found.older_only), ("只在较新版本里", found.newer_only)):
        if items:
            box.addWidget(Words(f"{words}：{'、'.join(items)}", Role.HINT, wrap=True))
    return inside


def _figure(found: Comparison, one: Change) -> str:
    return f"{found.word(one.how)}　{one.label} {one.before}→{one.after}"


def _items(found: Comparison) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(10)
    grid.setColumnStretch(1, 1)
    top = Qt.AlignmentFlag.AlignTop
    for place, one in enumerate(found.items):
        grid.addWidget(Tag(found.word(one.how), TONES.get(one.how, Tone.NEUTRAL)), place, 0, top)
        grid.addWidget(_item(found, one), place, 1)
    return grid


def _item(found: Comparison, one: Change) -> QWidget:
    """Name and scores in the first line, what was chosen below."""
    item = QWidget()
    item.setAccessibleName(found.words(one))
    box = QVBoxLayout(item)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(2)
    row = QHBoxLayout()
    row.setSpacing(10)
    row.addWidget(Words(one.label, Role.BODY, wrap=True), 1)
    row.addWidget(Words(f"{one.before}→{one.after}", Role.STRONG), 0, Qt.AlignmentFlag.AlignTop)
    box.addLayout(row)
    texts = [text for text in (one.before_text, one.after_text) if text]
    if texts:
        box.addWidget(Words(" → ".join(texts), Role.HINT, wrap=True))
    return item


def _choice(row: RecordRow) -> str:
    said = row.finding if row.total is None else f"{row.total} 分"
    return f"{row.assessed_on.isoformat()}　{said if len(said) <= LONGEST else ''}".strip()
