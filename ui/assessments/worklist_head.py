"""Above the worklist: the search, the instrument, what may be done with the selected line, and the views."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.assessments.due.rows import DueCounts
from app.core.roles import Right
from ui.assessments.instrument_box import InstrumentBox
from ui.kit import Button, ChipRow, Key, SearchField, bind
from ui.kit.guarded import GuardedButton
from ui.kit.view import View
from ui.style import look

DECIDED, EVERYBODY = "decided", "all"
VIEWS = (
    ("due", "待评"),
    ("overdue", "逾期"),
    ("draft", "草稿"),
    (DECIDED, "延期·免评"),
    (EVERYBODY, "全部老人"),
)


class WorklistHead(QWidget):
    """`view` is the key of the chosen view, `instrument` the chosen code or nothing."""

    def __init__(self, view: View) -> None:
        super().__init__()
        self.search = SearchField("找老人", "姓名、拼音、床位", keys="Ctrl F")
        self.box = InstrumentBox()
        self.chips = ChipRow(VIEWS)
        self.other = GuardedButton(view, Right.ASSESS, "另选量表", icon="plus")
        self.put_off = GuardedButton(view, Right.ASSESS, "延期", icon="clock")
        self.waive = GuardedButton(view, Right.ASSESS, "不再需要", icon="x")
        self.take_back = GuardedButton(view, Right.ASSESS, "恢复待评", icon="undo-2")
        self._lay_out()

    @property
    def view(self) -> str:
        return self.chips.key

    @property
    def instrument(self) -> str:
        return "" if self.view == EVERYBODY else self.box.key

    @property
    def words(self) -> str:
        return self.search.text().strip()

    def say_counts(self, counts: DueCounts) -> None:
        """Numbers beside the views and instruments; nothing where nothing is."""
        numbers = {
            "due": counts.due,
            "overdue": counts.overdue,
            "draft": counts.draft,
            DECIDED: counts.decided,
            EVERYBODY: counts.residents,
        }
        for key, words in VIEWS:
            self.chips.say(key, f"{words} {numbers[key]:,}" if numbers[key] else words)
        self.box.show_counts(counts.shelf, counts.by_instrument)

    def offer_acts(self) -> None:
        """Only what can be done in the chosen view."""
        self.box.setVisible(self.view != EVERYBODY)
        self.put_off.setVisible(self.view != EVERYBODY)
        self.waive.setVisible(
            self.view not in (DECIDED, EVERYBODY)
        )  # there N does it: a small window is full
        self.take_back.setVisible(self.view == DECIDED)

    def _lay_out(self) -> None:
        acts = QHBoxLayout()
        acts.setSpacing(12)
        self.search.setMinimumWidth(look.sp(180))
        self.search.setMaximumWidth(look.sp(300))
        acts.addWidget(self.search, 1)
        acts.addWidget(self.box)
        acts.addStretch()
        for button in (self.take_back, self.put_off, self.waive, self.other):
            acts.addWidget(button)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 14, 16, 10)
        box.setSpacing(12)
        box.addLayout(acts)
        box.addWidget(self.chips)


class LevelsButton(Button):
    """The way to the house's levels; its key is one of the view."""

    def __init__(self, view: View) -> None:
        super().__init__("评估统计", "link")
        self.setToolTip("各楼层的等级、好转与变差（T）")
        self.clicked.connect(lambda: view.bench.go("assessment-levels", {}))
        bind(view, Key("T", "评估统计", self.click))
