"""The sheets of a plan: a task added or changed, a task ended, the versions of a task."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.care.form import end_fields, read_end, read_reason, read_task, task_fields, task_values
from app.care.forms import TaskForm
from app.care.lists import kind_called
from app.care.queries import TaskRow, TaskVersion
from app.care.rules import times_words
from app.care.service import ChangeTask, EndTask, PlanTask, RetractTask
from app.core.clock import date_in, local
from ui.forms.fields.suggested import SuggestedInput
from ui.forms.form_view import FormView
from ui.kit import Key, Line, ScrollBody, Sheet, Words, bind, errand
from ui.kit.errands import Errands
from ui.kit.view import Bench
from ui.style import Role, look


def room_in(parent: QWidget) -> int:
    """How high the middle of a sheet may be so that its acts stay inside the window."""
    return max(look.sp(220), parent.window().height() - look.sp(190))


class TaskSheet(Sheet):
    """A new task (`task` None), or another revision of one. A task of the list brings its usual times along."""

    def __init__(self, parent: QWidget, bench: Bench, resident: UUID, task: TaskRow | None = None) -> None:
        super().__init__(parent, "修改照护项目" if task else "添加照护项目", width=760)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._bench, self._resident, self.task = bench, resident, task
        today = date_in(bench.station.settings.zone, bench.desk.clock.now())
        self.form = FormView(task_fields(today, changing=task is not None))
        self.form.set_values(task_values(task.form if task else TaskForm("", "", begins=today)))
        self.errands = Errands(bench.desk, self, notice=self.notice, fields=self.form)
        scroller = ScrollBody((3, 3, 12, 3))
        scroller.body.addWidget(self.form)
        scroller.setMinimumHeight(look.sp(220))
        scroller.setMaximumHeight(room_in(parent))
        self.body.addWidget(scroller, 1)
        self.offer("保存").setDefault(False)
        self.done_with.connect(self.save)
        self.form.submitted.connect(self.save)
        words = self.form.input("words")
        if isinstance(words, SuggestedInput):
            words.taken.connect(self._bring)
            words.editingFinished.connect(lambda: self._bring(words.text().strip()))
        bind(self, Key("Ctrl+Return", "保存", self.save))
        self.form.focus_on("times" if task else "words")

    @errand
    async def save(self) -> None:
        """A refusal leaves everything as typed."""
        if not self.form.check():
            return
        values = self.form.values()
        form = read_task(values)
        if self.task is None:
            await self.errands.do(PlanTask(self._resident, form), busy=self.main)
            self._bench.notice.done(f"已添加：{form.words}。")
        else:
            await self.errands.do(ChangeTask(self.task.seen, form, read_reason(values)), busy=self.main)
            self._bench.notice.done(f"已修改：{form.words}，从现在起按新的做。")
        self.accept()

    def _bring(self, words: str) -> None:
        """A task of the list: its usual times where none were typed."""
        kind = kind_called(words)
        if kind is None or str(self.form.values()["times"]):
            return
        from app.care.lists import shifts

        listed = times_words(kind.times, shifts())
        said = " ".join({one.key: one.words for one in shifts()}.get(time, time) for time in kind.times)
        times = said if listed.startswith("每 ") else listed
        self.form.set_values({"times": times, "role": kind.role, "weekdays": kind.weekdays})


class EndSheet(Sheet):
    """A task is done no more, or was planned in error."""

    def __init__(self, parent: QWidget, bench: Bench, task: TaskRow) -> None:
        super().__init__(parent, f"停止：{task.form.words}", f"{task.when}　{task.role}", width=520)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._bench, self.task = bench, task
        self.form = FormView(end_fields())
        self.errands = Errands(bench.desk, self, notice=self.notice, fields=self.form)
        self.body.addWidget(self.form)
        self.offer("停止")
        self.done_with.connect(self.save)
        self.form.submitted.connect(self.save)
        self.form.focus_on("on")

    @errand
    async def save(self) -> None:
        """A refusal leaves everything as typed."""
        if not self.form.check():
            return
        today = date_in(self._bench.station.settings.zone, self._bench.desk.clock.now())
        last, why = read_end(self.form.values(), today)
        if last is None:
            await self.errands.do(RetractTask(self.task.seen, why), busy=self.main)
        else:
            await self.errands.do(EndTask(self.task.seen, last, why), busy=self.main)
        said = "已作废" if last is None else "已停止"
        self._bench.notice.done(f"{self.task.form.words} {said}；以前的记录仍可查看。")
        self.accept()


class VersionsSheet(Sheet):
    """Every revision of a task, the newest first."""

    def __init__(self, parent: QWidget, bench: Bench, versions: tuple[TaskVersion, ...]) -> None:
        super().__init__(parent, f"{versions[0].words}：历次版本", width=560)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        scroller = ScrollBody((0, 0, 12, 0), 10)
        scroller.setMinimumHeight(look.sp(min(300, 110 * len(versions))))
        for place, one in enumerate(versions):
            if place:
                scroller.body.addWidget(Line())
            when = local(bench.station.settings.zone, one.recorded_at)
            scroller.body.addWidget(Words(f"{when:%Y-%m-%d %H:%M}　{one.by}", Role.STRONG))
            scroller.body.addWidget(Words(_version(one), wrap=True))
            if one.reason:
                scroller.body.addWidget(Words(f"原因：{one.reason}", Role.HINT, wrap=True))
        scroller.body.addStretch(1)
        self.body.addWidget(scroller, 1)
        self.offer("关闭", "plain", cancel="").clicked.connect(self.accept)


def _version(one: TaskVersion) -> str:
    ends = f" 到 {one.ends:%Y-%m-%d}" if one.ends else ""
    parts = (
        f"{one.words}　{one.when}　{one.role}",
        f"从 {one.begins:%Y-%m-%d}{ends}",
        f"问题：{one.problem}" if one.problem else "",
        f"目标：{one.goal}" if one.goal else "",
        one.note,
        "已作废" if one.retracted else "",
    )
    return "；".join(part for part in parts if part)
