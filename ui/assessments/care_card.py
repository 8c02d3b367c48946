"""照护建议: what the level of an assessment proposes for the care plan, ticked by digits, decided by Enter."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from app.assessments.care_proposals import CareProposal, ProposedTask
from app.core.clock import local
from ui.assessments.record_cards import clear
from ui.kit import Button, Card, ElidedWords, Key, Words, bind
from ui.kit.strip import Strip
from ui.style import Role, Tone, look

NOTED = 0
"""The digit of the precautions."""


class CareCard(Card):
    """Hidden where the level proposes nothing. Ticks somebody made stay while the same result is shown anew."""

    deciding = Signal()
    """Enter or the button: what is ticked is meant, what is left out is not."""
    plan_asked = Signal()

    def __init__(self) -> None:
        super().__init__("照护建议", "C 到这里，数字选或不选，Enter 处理")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.proposal: CareProposal | None = None
        self.boxes: dict[str, QCheckBox] = {}
        self.noted = QCheckBox()
        self._touched: dict[str, bool] = {}
        self._may = False
        self.problem = Words("", Role.STRONG, wrap=True)
        self.review = Strip("triangle-alert", Tone.WARN)
        self.review.acted.connect(self.plan_asked)
        self._tasks = _column(6)
        self._precautions = _column(4)
        self._decisions = _column(4)
        self.said = Words("", Role.HINT, wrap=True)
        self.accept = Button("采纳", "primary", icon="check")
        self.accept.clicked.connect(self.deciding)
        acts = QHBoxLayout()
        acts.setSpacing(12)
        acts.addWidget(self.said, 1)
        acts.addWidget(self.accept)
        for piece in (self.problem, self.review):
            self.body.addWidget(piece)
        for part in (self._tasks, self._precautions, self._decisions, acts):
            self.body.addLayout(part)
        bind(self, Key("Return Enter", "处理照护建议", self._decide))
        self.hide()

    @property
    def chosen(self) -> tuple[str, ...]:
        """Tasks that are ticked and not in the plan."""
        return tuple(code for code, box in self.boxes.items() if box.isChecked() and box.isEnabled())

    @property
    def left_out(self) -> tuple[str, ...]:
        """Tasks that are not ticked, and that nobody has declined before."""
        return tuple(one.code for one in self._all if one.open and one.code not in self.chosen)

    @property
    def precautions(self) -> tuple[str, ...]:
        """Precautions noted with this decision."""
        if self.proposal is None or not self.noted.isChecked() or not self.noted.isEnabled():
            return ()
        return tuple(one for one in self.proposal.precautions if one not in self.proposal.noted)

    def show_proposal(self, proposal: CareProposal, zone: str, *, may: bool) -> None:
        """Show what is proposed; of another result no tick stays."""
        if self.proposal is None or proposal.seen != self.proposal.seen:
            self._touched = {}
        self.proposal, self._may = proposal, may and not proposal.closed
        self.problem.setText(proposal.problem)
        self.problem.setVisible(bool(proposal.tasks))
        self._show_review(proposal)
        self._show_tasks(proposal)
        self._show_precautions(proposal)
        clear(self._decisions)
        for one in proposal.decisions:
            when = f"{local(zone, one.at):%m-%d %H:%M} {one.by}"
            self._decisions.addWidget(Words(f"{when}　{one.words}", Role.HINT, ink="text2", wrap=True))
        self.setVisible(not proposal.empty or bool(proposal.review))
        self._say()

    def toggle(self, digit: int) -> None:
        """A digit: the task of that place, 0 the precautions; the keys stay in this card."""
        boxes = [self.noted, *self.boxes.values()]
        if self.isHidden() or digit >= len(boxes):
            return
        if boxes[digit].isEnabled():
            boxes[digit].click()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def arrive(self) -> None:
        """C: the keys go here."""
        if not self.isHidden():
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():  # inside its edge: round it the page would cut the ring off
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 12, 12)

    # inside -------------------------------------------------------------------------------------------------------

    @property
    def _all(self) -> tuple[ProposedTask, ...]:
        return self.proposal.tasks if self.proposal is not None else ()

    def _decide(self) -> None:
        if self.accept.isVisible() and self.accept.isEnabled():
            self.deciding.emit()

    def _show_review(self, proposal: CareProposal) -> None:
        here = {one.code for one in proposal.tasks}
        rest = [one for one in proposal.review if one.code not in here]
        names = "、".join(one.form.words for one in rest)
        gone = next((one.basis.gone for one in rest if one.basis), "")
        self.review.say(f"照护计划里的 {names}：{gone}" if rest else "", "去照护计划")

    def _show_tasks(self, proposal: CareProposal) -> None:
        clear(self._tasks)
        self.boxes = {}
        for number, task in enumerate(proposal.tasks, 1):
            box = QCheckBox(f"{number}　{task.words}")
            box.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            usual = task.planned or task.decided != "declined"
            box.setChecked(self._touched.get(task.code, usual) if task.free else True)
            box.setEnabled(task.free and self._may)
            box.setAccessibleDescription(_told(task))
            box.clicked.connect(lambda _on=False, code=task.code, box=box: self._touch(code, box))
            self.boxes[task.code] = box
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(16)
            row.addWidget(box)
            row.addWidget(ElidedWords(_told(task), Role.HINT, ink="text2"), 1)
            self._tasks.addWidget(line)

    def _show_precautions(self, proposal: CareProposal) -> None:
        clear(self._precautions)
        if not proposal.precautions:
            self.noted = QCheckBox()
            return
        self._precautions.addWidget(Words("注意事项", Role.LABEL))
        for one in proposal.precautions:
            self._precautions.addWidget(Words(f"· {one}", wrap=True))
        known = set(proposal.precautions) <= proposal.noted
        self.noted = QCheckBox(f"{NOTED}　注意事项已知，已交接")
        self.noted.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.noted.setChecked(known or self._touched.get("", True))
        self.noted.setEnabled(not known and self._may)
        self.noted.clicked.connect(lambda _on=False, box=self.noted: self._touch("", box))
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 4, 0, 0)
        row.addWidget(self.noted)
        row.addStretch(1)
        self._precautions.addWidget(line)

    def _touch(self, code: str, box: QCheckBox) -> None:
        self._touched[code] = box.isChecked()
        self._say()

    def _say(self) -> None:
        """What the act would do, or why there is none."""
        if self.proposal is None:
            return
        taken, left = len(self.chosen), len(self.left_out)
        parts = (f"采纳 {taken} 项" if taken else "", f"不采纳 {left} 项" if left else "")
        words = "，".join(part for part in parts if part) or ("注意事项已知" if self.precautions else "")
        self.accept.say(words or "采纳")
        self.accept.setVisible(self._may and bool(words))
        why = self.proposal.closed or ("" if self._may else "由有“制定照护计划”权限的护士或医生处理")
        done = "已全部处理" if not words and not why and not self.proposal.empty else ""
        self.said.setText(f"{why}。" if why else done)


def _told(task: ProposedTask) -> str:
    """When it is done, and how it stands."""
    if task.renew:
        return f"{task.when} · 已在计划里，采纳后依据改为这次评估"
    if task.planned:
        return f"{task.when} · 已在计划里" + (f"：{task.problem}" if task.problem else "")
    return f"{task.when} · 上次不采纳：{task.why}" if task.decided == "declined" else task.when


def _column(spacing: int) -> QVBoxLayout:
    box = QVBoxLayout()
    box.setSpacing(spacing)
    return box
