"""转诊：the form of a new referral, full when it opens; one key writes it down, sends it and leads to the paper."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar

from app.core.changes import Changes
from app.core.clock import date_in
from app.core.errors import Refusal
from app.core.roles import Right
from app.referrals.filling import FillReferral
from app.referrals.rules.states import Status
from app.referrals.sending import ASK, KEEP, SUBMIT, WriteReferral
from app.referrals.writing import Begun
from ui.kit import Key, bind, errand, latest
from ui.kit.view import Bench
from ui.referrals.form_missing import first_fault
from ui.referrals.form_printing import PACK
from ui.referrals.form_reason_sheet import ReasonSheet
from ui.referrals.form_time_sheet import TimeSheet
from ui.referrals.form_work import FormWork
from ui.style import Tone

_TEXTS = ("impression", "history", "past", "course")


class FormView(FormWork):
    """`{"resident": rid}` begins one, `{"record": rid}` goes on with a draft; `back`: where Esc leads."""

    kinds: ClassVar[frozenset[str]] = frozenset(
        {"vital", "allergy", "dose", "order", "contact", "referral", "partner", "agreement"}
    )

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._asked: Mapping[str, Any] = {}
        self._print_kept = False
        self._reason = ""
        self.errands.fields = self
        self._connect()

    # coming -------------------------------------------------------------------------------------------------------

    def opened(self, params: Mapping[str, Any]) -> None:
        """Coming back to one that is being written finds it as it was left."""
        wanted = params.get("resident")
        same = self.filled is not None and "record" not in params and wanted == self.resident
        self._asked = params
        if not self.bench.actor.may(Right.REFER):
            self.forget()
            who = "护士、护士长和医生可以办理转诊。"
            self.state.refused("您没有“办理转诊”的权限。", who, ("返回", self.ask_leave))
        elif not (same and self.dirty):
            self.load()
        else:
            self.live.touch()
            self.refresh()

    @latest
    async def load(self) -> None:
        """Ask for everything, then show the form with the keys on the first step."""
        self._enable(on=False)
        with self.state.asking(self.load, self.forget):
            await self.fetch()
        self._enable(on=self.filled is not None)
        if self.filled is not None:
            self.pieces.reason.focus_first()
            self.pieces.steps.verticalScrollBar().setValue(0)

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        """The chart changed meanwhile: say so; the words are taken when the person wants."""
        filled = self.filled
        if filled is None or self._sending:
            return
        if changes is not None and changes.touches("partner", "agreement"):
            self.ask_partners()
        if (changes is None or changes.touches("referral")) and await self.take_up(filled):
            return
        fresh = await self.errands.ask(FillReferral(filled.resident.rid))
        if self.filled is not filled:
            return
        if (fresh.texts, fresh.sbar, fresh.allergies) != (
            filled.texts,
            filled.sbar,
            filled.allergies,
        ):
            self.pieces.said.say("病历有更新：按 F5 重新取病历，手工改过的会保留。", Tone.INFO)

    # sending ------------------------------------------------------------------------------------------------------

    @property
    def _on_screen(self) -> bool:
        """Whether the form is what the person sees: not another one being read, nor words instead of it."""
        return not self.state.words and "load" not in self.errands.running

    @property
    def _sending(self) -> bool:
        return "send" in self.errands.running

    @errand
    async def send(self, then: str = "") -> None:
        """Written down and sent in one act, then the paper. What is refused stands beside its field."""
        filled, card = self.filled, self.pieces.pack
        if filled is None or not self._on_screen:
            return
        then = self._then(then)
        print_it = then != KEEP or self._print_kept
        if not self._check(then, print_it=print_it) or self.asks_whose(partial(self.send, then)):
            return
        if self.sent and not self._reason:
            self._ask_reason(then)
            return
        button = card.send if then != KEEP or self.sent else card.print if print_it else card.keep
        seen = self.row.seen if self.row is not None else None
        content, around, reason = self.form(filled), self.said.around(self._shown), self._reason
        order = WriteReferral(filled.resident.rid, content, seen, around, then, reason)
        self._reason = ""
        try:
            begun = await self.errands.do(order, busy=button)
        except Refusal as refusal:
            raise await self.after_refusal(filled, refusal) from refusal
        self._print_kept = False
        await self.draft.drop()
        self._go_on(begun, filled.resident.rid, print_it=print_it)

    def finish(self) -> None:
        """F10: sent, or sent for approval; one that is under way is kept."""
        self._print_kept, self._reason = False, ""
        self.send()

    def keep(self) -> None:
        """Ctrl+S: a draft others see and go on with."""
        self._print_kept, self._reason = False, ""
        self.send(KEEP)

    def keep_and_print(self) -> None:
        """Ctrl+P: the same, and its paper, marked as a draft: no paper without a record."""
        self._print_kept, self._reason = True, ""
        self.send(KEEP)

    def _then(self, wanted: str) -> str:
        """What becomes of it: one that is under way is kept as it stands."""
        status = self.row.status if self.row is not None else Status.DRAFT
        if wanted == KEEP or self.sent or (status is Status.PENDING and not self.said.urgent):
            return KEEP
        return SUBMIT if self.said.urgent else ASK

    def _ask_reason(self, then: str) -> None:
        """One that was sent is set right with a reason."""
        row = self.row
        sheet = ReasonSheet(self, f"{row.line.number} {row.status.words}" if row is not None else "")
        sheet.said.connect(partial(self._send_for, then))
        sheet.finished.connect(sheet.deleteLater)
        sheet.open()

    def _send_for(self, then: str, reason: str) -> None:
        self._reason = reason
        self.send(then)

    def _go_on(self, begun: Begun, resident: object, *, print_it: bool) -> None:
        """To the paper, and from there to the referral's course."""
        rid, back = begun.referral.rid, self._asked.get("back", ("referrals", {}))
        course = ("referral-follow", {"referral": rid, "back": back})
        parts, sent = self.wanted(), self.sent
        self.forget()
        if print_it:
            params = {"sheet": PACK, "record": rid, "resident": resident, "parts": parts, "straight": True}
            self.bench.go("preview", {**params, "back": course})
        else:
            self.bench.go(*course)
            words = "已更正，更正前的内容按 F8 查看。" if sent else "已存成草稿，其他人也能接着写。"
            self.bench.notice.done(f"转诊 {begun.number} {words}")

    def show_refusal(self, field: str, text: str) -> bool:
        """Beside its field, scrolled into sight."""
        pieces = self.pieces
        if field in _TEXTS or field.startswith("sbar_"):
            row = self.row_of(field)
            row.say_wrong(text)
            row.text.setFocus()
        elif field == "urgency":
            pieces.reason.wrong.say(text)
            pieces.reason.urgency.button(self.said.urgency).setFocus()
        elif field == "partner" and not pieces.partner.other:
            pieces.partner.wrong.say(text)
            pieces.partner.tiles.focus_part().setFocus()
        elif not (
            pieces.partner.form.show_refusal(field, text) or pieces.going.form.show_refusal(field, text)
        ):
            return False
        self.into_sight()
        return True

    def into_sight(self) -> None:
        """Scroll to where the keys are."""
        if (focused := self.focusWidget()) is not None and self.pieces.steps.isAncestorOf(focused):
            self.pieces.steps.ensureWidgetVisible(focused, 0, 90)

    # inside -------------------------------------------------------------------------------------------------------

    def _check(self, then: str, *, print_it: bool) -> bool:
        """What the form can say itself, the first fault with the keys in it."""
        if print_it and not self.wanted():
            self.pieces.pack.ask_part()
            return False
        fault = first_fault(self.said, sent=then != KEEP or self.sent)
        if fault is not None:
            return not self.show_refusal(*fault)
        cards = (self.pieces.reason, self.pieces.partner.form, self.pieces.going)
        if not all(card.check() for card in cards):
            self.into_sight()
            return False
        return True

    def _enable(self, *, on: bool) -> None:
        card = self.pieces.pack
        for button in (card.send, card.keep, card.print):
            button.setEnabled(on)
        card.print.setEnabled(on and self.bench.actor.may(Right.PRINT_RECORDS))

    def _ask_time(self, code: str) -> None:
        """E on the line of times: when, and whom."""
        said, who = self.said.times.get(code, ("", ""))
        zone = self.bench.station.settings.zone
        today = date_in(zone, self.now)
        sheet = TimeSheet(self, code, zone, today, (self.shown_time(said), who))
        sheet.said.connect(self.note)
        sheet.finished.connect(sheet.deleteLater)
        sheet.open()

    def _connect(self) -> None:
        pieces, pack = self.pieces, self.pieces.pack
        for card in (pieces.reason, pieces.partner, pieces.going):
            card.changed.connect(self.edited)
        for texts in (pieces.sbar, pieces.sheet):
            texts.edited.connect(self.wrote)
        pieces.reason.impression.edited.connect(self.wrote)
        pieces.partner.started.connect(self.start_channel)
        line = pieces.partner.line
        line.noted.connect(self.note)
        line.taken_back.connect(self.take_time_back)
        line.asked.connect(self._ask_time)
        pieces.going.told.connect(self.tell)
        pieces.going.untold.connect(self.untell)
        pieces.sbar.again.clicked.connect(self.take_again)
        pieces.discard.clicked.connect(self.throw_away)
        pack.parts.switched.connect(self.switch_part)
        pack.send.clicked.connect(self.finish)
        pack.keep.clicked.connect(self.keep)
        pack.print.clicked.connect(self.keep_and_print)
        self.draft.kept.connect(pieces.kept.setText)
        self.draft.failed.connect(lambda words: pieces.kept.say(f"草稿没存上：{words}", "danger"))
        self._bind_keys()

    def _bind_keys(self) -> None:
        reason, preview = self.pieces.reason, self.pieces.pack.preview
        bind(
            self,
            Key("F10 Ctrl+Return", "提交（急诊）或送审，并打印转诊包", self.finish),
            Key("Ctrl+S", "存成转诊草稿", self.keep),
            Key("Ctrl+P", "存草稿并打印", self.keep_and_print),
            Key("Alt+1", "急诊（立即）", partial(reason.choose_urgency, 0)),
            Key("Alt+2", "48 小时内", partial(reason.choose_urgency, 1)),
            Key("Alt+3", "择期", partial(reason.choose_urgency, 2)),
            Key("Alt+G", "启用绿色通道", self.start_channel),
            Key("Alt+T", "到绿色通道的时间：空格记现在，E 填时间", self.pieces.partner.line.setFocus),
            Key("F5", "重新取病历", self.take_again),
            Key("Alt+PgUp", "将要打印：前一页", partial(preview.turn, -1)),
            Key("Alt+PgDown", "将要打印：后一页", partial(preview.turn, 1)),
            Key("Space", "勾选原因、选医院、记现在的时间"),
            Key("Esc", "返回", self.ask_leave),
        )
