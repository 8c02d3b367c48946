"""The sheet of an act that is signed: consent to a referral, or the refusal that cancels it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from app.core.form import Choice, Field, Form, Kind, Section
from app.core.orders import Order
from app.core.strokes import kept_strokes
from app.referrals.around import Consent, StateReferralConsent
from app.referrals.moving import CancelReferral
from app.referrals.queries.one import ReferralRow
from app.referrals.revising import Seen
from ui.forms.act_sheet import ActSheet, Task
from ui.kit import Labelled
from ui.kit.sign_pad import SignPad
from ui.kit.view import View
from ui.referrals.follow_moves import Values, said
from ui.referrals.follow_people import PeopleRow, Somebody

AGREED, REFUSED, LATER = "yes", "no", "later"
DRAWN, PAPER = "drawn", "paper"
_SIGNED = (Choice(DRAWN, "屏幕上签"), Choice(PAPER, "纸上已签"))
Make = Callable[[Consent, Seen], Order[Any]]


class SignedSheet(ActSheet):
    """`kept` as of the act sheet. The signature stands under the form; what is drawn survives a refusal."""

    def __init__(self, view: View, task: Task, make: Make, people: Sequence[Somebody]) -> None:
        super().__init__(view, replace(task, order=lambda values, seen: make(self.consent(values), seen)))
        self.pad = SignPad()
        self._signature = Labelled("签名", self.pad)
        self.people = PeopleRow("谁", people, self.form)
        self.inside.body.insertWidget(0, self.people)
        self.inside.body.insertWidget(self.inside.body.indexOf(self.form) + 1, self._signature)
        self.errands.fields = self
        self.pad.changed.connect(self._drew)

    def consent(self, values: Values) -> Consent:
        """What was said, as the act takes it."""
        if values.get("agreed") == LATER:
            return Consent(later=True)
        return Consent(
            said(values, "name"),
            said(values, "relation"),
            values.get("agreed", REFUSED) == AGREED,
            said(values, "words"),
            kept_strokes(self.pad.strokes) or None,
            on_paper=values.get("signed") == PAPER,
        )

    def show_refusal(self, field: str, text: str) -> bool:
        """A missing signature is said under the pad, the rest beside its field."""
        if field != "drawn":
            return self.form.show_refusal({"later": "agreed"}.get(field, field), text)
        self._signature.say_wrong(text)
        self.inside.ensureWidgetVisible(self._signature)
        return True

    def _drew(self) -> None:
        self._signature.say_wrong("")
        if self.pad.strokes:
            self.form.set_values({"signed": DRAWN})


def consent_sheet(view: View, row: ReferralRow, people: Sequence[Somebody]) -> SignedSheet:
    """同意 or 不同意, of an emergency also that it is signed afterwards."""
    choices = [Choice(AGREED, "同意转诊"), Choice(REFUSED, "不同意")]
    if row.line.urgent:
        choices.append(Choice(LATER, "先救治，后补签"))
    fields = (
        Field("agreed", "对这次转诊", Kind.CHOICE, required=True, choices=tuple(choices), wide=True),
        *_person(needed=False),
        Field("words", "说明", Kind.LINES, max_length=200, placeholder="不同意时必填"),
        Field("signed", "签名方式", Kind.CHOICE, choices=_SIGNED, wide=True),
    )
    text = f"{_about(row)}\n可能途中病情变化、交通延误，接收安排可能调整；请告知后再签。"
    task = Task(
        "知情同意", text, "登记", Form((Section("", fields),)), _none, row.seen,
        f"{row.line.name} 的知情同意已登记。", {"agreed": AGREED, "signed": DRAWN},
    )  # fmt: skip
    return SignedSheet(view, task, lambda consent, seen: StateReferralConsent(seen, consent), people)


def cancel_sheet(view: View, row: ReferralRow, people: Sequence[Somebody]) -> SignedSheet:
    """The resident, or who decides for them, refuses: with reason and signature the referral is cancelled."""
    fields = (
        *_person(needed=True),
        Field("words", "不同意的原因", Kind.LINES, required=True, max_length=120),
        Field("signed", "签名方式", Kind.CHOICE, choices=_SIGNED, wide=True),
    )
    task = Task(
        "取消转诊", f"{_about(row)}\n老人或家属不同意转诊，签名后转诊取消，不能恢复。", "取消转诊",
        Form((Section("", fields),)), _none, row.seen, f"{row.line.name} 的转诊已取消。", {"signed": DRAWN}, grave=True,
    )  # fmt: skip
    return SignedSheet(view, task, lambda consent, seen: CancelReferral(seen, consent), people)


def _person(*, needed: bool) -> tuple[Field, ...]:
    return (
        Field("name", "姓名", required=needed, max_length=40),
        Field("relation", "与老人的关系", required=needed, max_length=20, placeholder="如 本人、子、代理人"),
    )


def _about(row: ReferralRow) -> str:
    return f"{row.line.name}　{row.line.bed}　{row.line.number}　转往 {row.line.partner_words or '未选机构'}"


def _none(_values: Values, _seen: Seen) -> Order[Any]:
    raise NotImplementedError
