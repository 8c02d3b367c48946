"""The incident's translator. AdverseEvent has no status and no account of what happened: both are extensions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from app.core.errors import Refusal
from app.core.unit import Reader, Unit
from app.fhir import Held, House, identified, local
from app.fhir.carried import Whence
from app.fhir.carrying import stamp
from app.fhir.clinicals import ClinicalMapper
from app.fhir.coding import code_in, coded, coded_as, text_of, words
from app.fhir.elements import extension, filled, instant, referred, said_in
from app.fhir.fields import fields, fields_in
from app.fhir.lists import words_of
from app.residents.fhir.consent import records_held, resident_here
from db.models import Incident

INCIDENT, HARM = "urn:carestation:incident", "urn:carestation:harm"
NUMBER, STATUS, STATE, HAPPENED, FIELD = (
    f"urn:carestation:incident-{name}" for name in ("number", "status", "state", "happened", "field")
)
ERROR = "entered-in-error"
STATUSES = ("reported", "reviewed", "closed")
SEVERITY = "http://terminology.hl7.org/CodeSystem/adverse-event-severity"
_LISTS = ("incidents", "kinds.toml")


class IncidentMapper(ClinicalMapper[Incident]):
    """Of nobody in particular (a fire, a broken lift) it is the institution's."""

    kind = "incident"
    resource = "AdverseEvent"
    model = Incident
    owned = frozenset(
        {
            "actuality",
            "event",
            "subject",
            "date",
            "recordedDate",
            "location",
            "seriousness",
            "severity",
            "recorder",
        }
    )
    marks = frozenset({NUMBER, STATUS, STATE, HAPPENED, FIELD})

    def held(self, reader: Reader, rows: Iterable[Incident]) -> Mapping[UUID, Held]:
        return records_held(reader, [row for row in rows if row.resident is not None])

    def retracts(self, body: dict[str, Any]) -> bool:
        return bool(said_in(body, STATE) == ERROR)

    def owns(self, row: Incident) -> frozenset[str]:
        """Where and how bad: what we do not say is theirs, unless a person here took it out."""
        harm = words(row.harm)
        said = {"location": words(row.place), "seriousness": harm, "severity": harm}
        return self.owned - {name for name, text in said.items() if not text and row.state != "corrected"}

    def elements(self, house: House, row: Incident) -> dict[str, Any]:
        code, harm, place = words(row.code), words(row.harm), words(row.place)
        return filled(
            extension=[
                *extension(NUMBER, "String", words(row.number)),
                *extension(STATUS, "Code", row.status),
                *extension(STATE, "Code", ERROR if row.state == "retracted" else None),
                *extension(HAPPENED, "String", words(row.happened)),
                *fields(FIELD, row.content),
            ],
            actuality="actual",
            event=coded_as(INCIDENT, code, words_of(code, "kind", *_LISTS)),
            subject=_subject(house, row.resident),
            date=stamp(house, row.at),
            recordedDate=stamp(house, row.recorded_at),
            location={"display": place} if place else {},
            seriousness=coded_as(HARM, harm, words_of(harm, "harm", *_LISTS)),
            severity=coded(SEVERITY, harm) if harm in ("mild", "moderate", "severe") else {},
        )

    def read(self, house: House, body: dict[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
        status, content = said_in(body, STATUS), fields_in(body, FIELD)
        harm, event = body.get("seriousness"), body.get("event")
        return {
            "number": words(said_in(body, NUMBER) or "") or before.get("number", ""),
            "code": code_in(event, INCIDENT) or text_of(event) or before.get("code", ""),
            "happened": words(said_in(body, HAPPENED) or "") or before.get("happened", ""),
            "resident": referred(body.get("subject"), "Patient") or before.get("resident"),
            "status": status if status in STATUSES else before.get("status", "reported"),
            "place": words((body.get("location") or {}).get("display") or "") or before.get("place", ""),
            "harm": code_in(harm, HARM) or text_of(harm) or before.get("harm", ""),
            "content": before.get("content", {}) if content is None else content,
            "at": instant(body.get("date"), before.get("at")),
        }

    def check(self, unit: Unit, said: dict[str, Any], by: Whence, *, retracted: bool) -> None:
        if not (said["number"] and said["code"]):
            raise Refusal("区平台上的这起不良事件没有编号或类别，请核对。")
        if said["resident"] is not None:
            resident_here(unit, said["resident"])


def _subject(house: House, resident: UUID | None) -> dict[str, Any]:
    """Somebody must be named: where it happened to nobody, it is the people of the house."""
    if resident is not None:
        return local("Patient", resident)
    return {"type": "Group", "identifier": identified(house, house.institution), "display": words(house.name)}
