"""What a key does on contracts: sign, deliver, renew, put right, end, rate, take back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.assessments.statements.form import people
from app.core.form import read_date
from app.core.orders import Order
from app.core.strokes import kept_strokes
from app.journals.asking import moment
from app.referrals.contracts import (
    ChangeContract,
    ContractForm,
    ContractOf,
    ContractPage,
    ContractStand,
    DeliverService,
    EndContract,
    RateSatisfaction,
    RenewContract,
    ResumeContract,
    RetractContract,
    RetractService,
    SignContract,
)
from app.referrals.contracts import fields as asked
from app.referrals.contracts.lists import lists
from app.referrals.partners import Partners
from app.referrals.partners.fields import YES, Values, day_text, end_form, text
from app.rehab.form.evaluation import read_reason
from app.residents.carers import Carers
from app.residents.queries import Chart
from ui.forms.task_sheet import Again, Task, TaskSheet, read_again
from ui.kit import errand
from ui.kit.sign_pad import SignPad
from ui.referrals.contract_columns import SERVICES
from ui.referrals.contract_signed_sheet import SignedSheet
from ui.referrals.partner_acting import Acting

if TYPE_CHECKING:
    from ui.referrals.contract_view import ContractsView


class ContractActs(Acting):
    """The acts on the resident that is chosen."""

    def __init__(self, view: ContractsView) -> None:
        super().__init__(view)
        self.view = view

    # signing ------------------------------------------------------------------------------------------------------

    @errand
    async def sign(self) -> None:
        """N: whoever has none that runs; of whoever has one it is renewed instead."""
        page = self.view.page
        if page is None:
            self.say("先选中一位老人。")
            return
        if page.stand is not None and page.stand.running:
            self.say(f"{page.name}已签约（{page.stand.number}）；续签按 R，解约按 X。")
            return
        around = await self._around(page)

        def make(pad: SignPad) -> Task:
            return Task(
                "家庭医生签约", f"{page.name}　{page.bed or '未安排床位'}", "签约",
                asked.contract_form(self.today, around),
                lambda values: SignContract(
                    page.resident, asked.read_contract(values, around, kept_strokes(pad.strokes))
                ),
                f"{page.name}已签约。", asked.new_values(self.today, around),
            )  # fmt: skip

        self.ask(SignedSheet(self.view, make, around.people, "signer"))

    @errand
    async def renew(self) -> None:
        """R."""
        page = self.view.page
        if page is None or page.stand is None or page.form is None:
            self.say("还没有签约；按 N 签约。")
            return
        stand, form = page.stand, page.form
        around = await self._around(page)

        def make(pad: SignPad) -> Task:
            return Task(
                "续签", f"{page.name}　上一期 {stand.number}，{stand.begins} 至 {stand.ends}", "续签",
                asked.contract_form(self.today, around),
                lambda values: RenewContract(
                    stand.seen, asked.read_contract(values, around, kept_strokes(pad.strokes))
                ),
                f"{page.name}已续签。", asked.renewal_values(form, stand.ended_on or form.ends or self.today, around),
                focus="ends",
            )  # fmt: skip

        self.ask(SignedSheet(self.view, make, around.people, "signer"))

    @errand
    async def correct(self) -> None:
        """E: it was entered wrongly. What was signed by hand stays unless it is drawn anew."""
        page = self.view.page
        if page is None or page.stand is None or page.form is None:
            self.say("还没有签约；按 N 签约。")
            return
        around = await self._around(page)
        asks = ContractOf(page.resident, page.stand.seen.rid)
        first = (page.stand, page.form)

        def make(stand: ContractStand, form: ContractForm, pad: SignPad) -> Task:
            def order(values: Values) -> Order[Any]:
                drawn = kept_strokes(pad.strokes) or form.signer.drawn
                return ChangeContract(
                    stand.seen, asked.read_contract(values, around, drawn), read_reason(values)
                )

            return Task(
                "更正签约", f"{page.name}　{stand.number}。原来的记录保留，可以查看。", "保存更正",
                asked.contract_form(self.today, around, correcting=True), order, f"{page.name}的签约已更正。",
                asked.contract_values(form), focus="doctor_name",
            )  # fmt: skip

        def again(pad: SignPad) -> Again:
            def of(now: ContractPage | None) -> Task | None:
                if now is None or now.stand is None or now.form is None:
                    return None
                return make(now.stand, now.form, pad)

            return read_again(self.errands, asks, of)

        self.ask(SignedSheet(self.view, lambda pad: make(*first, pad), around.people, "signer", again=again))

    def end(self) -> None:
        """X: 解约; of one that has ended: it goes on."""
        page = self.view.page
        if page is None or page.stand is None:
            self.say("还没有签约。")
            return
        stand = page.stand
        if stand.ended_on is not None:
            self.view.do(ResumeContract(stand.seen), f"{page.name}的签约已恢复。")
            return

        def order(values: Values) -> Order[Any]:
            return EndContract(stand.seen, read_date(text(values, "on")) or self.today, text(values, "why"))

        form = end_form(self.today, offered=lists().endings)
        said = f"{page.name}　{stand.number}。履约记录保留。"
        task = Task(
            "解约", said, "解约", form, order, f"{page.name}已解约。", {"on": day_text(self.today)}, grave=True,
            focus="why", width=520,
        )  # fmt: skip
        self.ask(TaskSheet(self.view, task))

    def rate(self) -> None:
        """M."""
        page = self.view.page
        if page is None or page.stand is None:
            self.say("还没有签约。")
            return
        seen, score = page.stand.seen, page.stand.satisfaction
        task = Task(
            "满意度", f"{page.name}　老人或家属对签约服务的评价", "保存", asked.rating_form(),
            lambda values: RateSatisfaction(seen, int(text(values, "score"))), "满意度已保存。",
            {"score": str(score)} if score else {}, width=520,
        )  # fmt: skip
        self.ask(TaskSheet(self.view, task))

    # services -----------------------------------------------------------------------------------------------------

    def deliver(self) -> None:
        """Space: the service under the cursor, now, by whoever is at the desk."""
        page = self.view.page
        if page is None or page.stand is None:
            self.say("还没有签约；按 N 签约。")
            return
        if not page.stand.running:
            self.say(f"签约{page.stand.state_words}，不能登记履约；先续签。")
            return
        line = self.view.right.table.current() if self.view.right.chips.key == SERVICES else None
        service = line.service if line is not None else None
        owed = tuple((one.code, one.words) for one in page.stand.services if not one.extra)
        known = {code for code, _words in owed}
        more = tuple((code, words) for code, words in lists().services.items() if code not in known)
        code = service.code if service is not None else owed[0][0] if owed else more[0][0]
        course = service.progress.course if service is not None else None
        self.ask(
            TaskSheet(self.view, self._delivery(page, page.stand.seen.rid, (*owed, *more), (code, course)))
        )

    def _delivery(
        self,
        page: ContractPage,
        contract: Any,
        services: tuple[tuple[str, str], ...],
        chosen: tuple[str, Any],
    ) -> Task:
        def order(values: Values) -> Order[Any]:
            return DeliverService(
                contract,
                text(values, "code"),
                moment(text(values, "at"), self.zone, self.today),
                text(values, "provider"),
                text(values, "result"),
                extra=text(values, "extra") == YES,
            )

        values = asked.delivery_values(chosen[0], self.now, self.view.bench.actor.name, chosen[1])
        if chosen[0] not in {
            one.code for one in (page.stand.services if page.stand else ()) if not one.extra
        }:
            values["extra"] = YES
        return Task(
            "登记履约", f"{page.name}　{page.bed or '未安排床位'}", "登记", asked.delivery_form(services, self.today),
            order, f"{page.name}的履约已登记。", values, focus="result", width=560,
        )  # fmt: skip

    def retract(self) -> None:
        """Delete: a delivery that was noted in error; in the list the contract itself."""
        page = self.view.page
        line = self.view.right.table.current()
        if page is None or page.stand is None:
            self.say("还没有签约。")
        elif line is not None and (row := line.delivered) is not None:
            self.ask_why(
                "撤销履约记录", f"{page.name}　{row.words}", lambda why: RetractService(row.seen, why)
            )
        else:
            seen = page.stand.seen
            self.ask_why(
                "撤销签约", f"{page.name}　{page.stand.number}", lambda why: RetractContract(seen, why)
            )

    # inside -------------------------------------------------------------------------------------------------------

    async def _around(self, page: ContractPage) -> asked.Around:
        """Doctors of the house, partners, who may sign."""
        carers = await self.errands.ask(Carers())
        partners = await self.errands.ask(Partners())
        chart = await self.errands.ask(Chart(page.resident))
        known = tuple((one.name, one.relation) for one in people(chart))
        guardian = next((one for one in chart.contacts if one.guardian), None)
        signer = (guardian.name, guardian.relation) if guardian is not None else known[0]
        return asked.Around(
            doctors=tuple(one.name for one in carers.doctor),
            partners=tuple((one.name, one.rid) for one in partners if not one.ended),
            people=known,
            groups=page.groups,
            last_signer=signer,
        )
