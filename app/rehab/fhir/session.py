"""What became of a session as Procedure and back: held, stopped before its time, or not done and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.core.unit import Reader, Unit
from app.fhir import House, local
from app.fhir.carrying import stamp
from app.fhir.coding import coded_as, words
from app.fhir.elements import filled
from app.rehab.fhir.guarded import (
    DISCIPLINE,
    FIELD,
    PERTAINS,
    annotated,
    here,
    listed,
    peopled,
    pertains,
    rids_of,
)
from app.rehab.lists.attendance import SOAP, attendances, reactions, reason_words
from app.rehab.lists.disciplines import discipline_words
from app.residents.fhir.apart import ApartMapper
from app.residents.fhir.people import person
from db.models import RehabItem, RehabSession
from db.models.training import ATTENDANCES

RESOURCE, SLOT = "Procedure", "rehab-session"
REASON, REACTION = "urn:carestation:rehab-reason", "urn:carestation:rehab-reaction"
HELD = {"done": "completed", "partly": "stopped"}
NOT_HELD = "not-done"


class SessionMapper(ApartMapper[RehabSession]):
    """Two stations that recorded one session both stay. Values at rest are vitals of their own; those under load,
    rules that fired and the dose that was done stand among the fields. One that still goes on is not sent.
    """

    kind = "rehab_session"
    called = "训练记录"
    resource = RESOURCE
    model = RehabSession
    field = FIELD
    owned = frozenset(
        {
            "status", "statusReason", "category", "code", "subject", "basedOn", "performedDateTime",
            "performedPeriod", "recorder", "performer", "outcome", "complication", "note",
        }
    )  # fmt: skip
    marks = frozenset({FIELD, PERTAINS})
    word, slot = "procedure", SLOT
    safe = ("status", "performedDateTime", "performedPeriod")

    def house(self, reader: Reader) -> House:
        return peopled(reader)

    def sound(self, content: Mapping[str, Any]) -> bool:
        return content["attendance"] in ATTENDANCES and content["ended_at"] is not None

    def fits(self, unit: Unit, content: Mapping[str, Any]) -> None:
        here(unit, RehabItem, content["item"], "这次训练的治疗项目还没有收到。")

    def said(self, house: House, row: Any) -> dict[str, Any]:
        seen = row.soap.get("a")
        return filled(
            extension=pertains(rids_of(row.goals)),
            status=HELD.get(row.attendance, NOT_HELD),
            statusReason={} if row.attendance == "done" else _reason(row),
            category=coded_as(DISCIPLINE, words(row.discipline), words(discipline_words(row.discipline))),
            code={"text": words(row.words) or "康复训练"},
            basedOn=[local("ServiceRequest", row.item)],
            **_when(house, row),
            recorder=person(house, row.author),
            performer=[{"actor": person(house, row.therapist)}] if row.therapist else [],
            outcome=filled(text=words(seen)) if isinstance(seen, str) else {},
            complication=list(_reactions(row)),
            note=annotated(_notes(row)),
        )


def _when(house: House, row: Any) -> dict[str, Any]:
    if row.attendance not in HELD or row.ended_at < row.at:
        return {"performedDateTime": stamp(house, row.at)}
    return {"performedPeriod": {"start": stamp(house, row.at), "end": stamp(house, row.ended_at)}}


def _reason(row: Any) -> dict[str, Any]:
    """Why it was not held or not to its end: the reason, what was said of it, and the rules that stopped it."""
    why, known = words(row.why), attendances().get(row.attendance)
    rules = [one.get("words") for one in listed(row.stopped, "all") if _stops(one)]
    said = [reason_words(why) if why else "", row.why_words, *rules]
    shown = "，".join(text for one in said if isinstance(one, str) and (text := words(one)))
    return coded_as(REASON, why, shown) or {"text": shown or (known.words if known else row.attendance)}


def _stops(rule: Any) -> bool:
    return isinstance(rule, dict) and rule.get("effect") == "stop"


def _reactions(row: Any) -> Iterator[dict[str, Any]]:
    known = reactions()
    for code in row.reactions:
        if isinstance(code, str) and words(code):
            yield coded_as(REACTION, words(code), known[code].words if code in known else words(code))


def _notes(row: Any) -> Iterator[str]:
    """The note in its four parts, and what was noted beside it."""
    for part in SOAP:
        said = row.soap.get(part)
        if isinstance(said, str) and words(said):
            yield f"{part.upper()}：{words(said)}"
    yield row.note
