"""返院: everybody who came back from hospital and of whom something waits; Enter goes on where it was left."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout

from app.core.changes import Changes
from app.core.clock import local
from app.referrals.coming_back import InHospital, OpenReturn, OpenReturns
from app.referrals.rules.returning import CAME_WITH, span_words
from ui.kit import (
    Card,
    ChipRow,
    Column,
    ElidedWords,
    Foot,
    Key,
    RowsTable,
    StateView,
    Words,
    bind,
    cells,
    latest,
)
from ui.kit.view import Bench, Crumb, View
from ui.referrals.sections import Sections
from ui.style import Role, Tone

RETURN_KINDS = frozenset(
    {
        "referral_return", "absence", "stay", "vital", "entry", "assessment", "med_order", "med_reconciliation",
        "referral",
    }
)  # fmt: skip
"""What makes work of returns, or settles it."""


WAITING, AWAY = "waiting", "away"
_LISTS = ((WAITING, "已返院"), (AWAY, "住院中"))
_EMPTY = {
    WAITING: ("没有要处理的返院", "老人从医院回来以后列在这里，直到评估完成、资料收齐。"),
    AWAY: ("没有老人在住院", "登记住院或转诊出发的老人列在这里，回来时按 Enter 登记返院。"),
}


class ReturnListView(View):
    """Who is back, the late first, then those nobody recorded; or who lies in hospital and may come back."""

    kinds: ClassVar[frozenset[str]] = RETURN_KINDS

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "返院")
        self.crumbs = (Crumb("转诊", "referrals"), Crumb("返院"))
        self.rows: dict[str, tuple[OpenReturn, ...]] = {WAITING: (), AWAY: ()}
        self.chips = ChipRow(_LISTS)
        self.table: RowsTable[OpenReturn] = RowsTable(self._columns(), _key, words="返院")
        self.state = StateView(self.table)
        self.count = ElidedWords("", Role.HINT)
        self._lay_out()
        self.table.on_opened(self.open_return)
        self.chips.group.buttonClicked.connect(self._show)
        bind(
            self,
            Key("Up Down", "选择"),
            Key("Return", "登记、评估、追要资料"),
            *(
                Key(str(place), words, partial(self._choose, key))
                for place, (key, words) in enumerate(_LISTS, 1)
            ),
            Key("O", "打开老人档案", self.open_chart),
        )

    def opened(self, params: Mapping[str, Any]) -> None:
        self.refresh()
        self.take_keys()

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        with self.state.asking(self.refresh):
            self.rows = {
                WAITING: await self.errands.ask(OpenReturns()),
                AWAY: await self.errands.ask(InHospital()),
            }
            self._show()

    def record_shown(self) -> tuple[str, UUID] | None:
        row = self.table.current()
        return ("referral_return", row.row.rid) if row is not None and row.row is not None else None

    def take_keys(self) -> None:
        (self.table if self.table.isVisibleTo(self) else self).setFocus()

    def open_return(self, row: OpenReturn) -> None:
        """Enter: the return, or its registration."""
        params: dict[str, Any] = {"resident": row.resident, "back": ("returns", {})}
        if row.row is not None:
            params["record"] = row.row.rid
        self.bench.go("referral-return", params)

    def open_chart(self) -> None:
        row = self.table.current()
        if row is not None:
            self.bench.go("chart", {"resident": row.resident, "back": "returns"})

    # inside -------------------------------------------------------------------------------------------------------

    def _choose(self, key: str) -> None:
        self.chips.choose(key)
        self._show()

    def _show(self) -> None:
        here = self.hasFocus() or self.table.hasFocus()
        for key, words in _LISTS:
            self.chips.say(key, f"{words} {len(self.rows[key])}" if self.rows[key] else words)
        rows = self.rows[self.chips.key]
        self.table.set_rows(rows)
        self.count.setText(self._told(rows))
        if rows:
            self.state.content()
            if self.table.current() is None:
                self.table.pick_first()
        else:
            self.state.empty(*_EMPTY[self.chips.key])
        if here:
            self.take_keys()

    def _told(self, rows: tuple[OpenReturn, ...]) -> str:
        if not rows or self.chips.key == AWAY:
            return f"共 {len(rows)} 位" if rows else ""
        late, bare = sum(one.late for one in rows), sum(one.row is None for one in rows)
        parts = [
            f"共 {len(rows)} 位",
            f"{late} 位有超时" if late else "",
            f"{bare} 位返院未登记" if bare else "",
        ]
        return "，".join(part for part in parts if part)

    def _columns(self) -> tuple[Column[OpenReturn], ...]:
        zone = self.bench.station.settings.zone

        def came(one: OpenReturn) -> cells.Cell:
            away = self.chips.key == AWAY
            return cells.Text(f"{local(zone, one.at):%m-%d %H:%M}{' 离院' if away else ''}", "text")

        def how(one: OpenReturn) -> cells.Cell:
            return cells.Text(CAME_WITH[one.row.form.came_with] if one.row is not None else "—", "text2")

        return (
            Column("老人", lambda one: cells.Name(one.name, one.bed or "未分床"), least=170),
            Column("返院", came, 150),
            Column("医院", lambda one: cells.Text(one.hospital or "—"), 200, 2),
            Column("带回的材料", how, 120, 1),
            Column("返院评估", self._assessment, 190),
            Column("资料", self._papers, 190),
        )

    def _assessment(self, one: OpenReturn) -> cells.Cell:
        row = one.row
        if row is None:
            away = self.chips.key == AWAY
            return cells.State("住院中", Tone.INFO) if away else cells.State("返院未登记", Tone.DANGER)
        if row.assessed_at is not None:
            return cells.State("已完成", Tone.OK)
        if row.due is None or not row.waiting:
            return cells.State("可以完成", Tone.INFO)
        done = f"{len(row.items) - len(row.waiting)}/{len(row.items)}"
        now = self.bench.desk.clock.now()
        return cells.State(done, Tone.DANGER if row.late else Tone.WARN, span_words(row.due, now))

    @staticmethod
    def _papers(one: OpenReturn) -> cells.Cell:
        row = one.row
        if row is None or row.chase is None:
            return cells.Text("已齐" if row is not None else "—", "text3")
        tone = Tone.DANGER if row.chase.late else Tone.NEUTRAL
        return cells.State(f"缺 {len(row.owed)}", tone, f"{row.chase.on:%m-%d} 追要")

    def _lay_out(self) -> None:
        card = Card(flush=True)
        head = QVBoxLayout()
        head.setContentsMargins(16, 14, 16, 10)
        head.addWidget(self.chips)
        card.body.addLayout(head)
        card.body.addWidget(self.state, 1)
        foot = Foot()
        foot.row.addWidget(self.count, 1)
        foot.row.addWidget(Words("Enter 处理　O 档案", Role.HINT))
        card.body.addWidget(foot)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(16)
        box.addWidget(Sections(self, "returns"))
        box.addWidget(card, 1)


def _key(one: OpenReturn) -> tuple[UUID, UUID | None]:
    return one.resident, one.row.rid if one.row is not None else None
