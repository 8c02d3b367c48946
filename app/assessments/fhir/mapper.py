"""The assessment's translator: one record, its response, its two findings, its signatures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.assessments.fhir.observations import observations
from app.assessments.fhir.response import INSTRUMENT, NUMBER, read_response, response
from app.assessments.fhir.signed import given, provenance, signers, take_signature
from app.core.errors import Refusal
from app.core.unit import Reader, Unit
from app.fhir import Arrival, Held, House, NotYet, Part, Revision, Taken
from app.fhir.carried import Whence
from app.fhir.clinicals import ClinicalMapper
from app.fhir.coding import systems_in
from app.fhir.elements import referred
from app.residents.fhir.consent import records_held, resident_here
from db.models import Assessment


class AssessmentMapper(ClinicalMapper[Assessment]):
    """Response and back; the Observations follow from it and are never read."""

    kind = "assessment"
    resource = "QuestionnaireResponse"
    model = Assessment
    owned = frozenset({"questionnaire", "status", "subject", "authored", "author", "item"})
    marks = frozenset({NUMBER})
    author_element = "author"

    @property
    def types(self) -> tuple[str, ...]:
        return ("QuestionnaireResponse", "Observation", "Provenance")

    @property
    def takes(self) -> frozenset[str]:
        return frozenset(self.types)

    def claims(self, body: dict[str, Any]) -> bool:
        """Of the types, only Observation is shared: a finding is coded by its instrument."""
        return any(system.startswith(INSTRUMENT) for system in systems_in(body.get("code")))

    def held(self, reader: Reader, rows: Iterable[Assessment]) -> Mapping[UUID, Held]:
        return records_held(reader, rows)

    def elements(self, house: House, row: Assessment) -> dict[str, Any]:
        return response(house, row)

    def read(self, house: House, body: dict[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
        return read_response(body, before)

    def resources(self, house: House, row: Assessment, known: frozenset[UUID]) -> tuple[Part, ...]:
        author = row.author if row.author in known else None
        return (*super().resources(house, row, known), *observations(house, row, author))

    def parts(self, reader: Reader, asked: Sequence[Revision]) -> dict[Revision, tuple[Part, ...] | Held]:
        found = super().parts(reader, asked)
        by_revision = given(reader, (one.record for one in found))
        known = signers(reader, (row for rows in by_revision.values() for row in rows))
        house = House.of(reader.settings)
        for one, parts in found.items():
            if not isinstance(parts, Held):
                rows = by_revision.get((one.record, one.revision, one.station), [])
                found[one] = (*parts, *(provenance(house, row, known) for row in rows))
        return found

    def take(self, unit: Unit, arrival: Arrival) -> Taken:
        if arrival.type == "Provenance":
            return take_signature(unit, arrival)
        if arrival.type == "Observation":
            return _belonging(unit, arrival)
        return super().take(unit, arrival)

    def check(self, unit: Unit, said: dict[str, Any], by: Whence, *, retracted: bool) -> None:
        resident_here(unit, said["resident"])
        if said["level"] is not None and not 0 <= said["level"] <= 5:
            raise Refusal(f"区平台上的这份评估等级是{said['level']}，应在 0 到 5 之间，请核对。")


def _belonging(unit: Unit, arrival: Arrival) -> Taken:
    """Which record a finding belongs to: it says nothing that the response does not say."""
    record = referred(next(iter(arrival.body.get("derivedFrom") or []), None), "QuestionnaireResponse")
    row = unit.session.scalar(select(Assessment).where(Assessment.rid == record, Assessment.current))
    if row is None:
        raise NotYet("这项结果的评估还没有收到。")
    return Taken(row.rid, row.revision, row.station, changed=False)
