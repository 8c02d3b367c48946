"""意见与签名: who signed the assessment, and what resident, family and assessors said of it; walked by Tab, by keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout

from app.access.signing import Signed
from app.assessments.statements import TITLES, StatementRow, consent_of
from app.assessments.statements.said import AGREE, ASSESSOR, CARE, DOUBT, INFORMANT, REFUSE
from app.core.clock import local
from ui.assessments.record_cards import clear, struck
from ui.kit import Badge, Button, Card, IconButton, Line, Words
from ui.kit.flow import FlowRow
from ui.kit.sign_pad import SignatureView
from ui.style import Role, Tone, look

TONES = {AGREE: Tone.OK, REFUSE: Tone.ORANGE, DOUBT: Tone.WARN, INFORMANT: Tone.INFO, ASSESSOR: Tone.WARN}


class SaidLine(QFrame):
    """One statement. Enter corrects it, Delete takes it back; its buttons do the same."""

    correct_asked = Signal()
    retract_asked = Signal()

    def __init__(self, row: StatementRow, zone: str, *, may: bool) -> None:
        super().__init__()
        self.row, self._may = row, may and not row.retracted
        self.setProperty("matter", "rest")
        if self._may:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        texts = QVBoxLayout()
        texts.setSpacing(3)
        who = f"{row.name}（{row.relation}）"
        tone = Tone.NEUTRAL if row.retracted or row.earlier else TONES[row.what]
        first = FlowRow()
        named = struck(who, wrap=False) if row.retracted else Words(who, Role.STRONG)
        first.show_pieces((Badge(TITLES[row.what], tone), named))
        texts.addWidget(first)
        if row.words:
            texts.addWidget(struck(row.words) if row.retracted else Words(row.words, wrap=True))
        texts.addWidget(Words(_about(row, zone), Role.HINT, wrap=True))
        box = QHBoxLayout(self)
        box.setContentsMargins(10, 6, 6, 6)
        box.setSpacing(12)
        box.addLayout(texts, 1)
        if row.drawn and not row.retracted:
            box.addWidget(SignatureView(row.drawn, 160))
        if self._may:
            self._acts(box)
        self.setAccessibleName(f"{TITLES[row.what]} {who} {row.words} {_about(row, zone)}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._may:
            self.correct_asked.emit()
        elif event.key() == Qt.Key.Key_Delete and self._may:
            self.retract_asked.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        look.restyle(self, "matter", "here")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        look.restyle(self, "matter", "rest")

    def _acts(self, box: QHBoxLayout) -> None:
        correct = IconButton("square-pen", "更正（Enter）", size=34)
        retract = IconButton("undo-2", "撤回（Delete）", size=34)
        correct.clicked.connect(self.correct_asked)
        retract.clicked.connect(self.retract_asked)
        for button in (correct, retract):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            box.addWidget(button)


class VoicesCard(Card):
    """`asked(what)`: a new statement; `correct_asked` and `retract_asked` carry the statement's row."""

    asked = Signal(str)
    correct_asked = Signal(object)
    retract_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__("意见与签名")
        self.lines: list[SaidLine] = []
        self._signed = QVBoxLayout()
        self._consent = FlowRow()
        self._said = QVBoxLayout()
        self._said.setSpacing(2)
        self.buttons = {
            AGREE: Button("同意或不同意 Y", icon="user-round-check"),
            INFORMANT: Button("信息提供者签名 I", icon="clipboard-pen"),
            DOUBT: Button("申请复评 U", icon="refresh-cw"),
            ASSESSOR: Button("写不同意见 O", icon="message-circle"),
        }
        self._acts = FlowRow(10)
        self._acts.show_pieces(self.buttons.values())
        for what, button in self.buttons.items():
            button.clicked.connect(lambda _on=False, what=what: self.asked.emit(what))
        self.body.addLayout(self._signed)
        self.body.addWidget(Line())
        self.body.addWidget(self._consent)
        self.body.addLayout(self._said)
        self.body.addWidget(self._acts)

    def show_signatures(self, given: Sequence[Signed], zone: str) -> None:
        """Who signed when, with title and certificate; each seal checked against the content as it is now."""
        clear(self._signed)
        whole = QFrame()
        grid = QGridLayout(whole)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        grid.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop
        for place, one in enumerate(given):
            certificate = f"证书 {one.certificate}" if one.certificate else "未登记证书"
            about = " · ".join(
                part for part in (one.profession, one.title, f"工号 {one.number}", certificate) if part
            )
            when = f"{local(zone, one.at):%Y-%m-%d %H:%M}"
            grid.addWidget(Words(one.name, Role.NAME), place, 0, top)
            grid.addWidget(Words(f"{about}\n{when}", Role.HINT, wrap=True), place, 1, top)
            grid.addWidget(_seal(one), place, 2, top)
        self._signed.addWidget(whole)

    def show_statements(self, rows: Sequence[StatementRow], zone: str, offered: frozenset[str]) -> None:
        """What was said, in the order it was said; `offered`: what this person may still write down."""
        focused = next((line.row.seen.rid for line in self.lines if line.hasFocus()), None)
        shown = tuple(row for row in rows if row.what != CARE)
        self._consent.show_pieces(_summary(rows))
        clear(self._said)
        self.lines = [
            SaidLine(row, zone, may=row.what in offered or (row.what == REFUSE and AGREE in offered))
            for row in shown
        ]
        for line in self.lines:
            line.correct_asked.connect(lambda row=line.row: self.correct_asked.emit(row))
            line.retract_asked.connect(lambda row=line.row: self.retract_asked.emit(row))
            self._said.addWidget(line)
            if line.row.seen.rid == focused:
                line.setFocus()
        for what, button in self.buttons.items():
            button.setVisible(what in offered)


def _summary(rows: Sequence[StatementRow]) -> list[Badge]:
    """Whether the result is agreed to, and what asks for something."""
    consent = consent_of(rows)
    if consent is None:
        found = [Badge("还没有征求老人或代理人的意见", Tone.NEUTRAL)]
    elif consent.what == AGREE:
        found = [Badge(f"{consent.relation}已同意结果", Tone.OK)]
    else:
        found = [Badge(f"{consent.relation}不同意结果", Tone.ORANGE)]
    standing = {row.what for row in rows if not row.retracted}
    if DOUBT in standing:
        found.append(Badge("已申请复评", Tone.WARN))
    if ASSESSOR in standing:
        found.append(Badge("评估人员有不同意见", Tone.WARN))
    return found


def _about(row: StatementRow, zone: str) -> str:
    parts = (
        f"{local(zone, row.at):%Y-%m-%d %H:%M}",
        f"{row.by}登记" if row.by else "",
        "手写签名" if row.drawn else "",
        "更正前的意见，对现在的结果不算数" if row.earlier else "",
        row.reason if row.retracted else f"已更正（{row.reason}）" if row.corrected else "",
    )
    return " · ".join(part for part in parts if part)


def _seal(given: Signed) -> Badge:
    """What a signature's seal says of the content; that of another station can be checked only there."""
    if given.elsewhere:
        return Badge("另一站签名", Tone.INFO)
    return Badge("内容一致", Tone.OK) if given.genuine else Badge("与内容不符", Tone.DANGER)
