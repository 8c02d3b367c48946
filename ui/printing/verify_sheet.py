"""核验报告: scan, paste or type the code of a printed report; the answer is one sentence, and facts to compare."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.printing.sealing import SheetVerdict, Standing, VerifySheet
from ui.kit import Badge, Button, Errands, Labelled, LineField, Sheet, Words, latest
from ui.kit.view import Bench
from ui.style import Role, Tone

_SIGNS: dict[Standing, tuple[str, Tone]] = {
    "valid": ("有效", Tone.OK),
    "corrected": ("已更正", Tone.WARN),
    "retracted": ("已作废", Tone.DANGER),
    "false": ("不符", Tone.DANGER),
    "unknown": ("查不到", Tone.NEUTRAL),
}


class VerifyReport(Sheet):
    """A scanner types and presses Enter; the next scan takes the place of the last."""

    def __init__(self, bench: Bench, parent: QWidget) -> None:
        super().__init__(
            parent,
            "核验报告",
            "扫描评估报告、用药执行单或转诊单上的二维码，或粘贴以 CS2、CS3、CS4 开头的核验码。",
            width=520,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.bench = bench
        self.errands = Errands(bench.desk, self, notice=self.notice)
        self.verdict: SheetVerdict | None = None
        self.code = LineField("核验码", "CS2:…")
        self._code = Labelled("核验码", self.code, required=True)
        self.sign = Badge("", Tone.NEUTRAL)
        self.sentence = Words("", Role.STRONG, wrap=True)
        self.compare = Words("请与纸上核对：", Role.HINT)
        self.facts = Words("", Role.BODY, ink="text2", wrap=True)
        self.record_button = Button("打开这份评估", "link", icon="clipboard-check")
        for piece in (self._code, self.sign, self.sentence, self.compare, self.facts):
            self.body.addWidget(piece)
        self.acts.insertWidget(0, self.record_button)
        self.offer("核验", cancel="关闭", icon="shield-check")
        self._show(None)
        self.done_with.connect(self.ask)
        self.code.textEdited.connect(lambda: self._code.say_wrong(""))
        self.record_button.clicked.connect(self._open_record)
        self.code.setFocus()

    def ask_about(self, text: str) -> None:
        """Take a code that was scanned elsewhere."""
        self.code.setText(text)
        self.ask()

    @latest
    async def ask(self) -> None:
        """Ask about what stands in the field."""
        text = self.code.text().strip()
        if not text:
            self._code.say_wrong("请先扫描或粘贴核验码。")
            self.code.setFocus()
            return
        self._show(None)
        verdict: SheetVerdict = await self.errands.ask(VerifySheet(text))
        self._show(verdict)
        self.code.setFocus()
        self.code.selectAll()

    def _show(self, verdict: SheetVerdict | None) -> None:
        self.verdict = verdict
        known = verdict is not None and bool(verdict.facts)
        if verdict is not None:
            words, tone = _SIGNS[verdict.standing]
            self.sign.say(words, tone)
            self.sentence.setText(verdict.sentence)
            self.facts.setText("\n".join(verdict.facts))
        for piece in (self.sign, self.sentence):
            piece.setVisible(verdict is not None)
        for piece in (self.compare, self.facts):
            piece.setVisible(known)
        self.record_button.setVisible(verdict is not None and verdict.record is not None)
        self.adjustSize()

    def _open_record(self) -> None:
        if self.verdict is not None and self.verdict.record is not None:
            record = self.verdict.record
            self.accept()
            self.bench.go("assessment", {"assessment": record})


def verify_report(bench: Bench, parent: QWidget, text: str = "") -> VerifyReport:
    """The sheet, open; with a text already asked about."""
    sheet = VerifyReport(bench, parent)
    sheet.open()
    if text:
        sheet.ask_about(text)
    return sheet
