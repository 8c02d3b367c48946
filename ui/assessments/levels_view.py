"""评估统计: how the house stands by one instrument, floor by floor, who got better or worse, and who they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.assessments.queries import ABILITY
from app.assessments.trends.house import CARE, FLOORS, MONTHS, HouseLevels, HouseRow, StandRow
from app.assessments.trends.people import PeopleAt, PersonRow
from app.core.changes import Changes
from ui.assessments.levels_columns import MOVES, choices_of, person_columns, stand_columns
from ui.kit import Card, ChipRow, Foot, Key, RowsTable, StateView, Words, bind, latest
from ui.kit.flow import Flow
from ui.kit.pick_box import PickBox
from ui.kit.view import Bench, Crumb, View
from ui.style import Role, look

WIDE = 980
"""Width from which on the people stand beside the numbers, in px at 100 % text size."""
BY = ((FLOORS, "按楼层"), (CARE, "按护理等级"))
SPANS = tuple((str(one), f"近 {one} 个月") for one in (3, 6, 12))


class LevelsView(View):
    """Opened with `{"instrument": code}`; otherwise at the one shown before."""

    kinds: ClassVar[frozenset[str]] = frozenset({"assessment", "resident", "stay", "place"})

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "评估统计")
        self.say_title(Crumb("评估", "assessments"), Crumb("评估统计"))
        self.house: HouseRow | None = None
        self.code = ABILITY
        self._wide: bool | None = None
        self.box = PickBox("量表", 150)
        self.by = ChipRow(BY)
        self.spans = ChipRow(SPANS)
        self.spans.choose(str(MONTHS))
        self.pages = ChipRow((("stand", "分布"), ("people", "名单")))
        self.moved = Words("", wrap=True, ink="text2")
        self.table: RowsTable[StandRow] = RowsTable((), lambda row: row.key or row.words, words="等级分布")
        self.people: RowsTable[PersonRow] = RowsTable(
            person_columns(), lambda row: row.resident, words="名单"
        )
        self.who = PickBox("名单里的人", 150)
        self.where = Words("", Role.CARD_TITLE)
        self.state, self.people_state = StateView(self.table), StateView(self.people)
        self._lay_out()
        self._connect()

    def opened(self, params: Mapping[str, Any]) -> None:
        self.code = str(params.get("instrument", self.code))
        self.refresh()
        self.table.setFocus()

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        """Ask for the numbers, then for who stands behind the one chosen."""
        with self.state.asking(self.refresh):
            house = await self.errands.ask(HouseLevels(self.code, int(self.spans.key)))
            self._show(house)

    # inside -------------------------------------------------------------------------------------------------------

    def _show(self, house: HouseRow) -> None:
        self.house = house
        self.box.show_choices(house.choices)
        self.box.choose(house.code)
        if not house.whole.residents:
            self.people_state.empty("没有可列出的老人", "")
            self.state.empty("还没有在住的老人", "新建档案或导入名册后，这里按楼层统计每种量表的等级。")
            return
        self._show_rows()
        self.state.content()

    def _show_rows(self) -> None:
        house = self.house
        if house is None:
            return
        floors = self.by.key == FLOORS
        columns = stand_columns(house, "楼层" if floors else "护理等级")
        if [one.title for one in columns] != [one.title for one in self.table.rows_model.columns]:
            self.table.set_columns(columns)
        self.table.set_rows((house.whole, *(house.floors if floors else house.care)))
        self.moved.setText(_moved_words(house, int(self.spans.key)))
        if self.table.current() is None:
            self.table.pick_first()
        self._show_who()

    def _show_who(self) -> None:
        row = self.table.current()
        if row is None or self.house is None:
            return
        self.where.setText(row.words)
        self.who.show_choices(choices_of(self.house, row))
        self._ask_people()

    @latest
    async def _ask_people(self) -> None:
        row, by = self.table.current(), self.by.key
        if row is None:
            return
        whole = self.house is not None and row is self.house.whole
        question = PeopleAt(
            self.code, FLOORS if whole else by, row.key, self.who.key, months=int(self.spans.key)
        )
        with self.people_state.asking(self._ask_people):
            people = await self.errands.ask(question)
            self.people.set_rows(people)
            if people:
                self.people_state.content()
            else:
                self.people_state.empty("这里没有人", "选另一行，或换一个条件。")

    def _step(self, way: int) -> None:
        """← and →: the level before or after."""
        count = self.who.count()
        if count:
            self.who.setCurrentIndex((self.who.currentIndex() + way) % count)
            self._ask_people()

    def _chosen(self) -> None:
        """Another instrument."""
        self.code = self.box.key
        self.refresh()

    def _to_people(self) -> None:
        self.pages.choose("people")
        self._turned()
        if self.people.current() is None:
            self.people.pick_first()
        self.people.setFocus()

    def _open(self, row: PersonRow) -> None:
        self.bench.go("chart", {"resident": row.resident, "tab": "assessments", "back": "assessment-levels"})

    def _leave(self) -> None:
        """Esc: from the people back to the numbers, from there to the worklist."""
        if self.people.hasFocus():
            self.pages.choose("stand")
            self._turned()
            self.table.setFocus()
        else:
            self.bench.go("assessments", {})

    # layout -------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= look.sp(WIDE)
        if wide != self._wide:
            self._wide = wide
            self.pages.setVisible(not wide)
            self._turned()

    def _turned(self) -> None:
        self._left.setVisible(bool(self._wide) or self.pages.key == "stand")
        self._right.setVisible(bool(self._wide) or self.pages.key == "people")

    def _lay_out(self) -> None:
        bar = Flow(12)
        for piece in (self.box, self.by, self.spans, self.pages):
            bar.addWidget(piece)
        self.pages.hide()
        self._left, self._right = Card(flush=True), Card(flush=True)
        foot = Foot()
        foot.row.addWidget(self.moved, 1)
        self._left.body.addWidget(self.state, 1)
        self._left.body.addWidget(foot)
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 12, 10)
        head.addWidget(self.where, 1)
        head.addWidget(self.who)
        self._right.body.addLayout(head)
        self._right.body.addWidget(self.people_state, 1)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self._left, 2)
        row.addWidget(self._right, 1)
        self._right.setMinimumWidth(look.sp(404))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(14)
        box.addLayout(bar)
        box.addLayout(row, 1)

    def _connect(self) -> None:
        self.box.activated.connect(lambda _place: self._chosen())
        self.by.group.buttonClicked.connect(lambda _chip: self._show_rows())
        self.spans.group.buttonClicked.connect(lambda _chip: self.refresh())
        self.pages.group.buttonClicked.connect(lambda _chip: self._turned())
        self.who.activated.connect(lambda _place: self._ask_people())
        self.table.on_picked(lambda row: self._show_who() if row is not None else None)
        self.table.on_opened(lambda _row: self._to_people())
        self.people.on_opened(self._open)
        bind(
            self.table,
            Key("Left", "前一个等级", lambda: self._step(-1)),
            Key("Right", "后一个等级", lambda: self._step(1)),
            Key("Return", "到名单"),
        )
        bind(self.people, Key("Return", "打开档案"))
        bind(
            self,
            Key("T", "换量表", self.box.setFocus),
            Key("F", "按楼层或护理等级", self._other_way),
            Key("Esc", "返回", self._leave),
        )

    def _other_way(self) -> None:
        self.by.choose(CARE if self.by.key == FLOORS else FLOORS)
        self._show_rows()


def _moved_words(house: HouseRow, months: int) -> str:
    """`近 6 个月里与前一次相比：好转 3 人，不变 12 人，变差 5 人；首次评估 4 人`."""
    if not house.exclusive:
        return "各列是结果为“是”或“倾向是”的人数；一位老人可以有几种，所以不合计，也不比好坏。"
    moved = house.whole.moved
    parts = [f"{MOVES[key]} {moved[key]} 人" for key in ("better", "same", "worse")]
    return f"近 {months} 个月里与前一次相比：{'，'.join(parts)}；首次评估 {moved['first']} 人"
