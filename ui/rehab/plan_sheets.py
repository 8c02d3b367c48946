"""The sheets of a plan that stands: why it is changed, from when it is paused, how it ends."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QVBoxLayout, QWidget

from app.care.forms import TaskForm, form_of_kind
from app.care.lists import task_kind
from app.core.errors import Refusal, Trouble
from app.core.form import read_date
from app.rehab.form.evaluation import read_reason
from app.rehab.form.plan import change_fields, close_fields, pause_fields
from app.rehab.planning import Ending
from ui.forms import FormView
from ui.kit import Button, Labelled, ScrollBody, Sheet, SideSheet, Words, ringed
from ui.rehab.word_rows import WordRows
from ui.style import Role


class ReasonSheet(Sheet):
    """`said(reason)`; the caller closes it once the change is kept. `anew`: it will have to be signed again."""

    said = Signal(str)

    def __init__(self, parent: QWidget, *, anew: bool) -> None:
        text = "改了名称、周期、禁忌或停止规则，要重新签名和同意。" if anew else "原来的内容保留，可以查看。"
        super().__init__(parent, "为什么修改计划", text, width=560)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.form = FormView(change_fields())
        self.body.addWidget(self.form)
        self.offer("保存更改")
        self.done_with.connect(self._finish)
        self.form.submitted.connect(self._finish)
        self.form.focus_on("reason")

    def _finish(self) -> None:
        if self.form.check():
            self.said.emit(read_reason(self.form.values()))

    def tell(self, error: Refusal | Trouble) -> bool:
        """Whether the refusal belongs here."""
        if isinstance(error, Trouble):
            self.notice.trouble(error.text, error.remedy)
            return True
        return bool(error.field) and self.form.show_refusal(error.field or "", error.text)


class PauseSheet(Sheet):
    """`said(since, why)`."""

    said = Signal(object, str)

    def __init__(self, parent: QWidget, about: str, today: date) -> None:
        super().__init__(parent, "暂停康复计划", f"{about}\n暂停期间不排训练，目标和项目都保留。", width=520)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.form = FormView(pause_fields(today))
        self.form.set_values({"since": today.isoformat()})
        self.body.addWidget(self.form)
        self.offer("暂停", icon="circle-pause")
        self.done_with.connect(self._finish)
        self.form.submitted.connect(self._finish)
        self.form.focus_on("why")

    def _finish(self) -> None:
        if self.form.check():
            values = self.form.values()
            self.said.emit(read_date(str(values["since"])), str(values["why"]))


class FinalFirst(Sheet):
    """Asks for the final evaluation before a plan is closed; `straight` closes it without one."""

    def __init__(self, parent: QWidget, about: str) -> None:
        text = f"{about}\n按功能结局结案，要有末期评定；转出、去世、本人不再继续的可以直接结案。"
        super().__init__(parent, "先做末期评定", text, width=520)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.straight = Button("直接结案", "quiet")
        self.acts.addWidget(self.straight)
        self.offer("做末期评定", icon="clipboard-pen")
        self.done_with.connect(self.accept)
        self.straight.clicked.connect(self.accept)


class CloseSheet(SideSheet):
    """`said(ending)`. `tasks`: codes of care tasks nursing may take over, those of the plan's precautions ticked."""

    said = Signal(object)

    def __init__(
        self, parent: QWidget, about: str, exercises: Iterable[str], tasks: Iterable[str], today: date
    ) -> None:
        super().__init__(parent, "结案", about, width=600)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._today = today
        self.form = FormView(close_fields())
        self.form.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.kept = WordRows("维持项目", "加维持项目：谁、做什么、多久一次")
        self.kept.show_lines(exercises)
        self.tasks: dict[str, QCheckBox] = {}
        inside = self._inside = ScrollBody((0, 0, 8, 0), 16)
        inside.body.addWidget(self.form)
        inside.body.addWidget(Labelled("结案后继续做的（维持）", self.kept))
        inside.body.addWidget(self._task_boxes(tasks))
        inside.body.addStretch(1)
        self.body.addWidget(inside, 1)
        self.offer("结案", "primary", icon="file-check").setDefault(False)
        self.done_with.connect(self._finish)
        self.form.submitted.connect(self._finish)

    def open(self) -> None:
        super().open()
        self.form.focus_on("outcome")

    def tell(self, error: Refusal | Trouble) -> None:
        """The act refused it."""
        if isinstance(error, Trouble):
            self.notice.trouble(error.text, error.remedy)
        elif not (error.field and self.form.show_refusal(error.field, error.text)):
            self.notice.refused(error.text)

    def _task_boxes(self, tasks: Iterable[str]) -> QWidget:
        whole = QWidget()
        box = QVBoxLayout(whole)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(Words("转给护理的照护项目", Role.LABEL))
        for code in dict.fromkeys(tasks):
            tick = QCheckBox(task_kind(code).words)
            ringed(tick)
            self.tasks[code] = tick
            box.addWidget(tick)
        if not self.tasks:
            box.addWidget(Words("计划里没有对应的照护项目；需要时在照护计划里加。", Role.HINT, wrap=True))
        return whole

    def _finish(self) -> None:
        if not self.form.check():
            return
        values = self.form.values()
        self.said.emit(
            Ending(str(values["outcome"]), str(values["summary"]), self.kept.words, tuple(self._chosen()))
        )

    def _chosen(self) -> Iterable[TaskForm]:
        for code, tick in self.tasks.items():
            if tick.isChecked():
                yield form_of_kind(code, "康复结案后维持功能", "功能不下降", self._today)
