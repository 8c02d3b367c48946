"""The set-up assistant: institution, first administrator, first head nurse, recovery code; then sign in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.access.form import first_person_form, institution_form
from ui.access.password_form import PasswordForm
from ui.forms import FormView
from ui.kit.buttons import Button
from ui.kit.card import Card, Foot, ScrollBody
from ui.kit.notice import Notice
from ui.kit.stack import Stack
from ui.kit.steps import Step, Steps
from ui.kit.words import Words
from ui.shell.code_page import CodePage
from ui.style import Role, look

if TYPE_CHECKING:
    from app.access.founding import SetUpForm

TITLES = ("机构与站点", "系统管理员", "护士长", "恢复码")
HINTS = (
    "以后每张单子上都印这个名称。站点编号是每个编号的前两位，一个机构的各站不能相同。",
    "管账号和设置的人，看不到临床内容。",
    "带护士干活的人。其他人进来以后在“设置”里建。",
    "",
)
NURSING = ("护士",)
RUNNING = ("管理人员", "护士", "医师")
INSTITUTION, ADMINISTRATOR, HEAD_NURSE, CODE = range(4)
STEPS, NARROW = 224, 840


class SetUp(QWidget):
    """`found_asked` when all three forms are good; whoever founds answers with `refuse` or `show_code`."""

    found_asked = Signal()
    restore_asked = Signal()
    print_asked = Signal(str)
    finished = Signal(str)
    """The administrator's number: what is left to do is to sign in."""

    def __init__(self) -> None:
        super().__init__()
        self.step = INSTITUTION
        self.code: CodePage | None = None
        self.forms: tuple[FormView, ...] = (
            FormView(institution_form()),
            PasswordForm(lambda person, typed: first_person_form(person, typed, RUNNING)),
            PasswordForm(lambda person, typed: first_person_form(person, typed, NURSING)),
        )
        self.forms[ADMINISTRATOR].set_values({"profession": RUNNING[0]})
        self.forms[INSTITUTION].set_values({"station_number": "01"})
        self.steps = Steps(tuple(Step(title) for title in TITLES))
        self.notice = Notice()
        self.back = Button("上一步", icon="arrow-left")
        self.next = Button("下一步", "primary", icon="arrow-right")
        self.restore = Button("从备份恢复", "link", icon="history")
        self._title = Words("", Role.PAGE_TITLE)
        self._hint = Words("", Role.HINT, wrap=True)
        self._safe = Words("", Role.HINT, wrap=True)
        self._pages = Stack()
        self._lay_out()
        for form in self.forms:
            form.submitted.connect(self.next.click)
        self.back.clicked.connect(lambda: self.go(self.step - 1))
        self.next.clicked.connect(self._forward)
        self.restore.clicked.connect(self.restore_asked)
        self.go(INSTITUTION)

    # steps --------------------------------------------------------------------------------------------------------

    def go(self, step: int) -> None:
        """Show a step; what was typed in the others stays."""
        self.step = step
        self._title.setText(TITLES[step])
        self._hint.setText(HINTS[step])
        self._hint.setVisible(bool(HINTS[step]))
        self._pages.show_place(step)
        self.steps.show_step(step)
        self._safe.setText("站点已经建好。" if step == CODE else "中途关掉什么也不会留下。")
        self.back.setVisible(INSTITUTION < step < CODE)
        self.restore.setVisible(step == INSTITUTION)
        self.next.say("去登录" if step == CODE else "建站" if step == HEAD_NURSE else "下一步")
        self.next.setEnabled(step != CODE)
        if step < CODE:
            form = self.forms[step]
            form.focus_on(form.form.fields[0].key)

    def refuse(self, field: str, text: str) -> None:
        """Founding was refused: to the step and the field it belongs to."""
        self.set_busy(busy=False)
        where, _, key = field.rpartition(".")
        step = {"administrator": ADMINISTRATOR, "head_nurse": HEAD_NURSE}.get(where, INSTITUTION)
        self.go(step)
        if not self.forms[step].show_refusal(key, text):
            self.notice.refused(text)

    def show_code(self, code: str) -> None:
        """The station stands; show its recovery code, this once."""
        self.set_busy(busy=False)
        self.notice.clear()
        self.code = CodePage(code)
        self.code.kept_changed.connect(self.next.setEnabled)
        self.code.print_asked.connect(lambda: self.print_asked.emit(code))
        self._pages.add(_scrolled(self.code))
        self.go(CODE)
        self.code.kept.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_busy(self, *, busy: bool) -> None:
        """Founding takes some seconds by design; the window stays alive."""
        self.next.set_busy(busy, "正在建站…")
        self.back.setEnabled(not busy)
        self.restore.setEnabled(not busy)
        self._pages.setEnabled(not busy)

    # what was typed -----------------------------------------------------------------------------------------------

    def filled(self) -> SetUpForm:
        """The three forms as founding takes them."""
        from app.access.founding import SetUpForm
        from app.access.service import StaffForm
        from app.core.roles import Role as Post

        def person(step: int, post: Post) -> StaffForm:
            value = self._reader(step)
            profession = value("profession") or NURSING[0]
            return StaffForm(value("number"), value("name"), frozenset({post}), profession, value("title"))

        institution = self._reader(INSTITUTION)
        return SetUpForm(
            institution_name=institution("institution_name"),
            institution_code=institution("institution_code"),
            institution_type=institution("institution_type"),
            station_number=institution("station_number"),
            station_name=institution("station_name"),
            administrator=person(ADMINISTRATOR, Post.ADMINISTRATOR),
            administrator_password=self._reader(ADMINISTRATOR)("password"),
            head_nurse=person(HEAD_NURSE, Post.HEAD_NURSE),
            head_nurse_password=self._reader(HEAD_NURSE)("password"),
        )

    def _reader(self, step: int) -> Callable[[str], str]:
        values = self.forms[step].values()
        return lambda key: str(values.get(key, ""))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # in a narrow window the fields need the room; title and buttons say where one is
        self.steps.setVisible(self.width() >= look.sp(NARROW))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.steps.setFixedWidth(look.sp(STEPS))
        super().changeEvent(event)

    # inside -------------------------------------------------------------------------------------------------------

    def _forward(self) -> None:
        if self.step == CODE:
            self.finished.emit(self._reader(ADMINISTRATOR)("number"))
            return
        if self.next.busy or not self.forms[self.step].check():
            return
        value = self._reader(self.step)
        self.steps.note(self.step, value("institution_name") or f"{value('name')} · {value('number')}")
        if self.step < HEAD_NURSE:
            self.go(self.step + 1)
            return
        self.set_busy(busy=True)
        self.found_asked.emit()

    def _lay_out(self) -> None:
        for form in self.forms:
            self._pages.add(_scrolled(form))
        card = Card(flush=True)
        head = QVBoxLayout()
        head.setContentsMargins(28, 24, 28, 12)
        head.setSpacing(4)
        for piece in (self._title, self._hint):
            head.addWidget(piece)
        said = QHBoxLayout()
        said.setContentsMargins(28, 0, 28, 8)
        said.addWidget(self.notice)
        foot = Foot()
        foot.row.addWidget(self.back)
        foot.row.addWidget(self.restore)
        foot.row.addStretch(1)
        foot.row.addWidget(self.next)
        card.body.addLayout(head)
        card.body.addWidget(self._pages, 1)
        card.body.addLayout(said)
        card.body.addWidget(foot)
        self.steps.body.addWidget(self._safe)
        self.steps.setFixedWidth(look.sp(STEPS))
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 20, 24, 24)
        row.setSpacing(20)
        row.addWidget(self.steps)
        row.addWidget(card, 1)


def _scrolled(content: QWidget) -> QWidget:
    scroll = ScrollBody((28, 4, 28, 16))
    content.setMaximumWidth(look.sp(720))
    scroll.body.addWidget(content)
    return scroll
