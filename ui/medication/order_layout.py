"""The pieces of the order form and where they stand: whom it is for, the form, the basket beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.roles import Right
from ui.kit import AllergyStrip, Button, Card, Foot, ScrollBody, StateView, Words
from ui.medication.order_basket import OrderBasket
from ui.medication.order_fields import OrderFields
from ui.style import Role

if TYPE_CHECKING:
    from app.medication.queries.order_people import Person
    from app.medication.queries.order_rows import OrderRow
    from ui.kit.view import View


class OrderPieces:
    """Made once for the view."""

    def __init__(self, view: View) -> None:
        bench = view.bench
        self.doctor = bench.actor.may(Right.ORDER_MEDICINES)
        self.name = Words("", Role.CARD_TITLE)
        self.under = Words("", Role.HINT)
        self.allergies = AllergyStrip()
        self.replaced = Words("", Role.BODY, ink="warn", wrap=True)
        self.fields = OrderFields(bench, doctor=self.doctor)
        act = "签名开立" if self.doctor else "保存转抄的医嘱"
        self.basket = OrderBasket(bench.station.settings.zone, act)
        self.add = Button("放进本次医嘱", "plain", icon="plus")
        self.kept = Words("", Role.HINT)
        self.scroll = ScrollBody((20, 6, 20, 16))
        self.whole = QWidget()
        self.state = StateView(self.whole)

    def show_person(self, person: Person) -> None:
        """Name, bed and birth year; the allergies right under them."""
        self.name.setText(person.name)
        self.under.setText(f"{person.under}　{person.number}")
        self.allergies.show_allergies(person.allergies)

    def bring_findings(self) -> None:
        """Into sight, once their lines are laid out."""
        QTimer.singleShot(0, self.scroll, lambda: self.scroll.ensureWidgetVisible(self.fields.findings))

    def say_replaced(self, row: OrderRow | None) -> None:
        """Which order the new one takes the place of."""
        self.replaced.setVisible(row is not None)
        if row is not None:
            self.replaced.setText(f"改：{row.number} {row.title}　{row.asks}。新医嘱开始时，这一条自动停止。")

    def say_advice(self, words: str, doctor: str) -> None:
        """What a doctor said, to be written as it was said."""
        self.replaced.setVisible(True)
        self.replaced.setText(f"{doctor}的用药调整：{words}")


def lay_out(view: View, pieces: OrderPieces) -> None:
    card = Card(flush=True)
    head = QVBoxLayout()
    head.setContentsMargins(20, 16, 20, 12)
    head.setSpacing(8)
    line = QHBoxLayout()
    line.setSpacing(12)
    line.addWidget(pieces.name)
    line.addWidget(pieces.under)
    line.addStretch(1)
    head.addLayout(line)
    head.addWidget(pieces.allergies)
    head.addWidget(pieces.replaced)
    card.body.addLayout(head)
    scroll = pieces.scroll
    scroll.body.addWidget(pieces.fields)
    card.body.addWidget(scroll, 1)
    foot = Foot()
    foot.row.addWidget(pieces.kept)
    foot.row.addStretch(1)
    foot.row.addWidget(Words(f"Enter 放进去　Ctrl+Enter {'签名' if pieces.doctor else '保存'}", Role.HINT))
    foot.row.addWidget(pieces.add)
    card.body.addWidget(foot)
    row = QHBoxLayout(pieces.whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(20)
    row.addWidget(card, 1)
    row.addWidget(pieces.basket)
    box = QVBoxLayout(view)
    box.setContentsMargins(0, 0, 0, 0)
    box.addWidget(pieces.state)
    pieces.replaced.hide()
