"""A stay as EpisodeOfCare and back: admitted, discharged, and the bed held now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.errors import Refusal
from app.core.unit import Reader, Unit
from app.fhir import Held, House, NotYet, local
from app.fhir.carried import Whence
from app.fhir.clinicals import ClinicalMapper
from app.fhir.coding import words
from app.fhir.elements import day, filled, referred, said_in
from app.residents.fhir.consent import records_held, resident_here
from app.residents.search_row import keep_search
from db.models import Place, Resident, Stay

BED = "urn:carestation:bed"
_STATUSES = ("active", "finished", "entered-in-error")


class StayMapper(ClinicalMapper[Stay]):
    """EpisodeOfCare has no author element of its kind (careManager is another thing): the envelope names the author."""

    kind = "stay"
    resource = "EpisodeOfCare"
    model = Stay
    owned = frozenset({"status", "patient", "managingOrganization", "period"})
    marks = frozenset({BED})
    author_element = ""

    def held(self, reader: Reader, rows: Iterable[Stay]) -> Mapping[UUID, Held]:
        return records_held(reader, rows)

    def elements(self, house: House, row: Stay) -> dict[str, Any]:
        status = "active" if row.ends is None else "finished"
        return filled(
            extension=[{"url": BED, "valueReference": local("Location", row.bed)}] if row.bed else [],
            status="entered-in-error" if row.state == "retracted" else status,
            patient=local("Patient", row.resident),
            managingOrganization=local("Organization", house.institution),
            period=filled(
                start=row.begins.isoformat() if row.begins else None,
                end=row.ends.isoformat() if row.ends else None,
            ),
        )

    def read(self, house: House, body: dict[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
        status, period = body.get("status"), body.get("period") or {}
        if status not in _STATUSES:
            raise Refusal(f"区平台上的入住状态“{words(status or '空')}”本站没有，请核对。")
        ends = day(period.get("end"), house.zone, "退住日期") or before.get("ends")
        if status == "finished" and ends is None:
            raise Refusal("区平台上已退住，但没有退住日期，请核对。")
        return {
            "resident": referred(body.get("patient"), "Patient") or before.get("resident"),
            "begins": day(period.get("start"), house.zone, "入住日期") or before.get("begins"),
            "ends": ends,
            "status": "ended" if ends else "in",
            "bed": referred(said_in(body, BED), "Location") or before.get("bed"),
        }

    def check(self, unit: Unit, said: dict[str, Any], by: Whence, *, retracted: bool) -> None:
        resident_here(unit, said["resident"])
        if said["begins"] and said["ends"] and said["ends"] < said["begins"]:
            raise Refusal("区平台上的退住日期早于入住日期，请核对。")
        if said["bed"] is None or retracted:
            return
        bed = unit.session.get(Place, said["bed"])
        if bed is None:
            raise NotYet("这次入住的床位还没有收到。")
        if said["ends"] is None and (holder := _holder(unit, bed, by.rid)):
            raise NotYet(f"床位 {bed.label or bed.name} 在本站由 {holder} 住着，请核对。")

    def settled(self, unit: Unit, row: Stay) -> None:
        keep_search(unit, row.resident)


def _holder(unit: Unit, bed: Place, stay: UUID) -> str | None:
    """The number of another resident who lies in a bed."""
    statement = (
        select(Resident.number)
        .join(Stay, Stay.resident == Resident.rid)
        .where(Stay.bed == bed.rid, Stay.rid != stay)
        .where(Stay.current, Stay.ends.is_(None), Stay.state != "retracted")
    )
    return unit.session.scalar(statement)
