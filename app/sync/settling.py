"""A person decides a conflict of two stations: what this station wrote stands, or what is at the platform."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.errors import Refusal
from app.core.orders import Order, Question, answers, performs
from app.core.revising import next_revision
from app.core.roles import Actor, Right
from app.core.unit import Reader, Unit
from app.fhir import Arrival, Mapper, envelope_of, localised
from app.referrals.fhir import settled as referrals
from app.referrals.fhir.away_then import away_then
from app.registry import MAPPERS, RECORDS
from app.sync.acts import PRESSED
from app.sync.pull.pages import row_of
from db.base import Clinical
from db.models import Outbox, Remote

GIVEN_UP = "这一版没有上传，已决定采用区平台上的内容。"
REPLACED = "这一版没有单独上传，已由后一版代替。"
OURS, THEIRS = "两站都改过，采用本站的", "两站都改过，采用区平台的"
_GONE = "这一条已经不在冲突里了。"
_BESIDE = "对方的答复不能接在本站的步骤后面。请采用本站的，再照实登记。"


@dataclass(frozen=True)
class Rule:
    """What a kind does beside the rows: `taken` where theirs stands, `kept` where ours does, with other columns;
    `after` in either case, once that is written; `refused`: why a body of theirs cannot be taken, as far as it is
    known before."""

    right: Right
    taken: Callable[[Unit, Any, Any], None]
    kept: Callable[[Unit, Any, Any], dict[str, Any]]
    after: Callable[[Unit, Any, Any], None]
    refused: Callable[[Reader, UUID, dict[str, Any]], str | None]


RULES: Mapping[str, Rule] = {
    "referral": Rule(Right.REFER, referrals.taken, referrals.kept, away_then, referrals.refused)
}
"""Kinds whose conflicts can be decided here; of the others both sides stay, and are shown."""


def may_settle(actor: Actor, kind: str) -> bool:
    """Whether this person may decide conflicts of a kind here."""
    rule = RULES.get(kind)
    return rule is not None and actor.may(rule.right)


@dataclass(frozen=True)
class SettleConflict(Order[None]):
    """One record two stations changed apart. `ours`: what this station wrote stands, else what is at the platform.

    Both revisions stay readable. Refuses a kind nobody may decide yet, what is in no conflict (any more), and ours
    where it cannot stand any more, in words.
    """

    kind: str
    record: UUID
    ours: bool


@dataclass(frozen=True)
class Choice:
    """What a decision would mean. `beside`: no other station wrote, only what another program says beside the record is
    there, and ours goes over it; `not_theirs`: why what is there cannot be taken, empty where it can."""

    beside: bool = False
    not_theirs: str = ""


@dataclass(frozen=True)
class ChoiceOf(Question[Choice | None]):
    """What may be decided of a conflict; None where nobody decides it here."""

    kind: str
    record: UUID


@answers(ChoiceOf)
def choice_of(reader: Reader, question: ChoiceOf) -> Choice | None:
    if not may_settle(reader.actor, question.kind):
        return None
    whole = _whole(question.kind, _remotes(reader, question.kind, question.record))
    if whole is None:
        return Choice(beside=True, not_theirs=_BESIDE)
    return Choice(
        not_theirs=RULES[question.kind].refused(reader, question.record, dict(whole.theirs or {})) or ""
    )


@performs(SettleConflict)
def settle_conflict(unit: Unit, order: SettleConflict) -> None:
    rule = RULES.get(order.kind)
    if rule is None:
        raise Refusal("这类记录的冲突还不能在这里定，请先当面核对。")
    unit.require(rule.right)
    waiting, remotes = _waiting(unit, order), _remotes(unit, order.kind, order.record)
    if not any(one.state == "conflict" for one in waiting):
        raise Refusal(_GONE)
    mapper = MAPPERS[order.kind]
    whole = _whole(order.kind, remotes)
    if whole is None:
        _only_beside(unit, waiting, remotes, ours=order.ours)
    else:
        mine, theirs = _beside_each_other(unit, whole)
        for one in remotes:
            _known_now(unit, one)
        if order.ours:
            content = {**_content(mapper, mine), **rule.kept(unit, mine, theirs), "state": "signed"}
            _follow(unit, mine, theirs, content)
        else:
            rule.taken(unit, mine, theirs)
        _given_up(unit, waiting, REPLACED if order.ours else GIVEN_UP)
        _same_time_away(unit, mine.absence, theirs.absence)
        rule.after(unit, mine, theirs)
    unit.note("settle_conflict", order.kind, order.record)
    unit.tell(order.kind, order.record)
    unit.tell("sync", unit.settings.institution_id)
    unit.tell(PRESSED, unit.settings.institution_id)


def _same_time_away(unit: Unit, *absences: UUID | None) -> None:
    """The time in hospital both wrote is as it stands there, whose steps ever count: it is one."""
    for rid in {one for one in absences if one is not None}:
        asked = SettleConflict("absence", rid, ours=False)
        for one in _remotes(unit, asked.kind, asked.record):
            if one.theirs is not None and _is_anothers(unit, one):
                _beside_each_other(unit, one)
                _known_now(unit, one)
                _given_up(unit, _waiting(unit, asked), GIVEN_UP)


def _is_anothers(unit: Unit, whole: Remote) -> bool:
    """Whether what came is a revision of another station that is not here yet."""
    model: Any = RECORDS[whole.kind].model
    if (said := envelope_of(whole.theirs or {})) is None:
        return False
    known = (model.rid == whole.record, model.revision == said.revision, model.station == said.station)
    return unit.session.scalar(select(model.rid).where(*known)) is None


def _beside_each_other(unit: Unit, whole: Remote) -> tuple[Any, Any]:
    """Our row, and theirs, which stands from now on and comes from the platform."""
    model: Any = RECORDS[whole.kind].model
    body = dict(whole.theirs or {})
    if not _is_anothers(unit, whole):
        raise Refusal("区平台上的内容不是另一站写的，不能在这里定，请联系区平台管理员。")
    mine: Clinical = unit.session.scalars(select(model).where(model.rid == whole.record, model.current)).one()
    mine.current = False
    unit.session.flush()
    unit.receiving = True
    here = localised(body, _identities(unit))
    arrival = Arrival(whole.type, whole.rid, here, row_of(body).updated_at, None, 0)
    taken = MAPPERS[whole.kind].take(unit, arrival)
    unit.session.flush()
    unit.receiving = False
    found = (model.revision == taken.revision, model.station == taken.station)
    theirs: Clinical = unit.session.scalars(select(model).where(model.rid == whole.record, *found)).one()
    return mine, theirs


def _only_beside(unit: Unit, waiting: Sequence[Outbox], remotes: Sequence[Remote], *, ours: bool) -> None:
    """Only what stands beside the record was changed there, by another program: ours goes over it, as it is."""
    if not any(one.theirs is not None for one in remotes):
        raise Refusal("区平台上已经没有这份资料，不能在这里定，请联系区平台管理员。")
    if not ours:
        raise Refusal(_BESIDE)
    for one in remotes:
        _known_now(unit, one)
    for row in waiting:
        row.state, row.words, row.next_at = "pending", None, None


def _follow(unit: Unit, mine: Any, theirs: Any, content: dict[str, Any]) -> None:
    """The decision: a revision after both."""
    theirs.current = False
    unit.session.flush()
    last = mine if mine.revision >= theirs.revision else theirs
    next_revision(unit, last, OURS, {**content, "at": mine.at})


def _content(mapper: Mapper, row: Any) -> dict[str, Any]:
    content: dict[str, Any] = mapper.content(row)  # type: ignore[attr-defined]  # every kind of RULES is a Translation
    return content


def _known_now(unit: Unit, one: Remote) -> None:
    """What came stands there: it is what the next revision is written over."""
    if one.theirs is None:
        return
    said = envelope_of(one.theirs)
    one.body, one.theirs, one.words, one.received_at = one.theirs, None, None, unit.now
    one.version, one.updated_at = row_of(one.body).version or None, row_of(one.body).updated_at
    if said is not None:
        one.revision, one.station = said.revision, said.station


def _given_up(unit: Unit, waiting: Sequence[Outbox], words: str) -> None:
    for one in waiting:
        one.state, one.words, one.next_at, one.acked_at = "acked", words, None, unit.now


def _waiting(unit: Unit, order: SettleConflict) -> list[Outbox]:
    mine = (Outbox.kind == order.kind, Outbox.record == order.record, Outbox.state != "acked")
    return list(unit.session.scalars(select(Outbox).where(*mine).order_by(Outbox.id)))


def _remotes(reader: Reader, kind: str, record: UUID) -> list[Remote]:
    return list(reader.session.scalars(select(Remote).where(Remote.kind == kind, Remote.record == record)))


def _whole(kind: str, remotes: Sequence[Remote]) -> Remote | None:
    """The record itself, where it was changed there; None where only what stands beside it was."""
    first = MAPPERS[kind].types[0]
    return next((one for one in remotes if one.type == first and one.theirs is not None), None)


def _identities(unit: Unit) -> Callable[[str, str], UUID | None]:
    def rid_of(kind: str, server_id: str) -> UUID | None:
        asked = select(Remote.rid).where(Remote.type == kind, Remote.server_id == server_id)
        return unit.session.scalars(asked).first()

    return rid_of
