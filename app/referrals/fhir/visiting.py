"""A doctor who comes from outside as PractitionerRole at the partner, and back."""

from __future__ import annotations

from typing import Any

from app.fhir import House
from app.fhir.coding import CERTIFICATE, words
from app.fhir.elements import filled
from app.fhir.people import human_name
from app.referrals.fhir.guarded import ActiveMapper, organisation, phones
from app.residents.fhir.people import person
from db.models import VisitingDoctor


class VisitingDoctorMapper(ActiveMapper[VisitingDoctor]):
    """The person is contained: as a Practitioner of its own it would be one of our staff. Who has an account here is
    referred to."""

    kind = "visiting_doctor"
    called = "来院医师"
    resource = "PractitionerRole"
    model = VisitingDoctor
    owned = frozenset(
        {"active", "period", "practitioner", "organization", "code", "specialty", "telecom", "contained"}
    )
    marks = ActiveMapper.marks | {"phone"}
    safe = ("active", "period")

    def said(self, house: House, row: Any) -> dict[str, Any]:
        title, department, name = words(row.title), words(row.department), words(row.name)
        who = {"reference": "#doctor", "display": name} if name else {}
        return filled(
            contained=[] if row.staff or not name else [_doctor(row)],
            active=row.ends is None or row.ends > row.recorded_at.astimezone(house.zone).date(),
            period=_period(row),
            practitioner=person(house, row.staff, name) if row.staff else who,
            organization=organisation(row.partner),
            code=[{"text": title}] if title else [],
            specialty=[{"text": department}] if department else [],
            telecom=phones(row.phone),
        )


def _doctor(row: Any) -> dict[str, Any]:
    held = words(row.certificate)
    return filled(
        resourceType="Practitioner",
        id="doctor",
        identifier=[{"system": CERTIFICATE, "value": held}] if held else [],
        name=human_name(row.name),
    )


def _period(row: Any) -> dict[str, str]:
    over = row.ends is not None and row.ends >= row.begins
    return {"start": row.begins.isoformat(), **({"end": row.ends.isoformat()} if over else {})}
