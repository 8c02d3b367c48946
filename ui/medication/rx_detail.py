"""One prescription whole: state, grounds, each medicine with usage and amount, who signed, what was handed out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.medication.prescriptions import EXTENDED, FREE, PrescriptionRow
from ui.kit import Badge, Card, Fact, Line, ScrollBody, SideSheet, Words
from ui.kit.sign_pad import SignatureView
from ui.medication.rx_columns import left_of, quantity_words
from ui.style import Role, look

WIDTH = 348


class RxFacts(ScrollBody):
    """Scrolls; made anew for each prescription."""

    def __init__(self, margins: tuple[int, int, int, int] = (20, 18, 20, 18)) -> None:
        super().__init__(margins, 12)
        self._inside: QWidget | None = None

    def show_row(self, row: PrescriptionRow | None) -> None:
        if self._inside is not None:
            self._inside.hide()
            self._inside.deleteLater()
        self._inside = _whole(row)
        while self.body.count():
            self.body.takeAt(0)
        self.body.addWidget(self._inside)
        self.body.addStretch(1)


class RxPanel(Card):
    """The facts at the right of the list."""

    def __init__(self) -> None:
        super().__init__(flush=True)
        self.setFixedWidth(look.sp(WIDTH))
        self.facts = RxFacts()
        self.body.addWidget(self.facts, 1)


class RxFactsSheet(SideSheet):
    """The same over the list, where there is no room beside it."""

    def __init__(self, parent: QWidget, row: PrescriptionRow) -> None:
        super().__init__(parent, row.title, width=420)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        facts = RxFacts((0, 0, 12, 0))
        facts.show_row(row)
        self.body.addWidget(facts, 1)
        close = self.offer("关闭", "plain", cancel="")
        close.clicked.connect(self.accept)
        close.setFocus()


def _whole(row: PrescriptionRow | None) -> QWidget:
    whole = QWidget()
    box = QVBoxLayout(whole)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(12)
    if row is None:
        box.addWidget(Words("选一张处方，这里显示药品、依据和签名。", Role.HINT, wrap=True))
        return whole
    head = QHBoxLayout()
    head.setSpacing(10)
    head.addWidget(Words(row.name, Role.CARD_TITLE), 1)
    head.addWidget(Badge(*left_of(row)))
    box.addLayout(head)
    under = " · ".join(part for part in (row.bed, row.title, row.number) if part)
    box.addWidget(Words(under, Role.HINT, wrap=True))
    if row.again:
        box.addWidget(Words(row.again, Role.BODY, ink="orange", wrap=True))
    box.addWidget(Line())
    for item in row.items:
        box.addWidget(_item(item))
    box.addWidget(Line())
    for caption, value in _facts(row):
        if value:
            box.addWidget(Fact(caption, value))
    if row.signed_by:
        box.addWidget(Fact("领取人签字" if row.what == FREE else "老人或家属签字", row.signed_by))
        if row.drawn:
            box.addWidget(SignatureView(row.drawn))
    return whole


def _item(said: Mapping[str, Any]) -> QWidget:
    frame = QFrame()
    frame.setProperty("surface", "tile")
    box = QVBoxLayout(frame)
    box.setContentsMargins(12, 9, 12, 9)
    box.setSpacing(2)
    name = " ".join(part for part in (said["words"], said.get("strength", "")) if part)
    amount = quantity_words(said["quantity"], said["unit"], said.get("packs", 0), said.get("pack_unit", ""))
    if said.get("amount"):
        amount += f"　{said['amount']} 元"
    box.addWidget(Words(name, Role.STRONG, wrap=True))
    if said.get("usage"):
        box.addWidget(Words(said["usage"], Role.HINT, wrap=True))
    box.addWidget(Words(amount, Role.BODY, wrap=True))
    return frame


def _facts(row: PrescriptionRow) -> tuple[tuple[str, str], ...]:
    content = row.content
    weeks = f"，{row.weeks} 周" if row.weeks else ""
    span = f"{row.begins:%Y-%m-%d} 至 {row.ends:%Y-%m-%d}{weeks}" if row.ends else f"{row.begins:%Y-%m-%d}"
    doctor = f"{row.doctor}（{row.doctor_title}）" if row.doctor_title else row.doctor
    return (
        ("领取日期" if row.what == FREE else "起止", span),
        ("诊断", row.diagnosis),
        ("医师", doctor),
        *(_extended(row) if row.what == EXTENDED else ()),
        ("资格", "　".join((*content.get("entitlements", ()), content.get("certificate", ""))).strip()),
        ("减免", f"{content['total']} 元" if content.get("total") else ""),
        ("稳定依据", content.get("basis", "")),
        ("病情评估", content.get("assessment", "")),
        ("指导机构和方式", content.get("guidance", "")),
        ("例外理由", content.get("despite", "")),
        ("首次开具", "已亲自诊查" if content.get("first") and content.get("seen_in_person") else ""),
        ("下次评估", f"{row.review_on:%Y-%m-%d}" if row.review_on else ""),
    )


def _extended(row: PrescriptionRow) -> tuple[tuple[str, str], ...]:
    content = row.content
    handed = "\n".join(
        "　".join(part for part in (f"{one.on:%Y-%m-%d}", one.by, one.note) if part) for one in row.handed
    )
    return (
        ("上级医院", f"{content['hospital']}　{content['hospital_doctor']}医师"),
        ("上级医院处方", f"{content['hospital_number']}（{content['prescribed_on']}）"),
        ("延伸", f"每次 {content['days']} 天，共 {content['times']} 次，还可领 {row.remaining} 次"),
        ("配送方式", content.get("delivery", "")),
        ("已领取", handed),
    )
