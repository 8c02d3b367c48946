"""What a plan still needs before it runs: a doctor, a therapist, consent; each step in words with its button.

strip = SignStrip(view, "李桂兰　2号楼 301-1")     strip.show_signed(seen, signed, name)     strip.changed.connect(...)
"""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.errors import Refusal, Trouble
from app.core.roles import Right
from app.core.roles import Role as Post
from app.rehab.planning import ConfirmPlan, IssuePlan
from app.rehab.queries.drawing import Signed
from app.residents.stating import Seen
from ui.kit import Button, Card, Errands, Sign, Words, errand
from ui.kit.proof_sheet import ProofSheet
from ui.kit.view import View
from ui.rehab.consent_sheet import ConsentSheet
from ui.style import Role

DOCTOR, THERAPIST, CONSENT = "doctor", "therapist", "consent"
_STEPS = {
    DOCTOR: ("医师开立", "签名"),
    THERAPIST: ("康复师确认", "签名"),
    CONSENT: ("知情同意", "登记"),
}
RUNS = "三项齐全，计划在执行"


class SignStrip(Card):
    """`changed(sentence)` when a step was done. Each step is asked for in any order."""

    changed = Signal(str)

    def __init__(self, view: View) -> None:
        super().__init__()
        self._view = view
        self.errands = Errands(view.bench.desk, self, notice=view.bench.notice)
        self.seen: Seen | None = None
        self._resident: UUID | None = None
        self._about = ""
        self.sheet: ProofSheet | None = None
        self._what = DOCTOR
        self.body.setContentsMargins(20, 12, 20, 12)
        row = QHBoxLayout()
        row.setSpacing(20)
        self.words = Words("", Role.STRONG)
        row.addWidget(self.words)
        self.steps = {key: SignStep(*told) for key, told in _STEPS.items()}
        for key, step in self.steps.items():
            row.addWidget(step, 1)
            step.button.clicked.connect(lambda _checked=False, key=key: self.ask(key))
        self.body.addLayout(row)

    def show_signed(self, seen: Seen, signed: Signed, resident: UUID, about: str) -> None:
        """How far this revision of a plan is signed; `about` repeats in every sheet whom and what it is for."""
        self.seen, self._resident, self._about = seen, resident, about
        missing = signed.missing
        whole = f"还差 {len(missing)} 项：{'、'.join(missing)}" if missing else RUNS
        self.words.say(f"还差 {len(missing)} 项" if missing else "计划在执行", "warn" if missing else "ok")
        self.words.setAccessibleName(whole)
        self.words.setToolTip(whole)
        self.steps[DOCTOR].say(signed.doctor, done="医师开立" not in missing)
        self.steps[THERAPIST].say(signed.therapist, done="康复师确认" not in missing)
        who = f"{signed.by}（{signed.relation}）" if signed.by else ""
        if signed.agreed is False:
            self.steps[CONSENT].say(f"{who}不同意：{signed.words}", done=False, refused=True)
        else:
            self.steps[CONSENT].say(f"{who}同意" if who else "", done="知情同意" not in missing)

    @property
    def next(self) -> str:
        """The first step that is missing, empty when none is."""
        return next((key for key, step in self.steps.items() if not step.done), "")

    def ask(self, what: str) -> None:
        """Open the sheet of a step."""
        if self.seen is None:
            return
        if what == CONSENT:
            sheet = ConsentSheet(self._view, self._view.bench, self._resident, self.seen, self._about)
            sheet.said.connect(self.changed)
            sheet.open()
            return
        self._what = what
        title, act = _STEPS[what]
        actor = self._view.bench.actor
        mine = (
            Post.DOCTOR in actor.roles
            if what == DOCTOR
            else actor.may(Right.PLAN_REHAB) and Post.DOCTOR not in actor.roles
        )
        proof = ProofSheet(
            self._view, f"{title}：签名确认", self._about, actor.number if mine else "", act=act
        )
        proof.done_with.connect(self.sign)
        proof.finished.connect(self._closed)
        self.sheet = proof
        proof.open()

    @errand
    async def sign(self) -> None:
        """A wrong number or password is said beside its field; the sheet stays."""
        sheet, seen = self.sheet, self.seen
        if sheet is None or seen is None:
            return
        station = self._view.bench.station
        try:
            proof = await station.aside(station.prove, sheet.number.text().strip(), sheet.secret.text())
            act = IssuePlan if self._what == DOCTOR else ConfirmPlan
            await self.errands.do(act(seen, proof), busy=sheet.main)
        except Refusal as refusal:
            sheet.refuse(refusal.field, refusal.text)
            return
        except Trouble as trouble:
            sheet.notice.trouble(trouble.text, trouble.remedy)
            return
        sheet.accept()
        self.changed.emit(f"{_STEPS[self._what][0]}已签名。")

    def _closed(self) -> None:
        self.sheet = None


class SignStep(QWidget):
    """One step: a sign, what it is, who did it, its button while it is missing."""

    def __init__(self, title: str, act: str) -> None:
        super().__init__()
        self.done = False
        self._title = title
        self._sign = Sign("circle-dot", 20, "text3")
        self._who = Words("", Role.HINT, ink="text2", wrap=True)
        self.button = Button(act, "plain")
        self.button.setAccessibleName(f"{title}：{act}")
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addStretch(1)
        texts.addWidget(Words(title, Role.STRONG))
        texts.addWidget(self._who)
        texts.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(texts, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)

    def say(self, who: str, *, done: bool, refused: bool = False) -> None:
        self.done = done
        icon, ink = (
            ("circle-check", "ok.text")
            if done
            else ("circle-x", "danger.text")
            if refused
            else ("circle-dot", "warn.text")
        )
        self._sign.show_sign(icon, ink)
        self._who.say(who or "待签", "danger" if refused else "text2")
        self.button.setVisible(not done)
        self.setAccessibleName(f"{self._title}：{who or '待签'}")
