"""The sheets that sign orders: a doctor's signature over all of them, who heard a verbal one, who signs beside."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.medication.queries.order_people import Person
from ui.kit import Button, Labelled, LineField, ScrollBody, Words
from ui.kit.proof_sheet import ProofSheet
from ui.style import Role, look


def who_words(person: Person) -> str:
    """Whom it is for, as every confirmation repeats it."""
    return "　".join(part for part in (person.name, person.under, person.allergy_words) if part)


class OrdersSheet(ProofSheet):
    """Repeats each order whole before the signature. `asks_why`: it takes the place of another one."""

    def __init__(
        self,
        parent: QWidget,
        person: Person,
        orders: Sequence[str],
        *,
        number: str = "",
        asks_why: bool = False,
    ) -> None:
        count = f" {len(orders)} 条" if len(orders) > 1 else ""
        super().__init__(parent, f"签名开立{count}医嘱", who_words(person), number, act="签名开立")
        self.setMinimumWidth(look.sp(600))
        self.body.insertWidget(0, order_list(orders, parent))
        self.why = LineField("为什么改", "如：血压未达标、肌痛")
        self._why = Labelled("为什么改", self.why, required=True)
        self._why.setVisible(asks_why)
        self.fields["why"] = self._why
        self.body.insertWidget(1, self._why)
        self.why.textEdited.connect(lambda: self._why.say_wrong(""))
        if asks_why:
            self.why.setFocus()

    def _go_to(self, field: str) -> None:
        if field == "why":
            self.why.setFocus()
        else:
            super()._go_to(field)


class HeardSheet(ProofSheet):
    """口头医嘱: the second person says that they heard it read back; who is alone says why and goes on."""

    def __init__(self, parent: QWidget, person: Person, orders: Sequence[str]) -> None:
        text = f"{who_words(person)}\n请大声复述以下医嘱，第二人听到后在这里确认。"
        super().__init__(parent, "口头医嘱：复述确认", text, act="已复述，确认")
        self.setMinimumWidth(look.sp(600))
        self.body.insertWidget(0, order_list(orders, parent))
        self.alone = LineField("只有我一人的原因", "如：夜班一人值班，正在抢救")
        self._alone = Labelled("只有我一人的原因", self.alone, required=True)
        self._alone.hide()
        self.fields["heard"] = self._alone
        self.switch = Button("只有我一人", "link")
        self.switch.clicked.connect(self._turn)
        self.body.addWidget(self._alone)
        self.body.addWidget(self.switch)
        self.alone.textEdited.connect(lambda: self._alone.say_wrong(""))

    @property
    def is_alone(self) -> bool:
        return not self._alone.isHidden()

    def _turn(self) -> None:
        alone = not self.is_alone
        for piece in (self._number, self._secret):
            piece.setVisible(not alone)
        self._alone.setVisible(alone)
        self.switch.say("有第二人，请他签名" if alone else "只有我一人")
        self.adjustSize()
        (self.alone if alone else self.number).setFocus()

    def _go_to(self, field: str) -> None:
        if field == "heard":
            self.alone.setFocus()
        else:
            super()._go_to(field)


def order_list(orders: Sequence[str], parent: QWidget) -> QWidget:
    """Each order on its own lines; many of them scroll."""
    scroll = ScrollBody((0, 0, 12, 0), 8)
    for place, words in enumerate(orders, 1):
        scroll.body.addWidget(
            Words(f"{place}. {words}" if len(orders) > 1 else words, Role.STRONG, wrap=True)
        )
    scroll.body.addStretch(1)
    whole = QWidget()
    box = QVBoxLayout(whole)
    box.setContentsMargins(0, 0, 0, 0)
    box.addWidget(scroll)
    room = max(parent.window().height() - look.sp(420), look.sp(80))
    whole.setFixedHeight(min(look.sp(52 * len(orders) + 8), room))
    return whole
