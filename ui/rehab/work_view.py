"""待办: everything of rehab that waits, in one list; Enter leads to where it is done, or does it here."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout

from app.core.changes import Changes
from app.rehab.queries.work import GOAL, MISSED, OPEN, RARE, REVIEW, SIGN, UNPLACED, RehabWork, Work, WorkRow
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
from ui.rehab.sections import WORK_KINDS, Sections
from ui.rehab.work_acts import WorkActs
from ui.style import Role, Tone

ALL = "all"
BOARD = "board"
FILTERS = (
    (ALL, "全部"),
    (REVIEW, "待复评"),
    (SIGN, "待签名"),
    (MISSED, "缺次"),
    (GOAL, "目标到期"),
    (BOARD, "待排"),
    (OPEN, "训练未结束"),
)
_TITLES = {
    OPEN: "训练未结束",
    REVIEW: "复评", SIGN: "待签", MISSED: "缺次", GOAL: "目标到期", RARE: "待安排", UNPLACED: "未排满",
}  # fmt: skip
_EMPTY = {
    ALL: ("康复没有待办", "要复评、要签名、缺次、目标到期和没排上的训练会列在这里。"),
    REVIEW: ("没有要复评的计划", "到期前 7 天，或跌倒、住院返回、主要量表变化后列在这里。"),
    SIGN: ("没有要签名的计划", "医生下达、康复师确认、本人或家属同意，缺一项的计划列在这里。"),
    MISSED: ("没有要补的训练", "两周内缺席、拒绝或没有记录的训练列在这里，补训或写明不补。"),
    GOAL: ("没有到期的目标", "过了期限还没有评定的目标列在这里。"),
    OPEN: ("没有未结束的训练", "前些天开始没有结束、中止后没有填写记录的训练列在这里。"),
    BOARD: ("没有要排的训练", "每周时间没排满的项目、每月一次的家长培训到期列在这里。"),
}


class WorkView(View):
    """Opened with `{"view": …}` on one of the lists, `{"resident": rid}` at the first row of somebody."""

    kinds: ClassVar[frozenset[str]] = WORK_KINDS

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "康复待办")
        self.crumbs = (Crumb("康复", "rehab"), Crumb("待办"))
        self.work = Work((), ())
        self._resident: UUID | None = None
        self.chips = ChipRow(FILTERS)
        self.table: RowsTable[WorkRow] = RowsTable(_columns(), lambda row: row.key, words="康复待办")
        self.state = StateView(self.table)
        self.count = ElidedWords("", Role.HINT)
        self.acts = WorkActs(self)
        self._lay_out()
        self.chips.group.buttonClicked.connect(self._show)
        self.table.on_opened(self.acts.act)
        numbered = enumerate(FILTERS, 1)
        bind(
            self,
            Key("Up Down", "选择"),
            Key("Return", "处理：复评、签名、补训、评定目标、排时间、结束训练"),
            Key("Delete", "缺次不补（写明原因）", self.acts.let_go),
            Key("O", "打开康复计划", lambda: self._with_row(self.acts.open_plan)),
            Key("W", "打开这位老人的周排程", lambda: self._with_row(self.acts.open_week)),
            Key("Z", "撤销刚才的改动", self.acts.undo),
            *(Key(str(place), words, partial(self._choose, key)) for place, (key, words) in numbered),
        )

    def opened(self, params: Mapping[str, Any]) -> None:
        if params.get("view") in dict(FILTERS):
            self.chips.choose(params["view"])
        self._resident = params.get("resident")
        self.refresh()
        self.take_keys()

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        with self.state.asking(self.refresh):
            self.work = await self.errands.ask(RehabWork())
            self._show()

    def record_shown(self) -> tuple[str, UUID] | None:
        """F8: the plan, the session that was missed, or the item."""
        row = self.table.current()
        if row is None:
            return None
        if row.plan is not None:
            return ("rehab_plan", row.plan)
        if row.session is not None:
            return ("rehab_session", row.key[1])
        return ("rehab_item", row.missed.key[0] if row.missed else row.key[1])

    def take_keys(self) -> None:
        """The focus on the table, or while a sentence stands in its place on the view."""
        (self.table if self.table.isVisibleTo(self) else self).setFocus()

    # inside -------------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        for key, words in FILTERS:
            count = sum(_in(key, row) for row in self.work.rows)
            self.chips.say(key, f"{words} {count}" if count else words)
        shown = tuple(row for row in self.work.rows if _in(self.chips.key, row))
        keys_here = self.hasFocus() or self.table.hasFocus()
        self.table.set_rows(shown)
        urgent = sum(row.urgent for row in shown)
        said = f"共 {len(shown)} 项" + (f"，{urgent} 项已过期或有变化" if urgent else "")
        self.count.setText(said if shown else "")
        if shown:
            self.state.content()
            wanted = next((row.key for row in shown if row.resident == self._resident), None)
            if wanted is not None:
                self.table.pick(wanted)
            elif self.table.current() is None:
                self.table.pick_first()
        else:
            self.state.empty(*_EMPTY[self.chips.key])
        self._resident = None
        if keys_here:
            self.take_keys()

    def _choose(self, key: str) -> None:
        self.chips.choose(key)
        self._show()

    def _with_row(self, act: Any) -> None:
        row = self.table.current()
        if row is not None:
            act(row)

    def _lay_out(self) -> None:
        card = Card(flush=True)
        head = QVBoxLayout()
        head.setContentsMargins(16, 14, 16, 10)
        head.addWidget(self.chips)
        card.body.addLayout(head)
        card.body.addWidget(self.state, 1)
        foot = Foot()
        foot.row.addWidget(self.count, 1)
        foot.row.addWidget(Words("Enter 处理　Delete 不补　O 计划　W 周排程", Role.HINT))
        card.body.addWidget(foot)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(16)
        box.addWidget(Sections(self, "rehab-work"))
        box.addWidget(card, 1)


def _in(key: str, row: WorkRow) -> bool:
    if key == BOARD:
        return row.what in (UNPLACED, RARE)
    return key in (ALL, row.what)


def _tone(row: WorkRow) -> Tone:
    if row.urgent:
        return Tone.DANGER
    return Tone.WARN if row.what in (MISSED, SIGN, GOAL) else Tone.INFO


def _columns() -> tuple[Column[WorkRow], ...]:
    def when(row: WorkRow) -> cells.Cell:
        if row.on is None:
            return cells.Text("—", "text3")
        return cells.Text(f"{row.on:%m-%d}", "danger.text" if row.urgent else "text", strong=row.urgent)

    return (
        Column("事项", lambda row: cells.State(_TITLES[row.what], _tone(row)), 120),
        Column("老人", lambda row: cells.Name(row.name, row.title), least=220),
        Column("情况", lambda row: cells.Text(row.told), 380, 1),
        Column("日期", when, 90),
    )
