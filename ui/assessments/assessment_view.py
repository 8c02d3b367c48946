"""One assessment: the form of a resident as it is filled in, or a signed record to read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from app.assessments.instrument_queries import InstrumentCalled
from app.assessments.instruments import Instrument, shipped
from app.assessments.queries import ABILITY
from app.assessments.record_queries import AssessmentRevisions, OpenForm
from app.core.changes import Changes
from app.core.errors import Refusal
from app.core.roles import Right
from app.residents.queries import Chart
from ui.assessments.filling_work import FillingWork, Subject
from ui.assessments.phrases import missing_words
from ui.assessments.record_work import RecordWork
from ui.kit import Key, StateView, ask_first, bind, errand, latest
from ui.kit.view import Bench, Crumb, View


@dataclass(frozen=True)
class PrintAsked:
    """What is to be printed: the draft of a resident by an instrument, or a signed record."""

    resident: UUID
    record: UUID | None
    instrument: str


class AssessmentView(View):
    """`{"resident": rid, "instrument": code, "occasion": words}` opens or continues a form (the ability form where no
    instrument is named), `{"assessment": rid}` a signed record. `back`: where it leads once it is signed or discarded.

    `print_out` shows the preview of a report; without it no print button is there.
    """

    kinds: ClassVar[frozenset[str]] = frozenset({"assessment", "resident", "allergy", "stay"})

    def __init__(self, bench: Bench, print_out: Callable[[PrintAsked], object] | None = None) -> None:
        super().__init__(bench, "评估")
        self._works: dict[tuple[str, str], FillingWork] = {}
        self.filling = FillingWork(bench, shipped()[ABILITY])
        self.record = RecordWork(bench, self.filling.instrument)
        self._print_out = print_out
        self._params: Mapping[str, Any] = {}
        self._stack = QStackedWidget()
        self._stack.addWidget(self.record)
        self.states = StateView(self._stack)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.states)
        self._may_print = print_out is not None and bench.actor.may(Right.PRINT_RECORDS)
        self.record.acts.offer(self.record.print_button, offered=self._may_print)
        self._put(self.filling)
        self._connect()
        self._bind()

    def opened(self, params: Mapping[str, Any]) -> None:
        self._params = dict(params)
        self._open()

    def refresh(self, changes: Changes | None = None) -> None:
        if self._stack.currentWidget() is self.record:
            self._open()
        else:
            self._ask_person()

    def record_shown(self) -> tuple[str, UUID] | None:
        """F8: the signed record; a draft never leaves the station."""
        rid = self.record.record
        reading = self._stack.currentWidget() is self.record and not self.states.words
        return ("assessment", rid) if reading and rid is not None else None

    async def leave(self) -> None:
        await self.filling.leave()

    # inside -------------------------------------------------------------------------------------------------------

    @latest
    async def _open(self) -> None:
        await self.filling.leave()
        if self.filling.saving.unsaved:
            self._hold()
            return
        with self.states.asking(self._open):
            if "assessment" in self._params:
                await self._open_record(self._params["assessment"])
            else:
                await self._open_form(self._params["resident"], self._params.get("instrument") or ABILITY)

    def _hold(self) -> None:
        """Something typed could not be saved: another form may take its place only when the person says so."""
        wanted, unsaved = self._params, self.filling.resident
        self._params = {"resident": unsaved, "instrument": self.filling.instrument.code}
        self._stack.setCurrentWidget(self.filling)
        self.states.content()
        if wanted == self._params:
            return
        why = self.filling.saving.state.why
        text = f"{why}\n打开另一份评估，会丢掉这里没有保存的内容。"
        sheet = ask_first(self, "还有内容没有保存", text, "仍要打开", grave=True)
        sheet.done_with.connect(self.filling.saving.forget)
        sheet.done_with.connect(lambda: self.opened(wanted))

    async def _open_form(self, resident: UUID, code: str) -> None:
        chart = await self.errands.ask(Chart(resident))
        instrument = await self.errands.ask(InstrumentCalled(code))
        form = await self.errands.ask(OpenForm(resident, code))
        if not form.held_by and not self.bench.actor.may(Right.ASSESS):
            raise Refusal(missing_words(Right.ASSESS))
        self.say_title(Crumb("评估", "assessments"), Crumb(chart.name))
        self.filling = self._work_for(instrument)
        self._stack.setCurrentWidget(self.filling)
        self.states.content()
        self.filling.begin(Subject(resident, chart, form, str(self._params.get("occasion") or "")))

    async def _open_record(self, record: UUID) -> None:
        revisions = await self.errands.ask(AssessmentRevisions(record))
        chart = await self.errands.ask(Chart(revisions[0].resident))
        self.say_title(Crumb("评估", "assessments"), Crumb(chart.name))
        newest = revisions[0]
        which = InstrumentCalled(newest.instrument, newest.instrument_version)
        self.record.instrument = await self.errands.ask(which)
        self.record.begin(chart, revisions)
        self._stack.setCurrentWidget(self.record)
        self.states.content()

    @latest
    async def _ask_person(self) -> None:
        resident = self.filling.resident
        if resident is not None:
            self.filling.show_person(await self.errands.ask(Chart(resident)))

    def _show_signed(self, record: object) -> None:
        if "back" in self._params:
            self.bench.go(*self._params["back"])
        else:
            self.opened({"assessment": record})
        both = self.filling.instrument.signing.assessors > 1
        self.bench.notice.done("两人已签名，评估已生效。" if both else "已签名，评估已生效。")

    def _correct(self, resident: object) -> None:
        self.opened({"resident": resident, "instrument": self.record.instrument.code})

    def _discarded(self) -> None:
        self.bench.notice.done("草稿已放弃。")
        self._back()

    def _back(self) -> None:
        self.bench.go(*self._params.get("back", ("assessments", {})))

    @errand
    async def _print(self) -> None:
        await self.filling.leave()  # a draft is printed as it lies in the file
        reading = self._stack.currentWidget() is self.record
        work = self.record if reading else self.filling
        resident, record = work.resident, self.record.record if reading else None
        if self._print_out is not None and resident is not None:
            self._print_out(PrintAsked(resident, record, work.instrument.code))

    def _in_form(self, act: Callable[[FillingWork], object]) -> Callable[[], None]:
        """The act on the form that is on the screen then; nothing where none is."""

        def only_there() -> None:
            if self._stack.currentWidget() is self.filling and not self.states.words:
                act(self.filling)

        return only_there

    def _work_for(self, instrument: Instrument) -> FillingWork:
        """The work of an instrument: one is made for each version when it is first opened, and kept."""
        known = self._works.get((instrument.code, instrument.version))
        if known is None or known.instrument is not instrument:
            known = FillingWork(self.bench, instrument, self._stack)
            self._put(known)
        return known

    def _put(self, work: FillingWork) -> None:
        """Take a work among those this view can show."""
        self._works[work.instrument.code, work.instrument.version] = work
        self._stack.addWidget(work)
        work.acts.offer(work.print_button, offered=self._may_print)
        work.signed.connect(self._show_signed)
        work.discarded.connect(self._discarded)
        work.taken_over.connect(self._open)
        work.print_asked.connect(self._print)

    def _connect(self) -> None:
        self.record.corrected.connect(self._correct)
        self.record.print_asked.connect(self._print)

    def _bind(self) -> None:
        bind(
            self,
            Key("0…9", "选择这一项的答案，并到下一项"),
            Key("Up Down", "上一项、下一项"),
            Key("Backspace", "回到上一项"),
            Key("Space", "开始、停止秒表（计时的项目）"),
            Key("- *", "这一项无法完成、拒答（量表允许时）"),
            Key("F2", "到下一处未填", self._in_form(FillingWork.next_open)),
            Key("Alt+Left", "上一步", self._in_form(lambda work: work.page.next_step(-1))),
            Key("Alt+Right", "下一步", self._in_form(lambda work: work.page.next_step())),
            Key("F3", "沿用上次的答案", self._in_form(FillingWork.carry)),
            Key("Ctrl+Return", "签名", self._in_form(FillingWork.sign)),
        )
