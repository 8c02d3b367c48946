"""How much of a dose was really given, asked under its row in the guided round."""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.medication.rules.amounts import WrongAmount, read_amount
from ui.kit import LineField, Words
from ui.medication.guided_panels import Panel
from ui.style import Role, look


class AmountPanel(Panel):
    """Less than ordered; more is refused by the act. Answered with the amount as it was typed."""

    def __init__(self, ordered: str, unit: str) -> None:
        super().__init__(f"实际给了多少？医嘱 {ordered}", "Enter 确认，Esc 返回")
        self.amount = self.field(LineField("实际剂量", "如 2.5"))
        self.amount.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.amount.put_right(Words(unit, Role.HINT))
        self.amount.setMaximumWidth(look.sp(220))
        self.body.addWidget(self.amount)
        self.body.addWidget(self.error)

    def confirm(self) -> None:
        try:
            read_amount(self.amount.text())
        except WrongAmount as wrong:
            self.refuse(f"{wrong.text}。")
        else:
            self.answered.emit(self.amount.text().strip())
