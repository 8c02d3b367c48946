"""What is done with a referral from the list and from its own screen: the sheet of an act, or the act at once."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import replace
from functools import partial
from typing import Any

from app.core.orders import Order
from app.core.roles import Right
from app.referrals.filling import CallScript, Filled, FillReferral
from app.referrals.moving import Archive, AskApproval, StrikeMove, SubmitReferral
from app.referrals.queries.one import ReferralById, ReferralRow
from app.referrals.queries.partner_choice import PartnersToRefer, PartnerToRefer
from app.referrals.revising import Seen
from app.referrals.rules.acts import NO_REFERRING, Act
from app.referrals.rules.states import Status
from app.residents.queries import Chart
from ui.forms.act_sheet import ActSheet, Task
from ui.forms.task_sheet import Again, read_again
from ui.kit import ask_first
from ui.kit.view import View
from ui.referrals.follow_around_tasks import hand_over_task, script_task, tell_task, time_task
from ui.referrals.follow_call_sheet import CallSheet, HandOverSheet
from ui.referrals.follow_moves import Moves
from ui.referrals.follow_people import PeopleRow, contacts_of, deciders_of
from ui.referrals.follow_signed_sheet import cancel_sheet, consent_sheet
from ui.referrals.follow_tasks import CHOOSES_PARTNER, task_of

SLIP = "按错了"
Back = tuple[str, dict[str, Any]]


class ReferralActs:
    """`rested` is called when a sheet has closed; `back`: where screens these acts lead to go back to."""

    def __init__(self, view: View, rested: Callable[[], object], back: Callable[[], Back]) -> None:
        self._view, self._bench, self._rested, self._back = view, view.bench, rested, back
        self.errands = view.errands
        self.sheet: ActSheet | None = None
        self._row: ReferralRow | None = None
        self._special: dict[Act, Callable[[ReferralRow], Coroutine[Any, Any, None]]] = {
            Act.ASK: self._ask,
            Act.SUBMIT: self._submit,
            Act.ARCHIVE: self._archive,
            Act.CANCEL: self._cancel,
            Act.CONSENT: self._consent,
            Act.RETURN: self._return,
            Act.ASSESS: self._return,
        }

    def start(self, act: Act, row: ReferralRow) -> None:
        """As a key asks: what may not be done now is said in words."""
        offered = row.offered(act)
        if offered is None and act is not Act.CONSENT:
            self._bench.notice.refused(f"“{row.status.words}”的转诊现在不能“{act.words}”。")
        elif offered is not None and offered.why_not:
            self._bench.notice.refused(offered.why_not)
        elif act is not Act.CONSENT or self.may_write(row):
            self.errands.start(
                "referral act", partial(self._special.get(act, partial(self._sheet, act)), row)
            )

    def main(self, row: ReferralRow) -> None:
        """Space: the next step."""
        if row.main is None:
            self._bench.notice.say(f"这份转诊{row.status.words}，没有下一步。", seconds=8)
        else:
            self.start(row.main, row)

    def tell(self, row: ReferralRow) -> None:
        if self.may_write(row):
            self.errands.start("referral act", partial(self._tell, row))

    def note_time(self, row: ReferralRow, what: str) -> None:
        if self.may_write(row):
            task = partial(time_task, what=what)
            moves = self._moves(row)
            self._open(ActSheet(self._view, task(moves), again=self._again(moves, task)), row)

    def call(self, row: ReferralRow) -> None:
        if self.may_write(row):
            self.errands.start("referral act", partial(self._call, row))

    def hand_over(self, row: ReferralRow) -> None:
        if self.may_write(row):
            self.errands.start("referral act", partial(self._hand_over, row))

    def freshen(self, row: ReferralRow) -> None:
        """Somebody changed what an open sheet is about: after the refusal that says so it may be saved."""
        if self.sheet is not None and self.sheet.task.seen.rid == row.line.rid:
            if row.seen == self.sheet.fresh:
                return
            last, before = row.last, self._row
            moved = last is not None and (before is None or last != before.last)
            self.sheet.fresh, self._row = row.seen, row
            self.sheet.meanwhile = f"{last.by_name} 登记了“{last.to.words}”" if last and moved else ""

    def may_write(self, row: ReferralRow) -> bool:
        """Whether this person may say something of this referral; says why not."""
        if not self._bench.actor.may(Right.REFER):
            self._bench.notice.refused(NO_REFERRING)
        elif row.status.over:
            self._bench.notice.refused(f"这份转诊{row.status.words}，不能再改。")
        else:
            return True
        return False

    # inside -------------------------------------------------------------------------------------------------------

    async def _sheet(self, act: Act, row: ReferralRow) -> None:
        partners: tuple[PartnerToRefer, ...] = ()
        if act in CHOOSES_PARTNER:
            partners = await self.errands.ask(PartnersToRefer(row.line.resident, row.line.cause))
        moves = self._moves(row, partners)
        task = task_of(act, moves)
        if task is not None:
            sheet = ActSheet(self._view, task, again=self._again(moves, partial(task_of, act)))
            self._open(sheet, row, after=self._discharge if act is Act.DIED else None)

    async def _ask(self, row: ReferralRow) -> None:
        await self._at_once(AskApproval(row.seen), f"{row.line.name} 的转诊已提请审批。")

    async def _submit(self, row: ReferralRow) -> None:
        refused = row.consent is not None and not row.consent.agreed
        if row.status is Status.DECLINED or refused:
            await self._sheet(Act.SUBMIT, row)
        else:
            await self._at_once(SubmitReferral(row.seen), f"{row.line.name} 的转诊已提交，等对方答复。")

    async def _archive(self, row: ReferralRow) -> None:
        line = row.line
        sheet = ask_first(
            self._view, "归档", f"{line.name}　{line.number}　{line.partner_words}\n归档后不能再改。", "归档"
        )
        sheet.finished.connect(self._rested)
        order, words = Archive(row.seen), f"{line.name} 的转诊已归档。"
        sheet.done_with.connect(
            lambda: self.errands.start("referral act", partial(self._at_once, order, words))
        )

    async def _cancel(self, row: ReferralRow) -> None:
        chart = await self.errands.ask(Chart(row.line.resident))
        self._open(cancel_sheet(self._view, row, deciders_of(chart)), row)

    async def _consent(self, row: ReferralRow) -> None:
        chart = await self.errands.ask(Chart(row.line.resident))
        self._open(consent_sheet(self._view, row, deciders_of(chart)), row)

    async def _tell(self, row: ReferralRow) -> None:
        chart = await self.errands.ask(Chart(row.line.resident))
        sheet = ActSheet(self._view, tell_task(self._moves(row)))
        if contacts := contacts_of(chart):
            sheet.inside.body.insertWidget(0, PeopleRow("告知谁", contacts, sheet.form))
        self._open(sheet, row)

    async def _return(self, row: ReferralRow) -> None:
        params = {"resident": row.line.resident, "referral": row.line.rid, "back": self._back()}
        self._bench.go("referral-return", params)

    async def _call(self, row: ReferralRow) -> None:
        filled = await self._filled(row)
        place = await self.errands.ask(CallScript(row.line.resident))
        where = "，".join(filter(None, (place.address, place.building, place.floor, place.bed)))
        meeting = "；".join(filter(None, (place.meeting, place.lift)))
        address = {"address": where, "meeting": meeting, "phone": place.phone}
        task, moves = partial(script_task, filled=filled, address=address), self._moves(row)
        self._open(CallSheet(self._view, task(moves), row.line, self._again(moves, task)), row)

    async def _hand_over(self, row: ReferralRow) -> None:
        task, moves = partial(hand_over_task, filled=await self._filled(row)), self._moves(row)
        self._open(HandOverSheet(self._view, task(moves), self._again(moves, task)), row)

    async def _filled(self, row: ReferralRow) -> Filled:
        return await self.errands.ask(FillReferral(row.line.resident))

    async def _at_once(self, order: Order[Seen], said: str) -> None:
        """An act that asks nothing: done, and struck again with one press."""
        seen = await self.errands.do(order)
        self._bench.notice.done(said, undo=partial(self._take_back, seen))

    def _take_back(self, seen: Seen) -> None:
        self.errands.start("take back", partial(self._strike, seen))

    async def _strike(self, seen: Seen) -> None:
        await self.errands.do(StrikeMove(seen, SLIP))
        self._bench.notice.done("已撤销，经过里仍可查看。")

    def _again(self, moves: Moves, task: Callable[[Moves], Task | None]) -> Again:
        """The task of the referral as it stands then; the time it began with stays, or it would count as changed."""
        question = ReferralById(moves.row.line.rid)
        return read_again(self.errands, question, lambda row: task(replace(moves, row=row)))

    def _open(self, sheet: ActSheet, row: ReferralRow, after: Callable[[Task], None] | None = None) -> None:
        """`row`: the referral as whoever fills it in knows it."""
        self.sheet, self._row = sheet, row
        sheet.kept.connect(lambda said, _result: self._bench.notice.done(said))
        if after is not None:
            sheet.kept.connect(lambda _said, _result: after(sheet.task))
        sheet.finished.connect(lambda _how: self._closed(sheet))
        sheet.open()

    def _closed(self, sheet: ActSheet) -> None:
        sheet.deleteLater()
        if self.sheet is sheet:
            self.sheet = None
        self._rested()

    def _discharge(self, task: Task) -> None:
        """Somebody died: the stay is ended by 退住, which is offered at once."""
        self.errands.start("offer discharge", partial(self._offer_discharge, task))

    async def _offer_discharge(self, task: Task) -> None:
        row = await self.errands.ask(ReferralById(task.seen.rid))
        sheet = ask_first(
            self._view,
            "办理退住",
            f"{row.line.name} 已登记死亡。入住还没有结束：现在去办理退住，核对床位、用药和费用。",
            "去退住",
        )
        sheet.finished.connect(self._rested)
        sheet.done_with.connect(
            lambda: self._bench.go("chart", {"resident": row.line.resident, "stay": "discharge"})
        )

    def _moves(self, row: ReferralRow, partners: Any = ()) -> Moves:
        return Moves(row, self._bench.station.settings.zone, self._bench.desk.clock.now(), tuple(partners))
