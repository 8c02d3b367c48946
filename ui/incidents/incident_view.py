"""One incident: read, completed, the family told, reviewed, closed, printed; each act by a key of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from app.core.changes import Changes
from app.core.clock import date_in
from app.core.roles import Right
from app.incidents.kinds import catalogue
from app.incidents.queries import IncidentOf, IncidentWhole, PeopleHere
from app.incidents.rules import reviewer_wrong
from app.incidents.service import CloseIncident
from app.incidents.taking_out import TakeBackIncident
from app.residents.queries import Chart
from app.residents.stating import Seen
from ui.forms.act_sheet import ActSheet, Task
from ui.forms.task_sheet import read_again
from ui.incidents.incident_page import IncidentPage
from ui.incidents.signs import about, kind_words
from ui.incidents.tasks import Tasks
from ui.kit import Button, Card, Key, MenuButton, StateView, Words, ask_first, bind, errand, latest
from ui.kit.guarded import GuardedButton
from ui.kit.referring import offer_referral
from ui.kit.view import Bench, Crumb, View
from ui.style import Role


class IncidentView(View):
    """`{"incident": rid}`; `back`: where Esc leads to; `fresh`: it was just reported, so it may be taken back."""

    kinds: ClassVar[frozenset[str]] = frozenset({"incident", "resident"})

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "不良事件")
        self.rid: UUID | None = None
        self.whole: IncidentWhole | None = None
        self.sheet: ActSheet | None = None
        self._back: tuple[str, Mapping[str, Any]] = ("incidents", {})
        self.page = IncidentPage(bench)
        self.correct = Button("补充或更正", icon="square-pen")
        self.tell = Button("告知家属", icon="phone")
        self.review = GuardedButton(self, Right.CLOSE_INCIDENTS, "审核", "primary", icon="clipboard-check")
        self.close_it = GuardedButton(self, Right.CLOSE_INCIDENTS, "结案", "primary", icon="check")
        self.print = GuardedButton(self, Right.PRINT_RECORDS, "打印", icon="printer")
        self.more = MenuButton("更多")
        self._lay_out()
        self._connect()

    # going about --------------------------------------------------------------------------------------------------

    def opened(self, params: Mapping[str, Any]) -> None:
        self._back = params.get("back", ("incidents", {}))
        rid: UUID | None = params.get("incident", self.rid)
        if rid != self.rid:
            self.rid, self.whole = rid, None
        self.setFocus()
        self.refresh()
        if params.get("fresh"):
            self.bench.notice.done("已上报。其余内容可以以后再补。", undo=self.take_back)

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        """Ask for the incident anew; of another one nothing stays on screen meanwhile."""
        if self.rid is None:
            self.state.empty("没有选中事件", "从“不良事件”里选一起打开。", ("去不良事件", self.go_back))
            return
        with self.state.asking(self.refresh, self._forget):
            whole = await self.errands.ask(IncidentOf(self.rid))
            self._show(whole)

    def record_shown(self) -> tuple[str, UUID] | None:
        """F8: this incident."""
        return None if self.rid is None else ("incident", self.rid)

    def go_back(self) -> None:
        self.bench.go(*self._back)

    # acts ---------------------------------------------------------------------------------------------------------

    def start_correcting(self) -> None:
        """E: complete or correct the report."""
        if self._may(Right.WRITE_NOTES):
            self._start(lambda tasks: tasks.correct())

    @errand
    async def start_telling(self) -> None:
        """F: the family was told; the contacts of the resident are offered."""
        if self.whole is None or self.whole.row.resident is None:
            self.bench.notice.refused("这起事件不涉及老人，不用告知家属。")
            return
        chart = await self.errands.ask(Chart(self.whole.row.resident))
        relatives = tuple(
            f"{one.name}{f'（{one.relation}）' if one.relation else ''}" for one in chart.contacts if one.name
        )
        self._start(lambda tasks: tasks.tell(relatives, self.bench.actor.name))

    def start_review(self) -> None:
        """R: causes and measures; who may not is told before anything is typed."""
        row = self.whole.row if self.whole else None
        harm = catalogue().harm(row.harm if row else "")
        wrong = reviewer_wrong(harm, row.reporter, self.bench.actor.rid) if row else None
        if wrong is not None:
            self.bench.notice.refused(wrong)
        else:
            self._start(lambda tasks: tasks.review())

    def start_reopening(self) -> None:
        """O: back to reviewed."""
        self._start(lambda tasks: tasks.reopen(), closed=True)

    def start_retracting(self) -> None:
        """Delete: it never happened so."""
        if self._may(Right.CLOSE_INCIDENTS):
            self._start(lambda tasks: tasks.retract())

    @errand
    async def start_moving(self) -> None:
        """M: it was somebody else."""
        if not self._may(Right.CLOSE_INCIDENTS):
            return
        people = await self.errands.ask(PeopleHere())
        self._start(lambda tasks: tasks.move(people))

    def start_closing(self) -> None:
        """C: what is missing is said before anything is asked."""
        if self.whole is None:
            return
        row = self.whole.row
        if row.missing or row.status == "closed" or row.retracted:
            self._close()  # the service says why not
            return
        which = f"{row.number}　{kind_words(row.kind)}　{about(row)}"
        sheet = ask_first(self, "结案", f"{which}\n结案后要修改，须重新打开并写明原因。", "结案")
        sheet.done_with.connect(self._close)

    @errand
    async def _close(self) -> None:
        if self.whole is not None:
            row = self.whole.row
            await self.errands.do(CloseIncident(Seen(row.rid, row.revision)), busy=self.close_it)
            self.bench.notice.done("已结案。")

    @errand
    async def take_back(self) -> None:
        """Ctrl+Z: the report was a slip; its author may take it back for ten minutes."""
        if self.whole is not None:
            row = self.whole.row
            await self.errands.do(TakeBackIncident(Seen(row.rid, row.revision)))
            self.bench.notice.done("已撤销上报，在“已作废”里仍可查看。")

    def print_report(self) -> None:
        """P: the report as it will leave the printer."""
        if self.whole is None:
            return
        row = self.whole.row
        about_whom = {
            "resident": row.resident or row.rid,
            "about": "resident" if row.resident else "incident",
        }
        back = ("incident", {"incident": row.rid, "back": self._back})
        self.bench.go("preview", {"sheet": "incident-report", **about_whom, "record": row.rid, "back": back})

    # inside -------------------------------------------------------------------------------------------------------

    def _may(self, right: Right) -> bool:
        """Whether the person may change the report: their own until it is reviewed, others' with the right."""
        if self.whole is None:
            return False
        row, actor = self.whole.row, self.bench.actor
        own = row.status == "reported" and row.reporter == actor.rid
        may = own or actor.may(Right.CLOSE_INCIDENTS) or (row.status == "reported" and actor.may(right))
        if not may:
            self.bench.notice.refused("只能改自己上报、还没有审核的事件。要修改，请找护士长或院长。")
        return may

    def _start(self, make: Callable[[Tasks], Task], *, closed: bool = False) -> None:
        """Open the sheet of a task; what the state does not allow is said before anything is typed."""
        if self.whole is None or self.sheet is not None:
            return
        row = self.whole.row
        if row.retracted:
            self.bench.notice.refused("这起事件已作废，不能再改。")
            return
        if closed != (row.status == "closed"):
            words = (
                "这起事件没有结案，不用重新打开。"
                if closed
                else "这起事件已结案。要修改，请先按 O 重新打开。"
            )
            self.bench.notice.refused(words)
            return
        now, zone = self.bench.desk.clock.now(), self.bench.station.settings.zone

        def task(whole: IncidentWhole) -> Task:
            return make(Tasks(whole, zone, now, date_in(zone, now)))

        again = read_again(self.errands, IncidentOf(row.rid), task)
        sheet = self.sheet = ActSheet(self, task(self.whole), again=again)
        sheet.kept.connect(self._done)
        sheet.finished.connect(self._closed)
        sheet.open()

    def _done(self, said: str, result: object) -> None:
        if isinstance(result, UUID):  # moved: go on with the one there
            self.opened({"incident": result, "back": self._back})
        self.bench.notice.done(said)

    def _closed(self) -> None:
        if self.sheet is not None:
            self.sheet.deleteLater()
        self.sheet = None
        self.setFocus()

    def _show(self, whole: IncidentWhole) -> None:
        self.whole = whole
        row = whole.row
        self.say_title(Crumb("不良事件", "incidents"), Crumb(f"{kind_words(row.kind)} {row.name}".strip()))
        self.page.show_incident(whole)
        if self.sheet is not None:
            self.sheet.fresh = Seen(row.rid, row.revision)
            self.sheet.meanwhile = "；".join(f"{name} {new}" for name, _old, new in whole.versions[0].changes)
        open_now = not row.retracted and row.status != "closed"
        self.correct.setVisible(open_now)
        self.tell.setVisible(open_now and row.resident is not None)
        self.review.setVisible(open_now and row.status == "reported")
        self.close_it.setVisible(open_now and row.status == "reviewed")
        self.more.setVisible(not row.retracted)
        self.state.content()

    def _forget(self) -> None:
        self.whole = None

    def _fill_menu(self, menu: QMenu) -> None:
        if self.whole is None:
            return
        closed = self.whole.row.status == "closed"
        offered = (
            [("重新打开　O", self.start_reopening)]
            if closed
            else [("记错人　M", self.start_moving), ("作废　Delete", self.start_retracting)]
        )
        if self.whole.row.status == "reviewed":
            offered.insert(0, ("修改审核　R", self.start_review))
        for words, act in offered:
            action = QAction(words, menu)
            action.triggered.connect(act)
            menu.addAction(action)

    def _connect(self) -> None:
        self.correct.clicked.connect(self.start_correcting)
        self.tell.clicked.connect(self.start_telling)
        self.review.allowed.connect(self.start_review)
        self.close_it.allowed.connect(self.start_closing)
        self.print.allowed.connect(self.print_report)
        self.more.asked.connect(self._fill_menu)
        offer_referral(
            self,
            lambda: self.whole.row.resident if self.whole is not None else None,
            lambda: ("incident", {"incident": self.rid}),
        )
        bind(
            self,
            Key("E", "补充或更正", self.start_correcting),
            Key("F", "告知家属", self.start_telling),
            Key("R", "审核", self.review.ask),
            Key("C", "结案", self.close_it.ask),
            Key("O", "重新打开", self.start_reopening),
            Key("M", "记错人", self.start_moving),
            Key("Delete", "作废", self.start_retracting),
            Key("Ctrl+Z", "撤销刚才的上报", self.take_back),
            Key("P", "打印不良事件报告", self.print.ask),
            Key("Esc", "返回", self.go_back),
        )

    def _lay_out(self) -> None:
        whole = QWidget()
        box = QVBoxLayout(whole)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(self.page, 1)
        bar = Card(flush=True)
        row = QHBoxLayout()
        row.setContentsMargins(20, 10, 20, 10)
        row.setSpacing(12)
        row.addWidget(Words("F1 快捷键　Esc 返回", Role.HINT))
        row.addStretch(1)
        for button in (self.more, self.print, self.tell, self.correct, self.review, self.close_it):
            row.addWidget(button)
        bar.body.addLayout(row)
        box.addWidget(bar)
        self.state = StateView(whole)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.state)
