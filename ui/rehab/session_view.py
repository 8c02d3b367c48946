"""训练: the day's sessions as a list, the one selected as a form; one key begins, ends and saves it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from app.core.changes import Changes
from app.core.clock import date_in
from app.core.drafts import DraftOf
from app.rehab.queries.session_day import DayLine, SessionDay, SessionDayRow
from app.rehab.queries.session_rows import SessionSheetRow
from app.rehab.queries.session_sheet import SessionSheet
from app.rehab.rules.sessions import SessionKey, SessionState
from app.residents.queries import Chart
from ui.forms.form_draft import FormDraft
from ui.kit import latest
from ui.kit.view import Bench, View
from ui.rehab.session_acts import FORM, KINDS, SessionActs
from ui.rehab.session_keys import connect
from ui.rehab.session_layout import ALL, MINE, SessionPieces
from ui.rehab.session_stage import Stage, stage_of


class SessionView(View):
    """Opened with `{"key": …}`, `act` "stop" (why it was not held, or is stopped), `back` (where Esc on the list and
    saving lead); without: my next one."""

    kinds: ClassVar[frozenset[str]] = KINDS

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "训练")
        self.sheet: SessionSheetRow | None = None
        self.day: SessionDayRow | None = None
        self.later = False
        self.pieces = SessionPieces(self)
        self.pieces.lay_into(self)
        self.draft = FormDraft(self, FORM, self.pieces.texts)
        self.errands.fields = self
        self.acts = SessionActs(self)
        self._key: SessionKey | None = None
        self._drafted: SessionKey | None = None
        self._on: date | None = None
        self._scope = ""
        self._asked = ""
        self._arrive = "list"
        self._single: SessionKey | None = None
        self._back: tuple[str, Mapping[str, Any]] | None = None
        connect(self)

    # going about --------------------------------------------------------------------------------------------------

    def opened(self, params: Mapping[str, Any]) -> None:
        """To the session that is asked for, else to the next one of today."""
        key = params.get("key")
        if key is not None:
            self._key, self._on = key, None
        elif self._on is not None and self._on != self._today():
            self._key, self._on = None, None
        self._asked, self._arrive = params.get("act", ""), "list"
        self._back, self._single = params.get("back"), None
        self.refresh()

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        """The day, then the session that is selected."""
        del changes
        with self.pieces.state.asking(self.refresh, self._forget):
            if self._key is not None and self._on is None:
                self._on = (await self.errands.ask(SessionSheet(self._key))).day
            day = await self._ask_day()
            self._show_day(day)
            line = self._picked(day)
            if line is None:
                await self.draft.flush()
                self._show_none()
                return
            await self._show_line(line)
            self.pieces.state.content()
            self._settle()

    async def leave(self) -> None:
        """Before somebody else signs in: keep what is typed."""
        await self.draft.flush()

    def record_shown(self) -> tuple[str, UUID] | None:
        if self.sheet is None:
            return None
        kept = self.sheet.recorded
        return (
            ("rehab_session", kept.seen.rid) if kept is not None else ("rehab_item", self.sheet.line.key[0])
        )

    def show_refusal(self, field: str, text: str) -> bool:
        """A rule refused something: said beside its input."""
        pieces = self.pieces
        if field.startswith("member.") and pieces.group.show_refusal(field, text):
            return True
        cards = (pieces.before, pieces.during, pieces.after, pieces.times)
        return any(not card.isHidden() and card.show_refusal(field, text) for card in cards)

    # what the acts say --------------------------------------------------------------------------------------------

    @property
    def stage(self) -> Stage:
        stopped = self.pieces.during.stopped_at is not None
        grouped = self.pieces.group.open and self._single != self._key
        return stage_of(self.sheet, grouped, later=self.later, stopped=stopped)

    def main_act(self) -> None:
        """Enter: what the button at the foot says."""
        pieces = self.pieces
        if not pieces.main.may:
            pieces.main.ask()
            return
        stage = self.stage
        if stage is Stage.CANNOT and self.sheet is not None:
            self.bench.notice.refused(self.sheet.cannot)
        elif stage is Stage.RUNNING:
            (self.acts.stop_clock if pieces.during.empty else self.acts.note)()
        else:
            act = {
                Stage.BEFORE: self.acts.begin,
                Stage.LATER: self.acts.record,
                Stage.AFTER: self.acts.save,
                Stage.GROUP: self.acts.record_group,
            }.get(stage)
            if act is not None:
                act()

    def stage_changed(self, *, ask: bool = True) -> None:
        """Something was written, or the clock was stopped: the next card comes under the keys."""
        self._arrive = "form"
        if ask:
            self.refresh()
        else:
            self._settle()

    def saved(self, *, stay: bool = False) -> None:
        """Back to where it was opened from, else on to the next one that waits; the keys go back to the list."""
        self.later, self._arrive, self._key, self._single = False, "list", None, None
        self._drafted = None
        if self._back is not None and not stay:
            self.bench.go(*self._back)
        else:
            self.refresh()

    def write_later(self) -> None:
        """补记: it was held already; times come first."""
        if self.sheet is not None and self.sheet.recorded is None:
            self.later = not self.later
            self._judge_then()
            self.pieces.times.show_sheet(self.sheet)
            self.stage_changed(ask=False)

    def go_in(self) -> None:
        """Enter on the list: into the form, or why there is none yet."""
        if self.stage is Stage.CANNOT:
            self.main_act()
        else:
            self.stage.focus(self.pieces)

    def open_member(self, key: SessionKey) -> None:
        """Enter on a member of a group: the form of this one alone."""
        self._single = self._key = key
        self.stage_changed()

    def to_list(self) -> None:
        """Esc: from a member to the group, from a form to the list, from the list to where it was opened from."""
        if self._single is not None:
            self._single = None
            self._settle()
        elif self._back is not None and self.pieces.list.hasFocus():
            self.bench.go(*self._back)
            return
        self.pieces.list.setFocus()

    # inside -------------------------------------------------------------------------------------------------------

    async def _ask_day(self) -> SessionDayRow:
        """Mine; everybody's where I have none, or the one asked for is not mine."""
        scope = self._scope or MINE
        whose = self.bench.actor.rid if scope == MINE else None
        day = await self.errands.ask(SessionDay(whose, self._on))
        missing = self._key is not None and all(one.key != self._key for one in day.lines)
        if scope == MINE and (not day.lines or missing) and not self._scope:
            day = await self.errands.ask(SessionDay(None, self._on))
            self.pieces.scope.choose(ALL)
        else:
            self.pieces.scope.choose(scope)
        return day

    def _show_day(self, day: SessionDayRow) -> None:
        self.day, self._on = day, day.day
        self.pieces.day.show_day(day.day, self._today())
        self.pieces.list.set_rows(day.lines)

    def _picked(self, day: SessionDayRow) -> DayLine | None:
        """The one that was selected while it is there, else the next."""
        line = next((one for one in day.lines if one.key == self._key), None) or day.next
        if line is not None:
            self._key = line.key
            self.pieces.list.pick(line.key)
        return line

    async def _show_line(self, line: DayLine) -> None:
        sheet = await self.errands.ask(SessionSheet(line.key))
        chart = await self.errands.ask(Chart(line.resident))
        members = [await self.errands.ask(SessionSheet(one.key)) for one in sheet.group]
        if self._drafted != line.key:
            self.later = line.state is SessionState.UNRECORDED
            await self._put_draft(sheet, members)
        self.sheet = sheet
        pieces = self.pieces
        pieces.strip.show_person(chart)
        pieces.strip.say(
            f"{line.time} {line.badge} {line.words} · {line.dose or '未写剂量'} · {sheet.plan_words}"
        )
        pieces.before.later = self.later
        for card in (pieces.before, pieces.during, pieces.after, pieces.done, pieces.beside):
            card.show_sheet(sheet)
        pieces.group.show_members(tuple(members))

    async def _put_draft(self, sheet: SessionSheetRow, members: Sequence[SessionSheetRow]) -> None:
        """Another session: what had been typed of it, or nothing; of a group the last that was, of whichever member."""
        kept = await self.draft.find(sheet.rid)
        texts = dict(kept.content) if kept is not None else {}
        drafts = [await self.errands.ask(DraftOf(FORM, one.rid)) for one in members]
        last = max((one for one in drafts if one is not None), key=lambda one: one.saved_at, default=None)
        texts["group"] = last.content.get("group", {}) if last is not None else {}
        self.later = self.later or texts.get("later", False)
        self.pieces.put(sheet, texts)
        self._drafted = sheet.line.key

    def _settle(self) -> None:
        """Cards, buttons and keys of the stage there is now."""
        stage, pieces = self.stage, self.pieces
        stage.lay_out(pieces, self.sheet)
        if self._asked == "stop" and self.sheet is not None:
            self._asked = ""
            self.acts.otherwise()
        elif self._arrive == "form":
            stage.focus(pieces)
        elif self._arrive == "list":
            self.pieces.list.setFocus()
        self._arrive = ""

    def _judge_then(self) -> None:
        """What is written down afterwards is judged by the values of then."""
        self.pieces.before.later = self.later
        if self.sheet is not None:
            self.pieces.before.show_sheet(self.sheet)

    def _show_none(self) -> None:
        self.sheet = None
        whose = "您" if self.pieces.scope.key == MINE else ""
        self.pieces.state.empty(f"这一天没有{whose}要做的训练", "训练按康复计划的周排程出现在这里。")

    def _forget(self) -> None:
        self.sheet = self.day = None
        self._drafted = None

    def turn_to(self, line: DayLine | None) -> None:
        if line is not None and line.key != self._key:
            self._key, self._single, self._back = line.key, None, None
            self.refresh()

    def begin_typing(self, sign: str) -> None:
        """A digit on the list is the first of a value, where none was typed yet."""
        field = self.stage.first_field(self.pieces)
        if field is not None:
            field.setFocus()
            if not field.text().strip():
                field.setText(sign)
                field.textEdited.emit(sign)

    def go_day(self, day: date) -> None:
        self._on, self._key, self._back = day, None, None
        self.refresh()

    def choose_scope(self) -> None:
        self._scope = self.pieces.scope.key
        self.refresh()

    def switch_scope(self) -> None:
        self.pieces.scope.choose(ALL if self.pieces.scope.key == MINE else MINE)
        self.choose_scope()

    def edited(self) -> None:
        self.draft.touch()
        self.stage.say_main(self.pieces)

    def _today(self) -> date:
        return date_in(self.bench.station.settings.zone, self.bench.desk.clock.now())
