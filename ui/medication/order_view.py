"""开医嘱: one order after the other by keys, kept as a draft, all of them signed together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from app.core.changes import Changes
from app.core.drafts import KeptDraft
from app.core.errors import Refusal
from app.core.roles import Right
from app.medication.queries.order_lists import OrderDetail
from app.medication.queries.order_people import Person, WhoFor
from app.medication.queries.order_rows import OrderRow
from ui.forms.form_draft import FormDraft
from ui.kit import Key, bind, errand, latest
from ui.kit.view import Bench, Crumb, View
from ui.medication.order_basket import BasketLine
from ui.medication.order_layout import OrderPieces, lay_out
from ui.medication.order_making import Making
from ui.medication.order_signing import Signing

FORM = "med-order"


class OrderView(View):
    """`resident`; `replaces`: an order that is changed; `copy_of`: one that is said again; `back`: where Esc leads.

    `advice`: a doctor's words that are to become an order (`words`, `doctor`, `where`); `then`: where it goes on once
    they have.
    """

    kinds: ClassVar[frozenset[str]] = frozenset({"allergy", "resident", "own_drug"})

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "开医嘱")
        self.doctor = bench.actor.may(Right.ORDER_MEDICINES)
        self.resident: UUID | None = None
        self.person: Person | None = None
        self.replaced: OrderRow | None = None
        self._params: Mapping[str, Any] = {}
        self.pieces = OrderPieces(self)
        self.fields, self.basket, self.state = self.pieces.fields, self.pieces.basket, self.pieces.state
        self.errands.fields = self.fields
        self.making = Making(self)
        self.signing = Signing(self)
        self.draft = FormDraft(self, FORM, self._kept)
        lay_out(self, self.pieces)
        self._connect()

    # going about --------------------------------------------------------------------------------------------------

    def opened(self, params: Mapping[str, Any]) -> None:
        other = params.get("advice") != self._params.get("advice")
        self._params = params
        resident = params.get("resident", self.resident)
        other = other or any(params.get(key) for key in ("replaces", "copy_of"))
        if resident != self.resident or other or self.replaced is not None:
            self.resident, self.person, self.replaced = resident, None, None
            self.begin()
        elif resident is None:
            self.refresh()
        else:
            self.refresh()
            self.fields.begin()

    @errand
    async def begin(self) -> None:
        """Another resident: what was typed for them is offered back."""
        with self.state.asking(self.begin):
            if await self._load() is None or self.resident is None:
                return
            kept = await self.draft.find(self.resident)
            self._clear()
            await self._fill(kept)
            self._say()
            self.state.content()
        self.fields.begin()

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        """Allergies and names may change while an order is typed."""
        if self.resident is None:
            self.state.empty("没有选中老人", "从“老人”里选一位，在“用药”页按 N 开医嘱。")
            return
        with self.state.asking(self.refresh):
            if await self._load() is not None:
                self.state.content()

    async def leave(self) -> None:
        await self.draft.flush()

    @property
    def others(self) -> tuple[BasketLine, ...]:
        """What the checks see beside the order that is typed."""
        return self.basket.lines

    @property
    def instead_of(self) -> UUID | None:
        return None if self.replaced is None else self.replaced.seen.rid

    def bring_findings(self) -> None:
        self.pieces.bring_findings()

    # one order ----------------------------------------------------------------------------------------------------

    @errand
    async def put(self) -> None:
        """Enter: what is said goes into the basket, and the next one may be typed."""
        await self._put()

    @errand
    async def finish(self) -> None:
        """Ctrl+Enter: all of it is signed, what stands in the form among it."""
        if not self.fields.blank and not await self._put():
            return
        if not self.basket.lines:
            self.bench.notice.refused("还没有填医嘱：先选药品，写剂量。")
            self.fields.begin()
            return
        self.signing.ask(self.basket.lines)

    def take_back(self, place: int) -> None:
        """A line of the basket goes back into the form; what stood there first goes into the basket."""
        lines = self.basket.lines
        if not lines or not -len(lines) <= place < len(lines):
            return
        if not self.fields.blank:
            self.bench.notice.refused("请先把正在填的这一条放进去（Enter），或清空（Ctrl+R）。")
            return
        line = lines[place]
        self.basket.show_lines(tuple(one for one in lines if one is not line))
        self.fields.put(line.typed, line.drug)
        self._touch()

    def drop(self, place: int) -> None:
        """A line is not wanted; the notice line brings it back."""
        lines = self.basket.lines
        line = lines[place]
        self.basket.show_lines(tuple(one for one in lines if one is not line))
        self._touch()
        undo = lambda: self.basket.show_lines((*self.basket.lines, line))  # noqa: E731  # one line, said where it is used
        self.bench.notice.done(f"已去掉：{line.row.title}。", undo=undo)

    def empty_form(self) -> None:
        """Ctrl+Delete: what stands in the form is not wanted."""
        self.fields.clear()
        self._touch()
        self.fields.begin()

    @errand
    async def signed(self, numbers: tuple[str, ...]) -> None:
        """They stand: the draft goes, and the chart shows them."""
        await self.draft.drop()
        said = "待护士核对后执行" if self.doctor else "待另一位护士核对，待医师签名"
        self._clear()
        self.replaced = None
        resident, self.resident = self.resident, None
        place, params = self._params.get("then") or ("chart", {"resident": resident, "tab": "medication"})
        self.bench.go(place, params)
        self.bench.notice.done(f"已开立 {len(numbers)} 条医嘱：{'、'.join(numbers)}；{said}。")

    # drafts -------------------------------------------------------------------------------------------------------

    async def _fill(self, kept: KeptDraft | None) -> None:
        """An order to be changed or said again, else what was typed before a lock or a crash."""
        if (replaces := self._params.get("replaces")) is not None:
            self.replaced = (await self.errands.ask(OrderDetail(replaces))).row
            await self.making.again(replaces)
            return
        if kept is not None:
            await self._restore(kept)
        if (copied := self._params.get("copy_of")) is not None:
            await self.making.again(copied)

    async def _restore(self, kept: KeptDraft) -> None:
        """A medicine that is gone from the list is said."""
        lines, lost = await self.making.restore(kept)
        self.basket.show_lines(lines)
        if lost:
            self.bench.notice.refused(f"有的没有恢复：{lost}")
        elif lines or not self.fields.blank:
            said = f"已恢复 {self.draft.when(kept)} 没开完的医嘱；撤销就是不要了。"
            self.bench.notice.done(said, undo=self.drop_draft)

    @errand
    async def drop_draft(self) -> None:
        """What was restored is not wanted."""
        await self.draft.drop()
        self._clear()
        self.fields.begin()

    # inside -------------------------------------------------------------------------------------------------------

    async def _put(self) -> bool:
        try:
            line = await self.making.put()
        except Refusal as refusal:
            self.errands.tell(refusal)
            return False
        if line is None:
            return False
        self.basket.show_lines((*self.basket.lines, line))
        self.fields.clear()
        self._touch()
        self.fields.begin()
        return True

    async def _load(self) -> Person | None:
        if self.resident is None:
            self.refresh()
            return None
        self.person = await self.errands.ask(WhoFor(self.resident))
        self.pieces.show_person(self.person)
        return self.person

    def _clear(self) -> None:
        self.basket.show_lines(())
        self.fields.clear()

    def _kept(self) -> dict[str, Any]:
        return {
            "form": self.fields.typed().as_kept(),
            "basket": [line.typed.as_kept() for line in self.basket.lines],
        }

    def _say(self) -> None:
        name = self.person.name if self.person else ""
        act = "改医嘱" if self.replaced else "开医嘱" if self.doctor else "转抄医嘱"
        back = Crumb(name, "chart", {"resident": self.resident, "tab": "medication"})
        self.say_title(Crumb("老人", "residents"), back, Crumb(act))
        self.pieces.say_replaced(self.replaced)
        self._say_advice()

    def _say_advice(self) -> None:
        """A doctor's words stand above the form, and whose they are in its fields."""
        advice = self._params.get("advice")
        if advice is None or self.replaced is not None:
            return
        self.pieces.say_advice(str(advice["words"]), str(advice["doctor"]))
        if not self.doctor:
            self.fields.say_source(str(advice["doctor"]), str(advice["where"]))

    def _edited(self) -> None:
        self._touch()
        self.making.touch()

    def _touch(self) -> None:
        """A change of one order is done in one go, and would stand in the way of what is being ordered."""
        if self.replaced is None:
            self.draft.touch()

    def _back(self) -> None:
        place, params = self._params.get("back") or (
            "chart",
            {"resident": self.resident, "tab": "medication"},
        )
        self.bench.go(place, params)

    def _connect(self) -> None:
        self.fields.changed.connect(self._edited)
        self.fields.entered.connect(self.put)
        self.draft.kept.connect(self.pieces.kept.setText)
        self.draft.failed.connect(lambda words: self.pieces.kept.say(f"草稿没存上：{words}", "danger"))
        self.basket.signed.connect(self.finish)
        self.basket.taken.connect(self.take_back)
        self.basket.dropped.connect(self.drop)
        self.pieces.add.clicked.connect(self.put)
        bind(
            self,
            Key("Return", "剂量框里：放进本次医嘱；别处：下一项"),
            Key("Ctrl+Return", "签名开立", self.finish),
            Key("Ctrl+D", "放进本次医嘱", self.put),
            Key("Ctrl+T", "取回最后一条来改", lambda: self.take_back(-1)),
            Key("Ctrl+R", "清空正在填的这条", self.empty_form),
            Key("Esc", "返回老人用药", self._back),
        )
