"""The side sheet of one line of the programme: how long, how often, who, where, and the dose the item asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.core.errors import Refusal, Trouble
from app.rehab.drafted import GoalDraft, ItemDraft
from app.rehab.form.evaluation import read_reason
from app.rehab.form.item import dose_wrong, item_fields, item_values, read_item, told_of
from app.rehab.lists.items import items
from app.rehab.templating import Hand
from ui.forms import FormView
from ui.kit import Button, Key, ScrollBody, SideSheet, Words, bind
from ui.rehab.evaluation_layout import NARROW
from ui.style import Role


@dataclass(frozen=True)
class ItemGround:
    """What a line is written from: who works here, the goals, the contraindications and conditions of the resident."""

    staff: tuple[Hand, ...]
    goals: tuple[GoalDraft, ...]
    held: Mapping[str, str]
    conditions: Sequence[str]


class ItemSheet(SideSheet):
    """`said(line, reason)` when it is whole; the caller closes it with `accept()` once it is kept.

    `voided`: a line that stands was added in error.
    """

    said = Signal(object, str)
    voided = Signal()

    def __init__(
        self, parent: QWidget, line: ItemDraft, ground: ItemGround, *, changing: bool = False
    ) -> None:
        item = items().get(line.code)
        super().__init__(parent, line.words, item.purpose if item is not None else "", width=560)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.line, self._changing = line, changing
        self.form = FormView(
            item_fields(line, ground.staff, ground.goals, changing=changing), two_from=NARROW
        )
        self.form.set_values(item_values(line))
        inside = self._inside = ScrollBody((0, 0, 8, 0), 12)
        for words, blocks in told_of(line, ground.held, ground.conditions):
            inside.body.addWidget(Words(words, Role.BODY, ink="danger" if blocks else "warn", wrap=True))
        if item is not None and item.equipment:
            inside.body.addWidget(Words(f"器材：{'、'.join(item.equipment)}", Role.HINT, wrap=True))
        inside.body.addWidget(self.form)
        self.body.addWidget(inside, 1)
        self.body.addWidget(Words("Ctrl+Enter 保存　Esc 取消", Role.HINT))
        self._offer_voiding()
        self.offer("保存项目" if changing else "放进计划", icon="check").setDefault(False)
        self.form.submitted.connect(self.save)
        self.done_with.connect(self.save)
        bind(self, Key("Ctrl+Return Ctrl+S", "保存", self.save))

    def open(self) -> None:
        super().open()
        self.form.focus_on("minutes")

    @property
    def read(self) -> ItemDraft:
        """The line as it stands in the form."""
        return read_item(self.form.values(), self.line)

    def save(self) -> None:
        if not self.form.check():
            self._into_sight()
            return
        line = self.read
        if wrong := dose_wrong(line):
            self.form.show_refusal(*wrong)
            self._into_sight()
            return
        self.said.emit(line, read_reason(self.form.values()) if self._changing else "")

    def tell(self, error: Refusal | Trouble) -> None:
        """The act refused it; a conflict of times is no field of this form."""
        if isinstance(error, Trouble):
            self.notice.trouble(error.text, error.remedy)
        elif not (error.field and self.form.show_refusal(error.field, error.text)):
            self.notice.refused(error.text)
        self._into_sight()

    def _offer_voiding(self) -> None:
        """作废, of a line that stands."""
        if not self._changing:
            return
        self.void = Button("加错了，作废…", "quiet")
        self.acts.addWidget(self.void)
        self.void.clicked.connect(self.reject)
        self.void.clicked.connect(self.voided)
        bind(self, Key("Alt+V", "作废加错的项目", self.void.click))

    def _into_sight(self) -> None:
        focused = self.focusWidget()
        if focused is not None:
            self._inside.ensureWidgetVisible(focused, 0, 60)
