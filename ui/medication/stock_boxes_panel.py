"""摆药: the pill boxes of a floor for a round: Space fills one, F all, K checks them by a second person's proof."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.access.proof import Proof
from app.core.clock import date_in
from app.medication.stock.boxes import CheckBoxes, EmptyBox, FillBoxes
from app.medication.stock.queries import BoxBoard, BoxRow, BoxSheet, BoxState
from ui.kit import Button, ChipRow, ElidedWords, Key, RowsTable, bind, errand, latest
from ui.kit.floor_choice import FloorChoice
from ui.kit.view import View
from ui.kit.why_sheet import WhySheet
from ui.medication.stock_columns import box_columns
from ui.medication.stock_issues_sheet import IssuesSheet
from ui.medication.stock_panel import PanelAct, StockPanel
from ui.medication.stock_sheet import SecondSheet
from ui.medication.stock_tasks import issue_task
from ui.style import Role

TODAY, TOMORROW = "0", "1"
_TO_FILL = (BoxState.OPEN, BoxState.CHANGED)


class BoxesPanel(StockPanel):
    """The line under the table says the whole content of the box under the cursor."""

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self.sheet: BoxSheet | None = None
        self._floor: UUID | None = None
        self._round: str | None = None
        self.floors = FloorChoice()
        self.days = ChipRow(((TODAY, "今天"), (TOMORROW, "明天")))
        self.rounds = ChipRow(())
        self.table: RowsTable[BoxRow] = RowsTable(box_columns(), lambda row: row.resident, words="药盒")
        self.said = ElidedWords("", Role.HINT, ink="text2")
        self.lay_out(
            self.table,
            (
                PanelAct("K", "核对", self.check_all, "clipboard-check"),
                PanelAct("F", "全部摆好", self.fill_all, "copy"),
                PanelAct("Space", "摆好", self.fill_one, "check", main=True),
                PanelAct("X", "拆药盒", self.take_apart, rare=True),
                PanelAct("I", "发药（外出、自理）", self.issue, rare=True),
                PanelAct("P", "打印发药单", self.print_issue, rare=True),
                PanelAct("L", "发药记录", self.show_issues, rare=True),
            ),
            self._head(),
        )
        self.floors.chosen.connect(self._to_floor)
        self.days.group.buttonClicked.connect(self._elsewhere)
        self.rounds.group.buttonClicked.connect(self._to_round)
        self.table.on_picked(self._say)
        bind(
            self,
            Key("Up Down", "选择"),
            Key("[", "前一班次", lambda: self._turn(-1)),
            Key("]", "后一班次", lambda: self._turn(1)),
        )

    def arrive(self) -> None:
        self.table.setFocus()

    @latest
    async def refresh(self) -> None:
        with self.state.asking(self.refresh):
            day = self._today() + timedelta(days=int(self.days.key))
            self.show_sheet(await self.errands.ask(BoxBoard(self._floor, day, self._round)))

    def show_sheet(self, sheet: BoxSheet) -> None:
        self.sheet, self._floor, self._round = sheet, sheet.floor, sheet.round.key
        self.floors.show_floors(sheet.floors, sheet.floor)
        keys = [one.key for one in sheet.rounds]
        if self.rounds.keys != keys:
            self.rounds.show_chips(tuple((one.key, one.words) for one in sheet.rounds))
        self.rounds.choose(sheet.round.key)
        rows = tuple(row for row in sheet.rows if row.state is not BoxState.NONE)
        self.table.set_rows(rows)
        parts = [
            (BoxState.OPEN, "待摆"),
            (BoxState.CHANGED, "需重摆"),
            (BoxState.FILLED, "待核对"),
            (BoxState.CHECKED, "已核对"),
        ]
        self.count.setText(
            "　".join(f"{words} {sheet.count(state)}" for state, words in parts if sheet.count(state))
        )
        if rows:
            self.state.content()
            if self.table.current() is None:
                self.table.pick_first()
        elif sheet.floor is None:
            self.state.empty("还没有在住的老人", "老人入住并有医嘱后，这里按楼层和班次列出要摆的药。")
        else:
            self.state.empty(f"{sheet.round.words} 没有要摆的药", "按 [ ] 看前后班次。")
        self._say(self.table.current())

    # acts ---------------------------------------------------------------------------------------------------------

    @errand
    async def fill_one(self) -> None:
        """Space: this box is filled, on to the next that waits."""
        row, sheet = self.table.current(), self.sheet
        if row is None or sheet is None:
            return
        await self.errands.do(FillBoxes((row.resident,), sheet.day, sheet.round.key))
        self.bench.notice.done(f"{row.name} 的药盒已摆好，请另一位核对。")
        self._on(row)
        self.refresh()

    @errand
    async def fill_all(self) -> None:
        """F: every box of the floor that waits."""
        sheet = self.sheet
        waiting = tuple(row.resident for row in sheet.rows if row.state in _TO_FILL) if sheet else ()
        if sheet is None or not waiting:
            self.bench.notice.say("没有待摆的药盒。", seconds=8)
            return
        filled = await self.errands.do(FillBoxes(waiting, sheet.day, sheet.round.key))
        self.done(f"{len(filled)} 个药盒已摆好，请另一位核对。")

    def check_all(self) -> None:
        """K: what others filled is checked by the person at the desk, what they filled themselves by a second one."""
        filled = [row for row in self.sheet.rows if row.state is BoxState.FILLED] if self.sheet else []
        if not filled:
            self.bench.notice.say("没有待核对的药盒。", seconds=8)
            return
        if any(row.mine for row in filled):
            names = "、".join(row.name for row in filled[:4])
            more = f"等 {len(filled)} 个" if len(filled) > 4 else ""
            text = f"核对 {names}{more}药盒：请另一位逐盒核对后签名。"
            second = SecondSheet(self, self.view, text, (self._check, self.errands.tell))
            second.open()
        else:
            self.check_alone()

    @errand
    async def check_alone(self) -> None:
        await self._check(None, self.buttons["核对"])

    async def _check(self, proof: Proof | None, busy: Button | None) -> None:
        rows = self.sheet.rows if self.sheet else ()
        seen = tuple(row.seen for row in rows if row.state is BoxState.FILLED and row.seen is not None)
        count = await self.errands.do(CheckBoxes(seen, proof), busy=busy)
        self.done(f"{count} 个药盒已核对。")

    def take_apart(self) -> None:
        """X: the box under the cursor is emptied, with why."""
        row = self.table.current()
        if row is None or row.seen is None:
            self.bench.notice.say("这个药盒还没有摆。", seconds=8)
            return
        seen = row.seen
        sheet = WhySheet(self, "拆药盒", f"{row.name} {row.bed}：药盒里的药放回药柜。", "拆药盒")
        sheet.said.connect(lambda why: self._take_apart(seen, why))
        sheet.open()

    def issue(self) -> None:
        """I: medicines for some days to who goes on leave, or takes them alone."""
        if (row := self.table.current()) is not None:
            self.open_task(issue_task(row.resident, row.name, self._today()))

    def print_issue(self) -> None:
        """P: what this resident was handed last, on paper."""
        if (row := self.table.current()) is not None:
            self.print_out("issue-sheet", row.resident)

    def show_issues(self) -> None:
        """L: what was handed over lately; X takes one back."""
        sheet = IssuesSheet(self.view)
        sheet.changed.connect(self.refresh)
        sheet.printed.connect(lambda row: self.print_out("issue-sheet", row.resident, record=row.seen.rid))
        sheet.open()

    @errand
    async def _take_apart(self, seen: object, why: str) -> None:
        await self.errands.do(EmptyBox(seen, why))  # type: ignore[arg-type]  # a signal carries objects
        self.done("药盒已拆，要用请重摆。")

    # inside -------------------------------------------------------------------------------------------------------

    def _on(self, row: BoxRow) -> None:
        rows = self.table.rows_model.rows
        here = next((place for place, one in enumerate(rows) if one.resident == row.resident), 0)
        following = [one for one in (*rows[here + 1 :], *rows[:here]) if one.state in _TO_FILL]
        if following:
            self.table.pick(following[0].resident)

    def _say(self, row: BoxRow | None) -> None:
        listed = "；".join(
            " ".join(
                part for part in (item.slot, item.words, item.amount, item.lot and f"批号 {item.lot}") if part
            )
            for item in (row.items if row else ())
        )
        self.said.setText(listed)

    def _turn(self, step: int) -> None:
        if self.sheet is not None:
            keys = [one.key for one in self.sheet.rounds]
            self._round = keys[(keys.index(self.sheet.round.key) + step) % len(keys)]
            self.refresh()

    def _to_floor(self, floor: object) -> None:
        self._floor = floor if isinstance(floor, UUID) else None
        self._elsewhere()

    def _to_round(self) -> None:
        self._round = self.rounds.key
        self._elsewhere()

    def _elsewhere(self) -> None:
        self.refresh()
        self.table.setFocus()

    def _today(self) -> date:
        return date_in(self.bench.station.settings.zone, self.bench.desk.clock.now())

    def _head(self) -> QWidget:
        head = QWidget()
        box = QVBoxLayout(head)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.floors)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.days)
        row.addWidget(self.rounds, 1)
        box.addLayout(row)
        box.addWidget(self.said)
        return head
