"""Services delivered under a contract as Procedure, home beds as EpisodeOfCare; both back."""

from __future__ import annotations

from typing import Any

from app.fhir import House, local
from app.fhir.carrying import stamp
from app.fhir.coding import coded, coded_as, words
from app.fhir.elements import extension, filled
from app.referrals.fhir.contract import CONTRACT_OF
from app.referrals.fhir.guarded import ReferralsMapper, numbered
from app.residents.fhir.people import person
from app.residents.fhir.stay import MODE
from db.models import ContractService, HomeBed

SERVICE = "urn:carestation:contract-service"
STATUSES = {"applied": "planned", "open": "active", "closed": "finished", "declined": "cancelled"}


class ServiceMapper(ReferralsMapper[ContractService]):
    """A service is something that was done: a visit it was stands as its own record."""

    kind = "contract_service"
    called = "签约履约"
    resource = "Procedure"
    model = ContractService
    owned = frozenset({"status", "code", "subject", "performedDateTime", "performer", "outcome"})
    marks = ReferralsMapper.marks | {CONTRACT_OF}

    def said(self, house: House, row: Any) -> dict[str, Any]:
        provider = words(row.provider)
        return filled(
            extension=extension(CONTRACT_OF, "Reference", local("Contract", row.contract)),
            status="completed",
            code=coded_as(SERVICE, words(row.code), words(row.words)) or {"text": "签约服务"},
            performer=[{"actor": {"display": provider}}] if provider else [],
            outcome=filled(text=words(row.result)),
        )

    def dated(self, house: House, row: ContractService) -> dict[str, Any]:
        return {"performedDateTime": stamp(house, row.at)}


class HomeBedMapper(ReferralsMapper[HomeBed]):
    """An episode beside the stay: the bed at home is a service, not a place somebody lives in."""

    kind = "home_bed"
    called = "家庭病床"
    resource = "EpisodeOfCare"
    model = HomeBed
    subject = "patient"
    owned = frozenset({"status", "type", "patient", "managingOrganization", "period", "careManager"})
    safe = ("status", "period")

    def house_marks(self, house: House) -> frozenset[str]:
        return frozenset({f"{house.system}:home-bed"})

    def said(self, house: House, row: Any) -> dict[str, Any]:
        return filled(
            identifier=numbered(house, "home-bed", row.number),
            status=STATUSES[row.status],
            type=[coded(MODE, "home_bed", "家庭病床")],
            managingOrganization=local("Organization", house.institution),
            period=_period(row),
            careManager=person(house, row.doctor, row.doctor_name),
        )


def _period(row: Any) -> dict[str, str]:
    begins, ends = row.opened_on, row.closed_on
    over = ends is not None and (begins is None or ends >= begins)
    return filled(start=begins.isoformat() if begins else "", end=ends.isoformat() if over else "")
