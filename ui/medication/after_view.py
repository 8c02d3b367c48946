"""用药跟踪: what the program raised, effects to look at, infusions that run, signatures that are missing."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout

from app.core.changes import Changes
from app.core.clock import local
from app.medication.following import Following, FollowRow
from app.medication.following.questions import TITLES
from app.medication.following.waiting import COUNTERSIGN, EFFECT, INFUSION
from ui.kit import Card, ChipRow, Column, Foot, Key, RowsTable, StateView, Words, bind, cells, latest
from ui.kit.view import Bench, Crumb, View
from ui.medication.after_sheets import CountersignSheet, DecideSheet, EffectSheet, InfusionSheet
from ui.medication.sections import Sections
from ui.style import Role, Tone

MATTERS = "matters"
FILTERS = (
    ("all", "全部"),
    (MATTERS, "需核实"),
    (EFFECT, TITLES[EFFECT]),
    (INFUSION, TITLES[INFUSION]),
    (COUNTERSIGN, TITLES[COUNTERSIGN]),
)
_EMPTY = {
    "all": ("没有要跟踪的用药", "必要时用药的效果、输液、一人值班的补签、可能重复给药和多次拒服会列在这里。"),
    MATTERS: ("没有要核实的事", "可能重复给药、记录矛盾、多次拒服和漏给会列在这里，由人核实后关闭。"),
    EFFECT: ("没有要评价的用药", "必要时用药 30–60 分钟后在这里评价效果。"),
    INFUSION: ("没有进行中的输液", "开始输液后列在这里，结束时登记。"),
    COUNTERSIGN: ("没有要补签的给药", "一人值班自核的给药由另一位护士在这里补签。"),
}
_SHEETS = {EFFECT: EffectSheet, INFUSION: InfusionSheet, COUNTERSIGN: CountersignSheet}


class AfterView(View):
    """Enter does what the row asks for; digits choose what to show."""

    kinds: ClassVar[frozenset[str]] = frozenset({"dose", "med_matter", "med_order", "resident", "stay"})

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "用药跟踪")
        self.crumbs = (Crumb("用药", "medication"), Crumb("用药跟踪"))
        self.rows: tuple[FollowRow, ...] = ()
        self.chips = ChipRow(FILTERS)
        self.table: RowsTable[FollowRow] = RowsTable(self._columns(), lambda row: row.key, words="用药跟踪")
        self.state = StateView(self.table)
        self.count = Words("", Role.HINT)
        self._lay_out()
        self.chips.group.buttonClicked.connect(self._show)
        self.table.on_opened(self.act)
        numbered = enumerate(FILTERS, 1)
        bind(
            self,
            Key("Up Down", "选择"),
            Key("Return", "处理：评价、结束、补签或核实"),
            Key("O", "打开老人用药", self._open_chart),
            Key("R", "上报药品不良反应", self._report),
            *(Key(str(place), words, partial(self._choose, key)) for place, (key, words) in numbered),
        )
        self._clock = QTimer(self)
        self._clock.setInterval(60 * 1000)  # what was waited for becomes late
        self._clock.timeout.connect(lambda: self.refresh() if self.isVisible() else None)
        self._clock.start()

    def opened(self, params: Mapping[str, Any]) -> None:
        """`view`: which of the filters to show."""
        if params.get("view") in dict(FILTERS):
            self.chips.choose(params["view"])
        self.refresh()
        self.table.setFocus()

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        with self.state.asking(self.refresh):
            self.rows = (await self.errands.ask(Following())).rows
            self._show()

    def act(self, row: FollowRow) -> None:
        """Enter: the sheet of what the row asks for."""
        _SHEETS.get(row.what, DecideSheet)(self, row).open()

    def record_shown(self) -> tuple[str, UUID] | None:
        """F8: the dose."""
        row = self.table.current()
        return None if row is None or row.seen is None else ("dose", row.seen.rid)

    # inside -------------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        for key, words in FILTERS:
            count = sum(_in(key, row) for row in self.rows)
            self.chips.say(key, f"{words} {count}" if count else words)
        shown = tuple(row for row in self.rows if _in(self.chips.key, row))
        self.table.set_rows(shown)
        urgent = sum(row.urgent for row in shown)
        self.count.setText(
            f"共 {len(shown)} 项" + (f"，{urgent} 项要马上处理" if urgent else "") if shown else ""
        )
        if shown:
            self.state.content()
            if self.table.current() is None:
                self.table.pick_first()
        else:
            self.state.empty(*_EMPTY[self.chips.key])

    def _choose(self, key: str) -> None:
        self.chips.choose(key)
        self._show()

    def _open_chart(self) -> None:
        if (row := self.table.current()) is not None:
            self.bench.go("chart", {"resident": row.resident, "tab": "medication", "back": "after-doses"})

    def _report(self) -> None:
        if (row := self.table.current()) is not None:
            self.bench.go("incident-report", {"resident": row.resident, "back": ("after-doses", {})})

    def _columns(self) -> tuple[Column[FollowRow], ...]:
        zone = self.bench.station.settings.zone

        def when(row: FollowRow) -> cells.Cell:
            return cells.Text(f"{local(zone, row.due):%m-%d %H:%M}", "danger.text" if row.urgent else "text")

        return (
            Column("事项", lambda row: cells.State(row.title, _tone(row)), 170),
            Column("老人", lambda row: cells.Name(row.name, row.bed), least=150),
            Column("药品", lambda row: cells.Text(row.medicine, "text"), 220),
            Column("情况", lambda row: cells.Text("；".join(row.told)), 380, 2),
            Column("时间", when, 120),
        )

    def _lay_out(self) -> None:
        card = Card(flush=True)
        head = QVBoxLayout()
        head.setContentsMargins(16, 14, 16, 10)
        head.addWidget(self.chips)
        card.body.addLayout(head)
        card.body.addWidget(self.state, 1)
        foot = Foot()
        foot.row.addWidget(self.count)
        foot.row.addStretch(1)
        foot.row.addWidget(Words("↑↓ 选择　Enter 处理　O 打开用药　R 上报不良反应", Role.HINT))
        card.body.addWidget(foot)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(16)
        box.addWidget(Sections(self, "after-doses"))
        box.addWidget(card, 1)


def _in(key: str, row: FollowRow) -> bool:
    return key == "all" or (row.matter if key == MATTERS else row.what == key)


def _tone(row: FollowRow) -> Tone:
    if row.matter:
        return Tone.DANGER
    return Tone.ORANGE if row.late else Tone.INFO
