"""Two stations moved one referral apart: what stands once a person has said whose steps count, and who is away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.errors import Refusal
from app.core.unit import Reader, Unit
from app.fhir.fields import fields_in
from app.referrals.fhir.guarded import FIELD, listed
from app.referrals.moving.move import standing_of
from app.referrals.rules.states import Status, refusal_of
from app.residents.stays.taking_back import undo_absence, written_in
from db.models import Absence, Referral, ReferralReturn

Move = dict[str, Any]
WHY = "两站都办过，采用另一站的步骤"
_BEFORE_RETURN = frozenset(Status) - {Status.RETURNED, Status.ASSESSED, Status.ARCHIVED}
RETURNED = "本站已登记返院，不能采用区平台的。请先更正返院（在返院页面作废），再来决定。"


@dataclass(frozen=True)
class Apart:
    """The moves of two revisions that came apart: what both know, and what each has alone."""

    both: tuple[Move, ...]
    ours: tuple[Move, ...]
    theirs: tuple[Move, ...]

    @classmethod
    def of(cls, ours: Referral, theirs: Referral) -> Apart:
        here, there = _moves(ours), _moves(theirs)
        mine, known = {_key(one) for one in here}, {_key(one) for one in there}
        return cls(
            tuple(one for one in here if _key(one) in known),
            tuple(one for one in here if _key(one) not in known),
            tuple(one for one in there if _key(one) not in mine),
        )


def taken(unit: Unit, ours: Referral, theirs: Referral) -> None:
    """Theirs stands: a time in hospital that only a departure of ours began is none.

    Refuses where a return was registered here that theirs does not know.
    """
    known = any(one["to"] == Status.RETURNED and not one.get("taken_back") for one in _moves(theirs))
    if not known and _returned(unit, ours.rid):
        raise Refusal(RETURNED)
    _undo(unit, ours.absence, Apart.of(ours, theirs).ours, but=theirs.absence)


def refused(reader: Reader, rid: UUID, theirs: dict[str, Any]) -> str | None:
    """Why a request at the platform cannot be taken, by the state it says: `taken` looks at every step of it."""
    on_its_way = str((fields_in(theirs, FIELD) or {}).get("status", "")) in _BEFORE_RETURN
    return RETURNED if on_its_way and _returned(reader, rid) else None


def _returned(reader: Reader, rid: UUID) -> bool:
    """Whether a return stands here: its referral cannot be on its way again."""
    mine = (ReferralReturn.referral == rid, ReferralReturn.current, ReferralReturn.state != "retracted")
    return reader.session.scalar(select(ReferralReturn.rid).where(*mine).limit(1)) is not None


def kept(unit: Unit, ours: Referral, theirs: Referral) -> dict[str, Any]:
    """Ours stands: after their steps where the machine allows that, else instead of them, which are struck then.

    Refuses to strike what the hospital itself said. Returns the columns that are not simply ours.
    """
    apart = Apart.of(ours, theirs)
    followed = None if _is_strike(ours, theirs, apart) else _following(unit, ours, theirs, apart)
    if followed is not None:
        status, lines = followed
        absence = theirs.absence or ours.absence
        _undo(unit, ours.absence, apart.ours, but=absence)
    else:
        status, lines, absence = _instead(unit, ours, theirs, apart)
        _undo(unit, theirs.absence, apart.theirs, but=absence)
    if all(one["to"] != Status.DEPARTED or one.get("taken_back") for one in lines):
        absence = None
    family = [
        *_lines(theirs.family),
        *(one for one in _lines(ours.family) if one not in _lines(theirs.family)),
    ]
    more = {"family": {"all": family}} if family else {}
    return {"status": status, "moves": {"all": lines}, "absence": absence, **more}


def _is_strike(ours: Referral, theirs: Referral, apart: Apart) -> bool:
    """Whether what ours says is that a step was none: one they let stand, or all that it has alone."""
    struck = {_key(one) for one in _moves(ours) if one.get("taken_back")}
    if any(_key(one) in struck and not one.get("taken_back") for one in _moves(theirs)):
        return True
    return bool(apart.ours) and all(one.get("taken_back") for one in apart.ours)


def _following(unit: Unit, ours: Referral, theirs: Referral, apart: Apart) -> tuple[str, list[Move]] | None:
    """Our steps after theirs; one that they made as well is struck. None where the machine does not allow it."""
    standing, lines = replace(standing_of(ours), status=Status(theirs.status)), _moves(theirs)
    for one in apart.ours:
        to = Status(one["to"])
        if one.get("taken_back"):
            lines.append(one)
        elif to is standing.status:
            lines.append(_struck(unit, one, f"另一站已登记“{to.words}”"))
        elif refusal_of(standing, to) is None:
            lines.append({**one, "from": standing.status.value, "settled_at": unit.now.isoformat()})
            standing = replace(standing, status=to)
        else:
            return None
    return standing.status.value, lines


def _instead(
    unit: Unit, ours: Referral, theirs: Referral, apart: Apart
) -> tuple[str, list[Move], UUID | None]:
    """Ours as it was, with their steps struck between."""
    if any(one.get("source") == "platform" and not one.get("taken_back") for one in apart.theirs):
        words = Status(theirs.status).words
        raise Refusal(f"对方医院已答复“{words}”，本站的步骤不能接上。请采用区平台的，再照实登记。")
    struck = [one if one.get("taken_back") else _struck(unit, one, WHY) for one in apart.theirs]
    again = [{**one, "settled_at": unit.now.isoformat()} for one in apart.ours]
    return ours.status, [*apart.both, *struck, *again], ours.absence


def _undo(unit: Unit, rid: UUID | None, lines: Sequence[Move], *, but: UUID | None) -> None:
    """The time in hospital that one of these moves began is none; one that ran before, or is over, stays."""
    if rid is None or rid == but:
        return
    mine = (Absence.rid == rid, Absence.current, Absence.state != "retracted", Absence.ends.is_(None))
    away = unit.session.scalar(select(Absence).where(*mine))
    departures = {one["recorded_at"] for one in lines if one["to"] == Status.DEPARTED}
    if away is not None and written_in(unit, rid, departures):
        undo_absence(unit, away, WHY)


def _struck(unit: Unit, one: Move, why: str) -> Move:
    by = {"by": str(unit.actor.rid), "by_name": unit.actor.name, "why": why, "at": unit.now.isoformat()}
    return {**one, "taken_back": by}


def _moves(row: Referral) -> list[Move]:
    return [one for one in listed(row.moves, "all") if isinstance(one, dict)]


def _lines(column: dict[str, Any]) -> list[Any]:
    return list(listed(column, "all"))


def _key(one: Move) -> tuple[Any, ...]:
    """The same at every station: an answer of the hospital may stand a minute apart, by the clock of each."""
    return tuple(one.get(name) for name in ("to", "recorded_at", "by"))
