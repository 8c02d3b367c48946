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
from app.fhir.coding import code_in, coded, words
from app.fhir.elements import day, extension, filled, referred, said_in
from app.residents.fhir.consent import records_held, resident_here
from app.residents.search_row import keep_search
from db.models import Place, Resident, Stay

BED, STATUS, MODE = (f"urn:carestation:{name}" for name in ("bed", "stay-status", "service-mode"))
EXPECTED, OUTCOME, NOTE = (f"urn:carestation:{name}" for name in ("expected", "outcome", "note"))
_MODES = {
    "resident": "机构", "day": "日托", "week": "周托", "month": "月托", "home": "居家", "home_bed": "家庭病床"
}  # fmt: skip
_STATUSES = {
    "enquiry": "planned", "reserved": "planned", "in": "active", "ended": "finished", "withdrawn": "cancelled"
}  # fmt: skip
_MEANT = {"planned": "reserved", "active": "in", "finished": "ended", "cancelled": "withdrawn"}
_ERROR = "entered-in-error"


class StayMapper(ClinicalMapper[Stay]):
    """EpisodeOfCare has no author element of its kind (careManager is another thing): the envelope names the author."""

    kind = "stay"
    resource = "EpisodeOfCare"
    model = Stay
    owned = frozenset({"status", "type", "patient", "managingOrganization", "period"})
    marks = frozenset({BED, STATUS, EXPECTED, OUTCOME, NOTE})
    author_element = ""

    def held(self, reader: Reader, rows: Iterable[Stay]) -> Mapping[UUID, Held]:
        return records_held(reader, rows)

    def elements(self, house: House, row: Stay) -> dict[str, Any]:
        step = "ended" if row.status == "in" and row.ends else row.status
        return filled(
            extension=[
                *([{"url": BED, "valueReference": local("Location", row.bed)}] if row.bed else []),
                *extension(STATUS, "Code", step),
                *extension(EXPECTED, "Date", row.expected.isoformat() if row.expected else None),
                *extension(OUTCOME, "String", words(row.outcome)),
                *extension(NOTE, "String", words(row.note)),
            ],
            status=_ERROR if row.state == "retracted" else _STATUSES.get(step, "active"),
            type=[coded(MODE, row.mode, _MODES.get(row.mode, ""))],
            patient=local("Patient", row.resident),
            managingOrganization=local("Organization", house.institution),
            period=filled(
                start=row.begins.isoformat() if row.begins else None,
                end=row.ends.isoformat() if row.ends else None,
            ),
        )

    def read(self, house: House, body: dict[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
        status, period = body.get("status"), body.get("period") or {}
        if status not in (*_MEANT, _ERROR):
            raise Refusal(f"区平台上的入住状态“{words(status or '空')}”本站没有，请核对。")
        ends = day(period.get("end"), house.zone, "退住日期") or before.get("ends")
        if status == "finished" and ends is None:
            raise Refusal("区平台上已退住，但没有退住日期，请核对。")
        return {
            "resident": referred(body.get("patient"), "Patient") or before.get("resident"),
            "begins": day(period.get("start"), house.zone, "入住日期") or before.get("begins"),
            "ends": ends,
            "status": _step(body, before),
            "bed": referred(said_in(body, BED), "Location") or before.get("bed"),
            "mode": _mode(body) or before.get("mode", "resident"),
            "expected": day(said_in(body, EXPECTED), house.zone, "预计日期") or before.get("expected"),
            "outcome": words(said_in(body, OUTCOME) or "") or before.get("outcome", ""),
            "note": words(said_in(body, NOTE) or "") or before.get("note", ""),
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


def _step(body: dict[str, Any], before: Mapping[str, Any]) -> str:
    """How far it has come: as we said it, unless another program has changed FHIR's coarser status since."""
    status = str(body.get("status"))
    for said in (said_in(body, STATUS), before.get("status")):
        if said in _STATUSES and status in (_STATUSES[said], _ERROR):
            return str(said)
    return _MEANT.get(status, "in")


def _mode(body: dict[str, Any]) -> str:
    codes = (code_in(one, MODE) for one in body.get("type") or [])
    return next((code for code in codes if code in _MODES), "")


def _holder(unit: Unit, bed: Place, stay: UUID) -> str | None:
    """The number of another resident who lies in a bed."""
    statement = (
        select(Resident.number)
        .join(Stay, Stay.resident == Resident.rid)
        .where(Stay.bed == bed.rid, Stay.rid != stay)
        .where(Stay.current, Stay.ends.is_(None), Stay.state != "retracted")
    )
    return unit.session.scalar(statement)
