"""The sheet that puts a line of the programme on the board: fixed times of the week, offered and editable."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from app.rehab.form.week import read_week, week_words
from app.rehab.planning import PlaceItem
from app.rehab.queries.week_rows import ProgrammeLine
from app.rehab.queries.week_times import WeeklyTimes
from ui.kit import Button, Key, Labelled, LineField, Sheet, bind, errand
from ui.kit.errands import Errands
from ui.kit.view import View


class WeeklySheet(Sheet):
    """Times that suit both for two weeks stand there already; Enter keeps them. `once` asks for a single session.

    `written`: the times were kept.
    """

    written = Signal()

    def __init__(self, view: View, line: ProgrammeLine) -> None:
        often = f"每周 {line.per_week} 次，已排 {len(line.week)} 次"
        text = f"{line.short} {line.words}，每次 {line.minutes} 分钟，{often}。"
        super().__init__(view, f"排训练：{line.name}", text, width=560)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._view, self.line = view, line
        self.errands = Errands(view.bench.desk, self, notice=self.notice, fields=self)
        self.times = LineField("每周时间", "如 周一 9:00、周四 10:30")
        self._times = Labelled("每周时间", self.times, required=True, hint="正在找空闲时间…")
        self.body.addWidget(self._times)
        self.once = Button("只排一次…", "plain")
        self.acts.addWidget(self.once)
        self.offer("排上")
        self.done_with.connect(self.save)
        self.times.textEdited.connect(lambda: self._times.say_wrong(""))
        self.times.setText(week_words(line.week))
        bind(self, Key("Ctrl+Return", "排上", self.save))
        self.times.setFocus()
        if line.missing:
            self.errands.start("offer", self._offer)
        else:
            self._times.hint.setText("")

    def show_refusal(self, field: str, text: str) -> bool:
        """A rule refused: said beside the times; False for anything else."""
        if field == "time":
            self._times.say_wrong(text)
            self.times.setFocus()
        return field == "time"

    @errand
    async def save(self) -> None:
        """A refusal leaves the times as typed."""
        week = read_week(self.times.text())
        if not week:
            self._times.say_wrong("请写成 周一 9:00、周四 10:30 这样。")
            self.times.setFocus()
            return
        await self.errands.do(PlaceItem(self.line.item, week), busy=self.main)
        self._view.bench.notice.done(f"{self.line.name} {self.line.words} 已排在每周 {week_words(week)}。")
        self.written.emit()
        self.accept()

    async def _offer(self) -> None:
        found = await self.errands.ask(WeeklyTimes(self.line.item.rid))
        missing = self.line.missing - len(found)
        self._times.hint.setText(
            f"还差 {missing} 次没有空闲时间" if missing else "已填双方都空闲的时间，可以改"
        )
        if read_week(self.times.text()) in ((), tuple(sorted(self.line.week))):
            self.times.setText(week_words((*self.line.week, *found)))
