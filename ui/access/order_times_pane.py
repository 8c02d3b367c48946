"""设置→医嘱时间: at which times of the day each frequency is given here; orders that run keep theirs."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.errors import Refusal
from app.core.form import Field, Form, Section
from app.core.roles import GRANTS, Right
from app.core.roles import Role as Post
from app.medication.lists import Frequency, frequencies
from app.medication.orders.order_times import ChangeOrderTimes, check_times, may_change_times
from ui.forms import FormView
from ui.kit import Button, Card, Errands, ScrollBody, Words, errand
from ui.kit.view import Bench
from ui.style import Role, look


class OrderTimesPane(QWidget):
    """A field for each frequency with fixed times; an empty one is the usual ones."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.bench = bench
        self.form = FormView(times_form())
        self.save = Button("保存", "primary", icon="check")
        self.errands = Errands(bench.desk, self, notice=bench.notice, fields=self.form)
        scroll = ScrollBody((0, 0, 0, 0), 20)
        scroll.body.addWidget(self._card())
        scroll.body.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(scroll)
        self.save.clicked.connect(self.change)
        self.form.submitted.connect(self.save.click)
        self.refresh()

    def refresh(self) -> None:
        """Show the times in force."""
        own = self.bench.station.settings.order_times
        self.form.set_values(
            {code: " ".join(own.get(code) or one.times) for code, one in frequencies().items() if not one.ask}
        )

    @errand
    async def change(self) -> None:
        """A refusal stands beside its field; everything stays as typed."""
        if not self.form.check():
            return
        times = {key: str(value) for key, value in self.form.values().items()}
        self.save.set_busy(True)
        try:
            await self.bench.station.change_settings(ChangeOrderTimes(times))
        except Refusal as refusal:
            self.errands.tell(refusal)
        else:
            self.refresh()
            self.bench.notice.done("时间表已保存：新开的医嘱按它，在用的医嘱不变。")
        finally:
            self.save.set_busy(False)

    def _card(self) -> Card:
        card = Card("给药时间表", "时刻没有国家标准，由各机构自定；24:00 算当天，00:00 算次日开始")
        self.form.setMaximumWidth(look.sp(880))
        card.body.addWidget(self.form)
        may = may_change_times(self.bench.actor)
        self.form.setEnabled(may)
        row = QHBoxLayout()
        if may:
            row.addWidget(self.save)
            row.addStretch(1)
        else:
            posts = GRANTS[Right.MANAGE_DRUGS] | GRANTS[Right.CHANGE_SETTINGS]
            who = "、".join(post.words for post in Post if post in posts)
            row.addWidget(Words(f"由{who}修改。", Role.HINT, wrap=True), 1)
        card.body.addLayout(row)
        return card


def times_form() -> Form:
    """One field a frequency."""
    return Form((Section("", tuple(_field(one) for one in frequencies().values() if not one.ask)),))


def _field(one: Frequency) -> Field:
    usual = " ".join(one.times)
    return Field(
        one.code, one.words, placeholder=usual, check=lambda said: _wrong(one, said), wide=len(one.times) > 4
    )


def _wrong(one: Frequency, said: str) -> str | None:
    try:
        check_times(one, said)
    except Refusal as refusal:
        return refusal.text
    return None
