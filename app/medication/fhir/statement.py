"""What a resident or relative signed about medicines as Communication and back, with the strokes."""

from __future__ import annotations

from typing import Any

from app.core.errors import Refusal
from app.core.unit import Unit
from app.fhir import House, local
from app.fhir.carried import Whence
from app.fhir.carrying import stamp
from app.fhir.coding import coded, kept, systems_in
from app.fhir.elements import filled
from app.medication.fhir.guarded import MedicationMapper
from db.models import MedStatement
from db.models.medication import STATEMENTS

STATEMENT = "urn:carestation:medication-statement"
TITLES = {"own_supply": "自备药协议", "long_term": "长期处方确认", "free": "免费药领取"}
_SELF = "本人"


class MedStatementMapper(MedicationMapper[MedStatement]):
    """The sender is who signed, by name; who took it down stands in the envelope: Communication has no author."""

    kind = "med_statement"
    called = "用药知情与签收"
    resource = "Communication"
    model = MedStatement
    owned = frozenset({"status", "category", "subject", "sent", "sender", "payload"})
    author_element = ""

    def claims(self, body: dict[str, Any]) -> bool:
        """Statements about assessments are Communications too: theirs is what says nothing of medicines."""
        return any(STATEMENT in systems_in(one) for one in body.get("category") or [])

    def said(self, house: House, row: Any) -> dict[str, Any]:
        said = kept(row.words)
        return filled(
            status="completed",
            category=[coded(STATEMENT, row.what, TITLES.get(row.what, ""))],
            sender=_sender(row),
            payload=[{"contentString": said}] if said.strip() else [],
        )

    def dated(self, house: House, row: MedStatement) -> dict[str, Any]:
        return {"sent": stamp(house, row.at)}

    def check(self, unit: Unit, said: dict[str, Any], by: Whence, *, retracted: bool) -> None:
        super().check(unit, said, by, retracted=retracted)
        if said["what"] not in STATEMENTS:
            raise Refusal("区平台上的这份用药知情没有写明是哪一种，请核对。")


def _sender(row: Any) -> dict[str, Any]:
    name = kept(row.name)
    if not name.strip():
        return {}
    who = local("Patient", row.resident) if row.relation == _SELF else {"type": "RelatedPerson"}
    return {**who, "display": name}
