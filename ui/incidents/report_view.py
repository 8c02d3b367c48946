"""上报不良事件: the report, from its kind to what was done; what is typed outlives a lock or a crash."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.clock import date_in
from app.core.drafts import NOBODY_YET
from app.core.form import Value
from app.incidents.form import moment_values, read_report, report_fields, text
from app.incidents.kinds import catalogue
from app.incidents.queries import PeopleHere, Somebody
from app.incidents.service import ReportIncident
from ui.forms import FormView
from ui.forms.form_draft import FormDraft
from ui.incidents.tasks import offers, person_needed, whose
from ui.kit import Button, Card, Foot, Key, Notice, ScrollBody, Sheet, StateView, Words, bind, errand, latest
from ui.kit.view import Bench, Crumb, View
from ui.style import Role, Tone, look

FORM = "incident"
"""How drafts of this form are filed; their subject is the resident, if the report was begun from a chart."""
_WIDEST = 960


class ReportView(View):
    """Opened with `{"resident": rid}` from a chart, or with nothing; `back`: where Esc and the report lead from."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "上报不良事件")
        self.rid: UUID | None = None
        self.people: tuple[Somebody, ...] = ()
        self.form: FormView | None = None
        self._kind = ""
        self._shown: dict[str, Value] = {}
        self._back: tuple[str, Mapping[str, Any]] = ("incidents", {})
        self.draft = FormDraft(self, FORM, self._content)
        self.said, self.warning = Notice(), Notice()
        self.discard = Button("不要这份草稿", "link")
        self.save = Button("上报", "primary", icon="shield-alert")
        self.cancel = Button("返回", "plain")
        self._kept = Words("", Role.HINT)
        self._lay_out()
        self._connect()

    # going about --------------------------------------------------------------------------------------------------

    def opened(self, params: Mapping[str, Any]) -> None:
        """Coming back to a report that is typed and not sent finds it as it was left. `values` fill an empty one."""
        wanted = params.get("resident")
        self._preset = dict(params.get("values", {}))
        self._back = params.get("back", ("incidents", {}))
        self.say_title(Crumb("不良事件", "incidents"), Crumb("上报"))
        if self.form is None or wanted != self.rid or not self.dirty:
            self.rid = wanted
            self.load()

    @property
    def dirty(self) -> bool:
        """Whether something is typed that was not sent."""
        return self.form is not None and self.form.draft() != self._shown

    @latest
    async def load(self) -> None:
        """Ask who is in the house and for a draft, then show the form."""
        self.save.setEnabled(False)
        with self.state.asking(self.load):
            draft = await self.draft.find(self.rid or NOBODY_YET)
            self.people = await self.errands.ask(PeopleHere(self.rid))
            self._begin()
            if draft is not None:
                self._put_back(draft.content, self.draft.when(draft))
            self.state.content()
            self.save.setEnabled(True)
            self._focus("kind")

    async def leave(self) -> None:
        """Before somebody else signs in: keep what is typed."""
        await self.draft.flush()

    @errand
    async def send(self) -> None:
        """Ctrl+S: report it, and show the incident."""
        form = self.form
        if form is None or not self.save.isEnabled() or not form.check():
            return
        values = form.values()
        resident = whose(self.people, text(values, "resident"), required=person_needed(values))
        report = read_report(values, self.bench.station.settings.zone, resident)
        rid = await self.errands.do(ReportIncident(report), busy=self.save)
        await self.draft.drop()
        self._forget()
        self.bench.go("incident", {"incident": rid, "back": self._back, "fresh": True})

    # inside -------------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        """An empty form: now, the resident whose chart it was begun from, and what is known of it already."""
        self._kind = text(self._preset, "kind") if text(self._preset, "kind") in catalogue().kinds else ""
        self._forget()
        self._draw()
        preset = next((one.label for one in self.people if one.rid == self.rid), "")
        if self.form is not None:
            zone = self.bench.station.settings.zone
            self.form.set_values({**moment_values(zone, self._now()), "resident": preset, **self._preset})
            self._shown = self.form.draft()
        self.said.clear()
        self.warning.clear()
        self.discard.hide()
        self._kept.setText("")

    def _draw(self) -> None:
        """The form of the kind now chosen, with what was typed so far."""
        before = self.form.draft() if self.form is not None else {}
        self._forget()
        today = date_in(self.bench.station.settings.zone, self._now())
        form = FormView(report_fields(self._kind, today, lambda typed: offers(self.people, typed)))
        self.form = form
        form.set_values(before)
        self.errands.fields = form
        self._body.insertWidget(0, form)
        form.changed.connect(self._edited)
        form.submitted.connect(self.send)
        kind = form.input("kind")
        kind.left.connect(self._kind_left)  # type: ignore[attr-defined]  # every input of a form tells when it is left
        self._note_harm()
        warning = catalogue().kind(self._kind).warning
        if warning:
            self.warning.say(warning, Tone.WARN)
        else:
            self.warning.clear()

    def _kind_left(self) -> None:
        """Another kind asks other things: draw its form once the field has done with the key that chose it."""
        chosen = text(self.form.values(), "kind") if self.form is not None else ""
        if chosen in catalogue().kinds and chosen != self._kind:
            self._kind = chosen
            QTimer.singleShot(0, self, self._redraw)

    def _redraw(self) -> None:
        self._draw()
        self._focus("place" if self.rid is not None else "resident")
        self.draft.touch()

    def _put_back(self, content: Mapping[str, Any], when: str) -> None:
        values = {
            key: tuple(said) if isinstance(said, list) else said for key, said in content["values"].items()
        }
        self._kind = text(values, "kind") if text(values, "kind") in catalogue().kinds else ""
        self._draw()
        if self.form is not None:
            self.form.set_values(values)
            self._note_harm()
        self.said.say(f"已放回 {when} 没有上报的内容，核对后再上报。", Tone.INFO)
        self.discard.show()

    def _content(self) -> dict[str, Any]:
        return {"values": self.form.draft() if self.form else {}}

    def _edited(self) -> None:
        self._note_harm()
        self.draft.touch()

    def _note_harm(self) -> None:
        """Beside the scale, what the chosen step means."""
        if self.form is not None:
            harm = catalogue().harms.get(text(self.form.values(), "harm"))
            self.form.note("harm", harm.means if harm else "")

    def _forget(self) -> None:
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
        self.form = None

    def _focus(self, field: str) -> None:
        if self.form is not None:
            self.form.focus_on(field)

    def _now(self) -> datetime:
        return self.bench.desk.clock.now()

    @errand
    async def throw_away(self) -> None:
        """The draft is not wanted."""
        await self.draft.drop()
        self._begin()
        self._focus("kind")

    def ask_leave(self) -> None:
        """Esc: go back, after asking if something is typed."""
        if not self.dirty:
            self._go_back()
            return
        sheet = Sheet(self, "还没有上报", "填的内容可以留作草稿，下次打开接着填。")
        throw = Button("不上报", "quiet")
        sheet.acts.addWidget(throw)
        sheet.offer("留作草稿", cancel="继续填写")
        sheet.done_with.connect(sheet.accept)
        sheet.done_with.connect(self._leave_draft)
        throw.clicked.connect(sheet.accept)
        throw.clicked.connect(self._leave_nothing)
        sheet.finished.connect(sheet.deleteLater)
        sheet.open()

    @errand
    async def _leave_draft(self) -> None:
        await self.draft.flush()
        self._go_back()
        self.bench.notice.done("已留作草稿，下次打开接着填。")

    @errand
    async def _leave_nothing(self) -> None:
        await self.draft.drop()
        self._go_back()

    def _go_back(self) -> None:
        self._forget()
        self.bench.go(*self._back)

    def _connect(self) -> None:
        self.save.clicked.connect(self.send)
        self.cancel.clicked.connect(self.ask_leave)
        self.discard.clicked.connect(self.throw_away)
        self.draft.kept.connect(self._kept.setText)
        self.draft.failed.connect(lambda words: self._kept.say(f"草稿没存上：{words}", "danger"))
        bind(self, Key("Ctrl+S Ctrl+Return", "上报", self.send), Key("Esc", "返回", self.ask_leave))

    def _lay_out(self) -> None:
        card = Card(flush=True)
        inside = ScrollBody((24, 20, 24, 20), 16)
        inside.body.addWidget(self.said)
        inside.body.addWidget(self.warning)
        holder = QWidget()
        holder.setMaximumWidth(look.sp(_WIDEST))
        self._body = QVBoxLayout(holder)
        self._body.setContentsMargins(0, 0, 0, 0)
        inside.body.addWidget(holder, 1)
        self.state = StateView(inside)
        card.body.addWidget(self.state, 1)
        foot = Foot()
        foot.row.addWidget(self._kept)
        foot.row.addWidget(self.discard)
        foot.row.addStretch(1)
        foot.row.addWidget(Words("Ctrl+S 上报　Esc 返回", Role.HINT))
        foot.row.addWidget(self.cancel)
        foot.row.addWidget(self.save)
        card.body.addWidget(foot)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(card)
