"""The sheet of a therapist's time off: 轮休, 培训, 休假; what stands there already can be ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout

from app.care.rules import clock_words
from app.core.clock import date_in
from app.rehab.form.week import ONCE, People, off_fields, read_off
from app.rehab.queries.week_rows import BoardOff
from app.rehab.scheduling import EndNotThere
from ui.forms import FormView
from ui.kit import Button, Key, Sheet, Words, bind, errand
from ui.kit.errands import Errands
from ui.kit.view import View


class OffSheet(Sheet):
    """For the therapist and day of the cursor; everything typed survives a refusal. `written`: something was kept."""

    written = Signal()

    def __init__(
        self, view: View, people: People, staff: UUID | None, day: date, offs: Sequence[BoardOff]
    ) -> None:
        super().__init__(view, "康复师不在岗", "这段时间里已排的训练会标红，再逐个改期。", width=620)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._view = view
        self._zone = view.bench.station.settings.zone
        today = date_in(self._zone, view.bench.desk.clock.now())
        for off in offs:
            self._show_off(off)
        self.form = FormView(off_fields(people, today), two_from=520)
        known = staff is not None and any(rid == staff for rid, _name in people)
        self.form.set_values(
            {"staff": str(staff) if known else "", "often": ONCE, "day": max(day, today).isoformat()}
        )
        self.errands = Errands(view.bench.desk, self, notice=self.notice, fields=self.form)
        self.body.addWidget(self.form)
        self.offer("记下")
        self.done_with.connect(self.save)
        self.form.submitted.connect(self.save)
        bind(self, Key("Ctrl+Return", "记下", self.save))
        self.form.focus_on("words" if known else "staff")

    def open(self) -> None:
        """As high as its form is once it has its columns."""
        super().open()
        QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        """The form had one column while it was measured first."""
        for one in (self.form.layout(), self.layout()):
            if one is not None:
                one.invalidate()
                one.activate()
        self.form.updateGeometry()
        self.resize(self.width(), self.heightForWidth(self.width()))

    @errand
    async def save(self) -> None:
        """A refusal leaves everything as typed."""
        if self.form.check():
            order = read_off(self.form.values(), self._zone)
            await self.errands.do(order, busy=self.main)
            self._view.bench.notice.done(f"已记下：{order.words}。")
            self.written.emit()
            self.accept()

    def _show_off(self, off: BoardOff) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        time = "全天" if off.whole else f"{clock_words(off.begins)}–{clock_words(off.ends)}"
        row.addWidget(Words(f"{off.words}　{time}{'　每周' if off.weekly else ''}"), 1)
        back = Button("恢复在岗", "plain")
        back.clicked.connect(lambda: self.errands.start("end off", partial(self._end, off, back)))
        row.addWidget(back)
        self.body.addLayout(row)

    async def _end(self, off: BoardOff, button: Button) -> None:
        await self.errands.do(EndNotThere(off.seen), busy=button)
        self._view.bench.notice.done(f"{off.words} 已结束。")
        self.written.emit()
        self.accept()
