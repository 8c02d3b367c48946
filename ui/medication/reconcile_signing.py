"""Signatures of a reconciliation: of the decision under the cursor, of all that wait, of the whole as finished."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from app.access.proof import Proof
from app.core.orders import Order
from app.core.roles import Right
from app.medication.reconciling import ReconcileRow, SignDecisions, SignReconciliation
from ui.kit.proof_sheet import ProofSheet
from ui.kit.proving import Proving

if TYPE_CHECKING:
    from ui.medication.reconcile_view import ReconcileView


class ReconcileSigning(Proving):
    """A doctor signs with number and password or PIN at whoever's screen it is; the session stays."""

    view: ReconcileView

    def __init__(self, view: ReconcileView) -> None:
        super().__init__(view, view.take_keys)

    def sign_one(self) -> None:
        """S: the decision under the cursor, though others are still open."""
        row = self.view.list.current
        if row is None or row.decision is None:
            self.view.bench.notice.refused("这一种还没有决定，先按 1、2、3 决定。")
        elif row.decision.sign_by is None:
            who = row.decision.signed or row.decision.who
            self.view.bench.notice.refused(f"{row.words} 的决定已由{who}医师签名。")
        else:
            self._sign_rows((row,))

    def sign_waiting(self) -> None:
        """Shift+S: every decision that waits for a doctor."""
        sheet = self.view.sheet
        if sheet is None:
            return
        if waiting := waiting_rows(sheet.rows):
            self._sign_rows(waiting)
        else:
            self.view.bench.notice.refused("没有待医师签的决定。")

    def sign_all(self) -> None:
        """Ctrl+Enter: a doctor signs the whole."""
        sheet, notice = self.view.sheet, self.view.bench.notice
        if sheet is None:
            return
        if sheet.undecided:
            names = "、".join(one.words for one in sheet.undecided[:3])
            notice.refused(f"还不能完成：{names}没有决定。按 N 到下一个。")
        elif sheet.signed_at is not None:
            notice.refused(f"这次重整已由{sheet.signed_by}签名完成。")
        else:
            resident, absence = sheet.resident, sheet.absence
            self._ask(
                (f"完成重整：{sheet.name}", _lines(sheet.rows), "签名完成"),
                lambda proof: SignReconciliation(resident, absence, proof),
                f"{sheet.name}的返院用药重整已完成并签名。",
            )

    # inside -------------------------------------------------------------------------------------------------------

    def _sign_rows(self, rows: Sequence[ReconcileRow]) -> None:
        sheet = self.view.sheet
        if sheet is None or not self._may():
            return
        seen = tuple(one.decision.seen for one in rows if one.decision is not None)
        title = f"签重整决定：{sheet.name}" + (f"（{len(rows)} 种）" if len(rows) > 1 else "")
        names = "、".join(one.words for one in rows[:3])
        said = f"{names}{f' 等 {len(rows)} 种' if len(rows) > 3 else ''}：医师已签名。"
        self._ask((title, _lines(rows), "签名"), lambda proof: SignDecisions(seen, proof), said)

    def _ask(self, face: tuple[str, str, str], order: Callable[[Proof], Order[Any]], said: str) -> None:
        """Title, what is signed and the act of the sheet; what it does, and what is said then."""
        title, text, act = face
        number = self.view.bench.actor.number if self.view.acts.doctor else ""
        self.prove(
            ProofSheet(self.view, title, text, number, act=act), order, lambda _given: self._done(said)
        )

    def _done(self, said: str) -> str:
        self.view.go_on()
        return said

    def _may(self) -> bool:
        if self.view.bench.actor.may(Right.RECONCILE):
            return True
        self.view.bench.notice.refused(f"您没有“{Right.RECONCILE.value}”的权限。")
        return False


def waiting_rows(rows: Sequence[ReconcileRow]) -> tuple[ReconcileRow, ...]:
    """Decided by a doctor's word, and not signed by one."""
    return tuple(one for one in rows if one.decision is not None and one.decision.sign_by is not None)


def _lines(rows: Sequence[ReconcileRow]) -> str:
    """Each medicine, what was decided and why, by whose word."""
    return "\n".join(
        "　".join(
            part
            for part in (
                f"{one.words}：{one.decision.words}",
                one.decision.why,
                f"{one.decision.who}医师" if one.decision.who else "",
            )
            if part
        )
        for one in rows
        if one.decision is not None
    )
