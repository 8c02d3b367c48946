"""基本信息: who the resident is on paper; the number of the identity paper is masked until asked for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.core.clock import local
from app.residents.forms import CARE_LEVELS, NOT_UPLOADED
from app.residents.queries import ChartRow
from app.residents.rules import mask_id
from ui.kit import Card, Fact, IconButton, Words
from ui.residents.relations import all_coded, blood_words, coded
from ui.style import Role, look

_COLUMN = 190


class IdFact(QWidget):
    """The number of the identity paper, masked; an eye shows it until another resident comes."""

    def __init__(self) -> None:
        super().__init__()
        self._number = ""
        self._open = False
        self._caption = Words("证件号码", Role.HINT)
        self.value = Words("—")
        self.eye = IconButton("eye", "显示完整号码", size=24)
        self.eye.clicked.connect(self._toggle)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        box.addWidget(self._caption)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.value)
        row.addWidget(self.eye)
        row.addStretch(1)
        box.addLayout(row)

    def say(self, caption: str, number: str) -> None:
        """Another number, masked again."""
        self._open = self._open and number == self._number
        self._number = number
        self._caption.setText(caption)
        self.eye.setVisible(bool(number))
        self._show()

    def hide_again(self) -> None:
        """Back to the mask."""
        self._open = False
        self._show()

    def _toggle(self) -> None:
        self._open = not self._open
        self._show()

    def _show(self) -> None:
        self.value.setText((self._number if self._open else mask_id(self._number)) or "—")
        shown = self._open
        self.eye.say("eye-off" if shown else "eye", "隐藏号码" if shown else "显示完整号码")


class BasicsCard(Card):
    """As many columns as fit; the address has a row of its own."""

    def __init__(self, zone: str) -> None:
        super().__init__("基本信息")
        self._zone = zone
        self._across = 0
        self.id_fact = IdFact()
        self._facts = {name: Fact(name) for name in _FACTS}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(12)
        self.body.addLayout(self._grid)
        self.body.addStretch(1)
        self._lay_out(3)

    def show_chart(self, chart: ChartRow) -> None:
        for name, said in _FACTS.items():
            self._facts[name].say(said(chart))
        self.id_fact.say(coded("id_type", chart.id_type) or "证件号码", chart.id_number)
        when = local(self._zone, chart.recorded_at)
        self.hint.setText(f"{chart.recorded_by} {when:%Y-%m-%d} 更新")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out(max(1, min(4, (self.width() - 20) // look.sp(_COLUMN))))

    def _lay_out(self, across: int) -> None:
        if across == self._across:
            return
        for column in range(max(across, self._across)):
            self._grid.setColumnStretch(column, 1 if column < across else 0)
        self._across = across
        place = 0
        cells: list[tuple[QWidget, int]] = [(self.id_fact, 1)]
        cells += [(fact, across if name in _WIDE else 1) for name, fact in self._facts.items()]
        for widget, span in cells:
            if place % across + span > across:
                place += across - place % across
            self._grid.addWidget(widget, place // across, place % across, 1, span, Qt.AlignmentFlag.AlignTop)
            place += span


_WIDE = {"现住址", "户籍地址"}
_FACTS: dict[str, Callable[[ChartRow], str]] = {
    "出生日期": lambda chart: f"{chart.birth_date:%Y-%m-%d}" if chart.birth_date else "",
    "民族": lambda chart: coded("ethnicity", chart.ethnicity),
    "文化程度": lambda chart: coded("education", chart.education),
    "婚姻状况": lambda chart: coded("marital_status", chart.marital_status),
    "职业": lambda chart: chart.occupation,
    "电话": lambda chart: chart.phone,
    "档案编号": lambda chart: chart.archive_number,
    "血型": blood_words,
    "常住类型": lambda chart: chart.residence,
    "居住情况": lambda chart: chart.living,
    "入住日期": lambda chart: f"{chart.admitted_on:%Y-%m-%d}" if chart.admitted_on else "",
    "护理等级": lambda chart: CARE_LEVELS.get(chart.care_level, ""),
    "医保类型": lambda chart: all_coded("insurance", chart.insurance),
    "区平台": lambda chart: NOT_UPLOADED if chart.upload_refused else "",
    "现住址": lambda chart: chart.address,
    "户籍地址": lambda chart: chart.household_address,
}
