"""A partner as Organization with its departments, and back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.fhir import House
from app.fhir.coding import coded, words
from app.fhir.elements import filled
from app.referrals.fhir.guarded import ActiveMapper, listed, phones
from app.referrals.partners.lists import lists
from db.models import Partner

PARTNER, CODE = "urn:carestation:partner", "urn:carestation:partner-code"


class PartnerMapper(ActiveMapper[Partner]):
    """A department is a contact, not an organization of its own: nobody is referred to one without its hospital."""

    kind = "partner"
    called = "协作机构"
    resource = "Organization"
    model = Partner
    owned = frozenset({"active", "type", "name", "telecom", "address", "contact"})
    marks = ActiveMapper.marks | {CODE, "phone", "work"}
    safe = ("active", "name")

    def said(self, house: House, row: Any) -> dict[str, Any]:
        code = words(row.code)
        return filled(
            identifier=[{"system": CODE, "value": code}] if code else [],
            active=row.ended_on is None,
            type=[coded(PARTNER, row.kind, lists().kinds.get(row.kind, ""))],
            name=words(row.name) or "未命名机构",
            telecom=phones(row.phone),
            address=[{"use": "work", "text": words(row.address)}] if words(row.address) else [],
            contact=list(_contacts(row)),
        )


def _contacts(row: Any) -> Iterator[dict[str, Any]]:
    for one in listed(row.departments, "all"):
        if not isinstance(one, dict):
            continue
        shown, who, phone = (words(one.get(key) or "") for key in ("words", "contact", "phone"))
        found = filled(purpose=filled(text=shown), name=filled(text=who), telecom=phones(phone))
        if found:
            yield found
