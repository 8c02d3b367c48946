"""A referral as it is being written: taken from a chart, changed by hand, kept as a draft, made into what is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from app.referrals.around import Consent
from app.referrals.around import Told as ToldFamily
from app.referrals.filling import Attachable, Criterion, Filled, Told, tell
from app.referrals.filling.offered import urgency_of
from app.referrals.sending import Around, Noted
from app.referrals.writing.forms import SBAR, TEXTS, ReferralForm

SBAR_FIELDS = {f"sbar_{key}": key for key in SBAR}
"""Field of the form → row of the summary."""
FIELDS = (*TEXTS, *SBAR_FIELDS)
"""Every text that is taken from the chart."""
CONSENTS = {"later": "先救治，后补签", "paper": "纸上已签", "drawn": "屏幕上签"}
ESCORTS = {"family": "家属", "nurse": "护士", "caregiver": "护理员", "doctor": "医生"}
KEPT = "kept"
"""Marks a line of `ReferralDraft.told` that stands in the record already."""
TRANSPORTS = {"120": "120 救护车", "house": "院车", "family": "家属自行", "other": "其他"}


@dataclass(frozen=True)
class Given:
    """The consent as the form has it. `how`: one of CONSENTS; empty: nobody was asked yet."""

    how: str = ""
    name: str = ""
    relation: str = ""
    drawn: Mapping[str, Any] = field(default_factory=dict)

    @property
    def asked(self) -> Consent | None:
        """As the act takes it; None where nothing is to be said."""
        if not self.how:
            return None
        if self.how == "later":
            return Consent(later=True)
        return Consent(self.name, self.relation, drawn=dict(self.drawn), on_paper=self.how == "paper")


@dataclass(frozen=True)
class ReferralDraft:
    """What stands in the form. `texts`: by field; `by_hand`: those a person wrote. `ticked`: code of a criterion →
    since when, in ISO or empty, and the symptom. `times`: code of GREEN_TIMES → (instant in ISO, who). `told`: lines as
    `Told` has them. `left_out`: parts of the pack that are not wanted."""

    urgency: str = "emergency"
    cause: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    by_hand: frozenset[str] = frozenset()
    ticked: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    partner: UUID | None = None
    partner_words: str = ""
    department: str = ""
    receiver: str = ""
    doctor: UUID | None = None
    doctor_name: str = ""
    green: bool = False
    times: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    attachments: tuple[str, ...] = ()
    left_out: frozenset[str] = frozenset()  # parts of the pack that are not wanted
    belongings: tuple[str, ...] = ()
    escorts: tuple[str, ...] = ()
    escort_words: str = ""
    transport: str = ""
    plate: str = ""
    told: tuple[Mapping[str, str], ...] = ()
    consent: Given = Given()

    def kept(self) -> dict[str, Any]:
        """As a draft is kept: JSON."""
        said = asdict(self)
        said["by_hand"], said["left_out"] = sorted(self.by_hand), sorted(self.left_out)
        for name in ("partner", "doctor"):
            said[name] = str(said[name]) if said[name] else ""
        return said

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> ReferralDraft:
        """A kept draft again."""
        said = dict(kept)
        for name in ("partner", "doctor"):
            said[name] = UUID(said[name]) if said.get(name) else None
        for name in ("attachments", "belongings", "escorts", "told"):
            said[name] = tuple(said.get(name, ()))
        for name in ("by_hand", "left_out"):
            said[name] = frozenset(said.get(name, ()))
        said["ticked"] = {code: (since, symptom) for code, (since, symptom) in said.get("ticked", {}).items()}
        said["times"] = {code: (at, who) for code, (at, who) in said.get("times", {}).items()}
        said["consent"] = Given(**said.get("consent", {}))
        return cls(**said)

    @property
    def urgent(self) -> bool:
        """Whether it waits for nobody: an emergency, or by the green channel."""
        return self.urgency == "emergency" or self.green

    def form(self, filled: Filled, record: ReferralForm | None = None) -> ReferralForm:
        """What is kept of it in the referral; of `record` stays what this form does not show or nobody changed."""
        proposed = self.proposed(filled)[1] or self.cause
        before = record or ReferralForm()
        return ReferralForm(
            urgency=self.urgency,
            impression=self.texts.get("impression", ""),
            history=self.texts.get("history", ""),
            past=self.texts.get("past", ""),
            course=self.texts.get("course", ""),
            cause=before.cause if self.ticked == ticked_of(before) and before.cause else proposed,
            criteria=self._kept_criteria(filled, before),
            sbar={key: self.texts.get(name, "") for name, key in SBAR_FIELDS.items()},
            green=self.green,
            partner=self.partner,
            partner_words=self.partner_words,
            department=self.department,
            receiver=self.receiver,
            doctor=self.doctor,
            doctor_name=self.doctor_name,
            attachments=self._kept_attachments(filled, before),
            belongings=self.belongings,
            escort=self._escort(str(before.escort.get("transport", ""))),
            call=before.call,
        )

    def around(self, record: ReferralDraft | None = None) -> Around:
        """What was done beside writing it and is not in the record yet."""
        known = record or ReferralDraft()
        begins = "started" not in known.times
        new = {code: said for code, said in self.times.items() if said != known.times.get(code)}
        return Around(
            started=_instant(new.get("started", ("", ""))[0]) if self.green and begins else None,
            times=tuple(
                Noted(code, at, who)
                for code, (said, who) in new.items()
                if not (code == "started" and begins) and (at := _instant(said)) is not None
            ),
            told=tuple(_told(line) for line in self.told if not line.get(KEPT)),
            consent=self.consent.asked if self.consent != known.consent else None,
        )

    def criteria(self, filled: Filled) -> tuple[Criterion, ...]:
        """Every one of the chart, those of the person as the person says them."""
        return tuple(self._criterion(one) for one in filled.criteria)

    def proposed(self, filled: Filled) -> tuple[str, str, str]:
        """From what is ticked: how soon, the cause it is counted under, the department."""
        return urgency_of(self.criteria(filled))

    def told_anew(self, filled: Filled) -> ReferralDraft:
        """What nobody wrote by hand, for what is ticked now."""
        fresh = texts_of(tell(filled, self.criteria(filled)))
        hand = self.by_hand
        return replace(
            self, texts={name: self.texts.get(name, "") if name in hand else fresh[name] for name in FIELDS}
        )

    def _criterion(self, one: Criterion) -> Criterion:
        if one.code not in self.ticked:
            return replace(one, ticked=False)
        since, symptom = self.ticked[one.code]
        return one.said(_instant(since), symptom)

    def _kept_criteria(self, filled: Filled, before: ReferralForm) -> tuple[dict[str, Any], ...]:
        """As they are ticked; one that is ticked as it was keeps what was measured then."""
        known, was = {one["code"]: one for one in before.criteria}, ticked_of(before)
        same = {code for code, said in self.ticked.items() if was.get(code) == said}
        return tuple(
            known[one.code] if one.code in same else one.kept() for one in self.criteria(filled) if one.ticked
        )

    def _kept_attachments(self, filled: Filled, before: ReferralForm) -> tuple[dict[str, Any], ...]:
        """As they are chosen, and those of the record that the chart offers no more."""
        offered = {(one.kept()["what"], one.kept()["rid"]) for one in filled.attachments}
        gone = (one for one in before.attachments if (one["what"], one["rid"]) not in offered)
        return (*(one.kept() for one in filled.attachments if key_of(one) in self.attachments), *gone)

    def _escort(self, before: str) -> dict[str, Any]:
        """`before`: the transport of the record; one that is none of ours stays."""
        persons = [*(ESCORTS[code] for code in self.escorts if code in ESCORTS), self.escort_words.strip()]
        # what is cleared is said as well: changing a referral keeps what is not named
        return {
            "persons": "、".join(filter(None, persons)),
            "transport": TRANSPORTS.get(self.transport, "" if before in TRANSPORTS.values() else before),
            "plate": self.plate.strip(),
        }


def from_chart(filled: Filled) -> ReferralDraft:
    """A new one, full: what the chart says, what it proposes."""
    return ReferralDraft(
        urgency=filled.urgency or "emergency",
        texts=texts_of(Told(filled.texts, filled.sbar, filled.sources)),
        ticked={one.code: (_iso(one.since), "") for one in filled.criteria if one.ticked},
        department=filled.department,
        doctor=filled.sender.doctor,
        doctor_name=filled.sender.doctor_name,
        attachments=tuple(key_of(one) for one in filled.attachments if one.offered),
        belongings=filled.belongings,
        transport="120" if filled.urgency == "emergency" else "",
    )


def again(draft: ReferralDraft, filled: Filled, over: frozenset[str] = frozenset()) -> ReferralDraft:
    """The chart taken once more: what a person wrote stays, but for the fields of `over`; what is newly met is
    ticked."""
    new = {one.code: (_iso(one.since), "") for one in filled.criteria if one.ticked}
    taken = replace(draft, by_hand=draft.by_hand - over, ticked={**new, **draft.ticked})
    return taken.told_anew(filled)


def ticked_of(form: ReferralForm) -> dict[str, tuple[str, str]]:
    """The criteria of a record as a draft has them."""
    return {one["code"]: (one.get("since") or "", one.get("symptom") or "") for one in form.criteria}


def texts_of(told: Told) -> dict[str, str]:
    """Every text as the chart gives it, by field."""
    sheet = {name: told.texts.get(name, "") for name in TEXTS}
    return {**sheet, **{name: told.sbar.get(key, "") for name, key in SBAR_FIELDS.items()}}


def key_of(one: Attachable) -> str:
    """An attachment's name within one chart."""
    return f"{one.what}|{one.rid or one.blob or one.sheet}"


def _told(line: Mapping[str, str]) -> ToldFamily:
    return ToldFamily(
        name=line.get("name", ""),
        answer=line.get("answer", ""),
        relation=line.get("relation", ""),
        phone=line.get("phone", ""),
        words=line.get("words", ""),
        at=_instant(line.get("at", "")),
    )


def _instant(said: str) -> datetime | None:
    return datetime.fromisoformat(said) if said else None


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
