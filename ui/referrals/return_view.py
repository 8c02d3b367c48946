"""回转登记: what came with who came back, at the left; at the right what they and the hospital still owe."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from app.core.changes import Changes
from app.core.clock import date_in
from app.core.errors import Refusal
from app.core.roles import Right
from app.referrals.coming_back import (
    AddFile,
    ChangeReturn,
    DropFile,
    RecordReturn,
    ReturnForm,
    ReturnOf,
    ReturnWhole,
)
from app.referrals.coming_back.asking import BACK, NOTHING, RECORDED
from app.referrals.coming_back.fields import BED, CONDITION, correction_reason, read_when
from app.referrals.queries.partner_choice import PartnersToRefer
from app.referrals.revising import Seen
from app.residents.queries import Chart
from app.residents.queries.free_beds import FreeBeds
from ui.forms.form_draft import FormDraft
from ui.kit import Key, bind, errand, latest
from ui.kit.guarded import GuardedButton
from ui.kit.view import Bench, Crumb, View
from ui.referrals.document_files import FormFiles
from ui.referrals.return_acts import ReturnActs
from ui.referrals.return_form import ReturnFormCard
from ui.referrals.return_layout import ReturnPage
from ui.referrals.return_lists import ReturnLists

FORM = "referral-return"
"""How drafts of this form are filed; their subject is the resident, then the record."""


class ReturnView(View):
    """`{"resident": rid}`; `record`: one return of several; `back`: where Esc leads to."""

    kinds: ClassVar[frozenset[str]] = frozenset(
        {"referral_return", "referral", "absence", "vital", "entry", "assessment", "med_order", "med_reconciliation",
         "med_decision", "resident"}
    )  # fmt: skip

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "返院")
        self.zone = bench.station.settings.zone
        self.rid: UUID | None = None
        self.record: UUID | None = None
        self.whole: ReturnWhole | None = None
        self._seen: Seen | None = None
        self._read: ReturnForm | None = None
        self._partners: dict[str, UUID] = {}
        self._beds: dict[str, UUID] = {}
        self._back: tuple[str, Mapping[str, Any]] = ("returns", {})
        self.save_button = GuardedButton(self, Right.REFER, "登记返院", "primary", icon="check")
        self.card = ReturnFormCard(self, self.save_button)
        self.lists = ReturnLists(self)
        self.page = ReturnPage(self, self.card, self.lists)
        self.draft = FormDraft(self, FORM, self.card.content)
        self.acts = ReturnActs(self)
        self.files = FormFiles(self, self.card)
        self.errands.fields = self.card
        self._connect()

    # going about --------------------------------------------------------------------------------------------------

    def opened(self, params: Mapping[str, Any]) -> None:
        """Coming back to what is typed and not saved finds it as it was left."""
        self._back = params.get("back", self._back)
        wanted = (
            (params["resident"], params.get("record")) if "resident" in params else (self.rid, self.record)
        )
        if wanted != (self.rid, self.record):
            (self.rid, self.record), self.whole = wanted, None
        self.setFocus()
        self.refresh()

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        """Ask again; a form that is being typed into stays as it is."""
        if self.rid is None:
            self.page.state.empty("没有选中老人", "从“返院”里选一位打开。", ("去返院", self.go_back))
            return
        with self.page.state.asking(self.refresh, self._forget):
            whole = await self.errands.ask(ReturnOf(self.rid, self.record))
            if changes is None or changes.touches("resident") or self.whole is None:
                self.page.strip.show_person(await self.errands.ask(Chart(self.rid)))
            await self._show(whole)

    def record_shown(self) -> tuple[str, UUID] | None:
        row = self.lists.row
        return None if row is None else ("referral_return", row.rid)

    async def leave(self) -> None:
        await self.draft.flush()

    @errand
    async def go_back(self) -> None:
        """Esc: what is typed stays as a draft."""
        await self.draft.flush()
        self.bench.go(*self._back)

    def go_reconcile(self) -> None:
        """M: the medicines."""
        row = self.lists.row
        if row is None or row.absence is None:
            self.bench.notice.refused("没有住院，不用重整用药。" if row is not None else "请先登记返院。")
        else:
            back = ("referral-return", {"resident": row.resident})
            self.bench.go("reconcile", {"resident": row.resident, "back": back})

    def take_keys(self) -> None:
        """The cursor where work is: the form until it is recorded, then the assessment."""
        if self.whole is not None and self.whole.stage == RECORDED:
            self.lists.items.setFocus()
        elif self.card.form is not None:
            self.card.focus_on("came_with")

    # saving -------------------------------------------------------------------------------------------------------

    @errand
    async def save(self) -> None:
        """Ctrl+S: record the return, or what was added to it."""
        whole, form = self.whole, self.card.form
        if whole is None or form is None or not self.save_button.may:
            self.save_button.ask()
            return
        if not form.check():
            return
        fresh, gone = self.card.photos()
        if whole.stage == RECORDED:
            record = await self._change(whole, only_photos=bool(fresh or gone))
            said = "已保存。"
        else:
            record, said = await self._record(whole)
        for content in fresh:
            await self.errands.do(AddFile(record, content, "回转材料"))
        for name in gone:
            await self.errands.do(DropFile(record, name))
        await self.draft.drop()
        self.whole, self.record = None, record  # this one, also where an earlier one waits
        self.bench.notice.done(said)
        self.refresh()

    async def _record(self, whole: ReturnWhole) -> tuple[UUID, str]:
        values = self.card.values()
        label = str(values.get(BED, "")).strip()
        if label and label not in self._beds:
            raise Refusal("没有这张空床，请从列表中选择。", field=BED)
        order = RecordReturn(
            whole.resident,
            self.card.read(self._partners),
            None if whole.stage == BACK and not self._moved() else read_when(values),
            self._beds.get(label),
            str(values.get(CONDITION, "")),
        )
        done = await self.errands.do(order, busy=self.save_button)
        bed = f"，床位 {done.bed}" if done.bed and whole.needs_bed else ""
        return done.seen.rid, f"{done.name} 已登记返院{bed}。"

    async def _change(self, whole: ReturnWhole, *, only_photos: bool) -> UUID:
        row, seen = whole.row, self._seen
        if row is None or seen is None:
            raise Refusal("没有这条回转记录。")
        form = self.card.read(self._partners)
        if form == self._read and only_photos:
            return row.rid
        try:
            await self.errands.do(
                ChangeReturn(seen, form, correction_reason(self.card.values())), busy=self.save_button
            )
        except Refusal:
            self._seen = Seen(row.rid, row.revision)  # what somebody changed meanwhile is on the screen now
            raise
        return row.rid

    def _moved(self) -> bool:
        return self.card.values().get("at") != self.card.shown.get("at")

    # inside -------------------------------------------------------------------------------------------------------

    async def _show(self, whole: ReturnWhole) -> None:
        before, self.whole = self.whole, whole
        self.say_title(Crumb("转诊", "referrals"), Crumb("返院", "returns"), Crumb(whole.name))
        if whole.stage == NOTHING:
            self.page.state.empty("没有待登记的返院", whole.why, ("去返院", self.go_back))
            return
        row = whole.row
        now = self.bench.desk.clock.now()
        anew = before is None or before.stage != whole.stage or before.resident != whole.resident
        other = row is not None and not self.card.dirty and row.form != self._read
        if anew or other:
            await self._begin(whole)
        if row is not None:
            if row.form == self._read:
                self._seen = Seen(row.rid, row.revision)
            self.lists.show_row(row, self.zone, now, may=self.save_button.may)
        else:
            self.lists.show_coming()
        self.page.show_whole(whole, now)
        self.save_button.say("保存" if row is not None else "登记返院")
        self.page.state.content()
        if anew:
            self.take_keys()

    async def _begin(self, whole: ReturnWhole) -> None:
        """An empty form, or the content that stands, and what was typed of it and not saved."""
        draft = await self.draft.find(whole.row.rid if whole.row is not None else whole.resident)
        partners = await self.errands.ask(PartnersToRefer(whole.resident))
        self._partners = {one.name: one.rid for one in partners}
        self._beds = {}
        if whole.needs_bed:
            self._beds = {one.label: one.rid for one in await self.errands.ask(FreeBeds(whole.resident))}
        self._read = whole.row.form if whole.row is not None else None
        self._seen = Seen(whole.row.rid, whole.row.revision) if whole.row is not None else None
        today = date_in(self.zone, self.bench.desk.clock.now())
        beds = tuple(self._beds) if whole.needs_bed else None
        self.card.begin(whole, today, tuple(self._partners), beds)
        if self.card.form is not None:
            self.card.form.submitted.connect(self.save)
        if draft is not None:
            self.card.put_back(draft.content, self.draft.when(draft))

    def _forget(self) -> None:
        self.whole = None

    @errand
    async def throw_away(self) -> None:
        """The draft is not wanted."""
        await self.draft.drop()
        if self.whole is not None:
            await self._begin(self.whole)
            self.take_keys()

    def _digit(self, number: int) -> None:
        """At the first question it answers; in the assessment it says a sentence."""
        if not self.card.choose(number) and self.lists.items.hasFocus():
            self.acts.say(number)

    def _fill_menu(self, menu: QMenu) -> None:
        if self.lists.row is not None:
            action = QAction("作废这次返院登记", menu)
            action.triggered.connect(self.acts.start_retracting)
            menu.addAction(action)

    def _connect(self) -> None:
        lists, acts = self.lists, self.acts
        self.save_button.allowed.connect(self.save)
        self.card.edited.connect(self.draft.touch)
        self.card.discard.clicked.connect(self.throw_away)
        self.draft.kept.connect(self.card.kept.setText)
        self.draft.failed.connect(lambda words: self.card.kept.say(f"草稿没存上：{words}", "danger"))
        lists.items.picked.connect(lists.say_offers)
        lists.papers.picked.connect(lists.say_offers)
        lists.items.opened.connect(acts.go_to_item)
        lists.items.ticked.connect(acts.start_saying)
        lists.papers.ticked.connect(acts.tick_paper)
        lists.finish.allowed.connect(acts.finish)
        lists.chase.allowed.connect(acts.start_chasing)
        lists.rest.allowed.connect(acts.take_rest)
        self.page.reconcile.acted.connect(self.go_reconcile)
        self.page.more.asked.connect(self._fill_menu)
        bind(
            self,
            Key("Ctrl+S", "登记返院、保存回转单", self.save),
            Key("Alt+1", "到回转单", lambda: self.card.focus_on("diagnoses")),
            Key("Alt+2", "到返院评估", lists.items.setFocus),
            Key("Alt+3", "到应收材料", lists.papers.setFocus),
            *(Key(str(place), f"第 {place} 种带回的材料；第 {place} 句评估情况", partial(self._digit, place))
              for place in range(1, 5)),
            Key("Space", "材料收到；评估写明情况"),
            Key("X", "材料缺", acts.miss),
            Key("N", "材料不需要", acts.need_not),
            Key("A", "其余材料都已收到", acts.take_rest),
            Key("C", "追要资料", lists.chase.ask),
            Key("Return", "去做这一项评估"),
            Key("Delete", "收回这一项", acts.take_back),
            Key("M", "返院用药重整", self.go_reconcile),
            Key("Ctrl+Return", "完成返院评估", lists.finish.ask),
            Key("Esc", "返回", self.go_back),
        )  # fmt: skip
