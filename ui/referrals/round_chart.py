"""巡诊 in a resident's chart: what the last rounds found, when the next is; W puts them on its list."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.changes import Changes
from app.core.clock import date_in, local
from app.core.roles import Right
from app.referrals.rounds import RoundsOf, RoundsOfResident, VisitRow
from app.referrals.rounds.forms import TEXTS
from ui.forms.task_sheet import TaskSheet
from ui.kit import Button, Card, Key, StateView, Words, latest
from ui.kit.chart import ChartPart, Who
from ui.kit.guarded import GuardedButton
from ui.kit.view import Bench
from ui.referrals.round_columns import day_words
from ui.referrals.round_tasks import ask_task
from ui.style import Role

MOST = 1
ADVICE = ("exams", "refer", "nursing", "rehab", "education")


class RoundCard(ChartPart):
    """The last visit with what was advised; whether they are on the next round's list."""

    kinds: ClassVar[frozenset[str]] = frozenset({"doctor_round", "round_visit", "referral"})

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "巡诊")
        self.rounds: RoundsOf | None = None
        self.sheet: TaskSheet | None = None
        self.card = Card("巡诊", " ")
        self.next = Words("", Role.BODY, ink="text2", wrap=True)
        self.ask = GuardedButton(self, Right.HOLD_ROUNDS, "列入巡诊 W", icon="message-circle")
        self.open = Button("打开巡诊", "link")
        self.lines = QVBoxLayout()
        self.lines.setSpacing(4)
        self.chart_keys = (Key("W", "列入下一次巡诊，写下要问医师的问题", self.ask.ask),)
        holder = QWidget()
        self._body = QVBoxLayout(holder)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(10)
        self._body.addWidget(self.next)
        self._body.addLayout(self.lines)
        self._body.addWidget(self.ask)
        self.state = StateView(holder)
        self.card.head.addWidget(self.open)
        self.card.body.addWidget(self.state)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.card)
        self.ask.allowed.connect(self.start_asking)
        self.open.clicked.connect(self._open)

    def show_resident(self, who: Who) -> None:
        if self.who is None or self.who.rid != who.rid:
            self.rounds = None
        super().show_resident(who)

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        who = self.who
        if who is None:
            return
        with self.state.asking(self.refresh):
            rounds = await self.errands.ask(RoundsOfResident(who.rid, MOST))
            if who is self.who:
                self.rounds = rounds
                self._show(rounds)
                self.state.content()

    def record_shown(self) -> tuple[str, UUID] | None:
        visits = self.rounds.visits if self.rounds is not None else ()
        return ("round_visit", visits[0].seen.rid) if visits else None

    def start_asking(self) -> None:
        """W: the question; what is typed survives where no round is planned."""
        who = self.who
        if who is None or self.sheet is not None:
            return
        coming = self.rounds.next if self.rounds is not None else None
        task = ask_task(coming, None, who.rid, f"{who.name}　{who.bed or '未分床'}")
        sheet = self.sheet = TaskSheet(self, task)
        sheet.kept.connect(lambda said, _given: self.bench.notice.done(said))
        sheet.finished.connect(self._closed)
        sheet.open()

    # inside -------------------------------------------------------------------------------------------------------

    def _closed(self) -> None:
        self.sheet = None

    def _show(self, rounds: RoundsOf) -> None:
        today = date_in(self.bench.station.settings.zone, self.bench.desk.clock.now())
        self.next.setText(self._next_words(rounds, today))
        while (item := self.lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for visit in rounds.visits:
            self._add(visit)
        if not rounds.visits:
            self.lines.addWidget(Words("还没有巡诊记录。", Role.HINT))
        self.open.setVisible(rounds.next is not None or bool(rounds.visits))

    @staticmethod
    def _next_words(rounds: RoundsOf, today: date) -> str:
        if rounds.next is None:
            return "还没有安排下一次巡诊。"
        when = f"下次 {day_words(rounds.next.on, today)} {rounds.next.doctor}"
        return f"{when}\n已列入：{'；'.join(rounds.asked)}" if rounds.asked else f"{when}，还没有列入"

    def _add(self, visit: VisitRow) -> None:
        zone = self.bench.station.settings.zone
        caption = f"{local(zone, visit.at):%Y-%m-%d} {visit.doctor}"
        self.lines.addWidget(Words(caption, Role.HINT))
        self.lines.addWidget(Words(visit.form.assessment, Role.STRONG, wrap=True))
        form = visit.form
        said = [f"用药：{one.words}" + ("（待转医嘱）" if one.waits else "") for one in visit.lines]
        said += [f"{TEXTS[key]}：{getattr(form, key)}" for key in ADVICE if getattr(form, key)]
        if said:
            self.lines.addWidget(Words("\n".join(said), Role.BODY, ink="text2", wrap=True))

    def _open(self) -> None:
        rounds = self.rounds
        if rounds is None or self.who is None:
            return
        visit = rounds.visits[0] if rounds.visits else None
        if visit is not None and visit.round is not None:
            self.bench.go("rounds", {"round": visit.round, "resident": self.who.rid})
        elif rounds.next is not None:
            self.bench.go("rounds", {"round": rounds.next.seen.rid})
