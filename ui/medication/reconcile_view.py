"""返院用药重整: before, discharge and now of each medicine, decided by keys; nothing is given before that."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtCore import QTimer

from app.core.changes import Changes
from app.medication.reconciling import OpenReconciliations, OpenRow, Reconciliation, ReconciliationOf
from app.residents.queries import Chart
from ui.kit import Key, bind, latest
from ui.kit.file_sheet import ShownFile, show_file
from ui.kit.states import Act
from ui.kit.view import Bench, Crumb, View
from ui.medication.reconcile_acts import ReconcileActs
from ui.medication.reconcile_layout import ReconcilePieces, lay_out
from ui.medication.reconcile_signing import ReconcileSigning

MINUTE = 60 * 1000


class ReconcileView(View):
    """`resident`: whose; without one the list that presses most. `back`: (place, params) Esc leads to."""

    kinds: ClassVar[frozenset[str]] = frozenset(
        {"med_decision", "med_reconciliation", "med_order", "absence", "dose", "allergy", "resident", "stay"}
    )

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "返院用药重整")
        self.resident: UUID | None = None
        self.sheet: Reconciliation | None = None
        self.open_rows: tuple[OpenRow, ...] = ()
        self._back: tuple[str, Mapping[str, Any]] = ("referrals", {})
        self._on = False
        self.pieces = ReconcilePieces(self)
        self.list, self.state = self.pieces.list, self.pieces.state
        self.acts, self.signing = ReconcileActs(self), ReconcileSigning(self)
        lay_out(self, self.pieces)
        self._connect()
        self.say_title(Crumb("转诊", "referrals"), Crumb("返院用药重整"))

    # going about --------------------------------------------------------------------------------------------------

    def opened(self, params: Mapping[str, Any]) -> None:
        resident = params.get("resident")
        if resident != self.resident:
            self.acts.named = ""
        self.resident = resident
        self._back = params.get("back", ("referrals", {}))
        self.refresh()
        self.take_keys()

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        with self.state.asking(self.refresh, self._forget):
            self.open_rows = await self.errands.ask(OpenReconciliations())
            if self.resident is None and self.open_rows:
                self.resident = self.open_rows[0].resident
            if self.resident is None:
                self._empty("没有要重整的老人", "老人住院返回后，入院前的医嘱在这里逐种决定，决定前不给药。")
                return
            self.sheet = await self.errands.ask(ReconciliationOf(self.resident))
            self.pieces.show_open(self.open_rows, self.resident)
            if self.sheet is None or not self.sheet.rows:
                self._nothing(self.sheet)
                return
            chart = await self.errands.ask(Chart(self.resident))
            self._show(self.sheet, chart)

    def show_paper(self) -> None:
        """P: the list as the hospital gave it, photographed or as PDF."""
        of = self.sheet
        if of is None or not of.paper:
            self.bench.notice.say("没有存出院带药清单的原件；按 L 录入时可以添加照片或 PDF。")
            return
        file = ShownFile(
            "出院带药清单", of.paper, of.resident, missing="照片不随记录上传，请到存它的电脑上看。"
        )
        show_file(self.bench, self, file).finished.connect(self.take_keys)

    def record_shown(self) -> tuple[str, UUID] | None:
        """F8, F9: the decision under the cursor, else its order."""
        row = self.list.current
        if row is None:
            return None
        if row.decision is not None:
            return ("med_decision", row.decision.seen.rid)
        return None if row.order is None else ("med_order", row.order.rid)

    def go_on(self) -> None:
        """After an act: the next one nobody decided about, once the list shows what was done."""
        self._on = True
        self.refresh()
        self.take_keys()

    def next_undecided(self) -> None:
        if not self.list.next_undecided():
            self.bench.notice.done("每一种都已决定。")

    def next_person(self, step: int) -> None:
        """[ and ]: the one who presses next."""
        rids = [one.resident for one in self.open_rows]
        if rids:
            place = rids.index(self.resident) if self.resident in rids else -1
            self._choose(str(rids[(place + step) % len(rids)]))

    def open_chart(self) -> None:
        if self.resident is not None:
            self.bench.go("chart", {"resident": self.resident, "tab": "medication"})

    def print_sheet(self) -> None:
        """Ctrl+P: 返院用药重整单, finished or not."""
        if self.sheet is not None:
            here = {"resident": self.sheet.resident, "back": self._back}
            asked = {"resident": self.sheet.resident, "record": self.sheet.absence}
            self.bench.go("preview", {"sheet": "reconciliation", "back": ("reconcile", here), **asked})

    def take_keys(self) -> None:
        """The focus on the list, or on the view while a sentence stands in its place."""
        (self.list if self.list.isVisibleTo(self) else self).setFocus()

    # inside -------------------------------------------------------------------------------------------------------

    def _show(self, sheet: Reconciliation, chart: Any) -> None:
        keys_here = self.hasFocus() or self.list.hasFocus()
        self.pieces.show_sheet(chart, sheet, self.bench.desk.clock.now())
        self.state.content()
        if self._on:
            self._on = False
            self.list.next_undecided()
        if keys_here:
            self.take_keys()

    def _empty(self, title: str, text: str, act: Act | None = None) -> None:
        if act is None:
            self.sheet = None
        self.pieces.show_open(self.open_rows, self.resident)
        self.state.empty(title, text, act)

    def _nothing(self, sheet: Reconciliation | None) -> None:
        """No order of before; what the hospital gave is written down from here (L)."""
        if sheet is None:
            self._empty("这位老人没有要重整的药", "住院返回后还在用的医嘱和出院带药列在这里。")
            return
        text = (
            "医院写明没有带药。" if sheet.came_with == "none" else "医院开了药，先录入出院带药，再逐种决定。"
        )
        self._empty(
            f"{sheet.name} 入院前没有要续用的医嘱", text, ("录入出院带药 L", self.acts.list_discharge)
        )

    def _forget(self) -> None:
        self.sheet = None

    def _choose(self, key: str) -> None:
        self.resident = UUID(key)
        self.acts.named = ""
        self.refresh()
        self.take_keys()

    def _filter(self) -> None:
        if self.sheet is not None:
            self.pieces.show_rows(self.sheet)
        self.take_keys()

    def _connect(self) -> None:
        pieces, acts = self.pieces, self.acts
        self.list.decided.connect(lambda row, decision: acts.decide(row, decision))  # noqa: PLW0108  # carries object
        pieces.who.group.buttonClicked.connect(lambda: self._choose(pieces.who.key))
        pieces.only.toggled.connect(self._filter)
        pieces.discharge.allowed.connect(acts.list_discharge)
        pieces.alike.allowed.connect(acts.keep_alike)
        pieces.inquire.allowed.connect(acts.inquire)
        pieces.sign.clicked.connect(self.signing.sign_all)
        pieces.sign_one.clicked.connect(self.signing.sign_one)
        self.list.moved.connect(pieces.offer_signing)
        pieces.print.allowed.connect(self.print_sheet)
        self._clock = QTimer(self)
        self._clock.setInterval(MINUTE)
        self._clock.timeout.connect(lambda: self.refresh() if self.isVisible() else None)
        self._clock.start()
        bind(
            self,
            Key("Up Down Home End", "选药"),
            Key("1", "保留；只有医院写的：采用", partial(acts.press, 0)),
            Key("2", "更改", partial(acts.press, 1)),
            Key("3", "停用；只有医院写的：不用", partial(acts.press, 2)),
            Key("Z", "撤销决定", acts.undo),
            Key("N", "下一个未决定", self.next_undecided),
            Key("A", "相同的全部保留", acts.keep_alike),
            Key("F", "只看未决定", pieces.only.toggle),
            Key("L", "录入出院带药", acts.list_discharge),
            Key("T", "电话核对出院科室", acts.inquire),
            Key("S", "医师签这个决定", self.signing.sign_one),
            Key("Shift+S", "医师签所有待签的决定", self.signing.sign_waiting),
            Key("Ctrl+Return", "完成重整并签名", self.signing.sign_all),
            Key("Ctrl+P", "打印重整单", pieces.print.ask),
            Key("P", "看出院清单原件", self.show_paper),
            Key("[", "上一位", partial(self.next_person, -1)),
            Key("]", "下一位", partial(self.next_person, 1)),
            Key("O", "打开老人用药", self.open_chart),
            Key("Esc", "返回", lambda: self.bench.go(*self._back)),
        )
