"""What the checks say of an order, ranked: a reason under each grave line, light ones in one line until opened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.medication.checking import KINDS, Finding, Severity
from app.medication.orders import Answered
from ui.kit import Button, ElidedWords, FieldError, LineField, Sign, Tag, Words
from ui.style import Role, Tone, look

TONES = {
    Severity.CONTRAINDICATED: Tone.DANGER,
    Severity.SEVERE: Tone.ORANGE,
    Severity.MODERATE: Tone.WARN,
    Severity.MINOR: Tone.NEUTRAL,
}
SECOND = "禁忌：写明理由，并由另一位医师、药师或护士双签，才能开立。"


def waits(finding: Finding) -> bool:
    """Whether a doctor has still to say why it goes on all the same."""
    return finding.severity.needs_reason and not finding.reason


class FindingLine(QFrame):
    """One finding: how grave, between what, why; its source on demand; a reason where one is asked for.

    `ask` offers a field for it, filled with `reason`; without it a reason that was given is told.
    """

    changed = Signal()

    def __init__(self, finding: Finding, *, ask: bool, reason: str = "") -> None:
        super().__init__()
        self.finding = finding
        look.restyle(self, "strip", str(TONES[finding.severity]))
        self.reason = LineField(f"{finding.title} 的理由", "为什么仍要用，如：已与家属沟通，每周查 INR")
        self.error = FieldError()
        self.reason.setText(reason)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 9, 12, 10)
        box.setSpacing(6)
        box.addLayout(self._head())
        self._source = Words(f"依据：{'；'.join(finding.source)}", Role.HINT, ink="text2", wrap=True)
        box.addWidget(self._source)
        self._source.hide()
        self.asks = ask and finding.severity.needs_reason
        if self.asks:
            box.addWidget(self.reason)
            box.addWidget(self.error)
        elif reason or finding.reason:
            box.addWidget(Words(f"已写理由：{reason or finding.reason}", Role.HINT, ink="text2", wrap=True))
        self.reason.textEdited.connect(self._edited)
        self.setAccessibleName(f"{finding.severity.words}，{finding.line}")

    @property
    def missing(self) -> bool:
        """Whether a reason is asked for and none is written."""
        return self.asks and not self.reason.text().strip()

    def say_wrong(self, text: str) -> None:
        self.error.say(text)
        self.reason.set_wrong(bool(text))

    def toggle_source(self) -> None:
        shown = self._source.isHidden()
        self._source.setVisible(shown)
        self.more.say("收起" if shown else "依据")

    def _head(self) -> QHBoxLayout:
        tone = TONES[self.finding.severity]
        row = QHBoxLayout()
        row.setSpacing(10)
        tag = Tag(self.finding.severity.words, tone)
        row.addWidget(tag, 0, Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(Words(self.finding.title, Role.STRONG, wrap=True))
        texts.addWidget(Words(self.finding.words, Role.BODY, ink="text2", wrap=True))
        row.addLayout(texts, 1)
        row.addWidget(Words(KINDS[self.finding.kind], Role.HINT, ink="text2"))
        self.more = Button("依据", "link")
        self.more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.more.clicked.connect(self.toggle_source)
        if self.finding.source:
            row.addWidget(self.more)
        return row

    def _edited(self) -> None:
        self.say_wrong("")
        self.changed.emit()


class FindingsPanel(QWidget):
    """The findings of the order that is being written; hidden while there are none.

    `show_findings` may be called after every key: reasons already typed stay, also those of a finding that comes back.
    Put `answers()` into `OrderForm.answered`; where `needs_second`, ask for a ProofSheet and give its proof as
    `second`.
    A refusal with field "checks" goes to `refuse`.
    """

    changed = Signal()
    """A reason was typed."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._findings: tuple[Finding, ...] = ()
        self._typed: dict[str, str] = {}
        self._open = False
        self.lines: list[FindingLine] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(8)
        self.second = Words(SECOND, Role.HINT, ink="danger", wrap=True)
        self.summary = ElidedWords("", Role.HINT, ink="text2")
        self.more = Button("展开", "link")
        self.more.clicked.connect(self._toggle)
        self._light = QWidget()
        row = QHBoxLayout(self._light)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Sign("info", 18, "text3"))
        row.addWidget(self.summary, 1)
        row.addWidget(self.more)
        self._box.addWidget(self.second)
        self._box.addWidget(self._light)
        self.hide()

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self._findings

    @property
    def needs_second(self) -> bool:
        """Whether somebody else has to sign too."""
        return any(one.severity.needs_second for one in self._findings)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Other findings; nothing is built anew while they are the same."""
        if tuple(findings) == self._findings:
            return
        self._keep()
        focused = next((line.finding.rule for line in self.lines if line.reason.hasFocus()), "")
        self._findings = tuple(findings)
        self._build()
        for line in self.lines:
            if line.finding.rule == focused:
                line.reason.setFocus()

    def answers(self) -> tuple[Answered, ...]:
        """What was written beside the findings that are there now."""
        self._keep()
        return tuple(
            Answered(one.rule, self._typed[one.rule].strip())
            for one in self._findings
            if self._typed.get(one.rule, "").strip()
        )

    def put_answers(self, answered: Iterable[Answered]) -> None:
        """Reasons from a draft or a copied order."""
        self._typed |= {one.rule: one.reason for one in answered}
        self._build()

    def go_to_missing(self) -> bool:
        """Mark every grave line without a reason and put the cursor into the first; False where none is missing."""
        missing = [line for line in self.lines if line.missing]
        for line in missing:
            line.say_wrong("请写明仍要用的理由。")
        if missing:
            missing[0].reason.setFocus()
        return bool(missing)

    def refuse(self, text: str) -> None:
        """What the checks refused: beside the lines that miss a reason, else beside the first line."""
        if not self.go_to_missing() and self.lines:
            self.lines[0].say_wrong(text)

    def _keep(self) -> None:
        for line in self.lines:
            if line.finding.severity.needs_reason:
                self._typed[line.finding.rule] = line.reason.text()

    def _build(self) -> None:
        for line in self.lines:
            self._box.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = []
        light = [one for one in self._findings if not one.severity.needs_reason]
        grave = [one for one in self._findings if one.severity.needs_reason]
        for place, one in enumerate([*grave, *(light if self._open else ())]):
            line = FindingLine(one, ask=True, reason=self._typed.get(one.rule, ""))
            line.changed.connect(self.changed)
            self.lines.append(line)
            # under the grave ones stand the hint about the second signature and the line that opens the light ones
            self._box.insertWidget(place if place < len(grave) else place + 2, line)
        self.second.setVisible(self.needs_second)
        self._light.setVisible(bool(light))
        self.summary.setText(_summary(light))
        self.more.say("收起" if self._open else "展开")
        self.setVisible(bool(self._findings))

    def _toggle(self) -> None:
        self._keep()
        self._open = not self._open
        self._build()


def _summary(light: Sequence[Finding]) -> str:
    """The first light finding, and how many there are: one alone needs no click."""
    if not light:
        return ""
    first = light[0].line
    return f"提示：{first}" if len(light) == 1 else f"{len(light)} 条提示：{first}"
