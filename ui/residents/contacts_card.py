"""联系人与监护人: who is called first, what each may decide, and who answers for the resident in the house."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.residents.queries import ChartRow
from app.residents.queries.chart_rows import ContactRow
from ui.kit import Avatar, Button, Line, Tag, Words
from ui.kit.flow import Flow
from ui.residents.chart_cards import ListCard
from ui.residents.relations import relation_words
from ui.style import Role, Tone

_FIRST, _EMERGENCY = "先联系", "紧急联系人"
_GUARDS = ("监护人", "法定监护人", "意定监护人")


class Phone(Button):
    """A number that a click, Space or Enter copies."""

    def __init__(self, phone: str, name: str) -> None:
        super().__init__(phone, "link")
        self.setProperty("high", "line")
        self.setToolTip("点一下或按 Enter 复制号码")
        self.setAccessibleName(f"复制 {name} 的电话 {phone}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)


class ContactsCard(ListCard):
    """In the order they are called; a click or Enter on a number copies it. `copied` says which."""

    copied = Signal(str)

    def __init__(self) -> None:
        super().__init__("联系人与监护人", "还没有登记联系人，紧急时找不到家属。按 E 补上。")

    def show_chart(self, chart: ChartRow) -> None:
        lines = [self._contact(one, several=len(chart.contacts) > 1) for one in chart.contacts]
        carers = _carers(chart)
        self.show_lines([*lines, carers] if lines else [])
        if not lines and (chart.nurse or chart.doctor):
            self.add_line(Line())
            self.add_line(carers)

    def _contact(self, one: ContactRow, *, several: bool) -> QWidget:
        widget = QWidget()
        row = QHBoxLayout(widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(Avatar(one.name or "—", Tone.NEUTRAL, 36), 0, Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        relation = f"　{relation_words(one.relation)}" if one.relation else ""
        texts.addWidget(Words(f"{one.name or '未留姓名'}{relation}", wrap=True))
        phones = [phone for said in (one.phone, one.second_phone) for phone in said.split("、") if phone]
        for phone in phones:
            texts.addWidget(self._phone(one.name, phone), 0, Qt.AlignmentFlag.AlignLeft)
        if not phones:
            texts.addWidget(Words("未留电话", Role.HINT))
        for aside in filter(None, (one.address, one.note)):
            texts.addWidget(Words(aside, Role.HINT, wrap=True))
        if signs := _signs(one, several=several):
            texts.addWidget(signs)
        row.addLayout(texts, 1)
        return widget

    def _phone(self, name: str, phone: str) -> Button:
        button = Phone(phone, name)
        button.clicked.connect(lambda: self._copy(phone))
        return button

    def _copy(self, phone: str) -> None:
        QGuiApplication.clipboard().setText(phone)
        self.copied.emit(phone)


def _signs(one: ContactRow, *, several: bool) -> QWidget | None:
    """What the contact may decide; who is called first where there are several."""
    first = one.first and several
    marks = [Tag(_FIRST, Tone.WARN, icon="phone")] if first else []
    said = [power for power in one.powers if not (first and power == _EMERGENCY)]  # 先联系 says it already
    marks += [Tag(power, Tone.VIOLET if power in _GUARDS else Tone.NEUTRAL) for power in said]
    if not marks:
        return None
    holder = QWidget()
    flow = Flow(6)
    holder.setLayout(flow)
    for mark in marks:
        flow.addWidget(mark)
    return holder


def _carers(chart: ChartRow) -> QWidget:
    """责任医生 and 责任护士, one beside the other."""
    widget = QWidget()
    row = QHBoxLayout(widget)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(12)
    for title, name in (("责任医生", chart.doctor), ("责任护士", chart.nurse)):
        row.addWidget(Words(title, Role.HINT))
        row.addWidget(Words(name or "未定", ink="" if name else "text3"))
        row.addStretch(1)
    return widget
