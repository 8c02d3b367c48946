"""The small sheets before a grave act on an entry: retract it, end what held, move it to the right resident."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QTimer, Signal

from app.core.errors import Refusal
from app.core.form import Field, Form, Kind, Section, Value, read_date
from app.core.orders import Order
from app.journals import EndEntry, RetractEntry, Seen, WrongResident
from app.journals.queries import EntryRow
from app.residents.queries import ResidentList, ResidentRow
from ui.forms import FormView
from ui.journals.words import today
from ui.kit import Column, Errands, LineField, RowsTable, Sheet, cells, errand, latest
from ui.kit.chart import ChartPart, Who
from ui.style import look

_SEARCH_MS = 150


class WhySheet(Sheet):
    """Repeats the entry and asks why; `done` comes when it was done."""

    done_so = Signal()

    def __init__(
        self, view: ChartPart, row: EntryRow, title: str, act: str, fields: tuple[Field, ...]
    ) -> None:
        super().__init__(view, title, row.line, width=520)
        self.view, self.row = view, row
        self.errands = Errands(view.bench.desk, self, notice=self.notice)
        self.form = FormView(Form((Section("", fields),)))
        self.errands.fields = self.form
        self.form.submitted.connect(self.act)
        self.body.addWidget(self.form)
        self.offer(act, "primary")
        self.done_with.connect(self.act)
        if self.main is not None:
            self.main.setDefault(False)

    def order(self, values: dict[str, Value]) -> Order[Any]:
        raise NotImplementedError

    def start(self) -> None:
        """Open, the cursor in the first field."""
        self.open()
        self.form.focus_on(self.form.form.fields[0].key)

    @errand
    async def act(self) -> None:
        """Have it done; a refusal leaves the words as typed."""
        if not self.form.check():
            return
        try:
            await self.errands.do(self.order(self.form.values()), busy=self.main)
        except Refusal as refusal:
            self.errands.tell(refusal)
            return
        self.done_so.emit()
        self.accept()


class RetractSheet(WhySheet):
    """作废: the entry was an error."""

    def __init__(self, view: ChartPart, row: EntryRow) -> None:
        why = Field("why", "为什么作废", required=True, placeholder="如 重复、记错时间", max_length=80)
        super().__init__(view, row, "作废这条记录", "作废", (why,))

    def order(self, values: dict[str, Value]) -> Order[Any]:
        return RetractEntry(Seen(self.row.rid, self.row.revision), str(values["why"]))


class EndSheet(WhySheet):
    """结束: what held is over."""

    def __init__(self, view: ChartPart, row: EntryRow) -> None:
        day = today(view.bench)
        why = Field("why", "为什么结束", required=True, placeholder="如 拔除、解除、归还", max_length=80)
        on = Field("on", "结束日期", Kind.DATE, required=True, earliest=row.begins, latest=day)
        super().__init__(view, row, "结束这一条", "结束", (why, on))
        self.form.set_values({"on": day.isoformat()})

    def order(self, values: dict[str, Value]) -> Order[Any]:
        on: date = read_date(str(values["on"])) or today(self.view.bench)
        return EndEntry(Seen(self.row.rid, self.row.revision), on, str(values["why"]))


class MoveSheet(Sheet):
    """记错人: retracted here, written for the resident chosen from the list, in one act."""

    moved = Signal(str)
    """The name of whose it is now."""

    def __init__(self, view: ChartPart, who: Who, row: EntryRow) -> None:
        super().__init__(view, "记错人，改记给谁", f"{who.name}名下：{row.line}", width=560)
        self.view, self.who, self.row = view, who, row
        self.errands = Errands(view.bench.desk, self, notice=self.notice)
        self.search = LineField("查找老人", "姓名、拼音首字母、床位或编号")
        self.table: RowsTable[ResidentRow] = RowsTable(
            (
                Column("老人", lambda one: cells.Name(one.name, one.number)),
                Column("床位", lambda one: cells.Text(one.bed or "—"), 180),
            ),
            key=lambda one: one.rid,
            words="老人",
        )
        self.table.setMinimumHeight(look.sp(260))
        self.body.addWidget(self.search)
        self.body.addWidget(self.table, 1)
        self.offer("改记给这位老人", "primary")
        if self.main is not None:
            self.main.setDefault(False)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SEARCH_MS)
        self._timer.timeout.connect(self.look_for)
        self.search.textEdited.connect(lambda _text: self._timer.start())
        self.search.returnPressed.connect(self.table.setFocus)
        self.table.on_opened(lambda _row: self.move_entry())
        self.done_with.connect(self.move_entry)

    def start(self) -> None:
        """Open with everybody in the house."""
        self.open()
        self.search.setFocus()
        self.look_for()

    @latest
    async def look_for(self) -> None:
        """Who is meant."""
        page = await self.errands.ask(ResidentList(self.search.text().strip(), limit=50))
        self.table.set_rows([one for one in page.rows if one.rid != self.who.rid])
        if self.table.current() is None:
            self.table.pick_first()

    @errand
    async def move_entry(self) -> None:
        """Have it moved to whoever is chosen."""
        to = self.table.current()
        if to is None:
            self.notice.refused("请先选择一位老人。")
            return
        await self.errands.do(WrongResident(Seen(self.row.rid, self.row.revision), to.rid), busy=self.main)
        self.moved.emit(to.name)
        self.accept()
