"""What goes beside a referral: the consent to it, and each time family was told. They say nothing it does not say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from app.core.ids import named
from app.fhir import KIND, House, Part, local
from app.fhir.carrying import stamp
from app.fhir.coding import ACT_CODE, LOINC, coded, words
from app.fhir.elements import extension, filled
from app.fhir.translation import framed
from app.referrals.around.telling import ANSWERS
from app.referrals.fhir.guarded import listed
from db.models import Referral

_SCOPE = "http://terminology.hl7.org/CodeSystem/consentscope"
TOLD = "urn:carestation:referral-told"
_CONSENT = frozenset(
    {
        "identifier", "extension", "status", "scope", "category", "patient", "dateTime", "performer", "organization",
        "policyRule", "provision",
    }
)  # fmt: skip
_TOLD = frozenset(
    {
        "identifier", "extension", "status", "category", "subject", "about", "sent", "recipient", "sender", "payload",
    }
)  # fmt: skip
_ERROR = "entered-in-error"


def consent(house: House, row: Referral) -> Iterator[Part]:
    """The consent, or the refusal, once somebody has said it."""
    who = words(row.consent.get("name") or "")
    if row.consent_at is None or not who:
        return
    agreed, relation = bool(row.consent.get("agreed")), words(row.consent.get("relation") or "")
    elements = {
        "status": _ERROR if row.state == "retracted" else "active" if agreed else "rejected",
        "scope": coded(_SCOPE, "treatment"),
        "category": [coded(LOINC, "59284-0", "Consent Document", "转诊知情同意")],
        "patient": local("Patient", row.resident),
        "dateTime": stamp(house, row.consent_at),
        "performer": [{"display": f"{who}（{relation}）" if relation else who}],
        "organization": [local("Organization", house.institution)],
        "policyRule": coded(ACT_CODE, "OPTIN" if agreed else "OPTOUT", text="转诊"),
        "provision": {
            "type": "permit" if agreed else "deny",
            "data": [{"meaning": "related", "reference": local("ServiceRequest", row.rid)}],
        },
    }
    yield _part(house, row, "Consent", "consent", elements)


def tellings(house: House, row: Referral) -> Iterator[Part]:
    """One a line, in their order: a line is never taken out."""
    for place, one in enumerate(listed(row.family, "all")):
        if not isinstance(one, dict) or not (who := words(one.get("name") or "")):
            continue
        said = "：".join(
            filter(None, (ANSWERS.get(str(one.get("answer")), ""), words(one.get("words") or "")))
        )
        elements = filled(
            status=_ERROR if row.state == "retracted" else "completed",
            category=[coded(TOLD, "family", "告知家属")],
            subject=local("Patient", row.resident),
            about=[local("ServiceRequest", row.rid)],
            sent=_sent(house, one.get("at")),
            recipient=[{"type": "RelatedPerson", "display": who}],
            sender=filled(display=words(one.get("by_name") or "")),
            payload=[{"contentString": said}] if said else [],
        )
        yield _part(house, row, "Communication", f"told/{place}", elements)


def _sent(house: House, at: Any) -> str:
    try:
        return stamp(house, datetime.fromisoformat(str(at)))
    except ValueError:
        return ""


def _part(house: House, row: Referral, kind: str, name: str, elements: dict[str, Any]) -> Part:
    """Without an envelope: a revision that changes nothing of it does not send it again."""
    rid = named(row.rid, name)
    said = {**elements, "extension": extension(KIND, "Code", "referral")}
    owned = _CONSENT if kind == "Consent" else _TOLD
    return Part(kind, rid, framed(house, kind, rid, None, said), owned, frozenset({KIND, house.system}))
