"""What stands between the orders of a resident: one line in the chart, all of it in a sheet a doctor answers in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.core.errors import Refusal, Trouble
from app.core.roles import Right
from app.medication.checking import Finding
from app.medication.orders import Answered
from app.medication.orders.answering import AnswerFindings
from ui.kit import (
    Button,
    ElidedWords,
    Key,
    Labelled,
    LineField,
    PasswordField,
    ScrollBody,
    SideSheet,
    Tag,
    Words,
    bind,
    errand,
)
from ui.kit.errands import Errands
from ui.kit.proof_sheet import ProofSheet
from ui.medication.findings import TONES, FindingLine, waits
from ui.style import Role, Tone

if TYPE_CHECKING:
    from app.access.proof import Proof
    from ui.kit.view import View


_SECOND = "含禁忌：由另一位医师、药师或护士双签，才能继续用。"


class StandingLine(QWidget):
    """What stands between the orders of today, in one line: the gravest, how many more, and 查看全部."""

    asked = Signal()
    """All of it is to be shown (`FindingsSheet`)."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        self._tag = Tag("", Tone.NEUTRAL)
        self._words = ElidedWords("", Role.BODY)
        self._all = Button("查看全部", "link")
        self._all.clicked.connect(self.asked)
        row.addWidget(self._tag)
        row.addWidget(self._words, 1)
        row.addWidget(self._all)
        self.findings: tuple[Finding, ...] = ()
        self.hide()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Hidden where nothing stands. What nobody has answered comes first."""
        self.findings = tuple(findings)
        self.setVisible(bool(findings))
        if not findings:
            return
        waiting = [one for one in findings if waits(one)]
        first = (waiting or list(findings))[0]
        self._tag.say(first.severity.words, TONES[first.severity])
        more = f"共 {len(findings)} 条" if len(findings) > 1 else ""
        unanswered = f"{len(waiting)} 条待医师答复" if waiting else ""
        said = "，".join(filter(None, (more, unanswered)))
        self._words.setText(f"{first.line}（{said}）" if said else first.line)


class FindingsSheet(SideSheet):
    """Every finding with its source, and the reason it was ordered for all the same; a doctor answers the others."""

    def __init__(self, view: View, resident: UUID, name: str, findings: Sequence[Finding]) -> None:
        said = f"现行医嘱之间共 {len(findings)} 条，按严重程度排列。" if findings else ""
        super().__init__(view, f"{name} · 用药检查", said, width=520)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.view, self.resident = view, resident
        answers = view.bench.actor.may(Right.ORDER_MEDICINES)
        inside = ScrollBody(spacing=8)
        self.lines = [FindingLine(one, ask=answers and waits(one)) for one in findings]
        for line in self.lines:
            inside.body.addWidget(line)
        if not findings:
            inside.body.addWidget(Words("现行医嘱没有检查提示。", Role.BODY, ink="text3"))
        inside.body.addStretch(1)
        self.body.addWidget(inside, 1)
        if any(line.missing for line in self.lines):
            self.offer("签名答复", cancel="关闭", icon="square-pen")
            self.done_with.connect(self.sign)
            bind(self, Key("Ctrl+Return", "签名答复", self.sign))
        else:
            self.offer("关闭", "plain", cancel="")
            self.done_with.connect(self.accept)

    def sign(self) -> None:
        """The doctor signs what was written; refuses to open while nothing is."""
        written = [line for line in self.lines if line.asks and line.reason.text().strip()]
        if not written:
            missing = next(line for line in self.lines if line.asks)
            missing.say_wrong("请写明仍要用的理由，或停用其中的药。")
            missing.reason.setFocus()
            return
        sheet = AnswerSheet(self, written)
        sheet.accepted.connect(self.accept)
        sheet.open()


class AnswerSheet(ProofSheet):
    """The doctor signs; a second person too where something contraindicated goes on."""

    def __init__(self, over: FindingsSheet, lines: Sequence[FindingLine]) -> None:
        told = "\n".join(f"{line.finding.title}：{line.reason.text().strip()}" for line in lines)
        actor = over.view.bench.actor
        super().__init__(over, "医师签名：仍继续用药", told, actor.number)
        self._over, self._lines = over, tuple(lines)
        self.errands = Errands(over.view.bench.desk, self, notice=self.notice)
        self.second = LineField("双签人工号", "另一位医师、药师或护士")
        self.second_secret = PasswordField("双签人密码或 PIN")
        pieces = (
            Labelled("双签人工号", self.second, required=True),
            Labelled("双签人密码或 PIN", self.second_secret, required=True),
        )
        self.fields["second"] = pieces[0]
        self.doubled = any(line.finding.severity.needs_second for line in lines)
        for piece in (Words(_SECOND, Role.HINT, ink="danger", wrap=True), *pieces) if self.doubled else ():
            self.body.addWidget(piece)
        self.second.textEdited.connect(lambda: pieces[0].say_wrong(""))
        self.done_with.connect(self.save)

    @errand
    async def save(self) -> None:
        view, station = self._over.view, self._over.view.bench.station
        answered = tuple(Answered(one.finding.rule, one.reason.text().strip()) for one in self._lines)
        try:
            signer = await station.aside(station.prove, self.number.text().strip(), self.secret.text())
            second = None
            if self.doubled:
                second = await self._second()
            order = AnswerFindings(self._over.resident, answered, signer, second)
            count = await self.errands.do(order, busy=self.main)
        except Refusal as refusal:
            self.refuse(refusal.field, refusal.text)
            return
        except Trouble as trouble:
            self.notice.trouble(trouble.text, trouble.remedy)
            return
        view.bench.notice.done(f"已答复 {count} 条用药检查。")
        self.accept()

    async def _second(self) -> Proof:
        """The proof of the second person; what is wrong with it stands beside their number."""
        number = self.second.text().strip()
        if not number:
            raise Refusal("请输入双签人的工号和密码。", field="second")
        station = self._over.view.bench.station
        try:
            return await station.aside(station.prove, number, self.second_secret.text())
        except Refusal as refusal:
            raise Refusal(refusal.text, field="second") from refusal
