"""The PDF that left with a referral as DocumentReference, its bytes as the Binary it names; and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from app.core.errors import Refusal
from app.core.unit import Unit
from app.fhir import House, Part, identified, local
from app.fhir.attached import attachment, file_of
from app.fhir.carried import Whence
from app.fhir.carrying import stamp
from app.fhir.coding import LOINC, coded, words
from app.fhir.elements import referred
from app.referrals.fhir.guarded import ReferralsMapper, numbered
from app.residents.fhir.people import person
from db.models import ReferralDocument

PDF = "application/pdf"
_CATEGORY = "urn:carestation:document"


class DocumentMapper(ReferralsMapper[ReferralDocument]):
    """It refers to its request, which goes before it and names it by identifier: neither waits for the other.

    A later file is the same document with another attachment; the Binary of before stays where it is.
    """

    kind = "referral_document"
    called = "转诊文书"
    resource = "DocumentReference"
    model = ReferralDocument
    owned = frozenset(
        {
            "masterIdentifier", "status", "docStatus", "type", "category", "subject", "date", "author", "custodian",
            "description", "content", "context",
        }
    )  # fmt: skip
    safe = ("status", "content")

    def house_marks(self, house: House) -> frozenset[str]:
        return frozenset({f"{house.system}:referral-document"})

    def said(self, house: House, row: Any) -> dict[str, Any]:
        file = file_of(house, row.sha256, PDF)
        attached = attachment(house, file, b"", words(row.title), row.at)
        attached |= {"size": row.size, "hash": row.sha1}
        return {
            "identifier": numbered(house, "referral-document", row.number),
            "status": "current",
            "docStatus": "final",
            "type": coded(LOINC, "57133-1", "Referral note", "双向转诊单"),
            "category": [coded(_CATEGORY, "referral", "转诊文书")],
            "custodian": local("Organization", house.institution),
            "description": f"{words(row.title)}，{row.pages} 页",
            "content": [{"attachment": attached}],
        }

    def dated(self, house: House, row: ReferralDocument) -> dict[str, Any]:
        when = stamp(house, row.at)
        return {
            "masterIdentifier": identified(house, row.rid),
            "date": when,
            "author": [person(house, row.author)],
            "context": {
                "period": {"start": when, "end": when},
                "related": [local("ServiceRequest", row.referral)],
            },
        }

    def part(self, house: House, row: ReferralDocument) -> Part:
        return replace(super().part(house, row), files=(file_of(house, row.sha256, PDF),))

    def owner(self, body: dict[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
        related = (body.get("context") or {}).get("related") or []
        some = (referred(one, "ServiceRequest") for one in related)
        found = {"referral": rid} if (rid := next(filter(None, some), before.get("referral"))) else {}
        return {**super().owner(body, before), **found}

    def may_be(self, key: str, ours: Any, theirs: Any) -> bool:
        """A server names the Binary by its own id: what the bytes are says their hash."""
        return key == "content" and _bytes(ours) == _bytes(theirs)

    def check(self, unit: Unit, said: dict[str, Any], by: Whence, *, retracted: bool) -> None:
        super().check(unit, said, by, retracted=retracted)
        if (
            not said["sha256"]
            or not said["size"]
            or not said["pages"]
            or not isinstance(said["referral"], UUID)
        ):
            raise Refusal("区平台上的这份转诊文书没有文件或没有写明属于哪份转诊，请核对。")


def _bytes(content: Any) -> list[tuple[Any, ...]]:
    found = [one.get("attachment") or {} for one in content or []]
    return [tuple(one.get(key) for key in ("contentType", "size", "hash")) for one in found]
