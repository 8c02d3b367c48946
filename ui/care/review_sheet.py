"""The sheet of a task whose basis is gone: it goes on, with the reason, or it ends."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.care.form import keep_fields, read_keep
from app.care.queries import TaskRow
from app.care.service import KeepTask
from ui.forms.form_view import FormView
from ui.kit import Button, Key, Sheet, bind, errand
from ui.kit.errands import Errands
from ui.kit.view import Bench


class ReviewSheet(Sheet):
    """`ending`: the person wants it to end instead."""

    ending = Signal()

    def __init__(self, parent: QWidget, bench: Bench, task: TaskRow) -> None:
        gone = task.basis.gone if task.basis else ""
        text = f"{task.form.problem}\n{gone}。项目不会自动停止，请决定继续还是停止。"
        super().__init__(parent, f"复核：{task.form.words}", text, width=520)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._bench, self.task = bench, task
        self.form = FormView(keep_fields())
        self.errands = Errands(bench.desk, self, notice=self.notice, fields=self.form)
        self.body.addWidget(self.form)
        self.end_instead = Button("停止这一项", "plain")
        self.end_instead.clicked.connect(self._end)
        self.acts.addWidget(self.end_instead)
        self.offer("继续做")
        self.done_with.connect(self.save)
        self.form.submitted.connect(self.save)
        bind(self, Key("Ctrl+Return", "继续做", self.save))
        self.form.focus_on("why")

    @errand
    async def save(self) -> None:
        """A refusal leaves everything as typed."""
        if not self.form.check():
            return
        await self.errands.do(KeepTask(self.task.seen, read_keep(self.form.values())), busy=self.main)
        self._bench.notice.done(f"{self.task.form.words} 继续做，不再提示依据已变。")
        self.accept()

    def _end(self) -> None:
        self.reject()
        self.ending.emit()
