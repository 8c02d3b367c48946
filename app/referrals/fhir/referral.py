"""A referral as ServiceRequest, with Task, Consent and a Communication for each time family was told; and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.errors import Refusal
from app.core.unit import Reader, Unit
from app.fhir import Arrival, House, NotYet, Part, Revision, Taken, envelope_of
from app.fhir.carried import ELSEWHERE, Hand, Whence, differing
from app.fhir.carrying import stamp
from app.fhir.coding import coded, words
from app.fhir.elements import filled, referred
from app.fhir.fields import fields_in
from app.referrals.documents.covering import document_rid, was_sent
from app.referrals.fhir.beside import consent, tellings
from app.referrals.fhir.guarded import (
    FIELD,
    ReferralsMapper,
    annotated,
    listed,
    named,
    numbered,
    organisation,
)
from app.referrals.fhir.task import PRIORITIES, REFERRAL, answered, is_told, stated, task
from app.referrals.moving.move import standing_of
from app.referrals.rules.states import Status, refusal_of
from app.residents.fhir.people import person
from db.models import Referral
from db.models.referrals import REFERRAL_STATUSES, URGENCIES

_DRAFTS = frozenset({Status.DRAFT, Status.PENDING, Status.REJECTED})
_ENDED = frozenset({Status.RETURNED, Status.ASSESSED, Status.ARCHIVED, Status.DIED})
_SBAR = {"I": "身份", "S": "现状", "B": "背景", "A": "评估", "R": "建议"}


class ReferralMapper(ReferralsMapper[Referral]):
    """The request is ours alone; the hospital answers at the Task. Strokes and times stand among the fields.

    The pack that left is a document of its own; it refers to this one, so that it is only named here.
    """

    kind = "referral"
    called = "转诊"
    resource = "ServiceRequest"
    model = Referral
    owned = frozenset(
        {
            "status", "intent", "category", "priority", "code", "subject", "authoredOn", "requester", "performer",
            "performerType", "reasonCode", "supportingInfo", "note",
        }
    )  # fmt: skip
    safe = ("status", "priority")

    @property
    def types(self) -> tuple[str, ...]:
        return ("ServiceRequest", "Consent", "Communication", "Task")

    @property
    def takes(self) -> frozenset[str]:
        return frozenset({"ServiceRequest", "Task"})

    def house_marks(self, house: House) -> frozenset[str]:
        return frozenset({f"{house.system}:referral"})

    def said(self, house: House, row: Any) -> dict[str, Any]:
        whom = organisation(row.partner, row.partner_words)
        return filled(
            identifier=numbered(house, "referral", row.number),
            status=_status(Status(row.status)),
            intent="order",
            category=[coded(REFERRAL, "referral", "转诊")],
            priority=PRIORITIES[row.urgency],
            code={"text": "转诊"},
            requester=person(house, row.doctor or row.author, row.doctor_name if row.doctor else ""),
            performer=[whom] if whom else [],
            performerType=filled(text=words(row.department)),
            reasonCode=list(_reasons(row)),
            note=annotated(_notes(row)),
        )

    def dated(self, house: House, row: Referral) -> dict[str, Any]:
        return filled(
            authoredOn=stamp(house, row.at), supportingInfo=[*_document(house, row), *_attached(row)]
        )

    def beside(
        self, reader: Reader, house: House, rows: Mapping[Revision, Referral], known: frozenset[UUID]
    ) -> Mapping[Revision, tuple[Part, ...]]:
        return {
            one: (*consent(house, row), *tellings(house, row), *([task(house, row)] if is_told(row) else ()))
            for one, row in rows.items()
        }

    def check(self, unit: Unit, said: dict[str, Any], by: Whence, *, retracted: bool) -> None:
        super().check(unit, said, by, retracted=retracted)
        if said["status"] not in REFERRAL_STATUSES or said["urgency"] not in URGENCIES or not said["number"]:
            raise Refusal("区平台上的这份转诊没有编号、状态或紧急程度，请核对。")

    def told_apart(self, theirs: dict[str, Any], ours: dict[str, Any], when: str) -> str:
        """A conflict of two stations in words: what each of them did. Empty where it is none of two stations."""
        said, here = envelope_of(theirs), envelope_of(ours)
        if said is None or here is None or said.station in (here.station, ELSEWHERE):
            return ""
        there, mine = _state_in(theirs), _state_in(ours)
        if there == mine:
            return f"{said.station} 站{when}也登记了“{there}”，内容不同，请决定以哪一份为准"
        return f"{said.station} 站{when}登记“{there}”，本站登记“{mine}”，请决定以哪一份为准"

    # what came -----------------------------------------------------------------------------------------------------

    def take(self, unit: Unit, arrival: Arrival) -> Taken:
        if arrival.type == "Task":
            return self._answer(unit, arrival)
        rows = list(unit.session.scalars(select(Referral).where(Referral.rid == arrival.rid)))
        current = next((one for one in rows if one.current), None)
        said = envelope_of(arrival.body)
        if current is None or said is None or current.station != ELSEWHERE:
            return super().take(unit, arrival)
        known = next(
            (one for one in rows if (one.revision, one.station) == (said.revision, said.station)), None
        )
        if known is not None and not known.current and self._says(arrival, House.of(unit.settings), known):
            return Taken(current.rid, current.revision, current.station, changed=False)
        if known is None and said.revision <= current.revision:
            return self._under(unit, arrival, current)
        return super().take(unit, arrival)

    def _says(self, arrival: Arrival, house: House, known: Referral) -> bool:
        """Whether a body says nothing but what a revision of before said."""
        before = self.read(house, self.whole(house, known), {})
        return not self.retracts(arrival.body) and not differing(
            before, self.understood(house, arrival.body, before)
        )

    def _under(self, unit: Unit, arrival: Arrival, current: Referral) -> Taken:
        """Another station wrote on while the hospital's answer was known here already: its revision goes under it.

        Both stations then have the same: what was written, and after it the hospital's answer, as far as it may follow.
        """
        lines = [one for one in current.moves.get("all", ()) if one.get("source") == "platform"]
        at, answer = current.recorded_at, self.content(current)
        taken = super()._first(unit, arrival, Hand.NEWER)
        fresh = self._current(unit, arrival.rid)
        last = lines[-1] if lines else None
        if last is None or last in fresh.moves.get("all", ()):
            return taken
        if refusal_of(standing_of(fresh), Status(last["to"])) is not None:
            return taken
        moved = {
            "moves": {"all": [*fresh.moves.get("all", ()), {**last, "from": fresh.status}]},
            "status": last["to"],
        }
        brought = {
            key: answer[key]
            for key in ("receiver", "booking", "due", "care")
            if answer[key] != getattr(fresh, key)
        }
        by = Whence(
            fresh.rid, self._next_number(unit, fresh), ELSEWHERE, current.author, current.author_role, fresh.at, at,
            "platform", current.reason,
        )  # fmt: skip
        self._follow(unit, fresh, by, {**brought, **moved})
        return Taken(fresh.rid, by.revision, by.station, changed=True)

    def _answer(self, unit: Unit, arrival: Arrival) -> Taken:
        """What the hospital says of the state: a move if the machine allows it; else it is only kept, and shown."""
        rid = referred(arrival.body.get("focus"), "ServiceRequest")
        row = None if rid is None else self._current(unit, rid)
        if row is None:
            raise NotYet("这项办理状态的转诊还没有收到。")
        said, was = stated(arrival.body), stated(arrival.base)
        if arrival.base is None and (known := self._named(unit, arrival, row.rid)) is not None:
            was = stated(task(House.of(unit.settings), known).body)
        moved = None if said == was else answered(unit, arrival, row)
        if moved is None:
            if said != was:
                unit.tell("referral", row.rid)
            return Taken(row.rid, row.revision, row.station, changed=False)
        by, changes = moved
        self._follow(unit, row, by, changes)
        return Taken(row.rid, by.revision, by.station, changed=True)

    def _named(self, unit: Unit, arrival: Arrival, rid: UUID) -> Referral | None:
        said = envelope_of(arrival.body)
        if said is None:
            return None
        which = (Referral.revision == said.revision, Referral.station == said.station)
        return unit.session.scalar(select(Referral).where(Referral.rid == rid, *which))

    def _current(self, unit: Unit, rid: UUID) -> Any:
        return unit.session.scalar(select(Referral).where(Referral.rid == rid, Referral.current))

    def _next_number(self, unit: Unit, row: Referral) -> int:
        """The number after a revision, where no answer of the hospital has it yet."""
        mine = (Referral.rid == row.rid, Referral.station == ELSEWHERE)
        taken = set(unit.session.scalars(select(Referral.revision).where(*mine)))
        return next(one for one in count(row.revision + 1) if one not in taken)

    def _follow(self, unit: Unit, row: Referral, by: Whence, changes: dict[str, Any]) -> None:
        """The revision after `row` in the hospital's name: the same at every station."""
        content = {**self.content(row), **changes}
        row.current = False
        unit.session.flush()
        unit.session.add(Referral(current=True, state="signed", **content, **by.columns()))
        unit.session.flush()


def _document(house: House, row: Referral) -> Iterator[dict[str, Any]]:
    """The pack that left, by identity: it refers to this request, and is sent after it."""
    if was_sent(row):
        rid = document_rid(house.institution, row.rid)
        yield {**named(house, "DocumentReference", rid), "display": "双向转诊单（PDF）"}


def _attached(row: Any) -> Iterator[dict[str, str]]:
    yield from ({"display": text} for one in listed(row.attachments, "all") if (text := _words(one)))


def _status(status: Status) -> str:
    if status in _DRAFTS:
        return "draft"
    if status in (Status.WITHDRAWN, Status.CANCELLED):
        return "revoked"
    return "completed" if status in _ENDED else "active"


def _state_in(body: dict[str, Any]) -> str:
    """The state a request or a Task says, in words."""
    if body.get("resourceType") == "Task":
        code = stated(body)[1]
    else:
        code = str((fields_in(body, FIELD) or {}).get("status", ""))
    return Status(code).words if code in set(Status) else words(code)


def _words(one: Any) -> str:
    return words(one.get("words") or "") if isinstance(one, dict) else ""


def _reasons(row: Any) -> Iterator[dict[str, str]]:
    said = [row.impression, *(_words(one) for one in listed(row.criteria, "all"))]
    yield from ({"text": text} for one in dict.fromkeys(said) if (text := words(one)))


def _notes(row: Any) -> Iterator[str]:
    for shown, text in (("现病史", row.history), ("既往史", row.past), ("治疗经过", row.course)):
        if words(text):
            yield f"{shown}：{words(text)}"
    for key, shown in _SBAR.items():
        if isinstance(text := row.sbar.get(key), str) and words(text):
            yield f"{shown}：{words(text)}"
