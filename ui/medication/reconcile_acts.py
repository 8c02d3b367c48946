"""What is done about the medicine under the cursor: kept, changed, stopped, taken back; and about the list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from app.core.form import Field, Form, Kind, Section
from app.core.roles import Right
from app.medication.reconciling import (
    Decide,
    DecideAll,
    NoteInquiry,
    ReconcileRow,
    Reconciliation,
    UndoDecision,
)
from app.medication.reconciling.form import decision_fields
from app.medication.rules.reconcile import CHANGE, DROP, KEEP, STOP, TAKE, WORDS
from app.residents.stating import Seen
from ui.forms.act_sheet import ActSheet, Task
from ui.kit import errand
from ui.kit.why_sheet import WhySheet
from ui.medication.reconcile_list_sheet import DischargeSheet
from ui.medication.reconcile_order_sheet import ReconcileOrderSheet
from ui.medication.reconcile_words import KEYS

if TYPE_CHECKING:
    from app.core.orders import Order
    from ui.medication.reconcile_view import ReconcileView


class ReconcileActs(QObject):
    """`named`: the doctor a nurse has named for this list; asked once, shown, and to be changed with every sheet."""

    def __init__(self, view: ReconcileView) -> None:
        super().__init__(view)
        self.view, self.errands = view, view.errands
        self.doctor = view.bench.actor.may(Right.ORDER_MEDICINES)
        self.named = ""
        self.sheet: Any = None

    # decisions ----------------------------------------------------------------------------------------------------

    def press(self, place: int) -> None:
        """1, 2, 3 on the row under the cursor."""
        if (row := self.view.list.current) is not None:
            self.decide(row, KEYS[row.new][place])

    def decide(self, row: ReconcileRow, decision: str) -> None:
        """What needs words or an order opens its sheet; a keep whose doctor is known is done at once."""
        sheet = self.view.sheet
        if sheet is None or not self._may():
            return
        before = row.decision
        if before is not None and before.decision == decision:
            self.view.bench.notice.refused(f"{row.words} 已决定“{before.words}”；要撤销按 Z。")
        elif before is not None and before.moved:
            self.view.bench.notice.refused(
                f"{row.words} 已决定“{before.words}”，医嘱已跟着变了；要改先按 Z 撤销。"
            )
        elif decision in (CHANGE, TAKE):
            form = ReconcileOrderSheet(self.view, sheet, row, decision, self.named)
            form.kept.connect(self._done)
            self._open(form)
        elif decision == KEEP and (self.doctor or self.named):
            self.keep(row)
        else:
            self._ask(row, decision)

    @errand
    async def keep(self, row: ReconcileRow) -> None:
        """One key: it goes on, by name."""
        done = await self.errands.do(self._order(row, KEEP, {}))
        self._said(row, KEEP, done.seen)

    @errand
    async def keep_alike(self) -> None:
        """A: what both sides write alike goes on; still one decision each."""
        sheet = self.view.sheet
        if sheet is None or not self._may():
            return
        alike = [one for one in sheet.alike if one.order is not None]
        if not alike:
            self.view.bench.notice.refused("没有两边相同、还没决定的药。")
        elif not (self.doctor or self.named):
            self._ask_doctor(len(alike))
        else:
            orders = tuple(one.order.rid for one in alike if one.order is not None)
            done = await self.errands.do(DecideAll(sheet.resident, sheet.absence, orders, self.named))
            names = "、".join(one.words for one in alike[:3])
            self._done(f"已保留两边相同的 {len(done)} 种：{names}{'等' if len(alike) > 3 else ''}。")

    @errand
    async def undo(self) -> None:
        """Z: within ten minutes at once, later with a reason."""
        row = self.view.list.current
        if row is None or row.decision is None:
            self.view.bench.notice.refused("这一种还没有决定。")
            return
        if row.decision.undo is not None:
            await self._undo(row, "")
            return
        text = f"{row.words}：已由{row.decision.who}决定“{row.decision.words}”。撤销后重新待重整，不给药。"
        why = WhySheet(self.view, "撤销决定", text, "撤销决定")
        why.said.connect(lambda words: self._undo_later(row, words))
        why.open()

    # the list ----------------------------------------------------------------------------------------------------

    def list_discharge(self) -> None:
        """L: what the hospital gave."""
        if self.view.sheet is not None and self._may():
            form = DischargeSheet(self.view, self.view.sheet)
            form.kept.connect(self._done)
            self._open(form)

    def inquire(self) -> None:
        """T: the ward was telephoned."""
        sheet = self.view.sheet
        if sheet is None or not self._may():
            return
        words = Field("words", "问了谁、怎么说", Kind.LINES, required=True, max_length=200, wide=True)

        def order(values: Any, _seen: Seen) -> Order[Any]:
            return NoteInquiry(sheet.resident, sheet.absence, str(values["words"]))

        text = sheet.note or "记下问的科室、谁接的、对方怎么说。电话核对不等于决定，每种药仍要作决定。"
        form = Form((Section("", (words,)),))
        task = Task("电话核对出院科室", text, "记下", form, order, _seen_of(sheet), "已记下电话核对。")
        self._act(task)

    # inside -------------------------------------------------------------------------------------------------------

    def _ask(self, row: ReconcileRow, decision: str) -> None:
        """Why, and which doctor; what a nurse names is offered again."""
        title = f"{WORDS[decision]}：{row.words}"
        before = "" if row.before is None else f"{row.before.dose} {row.before.when}"
        held = (
            "停用后这条医嘱不再给药。"
            if decision == STOP
            else "清单上的这种药不开医嘱。"
            if decision == DROP
            else ""
        )

        def order(values: Any, _seen: Seen) -> Order[Any]:
            self.named = str(values.get("doctor_name") or self.named)
            return self._order(row, decision, values)

        form = decision_fields(decision, doctor=self.doctor)
        text = "　".join(part for part in (before, held) if part)
        said = f"{row.words}：{WORDS[decision]}。"
        seen = row.order or _seen_of(self.view.sheet)
        self._act(Task(title, text, WORDS[decision], form, order, seen, said, {"doctor_name": self.named}))

    def _ask_doctor(self, count: int) -> None:
        """The doctor for all of them, once."""
        sheet = self.view.sheet
        if sheet is None:
            return
        orders = tuple(one.order.rid for one in sheet.alike if one.order is not None)

        def order(values: Any, _seen: Seen) -> Order[Any]:
            self.named = str(values["doctor_name"])
            return DecideAll(sheet.resident, sheet.absence, orders, self.named)

        text = "、".join(one.words for one in sheet.alike)
        form = decision_fields(KEEP, doctor=False)
        title = f"相同的全部保留（{count} 种）"
        self._act(
            Task(title, text, "全部保留", form, order, _seen_of(sheet), f"已保留两边相同的 {count} 种药。")
        )

    def _order(self, row: ReconcileRow, decision: str, values: Any) -> Decide:
        sheet = self.view.sheet
        assert sheet is not None  # noqa: S101  # acts begin with a sheet
        return Decide(
            sheet.resident,
            sheet.absence,
            decision,
            order=row.order.rid if row.order is not None else None,
            item="" if row.order is not None or row.line is None else row.line.key,
            why=str(values.get("why", "")),
            doctor_name="" if self.doctor else self.named,
            seen=None if row.decision is None else row.decision.seen,
        )

    async def _undo(self, row: ReconcileRow, why: str) -> None:
        if row.decision is not None:
            await self.errands.do(UndoDecision(row.decision.seen, why))
            self._done(f"{row.words}：已撤销“{row.decision.words}”，重新待重整。")

    @errand
    async def _undo_later(self, row: ReconcileRow, why: str) -> None:
        await self._undo(row, why)

    def _said(self, row: ReconcileRow, decision: str, seen: Seen) -> None:
        self.view.bench.notice.done(
            f"{row.words}：{WORDS[decision]}。", undo=lambda: self._undo_seen(row.words, seen)
        )
        self.view.go_on()

    @errand
    async def _undo_seen(self, words: str, seen: Seen) -> None:
        await self.errands.do(UndoDecision(seen))
        self._done(f"{words}：已撤销，重新待重整。")

    def _act(self, task: Task) -> None:
        form = ActSheet(self.view, task)
        form.kept.connect(lambda words, _result: self._done(words))
        self._open(form)

    def _open(self, sheet: Any) -> None:
        self.sheet = sheet
        sheet.finished.connect(self.view.take_keys)
        sheet.open()

    def _done(self, words: str) -> None:
        self.view.bench.notice.done(words)
        self.view.go_on()

    def _may(self) -> bool:
        if self.view.bench.actor.may(Right.RECONCILE):
            return True
        self.view.bench.notice.refused(f"您没有“{Right.RECONCILE.value}”的权限。")
        return False


def _seen_of(sheet: Reconciliation | None) -> Seen:
    """For a sheet that needs one: the list as it was seen, or the return itself."""
    if sheet is None:
        raise LookupError("no reconciliation is shown")
    return sheet.seen or Seen(sheet.absence, 0)
