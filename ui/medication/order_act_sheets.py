"""The sheets that end, suspend or cancel an order, and the one that shows everything about it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt

from app.core.clock import local
from app.core.errors import Refusal
from app.core.roles import Right
from app.medication.orders import CancelOrder, CheckOrders, PauseOrder, StopOrder
from app.medication.orders.entry_reading import read_begin
from app.medication.queries.order_lists import OrderFacts
from app.medication.queries.order_rows import OrderRow
from ui.kit import Fact, Labelled, Line, LineField, ScrollBody, Sheet, Words, errand
from ui.kit.errands import Errands
from ui.kit.view import View
from ui.medication.order_columns import confirm_words, findings_words, moment, over_words, standing_words
from ui.style import Role, look


class ActSheet(Sheet):
    """Repeats the order; asks why, and a nurse which doctor ordered it. A refusal stands beside its field."""

    title_words, act_words, done_words = "", "", ""
    placeholder, grave, asks_doctor, asks_time = "", False, False, False

    def __init__(self, view: View, who: str, row: OrderRow) -> None:
        super().__init__(view, f"{self.title_words}：{row.title}", f"{who}\n{row.asks}", width=560)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.view, self.row = view, row
        self.why = LineField("原因", self.placeholder)
        self.doctor = LineField("下达医师", "如：陈永康")
        self.at = LineField("停止时间", "现在；如 明天 8:00")
        self.fields = {
            "why": Labelled("原因", self.why, required=True),
            "doctor_name": Labelled("下达医师", self.doctor, required=True),
            "at": Labelled("停止时间", self.at),
        }
        nurse = self.asks_doctor and not view.bench.actor.may(Right.ORDER_MEDICINES)
        self._add("why")
        if nurse:
            self._add("doctor_name")
        if self.asks_time:
            self._add("at")
        self.errands = Errands(view.bench.desk, self, notice=self.notice, fields=self)
        self.offer(self.act_words, "danger" if self.grave else "primary")
        self.done_with.connect(self.save)
        self.why.setFocus()

    def show_refusal(self, field: str, text: str) -> bool:
        field = "at" if field == "begins" else field
        if field not in self.fields or self.fields[field].parent() is None:
            return False
        self.fields[field].say_wrong(text)
        self.fields[field].field.setFocus()
        return True

    def order(self) -> Any:
        """The act, from what is typed."""
        raise NotImplementedError

    @errand
    async def save(self) -> None:
        """A refusal leaves everything as typed."""
        await self.errands.do(self.order(), busy=self.main)
        self.view.bench.notice.done(f"{self.row.title}：{self.done_words}")
        self.accept()

    def _add(self, key: str) -> None:
        labelled = self.fields[key]
        self.body.addWidget(labelled)
        if isinstance(labelled.field, LineField):
            labelled.field.textEdited.connect(lambda: labelled.say_wrong(""))


class StopSheet(ActSheet):
    """No dose after a time."""

    title_words, act_words, done_words = "停止医嘱", "停止", "已停止，给过的记录都在。"
    placeholder, asks_doctor, asks_time = "如：血压稳定、不良反应", True, True

    def order(self) -> StopOrder:
        return StopOrder(self.row.seen, self.why.text(), self._when(), self.doctor.text())

    def _when(self) -> datetime | None:
        bench = self.view.bench
        return read_begin(self.at.text(), bench.desk.clock.now(), bench.station.settings.zone)


class PauseSheet(ActSheet):
    """Suspended until it is resumed."""

    title_words, act_words, done_words = "暂停医嘱", "暂停", "已暂停，恢复前不给药。"
    placeholder = "如：禁食检查、血压偏低待医师"

    def order(self) -> PauseOrder:
        return PauseOrder(self.row.seen, self.why.text())


class CancelSheet(ActSheet):
    """取消: it was never to be carried out."""

    title_words, act_words, done_words = "取消医嘱", "取消这条医嘱", "已取消，红字留在医嘱单上。"
    placeholder, grave = "如：开错老人、剂量写错", True

    def __init__(self, view: View, who: str, row: OrderRow) -> None:
        super().__init__(view, who, row)
        hint = "取消的医嘱不会删除，红字标注“取消”和您的姓名。执行过的医嘱不能取消，请用停止。"
        self.body.addWidget(Words(hint, Role.HINT, wrap=True))

    def order(self) -> CancelOrder:
        return CancelOrder(self.row.seen, self.why.text())


class CheckSheet(Sheet):
    """核对: the whole order once more, with what the checks said; then it runs."""

    def __init__(self, view: View, who: str, row: OrderRow) -> None:
        zone = view.bench.station.settings.zone
        super().__init__(view, f"核对医嘱：{row.title}", who, width=560)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.view, self.row = view, row
        self.errands = Errands(view.bench.desk, self, notice=self.notice)
        self.body.addWidget(Words(confirm_words(zone, row), Role.BODY, wrap=True))
        if row.findings:
            self.body.addWidget(Words(findings_words(row), Role.BODY, ink="orange", wrap=True))
        self.offer("核对无误，执行", icon="check")
        self.done_with.connect(self.save)

    @errand
    async def save(self) -> None:
        try:
            await self.errands.do(CheckOrders((self.row.seen,)), busy=self.main)
        except Refusal as refusal:
            self.notice.refused(refusal.text)
            return
        self.view.bench.notice.done(f"已核对：{self.row.title}。")
        self.accept()


class DetailSheet(Sheet):
    """Everything about one order, and each of its revisions, the newest first."""

    def __init__(self, view: View, who: str, facts: OrderFacts) -> None:
        row, zone = facts.row, view.bench.station.settings.zone
        super().__init__(view, f"{row.number}　{row.title}", who, width=600)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        scroll = ScrollBody((0, 0, 12, 0), 10)
        high = max(look.sp(200), min(look.sp(460), view.window().height() - look.sp(240)))
        scroll.setMinimumHeight(high)
        for caption, value in _facts(zone, facts):
            if value:
                scroll.body.addWidget(Fact(caption, value))
        scroll.body.addWidget(Line())
        for one in facts.revisions:
            when = local(zone, one.recorded_at)
            scroll.body.addWidget(
                Words(f"{when:%Y-%m-%d %H:%M}　{one.by}　{one.words}", Role.BODY, wrap=True)
            )
        scroll.body.addStretch(1)
        self.body.addWidget(scroll, 1)
        close = self.offer("关闭", "plain", cancel="")
        close.clicked.connect(self.accept)
        close.setFocus()


def _facts(zone: str, facts: OrderFacts) -> tuple[tuple[str, str], ...]:
    row = facts.row
    checked = f"{row.checked_by} {moment(zone, row.checked_at)}" if row.checked_by else ""
    signed = f"{row.doctor} {moment(zone, row.doctor_at)}" if row.doctor_at else ""
    waits = f"待医师签，时限 {moment(zone, row.unsigned_by)}" if row.unsigned_by else ""
    return (
        ("状态", standing_words(row) if row.runs else over_words(zone, row)),
        ("医嘱", confirm_words(zone, row)),
        ("检查提示", findings_words(row)),
        ("医师签名", signed or waits),
        ("核对", checked),
        ("代替的医嘱", facts.before),
        ("改成的医嘱", facts.after),
    )
