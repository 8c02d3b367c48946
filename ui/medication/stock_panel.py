"""What the parts of the cupboard share: their table and state, sheets that open over them, acts by key and button."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from app.core.roles import Right
from ui.kit import Card, Foot, Key, StateView, Words, bind
from ui.kit.buttons import Kind
from ui.kit.guarded import GuardedButton
from ui.kit.sheet import MenuButton
from ui.kit.view import View
from ui.medication.stock_sheet import StockSheet, StockTask
from ui.style import Role


@dataclass(frozen=True)
class PanelAct:
    """A key and a button for one act; `main` is the one that is coloured, `rare` ones stand in a menu."""

    press: str
    words: str
    act: Callable[[], object]
    icon: str = ""
    main: bool = False
    rare: bool = False


class StockPanel(QWidget):
    """One part of the cupboard. `view` has bench, errands and the notice line."""

    title = ""

    def __init__(self, view: View) -> None:
        super().__init__()
        self.view = view
        self.bench, self.errands = view.bench, view.errands
        self.count = Words("", Role.HINT)
        self.buttons: dict[str, GuardedButton] = {}
        self.state: StateView

    def refresh(self) -> None:
        """Ask again for what is shown."""

    def arrive(self) -> None:
        """Take the keys."""

    def open_task(self, task: StockTask, *, below: QWidget | None = None) -> StockSheet:
        """The sheet of an act; once it is done the notice says so and the panel asks again."""
        sheet = StockSheet(self.view, task, below=below)
        sheet.kept.connect(self.done)
        sheet.open()
        return sheet

    def print_out(self, sheet: str, resident: UUID, **asked: object) -> None:
        """The preview of a sheet, and back to the cupboard."""
        self.bench.go("preview", {"sheet": sheet, "resident": resident, **asked, "back": ("cupboard", {})})

    def done(self, said: str) -> None:
        self.bench.notice.done(said)
        self.refresh()

    def lay_out(self, content: QWidget, acts: Sequence[PanelAct], *head: QWidget) -> None:
        """Head pieces over the content, its state, and the acts at the foot."""
        self.state = StateView(content)
        card = Card(flush=True)
        if head:
            row = QHBoxLayout()
            row.setContentsMargins(16, 14, 16, 10)
            row.setSpacing(12)
            for place, piece in enumerate(head):
                row.addWidget(piece, 0 if place else 1)
            card.body.addLayout(row)
        card.body.addWidget(self.state, 1)
        foot = Foot()
        foot.row.addWidget(self.count)
        foot.row.addStretch(1)
        for one in sorted(acts, key=lambda one: one.main):
            kind: Kind = "primary" if one.main else "plain"
            button = GuardedButton(self.view, Right.KEEP_STOCK, one.words, kind, icon=one.icon)
            button.setToolTip(f"快捷键：{one.press}")
            button.allowed.connect(one.act)
            button.setParent(self)
            button.setVisible(False)
            self.buttons[one.words] = button
            if not one.rare:
                foot.row.addWidget(button)
                button.setVisible(True)
        if rare := [one for one in acts if one.rare]:
            more = MenuButton("更多")
            more.asked.connect(partial(self._fill_menu, rare))
            foot.row.addWidget(more)
        card.body.addWidget(foot)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(card)
        bind(self, *(Key(one.press, one.words, self.buttons[one.words].ask) for one in acts))

    def _fill_menu(self, acts: Sequence[PanelAct], menu: QMenu) -> None:
        for one in acts:
            menu.addAction(f"{one.words}（{one.press}）", self.buttons[one.words].ask)
