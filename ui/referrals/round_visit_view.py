"""巡诊记录: one resident on one page while the doctor speaks; saved and on to the next by one key."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from app.core.changes import Changes
from app.core.clock import date_in
from app.core.drafts import KeptDraft
from app.core.errors import Refusal
from app.core.roles import Right
from app.referrals.partners.fields import YES
from app.referrals.revising import Seen
from app.referrals.rounds import (
    ChangeVisit,
    FillVisit,
    PersonRow,
    RetractVisit,
    RoundById,
    RoundsOfResident,
    RoundWhole,
    Visit,
    VisitForm,
)
from app.referrals.rounds.fields import read_visit, visit_form, visit_values
from app.referrals.rules.rounds import RoundState
from app.rehab.form.evaluation import read_reason
from app.residents.queries import Chart
from ui.forms import FormView
from ui.forms.form_draft import FormDraft
from ui.kit import Key, bind, errand, latest
from ui.kit.guarded import GuardedButton
from ui.kit.view import Bench, Crumb, View
from ui.kit.why_sheet import WhySheet
from ui.referrals.round_columns import day_words
from ui.referrals.round_visit_layout import VisitPage
from ui.referrals.round_walk import beside, next_unseen

FORM = "round-visit"
_MEANT = {"at": "vitals"}


class RoundVisitView(View):
    """`{"round": rid, "resident": rid}`; Esc leads back to the round."""

    kinds: ClassVar[frozenset[str]] = frozenset({"doctor_round", "round_visit", "resident", "referral"})

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "巡诊记录")
        self.zone = bench.station.settings.zone
        self.round: UUID | None = None
        self.resident: UUID | None = None
        self.whole: RoundWhole | None = None
        self.row: PersonRow | None = None
        self.form: FormView | None = None
        self.filled = VisitForm()
        self._seen: Seen | None = None
        self._shown: dict[str, Any] = {}
        self.save_button = GuardedButton(self, Right.HOLD_ROUNDS, "保存并看下一位", "primary", icon="check")
        self.page = VisitPage(self, self.save_button)
        self.draft = FormDraft(self, FORM, self._content)
        self.errands.fields = self
        self._connect()

    # going about --------------------------------------------------------------------------------------------------

    def opened(self, params: Mapping[str, Any]) -> None:
        round_rid, resident = params.get("round", self.round), params.get("resident", self.resident)
        if (round_rid, resident) != (self.round, self.resident):
            self.round, self.resident, self.row = round_rid, resident, None
        self.refresh()
        self.take_keys()

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        """What was typed and not saved stays; only what stands beside it is told anew."""
        if self.round is None or self.resident is None:
            self.page.state.empty("没有选中的老人", "从巡诊里选一位。", ("去巡诊", self.go_back))
            return
        with self.page.state.asking(self.refresh):
            whole = await self.errands.ask(RoundById(self.round))
            row = whole.person(self.resident)
            if row is None:
                self.page.state.empty("这位老人不在这次巡诊里", "", ("返回巡诊", self.go_back))
                return
            await self._show(whole, row)

    async def leave(self) -> None:
        await self.draft.flush()

    def record_shown(self) -> tuple[str, UUID] | None:
        visit = self.row.visit if self.row is not None else None
        return None if visit is None else ("round_visit", visit.seen.rid)

    def take_keys(self) -> None:
        """To the first thing to be said."""
        if self.form is not None and self.form.isVisibleTo(self):
            self.form.focus_on("complaint" if self.row is None or self.row.visit is None else "assessment")
        else:
            self.setFocus()

    def show_refusal(self, field: str, text: str) -> bool:
        """Beside its field; the times of a visit have none here."""
        return self.form is not None and self.form.show_refusal(_MEANT.get(field, field), text)

    @errand
    async def go_back(self) -> None:
        """Esc: what is typed is kept as a draft."""
        await self.draft.flush()
        self.bench.go("rounds", {"round": self.round, "resident": self.resident})

    @errand
    async def go_to(self, step: int) -> None:
        """Another resident of the round; what is typed here is kept."""
        await self.draft.flush()
        other = beside(self._people, self.resident, step)
        if other is None:
            self.bench.notice.say("已经是最后一位。" if step > 0 else "已经是第一位。")
        else:
            self.bench.go("round-visit", {"round": self.round, "resident": other})

    def refer(self) -> None:
        """Alt+R: the referral form, once the visit that advises it is kept."""
        if self.dirty:
            self.bench.notice.refused("先按 Ctrl+S 保存，再开转诊。")
            return
        back = ("round-visit", {"round": self.round, "resident": self.resident})
        self.bench.go("referral", {"resident": self.resident, "back": back})

    # saving -------------------------------------------------------------------------------------------------------

    @errand
    async def save(self) -> None:
        """Ctrl+S."""
        await self._save()

    @errand
    async def save_and_go_on(self) -> None:
        """Ctrl+Enter: kept, and the next one who was not seen."""
        if await self._save():
            self._next_unseen()

    @property
    def dirty(self) -> bool:
        """Whether something is typed that was not saved."""
        return self.form is not None and self.form.draft() != self._shown

    def start_retracting(self) -> None:
        """It was somebody else, or never was."""
        visit = self.row.visit if self.row is not None else None
        if self.row is None or visit is None:
            self.bench.notice.refused("还没有巡诊记录。")
            return
        sheet = WhySheet(
            self, "撤销巡诊记录", f"{self.row.name} {self.row.bed}。记录保留，变更历史里能查到。", "撤销"
        )
        sheet.said.connect(lambda why: self._retract(RetractVisit(visit.seen, why)))
        sheet.finished.connect(self.take_keys)
        sheet.open()

    # inside -------------------------------------------------------------------------------------------------------

    async def _save(self) -> bool:
        row, form = self.row, self.form
        if row is None or form is None or self.round is None or not form.check():
            return False
        if row.visit is not None and not self.dirty:
            self.bench.notice.say("没有改动。")
            return True
        values = form.values()
        said = read_visit(values, self.filled)
        if row.visit is None:
            await self.errands.do(Visit(self.round, row.resident, said), busy=self.save_button)
        else:
            seen = self._seen or row.visit.seen
            try:
                reason = read_reason(values) if form.asks("reason") and "reason" in values else ""
                await self.errands.do(ChangeVisit(seen, said, reason), busy=self.save_button)
            except Refusal:
                self._seen = row.visit.seen  # what somebody changed meanwhile stands beside it now
                raise
        await self.draft.drop()
        self._shown = form.draft()
        self.row = None  # drawn anew as it was kept
        waiting = len(said.orders)
        more = f"{waiting} 条用药调整列入待转医嘱。" if waiting else ""
        self.bench.notice.done(f"{row.name} 的巡诊记录已保存。{more}")
        self.refresh()
        return True

    @errand
    async def _retract(self, order: RetractVisit) -> None:
        await self.errands.do(order)
        await self.draft.drop()
        self.row = None
        self.bench.notice.done("已撤销巡诊记录。")
        self.refresh()

    async def _show(self, whole: RoundWhole, row: PersonRow) -> None:
        anew = self.row is None
        before = self.row.visit.seen if self.row is not None and self.row.visit is not None else None
        now = row.visit.seen if row.visit is not None else None
        self.whole, self.row = whole, row
        line = whole.line
        today = date_in(self.zone, self.bench.desk.clock.now())
        title = f"{day_words(line.on, today)} · {line.doctor}"
        self.say_title(
            Crumb("转诊", "referrals"), Crumb("巡诊", "rounds", {"round": self.round}), Crumb(title)
        )
        if anew or (before != now and not self.dirty):
            await self._begin(row)
        past = await self.errands.ask(RoundsOfResident(row.resident))
        last = next((one for one in past.visits if one.round != self.round and one.at < line.at), None)
        self.page.show_person(await self.errands.ask(Chart(row.resident)), whole, row, last)
        self.page.state.content()
        if anew:
            self.take_keys()

    async def _begin(self, row: PersonRow) -> None:
        """The content that stands, or today's signs and what was asked; then what was typed of it and not saved."""
        draft = await self.draft.find(row.record)
        visit = row.visit
        if visit is not None:
            self.filled, self._seen = visit.form, visit.seen
        elif self.round is not None:
            self.filled, self._seen = await self.errands.ask(FillVisit(self.round, row.resident)), None
        today = date_in(self.zone, self.bench.desk.clock.now())
        form = self.form = FormView(
            visit_form(today, signed=visit is not None and visit.doctor_at is not None), two_from=520
        )
        form.set_values(visit_values(self.filled))
        self._shown = form.draft()
        self.page.put_form(form)
        if draft is not None:
            self._put_back(draft)
        self._ask_only()
        form.changed.connect(self._edited)
        form.submitted.connect(self.save_and_go_on)

    def _put_back(self, draft: KeptDraft) -> None:
        if self.form is not None:
            self.form.set_values(draft.content["values"])
            self.page.say_draft(f"已放回 {self.draft.when(draft)} 没有保存的内容，核对后再保存。")

    def _content(self) -> dict[str, Any]:
        return {"values": self.form.draft() if self.form is not None else {}}

    def _edited(self) -> None:
        self._ask_only()
        self.draft.touch()

    def _ask_only(self) -> None:
        """Where to is asked once a referral is advised."""
        form = self.form
        if form is not None:
            refers = form.draft().get("refers") == YES
            form.ask_only({one.key for one in form.form.fields} - (set() if refers else {"refer"}))

    @errand
    async def throw_away(self) -> None:
        """The draft is not wanted."""
        await self.draft.drop()
        if self.row is not None:
            await self._begin(self.row)
            self.take_keys()

    def _next_unseen(self) -> None:
        """With nobody left, back to the round."""
        left = next_unseen(self._people, self.resident)
        if left is not None:
            self.bench.go("round-visit", {"round": self.round, "resident": left})
            return
        self.bench.go("rounds", {"round": self.round, "resident": self.resident})
        if self.whole is not None and self.whole.line.state is RoundState.GOING_ON:
            self.bench.notice.done("名单上的老人都看过了，按 L 结束巡诊，按 G 签名。")

    @property
    def _people(self) -> tuple[PersonRow, ...]:
        return self.whole.people if self.whole is not None else ()

    def _connect(self) -> None:
        self.save_button.allowed.connect(self.save_and_go_on)
        self.draft.kept.connect(self.page.kept.setText)
        self.draft.failed.connect(lambda words: self.page.kept.say(f"草稿没存上：{words}", "danger"))
        self.page.discard.clicked.connect(self.throw_away)
        self.page.refer.allowed.connect(self.refer)
        self.page.retract.allowed.connect(self.start_retracting)
        bind(
            self,
            Key("Ctrl+Return", "保存并看下一位", self.save_button.ask),
            Key("Ctrl+S", "保存", self.save),
            Key("Alt+Down", "下一位", partial(self.go_to, 1)),
            Key("Alt+Up", "上一位", partial(self.go_to, -1)),
            Key("Alt+R", "开转诊", self.page.refer.ask),
            Key("Ctrl+Delete", "撤销这条记录", self.page.retract.ask),
            Key("Esc", "返回巡诊", self.go_back),
        )
