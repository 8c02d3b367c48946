"""The journals' translator: each journal that goes has its shape; every field stands beside it as it was written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from app.core.errors import Refusal
from app.core.unit import Reader, Unit
from app.fhir import Held, House, Part, local
from app.fhir.carried import Whence
from app.fhir.carrying import stamp
from app.fhir.clinicals import ClinicalMapper
from app.fhir.coding import systems_in
from app.fhir.elements import instant, referred, said_in
from app.fhir.fields import fields, fields_in
from app.journals.fhir.findings import INTAKE, LAB, FlagShape, IntakeShape, LabShape
from app.journals.fhir.papers import CONSENT, RESTRAINT, RESUSCITATION, CoverageShape, NoteShape
from app.journals.fhir.shape import Said, Shape
from app.residents.fhir.consent import records_held, resident_here
from db.models import Entry

JOURNAL, FIELD, HOLDS = (f"urn:carestation:{name}" for name in ("journal", "field", "holds"))
ERROR = "entered-in-error"
LOCAL = Held("不上传（只存本站）。")
SHAPES: dict[str, Shape] = {
    "insurance": CoverageShape(),
    "consent": CONSENT,
    "resuscitation": RESUSCITATION,
    "restraint": RESTRAINT,
    "isolation": FlagShape("isolation", "隔离"),
    "nine-risk": FlagShape("nine-risk", "九防风险"),
    "labs": LabShape(),
    "intake-output": IntakeShape(),
    "nursing-note": NoteShape(),
}
"""By journal. An entry of any other one is never queued (`Entry.goes`)."""
_COLUMNS = ("begins", "ends", "due_on")


class EntryMapper(ClinicalMapper[Entry]):
    """An entry is one resource, of the type its journal has."""

    kind = "entry"
    resource = ""
    model = Entry
    owned = frozenset()
    marks = frozenset({JOURNAL, FIELD, HOLDS})

    @property
    def types(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(shape.resource for shape in SHAPES.values()))

    @property
    def takes(self) -> frozenset[str]:
        return frozenset(self.types)

    def claims(self, body: dict[str, Any]) -> bool:
        """Of its types, only Observation is shared."""
        return bool(systems_in(body.get("code")) & {LAB, INTAKE})

    def resource_of(self, row: Entry) -> str:
        return SHAPES[row.journal].resource

    def owns(self, row: Entry) -> frozenset[str]:
        return SHAPES[row.journal].owned

    def held(self, reader: Reader, rows: Iterable[Entry]) -> Mapping[UUID, Held]:
        known = list(rows)
        stay = {row.rid: LOCAL for row in known if row.journal not in SHAPES}
        return {**stay, **records_held(reader, known)}

    def resources(self, house: House, row: Entry, known: frozenset[UUID]) -> tuple[Part, ...]:
        part, shape = self.part(house, row), SHAPES[row.journal]
        if shape.author and row.author in known:
            who = local("Practitioner", row.author)
            part.body[shape.author] = [who] if shape.author_repeats else who
        return (part,)

    def elements(self, house: House, row: Entry) -> dict[str, Any]:
        shape = SHAPES[row.journal]
        content = {key: value for key, value in row.content.items() if not _kept_there(shape, key, value)}
        held = {key: value.isoformat() for key in _COLUMNS if (value := getattr(row, key)) is not None}
        said = Said(row.journal, row.resident, row.content, row.begins, row.ends, row.revision > 1)
        found: dict[str, Any] = {
            "extension": [
                {"url": JOURNAL, "valueCode": row.journal},
                *fields(FIELD, content),
                *fields(HOLDS, held),
            ],
            "status": shape.status(said),
            shape.subject: local("Patient", row.resident),
            **shape.elements(house, said),
        }
        if shape.timed:
            found[shape.timed] = stamp(house, row.at)
        if row.state == "retracted":
            found["status"] = ERROR
            found |= {"docStatus": ERROR} if "docStatus" in found else {}
        return found

    def read(self, house: House, body: dict[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
        journal = said_in(body, JOURNAL) or before.get("journal", "")
        shape = SHAPES.get(journal)
        if shape is None:
            raise Refusal("区平台上的这份照护记录不属于本站有的任何一种，请核对。")
        resident = referred(body.get(shape.subject), "Patient") or before.get("resident")
        written = fields_in(body, FIELD)
        content = {**before.get("content", {})} if written is None else dict(written)
        if shape.keeps in before.get("content", {}):  # a server may keep an attachment elsewhere
            content.setdefault(shape.keeps, before["content"][shape.keeps])
        held = fields_in(body, HOLDS)
        days = {
            key: _day(held, key) if held is not None or not before else before.get(key) for key in _COLUMNS
        }
        _amend(house, shape, body, Said(journal, resident, content, days["begins"], days["ends"]), days)
        _refuse_status(shape, body, Said(journal, resident, content, days["begins"], days["ends"]))
        at = {"at": instant(body.get(shape.timed), before.get("at"))} if shape.timed else {}
        return {"resident": resident, "journal": journal, "content": content, **days, **at}

    def check(self, unit: Unit, said: dict[str, Any], by: Whence, *, retracted: bool) -> None:
        resident_here(unit, said["resident"])


def _kept_there(shape: Shape, key: str, value: Any) -> bool:
    """Whether a field stands in an element of FHIR's own only."""
    return key == shape.keeps and isinstance(value, str) and bool(value)


def _amend(house: House, shape: Shape, body: dict[str, Any], said: Said, days: dict[str, Any]) -> None:
    """Take over what FHIR's own elements say otherwise than our fields would have it: another program changed it."""
    heard, meant = shape.hear(house, body), shape.hear(house, shape.elements(house, said))
    content: Any = said.content
    for key, value in heard.content.items():
        if value != meant.content.get(key):
            content[key] = _alike(content.get(key), value)
    if heard.ends is not None and heard.ends != meant.ends:
        days["ends"] = heard.ends


def _alike(was: Any, value: Any) -> Any:
    """A number in the form it had."""
    return f"{value:g}" if isinstance(was, str) and isinstance(value, float) else value


def _refuse_status(shape: Shape, body: dict[str, Any], said: Said) -> None:
    status = body.get("status")
    if shape.holds and status not in (None, ERROR, shape.status(said)):
        raise Refusal(f"区平台把这份照护记录的状态改成了“{status}”，请核对后在本站更正或结束。")


def _day(held: Mapping[str, Any] | None, key: str) -> date | None:
    said = (held or {}).get(key)
    return date.fromisoformat(str(said)) if said else None
