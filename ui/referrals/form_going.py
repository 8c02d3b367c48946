"""5 家属、同意与随行: who was told and what they said, the consent, who goes along, what goes along."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.clock import date_in
from app.core.form import Choice, Field, Form, Kind, Section
from app.core.strokes import kept_strokes, strokes_of
from app.referrals.around.telling import ANSWERS
from app.referrals.drafted import CONSENTS, ESCORTS, KEPT, TRANSPORTS, Given, ReferralDraft
from app.referrals.filling import Filled
from ui.forms import FormView
from ui.kit import ElidedWords, IconButton, Labelled, OptionRow
from ui.kit.sign_pad import SignPad
from ui.referrals.form_card import StepCard
from ui.referrals.form_clock import wall
from ui.style import Role

_SOMEBODY = "somebody"
_CONSENT = ("consent", "name", "relation")


class GoingCard(StepCard):
    """`changed` after the person typed or chose; `told` carries a new line: somebody of the family was reached."""

    changed = Signal()
    told = Signal(dict)
    untold = Signal(int)

    def __init__(self, zone: str) -> None:
        super().__init__("5", "家属、同意与随行")
        self._zone = zone
        self._filled: Filled | None = None
        self.whom = FormView(Form((Section("", ()),)))
        self._whom = QVBoxLayout()
        self.body.addLayout(self._whom)
        self.answers = OptionRow(tuple(ANSWERS.items()), low=True)
        self.body.addWidget(Labelled("刚通知了，家属的答复", self.answers, hint="点一下就按现在记一条"))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self.body.addLayout(self._lines)
        self.form = FormView(_fields())
        self.body.addWidget(self.form)
        self.pad = SignPad()
        self.signed = Labelled("同意人签名", self.pad)
        self.body.addWidget(self.signed)
        self.signed.hide()
        self.answers.group.buttonClicked.connect(self._tell)
        self.form.changed.connect(self._edited)
        self.pad.changed.connect(self.changed)

    # what it says -------------------------------------------------------------------------------------------------

    def show_person(self, filled: Filled) -> None:
        """Another resident has other relatives."""
        self._filled = filled
        old, self.whom = self.whom, FormView(_whom(filled))
        self._whom.addWidget(self.whom)
        old.hide()
        old.deleteLater()
        first = next((place for place, one in enumerate(filled.contacts) if one == filled.decider), 0)
        self.whom.set_values({"who": str(first) if filled.contacts else _SOMEBODY})
        self._ask_whom()
        self.whom.changed.connect(self._ask_whom)

    def show_said(self, draft: ReferralDraft, now: datetime) -> None:
        """What was typed, and whom was told."""
        given = draft.consent
        self.form.set_values(
            {
                "doctor": draft.doctor_name,
                "consent": given.how,
                "name": given.name,
                "relation": given.relation,
                "escorts": draft.escorts,
                "escort_words": draft.escort_words,
                "transport": draft.transport,
                "plate": draft.plate,
                "belongings": "、".join(draft.belongings),
            }
        )
        if kept_strokes(self.pad.strokes) != dict(given.drawn):
            self.pad.pad.show_strokes(strokes_of(given.drawn))
        self.show_told(draft, now)
        self._ask_consent()

    def show_told(self, draft: ReferralDraft, now: datetime) -> None:
        """Every line of whom was told, the newest last; one told by mistake can be taken out before it is kept."""
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        today = date_in(self._zone, now)
        for place, line in enumerate(draft.told):
            at = wall(self._zone, datetime.fromisoformat(line["at"]), today) if line.get("at") else ""
            self._lines.addWidget(self._line(place, f"{at} {said_of(line)}", fixed=KEPT in line))
        self.answers.choose(None)

    def take(self, draft: ReferralDraft) -> ReferralDraft:
        """The draft with what stands here."""
        said = self.form.values()
        words = {key: value if isinstance(value, str) else "" for key, value in said.items()}
        escorts, same = said["escorts"], words["doctor"] == draft.doctor_name
        return replace(
            draft,
            consent=Given(
                words["consent"], words["name"], words["relation"],
                kept_strokes(self.pad.strokes) if words["consent"] == "drawn" else {},
            ),
            doctor=draft.doctor if same else None,
            doctor_name=words["doctor"],
            escorts=escorts if isinstance(escorts, tuple) else (),
            escort_words=words["escort_words"],
            transport=words["transport"],
            plate=words["plate"],
            belongings=tuple(filter(None, (one.strip() for one in words["belongings"].split("、")))),
        )  # fmt: skip

    def check(self) -> bool:
        """Show what is wrong here; True when all may be kept."""
        how = self.form.values()["consent"]
        if how in ("paper", "drawn") and not self.form.values()["name"]:
            return not self.form.show_refusal("name", "请填写谁同意转诊。")
        if how in ("paper", "drawn") and not self.form.values()["relation"]:
            return not self.form.show_refusal("relation", "请填写与老人的关系。")
        if how == "drawn" and not self.pad.strokes:
            self.signed.say_wrong("请签名，或改成“纸上已签”。")
            self.pad.setFocus()
            return False
        return self.form.check()

    # inside -------------------------------------------------------------------------------------------------------

    def _edited(self) -> None:
        self._ask_consent()
        self.signed.say_wrong("")
        self.changed.emit()

    def _ask_consent(self) -> None:
        """Who agrees is asked once it is said how."""
        how = self.form.values()["consent"]
        every = [field.key for field in self.form.form.fields]
        hidden = () if how in ("paper", "drawn") else _CONSENT[1:]
        self.form.ask_only([key for key in every if key not in hidden])
        self.signed.setVisible(how == "drawn")
        decider = self._filled.decider if self._filled else None
        if how in ("paper", "drawn") and decider is not None and not self.form.draft()["name"]:
            self.form.set_values({"name": decider.name, "relation": decider.relation})

    def _ask_whom(self) -> None:
        somebody = self.whom.draft()["who"] == _SOMEBODY
        self.whom.ask_only(["who", "other"] if somebody else ["who"])

    def _tell(self) -> None:
        """One click, one line: whom it says, now."""
        answer, filled = self.answers.key, self._filled
        self.answers.choose(None)
        if answer is None or filled is None:
            return
        who = str(self.whom.draft()["who"])
        line = {"answer": answer}
        if who == _SOMEBODY:
            name = str(self.whom.draft()["other"]).strip()
            if not name:
                self.whom.show_refusal("other", "请填写通知了谁。")
                return
            line |= {"name": name}
        elif who.isdecimal():
            one = filled.contacts[int(who)]
            line |= {"name": one.name, "relation": one.relation, "phone": one.phone}
        self.told.emit(line)

    def _line(self, place: int, words: str, *, fixed: bool) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(ElidedWords(words, Role.BODY), 1)
        if fixed:  # it stands in the record
            return line
        away = IconButton("x", f"去掉：{words}", size=28)
        away.clicked.connect(lambda: self.untold.emit(place))
        row.addWidget(away)
        return line


def said_of(line: object) -> str:
    """`王建国（子）138 0013 5520：在赶来`."""
    kept = dict(line) if isinstance(line, dict) else {}
    who = kept.get("name", "") + (f"（{kept['relation']}）" if kept.get("relation") else "")
    return f"{who} {kept.get('phone', '')}：{ANSWERS.get(kept.get('answer', ''), '')}".replace(" ：", "：")


def _whom(filled: Filled) -> Form:
    people = tuple(Choice(str(place), one.words) for place, one in enumerate(filled.contacts))
    choices = (*people, Choice(_SOMEBODY, "其他人"))
    who = Field("who", "通知家属", Kind.CHOICE, choices=choices, required=True, listed=True)
    return Form((Section("", (who, Field("other", "通知了谁", max_length=30))),))


def _fields() -> Form:
    choices = {
        name: tuple(Choice(*one) for one in listed.items())
        for name, listed in (("consent", CONSENTS), ("escorts", ESCORTS), ("transport", TRANSPORTS))
    }
    return Form(
        (
            Section(
                "",
                (
                    Field("consent", "知情同意", Kind.CHOICE, choices=choices["consent"], wide=True),
                    Field("name", "同意人", max_length=30),
                    Field("relation", "与老人的关系", max_length=20),
                    Field("transport", "交通", Kind.CHOICE, choices=choices["transport"], wide=True),
                    Field("escorts", "陪同", Kind.CHOICES, choices=choices["escorts"]),
                    Field("escort_words", "陪同人姓名", max_length=40),
                    Field("plate", "车牌", max_length=20),
                    Field("doctor", "转诊医生", max_length=30),
                    Field("belongings", "随身物品", hint="用、分开", wide=True, max_length=300),
                ),
            ),
        )
    )
