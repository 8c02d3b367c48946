"""Insurance as Coverage, agreements and wishes as Consent, notes as DocumentReference."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import Any

from app.fhir import House, local
from app.fhir.coding import ACT_CODE, LOINC, code_in, coded, coded_as, words
from app.fhir.elements import day, filled
from app.journals.fhir.shape import Heard, Said, Shape, heard, period
from app.journals.fhir.shown import choice
from app.residents.codes import code_list
from app.residents.fhir.coded import SYSTEMS, column, concept

_HL7 = "http://terminology.hl7.org/CodeSystem/"
KINDS, INSURANCE = "urn:carestation:journal", SYSTEMS["insurance"]
_NO = frozenset({"false", "no", "n", "0", "否", "不同意", "refused"})


class CoverageShape(Shape):
    """Insurance: who insures, under which number, from when to when."""

    resource = "Coverage"
    subject = "beneficiary"
    owned = frozenset({"status", "type", "subscriberId", "beneficiary", "period", "payor", "class"})
    holds = True

    def status(self, said: Said) -> str:
        return "cancelled" if said.ends else "active"

    def elements(self, house: House, said: Said) -> dict[str, Any]:
        insurer, level = words(said.text("insurer")), words(said.text("level"))
        begins = said.day("valid_from") or (said.begins.isoformat() if said.begins else "")
        ends = said.ends.isoformat() if said.ends else said.day("valid_to")
        plan = {"type": coded(f"{_HL7}coverage-class", "plan"), "value": level}
        who = {"display": insurer} if insurer else local("Patient", said.resident) if said.resident else {}
        return filled(
            type=_kind(said),
            subscriberId=words(said.text("number")),
            period=period(begins, ends),
            payor=[who],
            **{"class": [plan] if level else []},
        )

    def hear(self, house: House, body: dict[str, Any]) -> Heard:
        span = body.get("period") or {}
        begins, ends = (day(span.get(key), house.zone, "保险期限") for key in ("start", "end"))
        payor: dict[str, Any] = next(iter(body.get("payor") or []), {})
        plan: dict[str, Any] = next(iter(body.get("class") or []), {})
        return Heard(
            heard(
                type=code_in(body.get("type"), INSURANCE) or column("insurance", body.get("type"), ""),
                number=words(body.get("subscriberId") or ""),
                insurer=words(payor.get("display") or ""),
                level=words(plan.get("value") or ""),
                valid_from=begins.isoformat() if begins else "",
                valid_to=ends.isoformat() if ends else "",
            )
        )


def _kind(said: Said) -> dict[str, Any]:
    """The kind of insurance by its list, or by the journal's own choices."""
    kind = words(said.text("type"))
    if code_list("insurance").find(kind):
        return concept("insurance", kind)
    return coded_as(INSURANCE, kind, choice(said.journal, "type", kind))


@dataclass(frozen=True)
class ConsentShape(Shape):
    """An agreement or a wish. `about`: the field that says what; `by`: the one that says who agreed.

    Only an agreement permits or denies. A wish is told in words that say it is one: nobody is to take it for a
    doctor's order.
    """

    scope: str
    category: dict[str, Any]
    about: str
    by: str = ""
    until: str = ""
    saying: str = "{}"

    resource = "Consent"
    subject = "patient"
    owned = frozenset(
        {
            "status",
            "scope",
            "category",
            "patient",
            "dateTime",
            "performer",
            "organization",
            "policyRule",
            "provision",
        }
    )
    timed = "dateTime"
    holds = True

    def status(self, said: Said) -> str:
        if said.ends:
            return "inactive"
        return "rejected" if said.text("given").lower() in _NO else "active"

    def elements(self, house: House, said: Said) -> dict[str, Any]:
        refused = self.status(said) == "rejected"
        by, about = (words(choice(said.journal, key, said.text(key))) for key in (self.by, self.about))
        begins = said.begins.isoformat() if said.begins else ""
        ends = said.ends.isoformat() if said.ends else said.day(self.until)
        text = self.saying.format(about)
        agrees = {"type": "deny" if refused else "permit"} if self.by else {}
        rule = coded(ACT_CODE, "OPTOUT" if refused else "OPTIN", text=text) if self.by else {"text": text}
        return filled(
            scope=coded(f"{_HL7}consentscope", self.scope),
            category=[self.category],
            performer=[{"display": by}] if by else [],
            organization=[local("Organization", house.institution)],
            policyRule=rule,
            provision=filled(**agrees, period=period(begins, ends)),
        )

    def hear(self, house: House, body: dict[str, Any]) -> Heard:
        first: dict[str, Any] = next(iter(body.get("performer") or []), {})
        return Heard(heard(**{self.by: words(first.get("display") or "")}) if self.by else {})


class NoteShape(Shape):
    """A note as a document whose attachment is its text."""

    resource = "DocumentReference"
    owned = frozenset({"status", "docStatus", "type", "subject", "date", "author", "content", "custodian"})
    author = "author"
    author_repeats = True
    timed = "date"
    keeps = "text"

    def status(self, said: Said) -> str:
        return "current"

    def elements(self, house: House, said: Said) -> dict[str, Any]:
        text = said.content.get("text")
        data = base64.b64encode(text.encode()).decode() if isinstance(text, str) else ""
        attachment = filled(
            contentType="text/plain; charset=utf-8", language="zh-CN", data=data, title="护理记录"
        )
        return {
            "docStatus": "amended" if said.corrected else "final",
            "type": coded(LOINC, "34746-8", "Nurse Note", "护理记录"),
            "custodian": local("Organization", house.institution),
            "content": [{"attachment": attachment}],
        }

    def hear(self, house: House, body: dict[str, Any]) -> Heard:
        first: dict[str, Any] = next(iter(body.get("content") or []), {})
        data = (first.get("attachment") or {}).get("data")
        try:
            text = base64.b64decode(data, validate=True).decode() if data else ""
        except (binascii.Error, UnicodeDecodeError) as wrong:
            raise ValueError("no text") from wrong
        return Heard(heard(text=text))


CONSENT = ConsentShape(
    "patient-privacy", coded(LOINC, "59284-0", "Consent Document", "知情同意"), about="scope", by="by"
)
RESUSCITATION = ConsentShape(
    "adr",
    coded(f"{_HL7}consentcategorycodes", "acd", "Advance Directive", "抢救意愿"),
    about="wish",
    saying="抢救意愿：{}（是本人的意愿，不是医嘱）",
)
RESTRAINT = ConsentShape(
    "treatment", coded(KINDS, "restraint", "保护性约束"), about="why", by="consent_by", until="until"
)
