"""What somebody said of an assessment (consent, doubt, another opinion) as Communication about it, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.assessments.statements.said import ASSESSOR, CARE, TITLES
from app.core.errors import Refusal
from app.core.unit import Reader, Unit
from app.fhir import Held, House, NotYet, local
from app.fhir.carried import Whence
from app.fhir.carrying import stamp
from app.fhir.clinicals import ClinicalMapper
from app.fhir.coding import code_in, coded, kept, words
from app.fhir.elements import extension, filled, instant, referred, said_in
from app.fhir.fields import fields, fields_in
from app.residents.fhir.consent import records_held, resident_here
from db.models import Assessment, AssessmentStatement
from db.models.assessments import STATEMENTS

STATEMENT = "urn:carestation:assessment-statement"
RELATION, DRAWN, DECIDED = (f"urn:carestation:{name}" for name in ("relation-words", "drawn", "decided"))
ERROR = "entered-in-error"
_SELF = "本人"
_BY_STAFF = frozenset({ASSESSOR, CARE})


class StatementMapper(ClinicalMapper[AssessmentStatement]):
    """The sender is who said it, by name; who wrote it down stands in the envelope: Communication has no author."""

    kind = "assessment_statement"
    resource = "Communication"
    model = AssessmentStatement
    owned = frozenset({"status", "category", "subject", "about", "sent", "sender", "payload"})
    marks = frozenset({RELATION, DRAWN, DECIDED})
    author_element = ""

    def held(self, reader: Reader, rows: Iterable[AssessmentStatement]) -> Mapping[UUID, Held]:
        return records_held(reader, rows)

    def elements(self, house: House, row: AssessmentStatement) -> dict[str, Any]:
        said = kept(row.words)
        return filled(
            extension=[
                *extension(RELATION, "String", kept(row.relation)),
                *fields(DRAWN, row.drawn),
                *fields(DECIDED, row.decided),
            ],
            status=ERROR if row.state == "retracted" else "completed",
            category=[coded(STATEMENT, row.what, TITLES.get(row.what, ""))],
            subject=local("Patient", row.resident),
            about=[local("QuestionnaireResponse", row.assessment)],
            sent=stamp(house, row.at),
            sender=_sender(row),
            payload=[{"contentString": said}] if said.strip() else [],
        )

    def read(self, house: House, body: dict[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
        status = body.get("status")
        if status not in (None, "completed", ERROR):
            raise Refusal(f"区平台把这份评估意见的状态改成了“{words(status)}”，请核对。")
        category: dict[str, Any] = next(iter(body.get("category") or []), {})
        about = next(iter(body.get("about") or []), None)
        payload: dict[str, Any] = next(iter(body.get("payload") or []), {})
        drawn, decided = fields_in(body, DRAWN), fields_in(body, DECIDED)
        name = kept((body.get("sender") or {}).get("display") or "")
        return {
            "resident": referred(body.get("subject"), "Patient") or before.get("resident"),
            "assessment": referred(about, "QuestionnaireResponse") or before.get("assessment"),
            "what": code_in(category, STATEMENT) or before.get("what", ""),
            "name": name or before.get("name", ""),
            "relation": kept(said_in(body, RELATION) or "") or before.get("relation", ""),
            "words": kept(payload.get("contentString") or "") or before.get("words", ""),
            "drawn": before.get("drawn", {}) if drawn is None else drawn,
            "decided": before.get("decided", {}) if decided is None else decided,
            "at": instant(body.get("sent"), before.get("at")),
        }

    def check(self, unit: Unit, said: dict[str, Any], by: Whence, *, retracted: bool) -> None:
        resident_here(unit, said["resident"])
        if said["what"] not in STATEMENTS:
            raise Refusal("区平台上的这份评估意见没有写明是哪一种，请核对。")
        found = select(Assessment.rid).where(Assessment.rid == said["assessment"]).limit(1)
        if unit.session.scalar(found) is None:
            raise NotYet("这份意见所说的评估还没有收到。")


def _sender(row: AssessmentStatement) -> dict[str, Any]:
    """The resident, a relative or a person of the house, by the name that was written."""
    name = kept(row.name)
    if not name.strip():
        return {}
    if row.what in _BY_STAFF:
        return {"type": "Practitioner", "display": name}
    if row.relation == _SELF:
        return {**local("Patient", row.resident), "display": name}
    return {"type": "RelatedPerson", "display": name}
