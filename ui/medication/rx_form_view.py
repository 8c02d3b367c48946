"""开处方: the medicines of a prescription chosen from the running orders, what the rules ask for it, and signed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from app.core.changes import Changes
from app.medication.prescriptions import (
    EXTENDED,
    FREE,
    LONG,
    LongCandidates,
    PrescriptionRow,
    RxStart,
    StartRx,
)
from app.medication.prescriptions.board import needs_guidance
from app.medication.prescriptions.form import (
    Asking,
    asked_of_long,
    asks_signature,
    days_of,
    month_of,
    weeks_of,
)
from app.residents.queries import Chart
from ui.forms import FormView
from ui.kit import Key, bind, errand, latest
from ui.kit.view import Bench, Crumb, View
from ui.medication.rx_filling import TITLES, RxFilling
from ui.medication.rx_form_layout import NO_ORDERS, RxFormPieces, lay_out
from ui.medication.rx_signing import RxSigning

_CRUMBS = {LONG: "长期处方", EXTENDED: "延伸处方", FREE: "免费药"}
FREE_DAYS, USUAL_DAYS = 30, 28
_ELSEWHERE = {"except": "despite"}
_OF_SIGNER = frozenset({"signature", "name", "relation", "drawn"})
_OF_ITEMS = frozenset({"items", "orders"})


class RxFormView(View):
    """`what` and `resident`; `renews`: the prescription it goes on from."""

    kinds: ClassVar[frozenset[str]] = frozenset({"med_order", "allergy", "diagnosis", "entry", "resident"})

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "开处方")
        self.what = LONG
        self.resident: UUID | None = None
        self.renews: PrescriptionRow | None = None
        self.start: RxStart | None = None
        self._forced: set[str] = set()
        self._days = 0
        self._month: date | None = None
        self.pieces = RxFormPieces()
        self.items, self.state = self.pieces.items, self.pieces.state
        self.errands.fields = self
        self.signing = RxSigning(self)
        self.filling = RxFilling(self)
        self.draft = self.filling.draft
        lay_out(self, self.pieces)
        self._connect()

    # going about --------------------------------------------------------------------------------------------------

    def opened(self, params: Mapping[str, Any]) -> None:
        asked = (params.get("what", self.what), params.get("resident", self.resident))
        renews = params.get("renews")
        if asked != (self.what, self.resident) or renews is not None or self.start is None:
            self.turn_to(*asked, renews)
        else:
            self.refresh()
            self.items.setFocus()

    @latest
    async def turn_to(self, what: str, resident: UUID | None, renews: PrescriptionRow | None) -> None:
        """Another prescription; what was typed of the one before is kept with that one."""
        await self.draft.flush()
        self.what, self.resident, self.renews, self.start = what, resident, renews, None
        await self._begin()

    @errand
    async def begin(self) -> None:
        """Once more from the start."""
        await self._begin()

    async def _begin(self) -> None:
        """An empty form, and what was typed for this resident offered back."""
        if self.resident is None:
            self.state.empty("没有选中老人", "在“处方”里按 N、E 或 F，选一位老人。")
            return
        with self.state.asking(self.begin):
            chart = await self.errands.ask(Chart(self.resident))
            start = await self.errands.ask(StartRx(self.resident))
            kept = await self.draft.find(self.resident)
            self._forced.clear()
            self.items.chosen.clear()
            self.pieces.begin(self.what, self.filling.today, chart)
            self._join_form()
            self._show_start(start)
            codes = self.filling.fill(start, kept)
            await self._ask_items()
            self.items.choose_drugs(codes)
            self.state.content()
            self.items.setFocus()
            self.items.pick_first()

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        """Orders, allergies and entitlements may change while the form is filled in."""
        if self.resident is None or self.start is None:
            return
        with self.state.asking(self.refresh):
            self._show_start(await self.errands.ask(StartRx(self.resident)))
            await self._ask_items()
            self._ask_only()
            self.state.content()

    async def leave(self) -> None:
        await self.draft.flush()

    # acts ---------------------------------------------------------------------------------------------------------

    def finish(self) -> None:
        """Ctrl+Enter: what is missing is said beside its field, else the doctor signs."""
        chosen = self.items.picked_rows
        if not chosen:
            self.show_refusal("items", "请至少选一种药：空格选中。")
            return
        signer = self.pieces.signer
        signs = signer is not None and asks_signature(self.what, self.form.draft())
        if not self.form.check() or (signs and signer is not None and not signer.form.check()):
            self._into_sight()
            return
        self.signing.ask()

    def to_form(self) -> None:
        """Enter in the list: on to what is asked."""
        if self.what == FREE:
            self.pieces.amounts.focus_first()
        else:
            self.form.focus_on(self.form.form.fields[0].key)

    def show_refusal(self, field: str, text: str) -> bool:
        """Beside its field; a field that was not asked is shown now."""
        field = _ELSEWHERE.get(field, field)
        signer = self.pieces.signer
        if field in _OF_ITEMS:
            if self.what == FREE and self.items.picked_rows:
                self.pieces.amounts.say_wrong(text)
                self.pieces.amounts.focus_first()
            else:
                self.pieces.say_items_wrong(text)
                self.items.setFocus()
            return True
        if field in _OF_SIGNER and signer is not None:
            signer.form.show_refusal("relation" if field == "relation" else "name", text)
            self._into_sight()
            return True
        if field in {one.key for one in self.form.form.fields}:
            self._forced.add(field)
            self._ask_only()
        shown = self.form.show_refusal(field, text)
        self._into_sight()
        return shown

    @errand
    async def signed(self, rid: UUID) -> None:
        """It stands: the draft goes, and the list shows it."""
        name = self.start.person.name if self.start is not None else ""
        what, count = self.what, len(self.items.picked_rows)
        await self.draft.drop()
        self.start = self.renews = None
        self.bench.go("prescriptions", {"view": what, "pick": rid})
        self.bench.notice.done(f"{name} {TITLES[what]}已开具，{count} 种药。")

    # inside -------------------------------------------------------------------------------------------------------

    @property
    def form(self) -> FormView:
        return self.pieces.form

    def _show_start(self, start: RxStart) -> None:
        self.start = start
        self.pieces.show_person(start, self.what)
        back = Crumb("处方", "prescriptions")
        self.say_title(Crumb("用药", "medication"), back, Crumb(f"{_CRUMBS[self.what]}：{start.person.name}"))

    async def _ask_items(self) -> None:
        """The running orders with what the weeks typed need of each."""
        if self.resident is None:
            return
        self._days = self._days_typed() or self._days or USUAL_DAYS
        self._month = month_of(self.form.draft())
        rows = await self.errands.ask(LongCandidates(self.resident, self._days, self._month))
        self.items.show_candidates(self.what, rows)
        if rows:
            self.pieces.items_state.content()
        else:
            self.pieces.items_state.empty(*NO_ORDERS)
        self._turned()

    @latest
    async def recount(self) -> None:
        await self._ask_items()

    def _days_typed(self) -> int:
        if self.what == FREE:
            return FREE_DAYS
        values = self.form.draft()
        return weeks_of(values) * 7 if self.what == LONG else days_of(values)

    def _turned(self) -> None:
        """Another choice of medicines."""
        self.pieces.show_count(self.what)
        self.pieces.say_items_wrong("")
        if self.what == FREE:
            self.pieces.amounts.show_chosen(self.items.picked_rows)
        self._ask_only()

    def edited(self) -> None:
        self.draft.touch()
        self._ask_only()
        if self._days_typed() not in (0, self._days) or month_of(self.form.draft()) != self._month:
            self.recount()

    def _ask_only(self) -> None:
        """What the weeks, the medicines and the doctor's title ask for."""
        values = self.form.draft()
        if self.pieces.signer is not None:
            self.pieces.signer.setVisible(asks_signature(self.what, values))
        if self.what != LONG or self.start is None:
            return
        chosen = self.items.picked_rows
        first = bool({one.need.drug for one in chosen} - self.start.had)
        warned = [one.need.words for one in chosen if one.objection]
        asking = Asking(weeks_of(values), first, needs_guidance(self.bench.actor.title), bool(warned))
        self.form.ask_only(asked_of_long(asking) | self._forced)
        self.form.note("despite", "、".join(warned))

    def _into_sight(self) -> None:
        focused = self.focusWidget()
        if focused is not None:
            self.pieces.scroll.ensureWidgetVisible(focused, 0, 60)

    def _join_form(self) -> None:
        """The form just made is listened to."""
        self.form.changed.connect(self.edited)
        self.form.submitted.connect(self.finish)
        if self.pieces.signer is not None:
            self.pieces.signer.changed.connect(self.draft.touch)
            self.pieces.signer.form.submitted.connect(self.finish)

    def _chosen_by_hand(self) -> None:
        self._turned()
        self.draft.touch()

    def _back(self) -> None:
        self.bench.go("prescriptions", {})

    def _connect(self) -> None:
        pieces = self.pieces
        self.items.turned.connect(self._chosen_by_hand)
        self.items.finished.connect(self.to_form)
        pieces.amounts.changed.connect(self.draft.touch)
        pieces.amounts.finished.connect(self.finish)
        pieces.main.clicked.connect(self.finish)
        pieces.measured.clicked.connect(self.filling.fill_measured)
        pieces.matters.clicked.connect(
            lambda: self.bench.go(
                "chart", {"resident": self.resident, "tab": "matters", "back": "prescription"}
            )
        )
        self.draft.kept.connect(pieces.kept.setText)
        self.draft.failed.connect(lambda words: pieces.kept.say(f"草稿没存上：{words}", "danger"))
        bind(
            self,
            Key("Space", "药品：选中或取消"),
            Key("A", "药品：全选没有例外的"),
            Key("Return", "下一项"),
            Key("Ctrl+B", "填入近两次血压和血糖", self.filling.fill_measured),
            Key("Ctrl+Return", "医师签名", self.finish),
            Key("Ctrl+D", "回到药品列表", self.items.setFocus),
            Key("Esc", "返回处方", self._back),
        )
