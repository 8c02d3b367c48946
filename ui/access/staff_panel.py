"""The panel beside the staff list: one person's form, and what may be done with their account."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.access.form import staff_form
from app.access.queries import StaffRow
from app.access.service import StaffForm
from app.core.roles import Role as Post
from ui.forms import FormView
from ui.kit import Button, Card, Foot, IconButton, ScrollBody, Words
from ui.style import Role


class StaffPanel(Card):
    """Shows a person, or an empty form for a new one. Says what is wanted; the pane does it."""

    save_asked = Signal()
    active_asked = Signal()
    reset_asked = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__(flush=True)
        self.row: StaffRow | None = None
        self.form = FormView(staff_form(fresh=True))
        self.save = Button("保存", "primary", icon="check")
        self.disable = Button("停用", "danger")
        self.enable = Button("启用", icon="user-round-check")
        self.reset = Button("重设密码", icon="key-round")
        self._title = Words("", Role.CARD_TITLE)
        self._under = Words("", Role.HINT, wrap=True)
        self._close = IconButton("x", "关闭", size=36)
        self._scroll = ScrollBody((20, 4, 20, 16))
        self._acts = QWidget()
        self._lay_out()
        self.save.clicked.connect(self._save)
        for button in (self.disable, self.enable):
            button.clicked.connect(self.active_asked)
        self.reset.clicked.connect(self.reset_asked)
        self._close.clicked.connect(self.closed)

    def show_new(self) -> None:
        """An empty form with the number to be given."""
        self._show(None, "新建人员", "保存后给出一个初始密码，请当面交给本人。")
        self.form.focus_on("number")

    def show_person(self, row: StaffRow) -> None:
        """This person's words; the number stays as it is."""
        state = "在职" if row.active else "已停用"
        self._show(row, row.name, f"工号 {row.number} · {state}")
        self.form.set_values(
            {
                "name": row.name,
                "roles": tuple(role.value for role in Post if role in row.roles),
                "profession": row.profession,
                "title": row.title,
                "certificate": row.certificate,
            }
        )
        for button in (self.disable, self.reset):
            button.setVisible(row.active)
        self.enable.setVisible(not row.active)

    def filled(self) -> StaffForm:
        """The form as the service takes it."""
        values = self.form.values()
        roles = values["roles"] if isinstance(values["roles"], tuple) else ()
        number = self.row.number if self.row else str(values["number"])
        return StaffForm(
            number,
            str(values["name"]),
            frozenset(Post(role) for role in roles),
            str(values["profession"]),
            str(values["title"]),
            str(values["certificate"]),
        )

    def _show(self, row: StaffRow | None, title: str, under: str) -> None:
        self.row = row
        self._title.setText(title)
        self._under.setText(under)
        old, self.form = self.form, FormView(staff_form(fresh=row is None))
        self._scroll.body.replaceWidget(old, self.form)
        old.deleteLater()
        self.form.submitted.connect(self.save.click)
        self._acts.setVisible(row is not None)
        self.save.say("保存" if row else "新建")

    def _save(self) -> None:
        if not self.save.busy and self.form.check():
            self.save_asked.emit()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(20, 14, 10, 8)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self._title)
        texts.addWidget(self._under)
        head.addLayout(texts, 1)
        head.addWidget(self._close)
        self._scroll.body.addWidget(self.form)
        acts = QHBoxLayout(self._acts)
        acts.setContentsMargins(20, 0, 20, 12)
        acts.setSpacing(12)
        for button in (self.reset, self.disable, self.enable):
            acts.addWidget(button, 1)
        foot = Foot()
        foot.row.addWidget(self.save, 1)
        self.body.addLayout(head)
        self.body.addWidget(self._scroll, 1)
        self.body.addWidget(self._acts)
        self.body.addWidget(foot)
