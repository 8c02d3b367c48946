"""The assessment's translator: one record, its response, its findings, its signatures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.assessments.fhir.furnished import furnished
from app.assessments.fhir.links import GRADES, INSTRUMENT
from app.assessments.fhir.observations import observations
from app.assessments.fhir.response import NUMBER, TONE, read_response, response
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

_FINDINGS = {"Observation": "derivedFrom", "RiskAssessment": "basis"}
"""Types that say nothing the response does not say, and where they name it."""


class AssessmentMapper(ClinicalMapper[Assessment]):
    """Response and back; Observations and RiskAssessments follow from it and are never read."""

    kind = "assessment"
    resource = "QuestionnaireResponse"
    model = Assessment
    owned = frozenset({"questionnaire", "status", "subject", "authored", "author", "item"})
    marks = frozenset({NUMBER, TONE})
    author_element = "author"

    @property
    def types(self) -> tuple[str, ...]:
        return ("QuestionnaireResponse", *_FINDINGS, "Provenance")

    @property
    def takes(self) -> frozenset[str]:
        return frozenset(self.types)

    def claims(self, body: dict[str, Any]) -> bool:
        """Of the types, only Observation is shared: a finding is coded by its instrument."""
        return any(system.startswith(INSTRUMENT) for system in systems_in(body.get("code")))

    def held(self, reader: Reader, rows: Iterable[Assessment]) -> Mapping[UUID, Held]:
        return records_held(reader, rows)

    def house(self, reader: Reader) -> House:
        return furnished(reader)

    def elements(self, house: House, row: Assessment) -> dict[str, Any]:
        return response(house, row)

    def read(self, house: House, body: dict[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
        return read_response(body, before)

    def beside(
        self, reader: Reader, house: House, rows: Mapping[Revision, Assessment], known: frozenset[UUID]
    ) -> Mapping[Revision, tuple[Part, ...]]:
        before = _earlier(reader, rows.values())
        by_revision = given(reader, (one.record for one in rows))
        signing = signers(reader, (one for some in by_revision.values() for one in some))
        found = {}
        for one, row in rows.items():
            author = row.author if row.author in known else None
            older = [former for former in before.get(row.rid, ()) if former.revision < row.revision]
            signed = by_revision.get((one.record, one.revision, one.station), ())
            found[one] = (
                *observations(house, row, author, older),
                *(provenance(house, signature, signing) for signature in signed),
            )
        return found

    def take(self, unit: Unit, arrival: Arrival) -> Taken:
        if arrival.type == "Provenance":
            return take_signature(unit, arrival)
        if arrival.type in _FINDINGS:
            return _belonging(unit, arrival)
        return super().take(unit, arrival)

    def check(self, unit: Unit, said: dict[str, Any], by: Whence, *, retracted: bool) -> None:
        resident_here(unit, said["resident"])
        if said["level"] is not None and not 0 <= said["level"] <= 5:
            raise Refusal(f"区平台上的这份评估等级是{said['level']}，应在 0 到 5 之间，请核对。")
        if unknown := set(said["risks"].values()) - GRADES.keys():
            raise Refusal(f"区平台上的这份评估写着本站没有的风险程度“{min(unknown)}”，请核对。")


def _earlier(reader: Reader, rows: Iterable[Assessment]) -> dict[UUID, list[Assessment]]:
    """Every revision of the records that have several."""
    corrected = {row.rid for row in rows if row.revision > 1}
    found: dict[UUID, list[Assessment]] = {}
    if corrected:
        for row in reader.session.scalars(select(Assessment).where(Assessment.rid.in_(corrected))):
            found.setdefault(row.rid, []).append(row)
    return found


def _belonging(unit: Unit, arrival: Arrival) -> Taken:
    """Which record a finding belongs to: it says nothing that the response does not say."""
    named = next(iter(arrival.body.get(_FINDINGS[arrival.type]) or []), None)
    record = referred(named, "QuestionnaireResponse")
    row = unit.session.scalar(select(Assessment).where(Assessment.rid == record, Assessment.current))
    if row is None:
        raise NotYet("这项结果的评估还没有收到。")
    return Taken(row.rid, row.revision, row.station, changed=False)
