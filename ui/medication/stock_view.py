"""药柜: stock of the ward, what residents brought, controlled medicines, pill boxes, temperatures; a digit for each."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.core.changes import Changes
from app.medication.rules.stock_alarms import AlarmKind
from app.medication.stock.queries import StockAlarms
from ui.kit import ChipRow, ElidedWords, Key, bind, latest
from ui.kit.stack import Stack
from ui.kit.view import Bench, View
from ui.medication.sections import Sections
from ui.medication.stock_boxes_panel import BoxesPanel
from ui.medication.stock_controlled_panel import ControlledPanel
from ui.medication.stock_panel import StockPanel
from ui.medication.stock_shelves_panel import ShelvesPanel
from ui.medication.stock_stores_panel import StoresPanel
from ui.style import Role

PARTS = (
    ("ward", "库存"),
    ("own", "自备药"),
    ("controlled", "麻精药品"),
    ("boxes", "摆药"),
    ("stores", "冰箱"),
)
_ALARMS = (
    (AlarmKind.NEGATIVE, "账面为负"),
    (AlarmKind.EXPIRED, "已过期"),
    (AlarmKind.OPENED, "开封超期"),
    (AlarmKind.MISSING, "不够今天"),
    (AlarmKind.LOW, "快用完"),
    (AlarmKind.NEAR, "近效期"),
)


class StockView(View):
    """Opened with `{"part": "own"}` at a part; otherwise where it was."""

    kinds: ClassVar[frozenset[str]] = frozenset(
        {"stock_move", "store_reading", "dispense", "med_statement", "dose", "med_order", "own_drug", "stay"}
    )

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "药柜")
        self.sections = Sections(self, "cupboard")
        self.chips = ChipRow(PARTS)
        self.alarms = ElidedWords("", Role.HINT, ink="text2")
        self.panels: dict[str, StockPanel] = {
            "ward": ShelvesPanel(self, own=False),
            "own": ShelvesPanel(self, own=True),
            "controlled": ControlledPanel(self),
            "boxes": BoxesPanel(self),
            "stores": StoresPanel(self),
        }
        self.stack = Stack()
        for panel in self.panels.values():
            self.stack.add(panel)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addWidget(self.chips, 2)
        row.addWidget(self.alarms, 1)
        box.addWidget(self.sections)
        box.addLayout(row)
        box.addWidget(self.stack, 1)
        self.chips.group.buttonClicked.connect(lambda: self.show_part(self.chips.key))
        numbered = enumerate(PARTS, 1)
        bind(
            self,
            Key("Ctrl+F", "找药品", self._find),
            *(Key(str(place), words, partial(self.show_part, key)) for place, (key, words) in numbered),
        )
        self.stack.show_page(self.panel)

    @property
    def panel(self) -> StockPanel:
        return self.panels[self.chips.key]

    def opened(self, params: Mapping[str, Any]) -> None:
        """`part`: which to show; `search`: what to look for."""
        if params.get("part") in self.panels:
            self.chips.choose(params["part"])
        panel = self.panel
        if "search" in params and isinstance(panel, ShelvesPanel):
            panel.search.setText(params["search"])
        self.show_part(self.chips.key)

    def show_part(self, key: str) -> None:
        """A digit or a chip: another part, asked anew."""
        self.chips.choose(key)
        self.stack.show_page(self.panel)
        self.refresh()
        self.panel.arrive()

    def refresh(self, changes: Changes | None = None) -> None:
        """Ask again for the part that shows, and for what is wrong in the whole cupboard."""
        self.panel.refresh()
        self.count_alarms()

    @latest
    async def count_alarms(self) -> None:
        found = await self.errands.ask(StockAlarms())
        parts = [f"{words} {found.of(kind)}" for kind, words in _ALARMS if found.of(kind)]
        self.alarms.setText("要处理：" + "　".join(parts) if parts else "药柜没有提醒。")

    def _find(self) -> None:
        panel = self.panel
        if isinstance(panel, ShelvesPanel):
            panel.look_for()
