"""Agreements with partners and family-doctor contracts as Contract, with the team as CareTeam, and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from app.core.ids import named
from app.core.unit import Reader
from app.fhir import KIND, House, Part, Revision, local
from app.fhir.coding import coded, words
from app.fhir.elements import extension, filled, referred
from app.fhir.translation import framed
from app.referrals.fhir.guarded import FIELD, HouseMapper, ReferralsMapper, listed, numbered, organisation
from db.models import Agreement, FamilyContract

AGREEMENT, ROLE = "urn:carestation:agreement", "urn:carestation:contract-role"
CONTRACT_OF = "urn:carestation:contract"
"""Extension: the contract a team is of, or a service was delivered under."""
_TEAM = frozenset({"identifier", "extension", "status", "name", "subject", "period", "participant"})


class AgreementMapper(HouseMapper[Agreement]):
    """An agreement with a partner. The scanned paper stays at the station."""

    kind = "agreement"
    called = "合作协议"
    resource = "Contract"
    model = Agreement
    owned = frozenset({"status", "applies", "subject", "authority", "title", "type", "term"})
    safe = ("status", "applies")

    def house_marks(self, house: House) -> frozenset[str]:
        return frozenset({f"{house.system}:agreement"})

    def said(self, house: House, row: Any) -> dict[str, Any]:
        text = row.terms.get("text") if isinstance(row.terms, dict) else ""
        return filled(
            identifier=numbered(house, "agreement", row.number),
            status="terminated" if row.ended_on else "executed",
            applies=_span(row.begins, row.ended_on or row.ends),
            subject=[local("Organization", row.partner)],
            authority=[local("Organization", house.institution)],
            title=words(row.words),
            type=coded(AGREEMENT, words(row.what) or "other", words(row.words)),
            term=[{"offer": {"text": words(text)}}] if isinstance(text, str) and words(text) else [],
        )


class ContractMapper(ReferralsMapper[FamilyContract]):
    """A contract with a family doctor: who signed it is a party of its offer, the services are its text."""

    kind = "family_contract"
    called = "家庭医生签约"
    resource = "Contract"
    model = FamilyContract
    owned = frozenset({"status", "applies", "subject", "authority", "title", "type", "term"})
    safe = ("status", "applies")

    @property
    def types(self) -> tuple[str, ...]:
        return ("Contract", "CareTeam")

    def house_marks(self, house: House) -> frozenset[str]:
        return frozenset({f"{house.system}:family-contract"})

    def whose(self, row: Any) -> dict[str, Any]:
        return {"subject": [local("Patient", row.resident)]}

    def owner(self, body: dict[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
        some = (referred(one, "Patient") for one in body.get("subject") or [])
        return {"resident": next(filter(None, some), before.get("resident"))}

    def said(self, house: House, row: Any) -> dict[str, Any]:
        authority = organisation(row.partner, row.partner_words)
        return filled(
            identifier=numbered(house, "family-contract", row.number),
            status="terminated" if row.status == "ended" else "executed",
            applies=_span(row.begins, row.ended_on or row.ends),
            authority=[authority] if authority else [],
            title=words(row.package),
            type=coded(AGREEMENT, "family-doctor", "家庭医生签约"),
            term=[{"offer": filled(party=_signer(row), text=_services(row) or "家庭医生签约服务")}],
        )

    def beside(
        self, reader: Reader, house: House, rows: Mapping[Revision, FamilyContract], known: frozenset[UUID]
    ) -> Mapping[Revision, tuple[Part, ...]]:
        return {one: (_team(house, row),) for one, row in rows.items()}


def _span(begins: Any, ends: Any) -> dict[str, str]:
    over = ends is not None and ends >= begins
    return {"start": begins.isoformat(), **({"end": ends.isoformat()} if over else {})}


def _signer(row: Any) -> list[dict[str, Any]]:
    name, relation = (words(row.signer.get(key) or "") for key in ("name", "relation"))
    if not name:
        return []
    role = coded(ROLE, "self" if relation == "本人" else "representative", text=relation or "签约人")
    return [{"reference": [{"display": name}], "role": role}]


def _services(row: Any) -> str:
    said = (words(one.get("words") or "") for one in listed(row.services, "all") if isinstance(one, dict))
    return "、".join(filter(None, said))


def _team(house: House, row: FamilyContract) -> Part:
    """Doctor and team. It carries no envelope: it says nothing that the contract does not say."""
    over, wrong = row.status == "ended", row.state == "retracted"
    elements = filled(
        extension=[
            *extension(KIND, "Code", "family_contract"),
            *extension(CONTRACT_OF, "Reference", local("Contract", row.rid)),
        ],
        status="entered-in-error" if wrong else "inactive" if over else "active",
        name=words(row.package),
        subject=local("Patient", row.resident),
        period=_span(row.begins, row.ended_on or row.ends),
        participant=list(_members(row)),
    )
    rid = named(row.rid, "care-team")
    body = framed(house, "CareTeam", rid, None, elements)
    return Part("CareTeam", rid, body, _TEAM, frozenset({KIND, CONTRACT_OF, FIELD, house.system}))


def _members(row: Any) -> Iterator[dict[str, Any]]:
    yield {"role": [{"text": "家庭医生"}], "member": {"display": words(row.doctor_name) or "家庭医生"}}
    for one in listed(row.team, "all"):
        if isinstance(one, dict) and (name := words(one.get("name") or "")):
            role = words(one.get("role") or "")
            yield filled(role=[{"text": role}] if role else [], member={"display": name})
