"""What every move of a referral does: the machine is asked, the time checked, the line written, the revision made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from app.core.clock import local
from app.core.errors import Refusal
from app.core.roles import Right
from app.core.unit import Unit
from app.referrals.revising import Seen, follow, standing
from app.referrals.rules.green_times import GREEN_TIMES, disorder
from app.referrals.rules.legs import OF_HOSPITAL
from app.referrals.rules.states import Standing, Status, needs_words, refusal_of
from app.residents.stays.forms import words
from app.residents.stays.taking_back import written_in
from db.models import Referral

LONGEST_WHY = 80


def row_to_move(unit: Unit, seen: Seen, right: Right = Right.REFER) -> Referral:
    """The referral as it was seen; refuses whoever lacks the right."""
    unit.require(right)
    return standing(unit, Referral, seen)


def standing_of(row: Referral) -> Standing:
    """What the machine is asked with."""
    return Standing(
        Status(row.status),
        urgent=is_urgent(row),
        consented=consented(row),
        partner=bool(row.partner_words),
        refused=row.consent_at is not None and not consented(row),
    )


def consented(row: Referral) -> bool:
    """Whether somebody signed that they agree: a signed refusal is no consent."""
    return row.consent_at is not None and bool(row.consent.get("agreed"))


def is_urgent(row: Referral) -> bool:
    """急诊 or 绿色通道: it does not wait."""
    return row.urgency == "emergency" or row.green


@dataclass(frozen=True)
class Said:
    """What is said with a move. `at`: when it happened, this minute if nothing is said; `left`: what belonged to the
    hospital before and is kept in the line of the move only."""

    why: str = ""
    at: datetime | None = None
    left: Mapping[str, Any] = field(default_factory=dict)


def left_behind(row: Referral) -> tuple[dict[str, Any], dict[str, Any]]:
    """Of a referral that goes to another hospital: the columns without what belonged to the one before, and that."""
    held = {"partner": row.partner_words, "receiver": row.receiver, "booking": row.booking}
    held |= {key: row.times[key] for key in OF_HOSPITAL if key in row.times}
    times = {key: one for key, one in row.times.items() if key not in OF_HOSPITAL}
    return {"receiver": "", "booking": "", "times": times}, {key: one for key, one in held.items() if one}


def move(
    unit: Unit, row: Referral, to: Status, changes: dict[str, Any] | None = None, said: Said = Said()
) -> Seen:
    """Make a move. Refuses what the machine does not allow, a move that needs words without them, and a time that
    lies before the last one or is to come."""
    more = changes or {}
    asked = standing_of(row)
    if "partner_words" in more:
        asked = replace(asked, partner=bool(more["partner_words"]))
    if (refused := refusal_of(asked, to)) is not None:
        raise Refusal(refused)
    text = words(said.why, "why", "原因", longest=LONGEST_WHY)
    if not text and (lacking := needs_words(asked, to)) is not None:
        raise Refusal(lacking, field="why")
    when = minute(said.at or unit.now)
    check_time(unit, row, when, said=said.at is not None)
    line: dict[str, Any] = line_of(row, to, when, text) | {
        "recorded_at": unit.now.isoformat(),
        "by": str(unit.actor.rid),
        "by_name": unit.actor.name,
        "source": "manual",
    }
    if said.left:
        line["left"] = dict(said.left)
    lines = [*row.moves.get("all", ()), line]
    reason = f"{to.words}：{text}" if text else to.words
    return follow(unit, row, reason, {**more, "status": to.value, "moves": {"all": lines}})


def line_of(row: Referral, to: Status, when: datetime, text: str) -> dict[str, Any]:
    """What a move says of itself; whoever makes it says who and when it was written."""
    return {"from": row.status, "to": to.value, "at": when.isoformat(), "reason": text}


def check_time(unit: Unit, row: Referral, when: datetime, *, said: bool) -> None:
    """Refuses a time to come, and one before the move before it."""
    if when > unit.now:
        raise Refusal("时间在现在之后，请核对。", field="at")
    last = last_at(row)
    if last is not None and when < last and said:
        raise Refusal("时间早于上一步，请核对。", field="at")


def refuse_disorder(
    unit: Unit, row: Referral, instants: Mapping[str, datetime | str | None], field: str = "at"
) -> None:
    """Refuses times of GREEN_TIMES that lie before what comes before them, or after what comes after them."""
    known = {key: datetime.fromisoformat(row.times[key]) for key in GREEN_TIMES if row.times.get(key)}
    said = {key: minute(at) for key, at in instants.items() if isinstance(at, datetime)}
    if (wrong := disorder(known, said)) is not None:
        first, then = (
            f"{GREEN_TIMES[key]}（{local(unit.settings.zone, {**known, **said}[key]):%H:%M}）"
            for key in wrong
        )
        raise Refusal(f"{then}早于{first}，请核对。", field=field)


def last_at(row: Referral) -> datetime | None:
    """When the last move that stands was made."""
    moves = standing_moves(row)
    return datetime.fromisoformat(moves[-1]["at"]) if moves else None


def standing_moves(row: Referral) -> list[dict[str, Any]]:
    """The moves that were not struck, in order."""
    return [one for one in row.moves.get("all", ()) if not one.get("taken_back")]


def begun_by_struck(unit: Unit, absence: UUID, lines: Iterable[Mapping[str, Any]]) -> bool:
    """Whether only departures that are struck wrote this time in hospital, each station its own."""
    gone = [one for one in lines if one["to"] == Status.DEPARTED]
    struck = {one["recorded_at"] for one in gone if one.get("taken_back")}
    stands = {one["recorded_at"] for one in gone if not one.get("taken_back")}
    return written_in(unit, absence, struck, but=stands)


def is_decision(row: Referral, line: dict[str, Any]) -> bool:
    """Whether a move was the decision of whoever approves: a rejection, or the approval that sent it."""
    if line["to"] == Status.REJECTED:
        return True
    sent = line["from"] == Status.PENDING and line["to"] == Status.SUBMITTED
    return sent and bool(row.approval.get("by") == line["by"])


def minute(moment: datetime) -> datetime:
    """The instant to its minute."""
    return moment.replace(second=0, microsecond=0)


def with_times(row: Referral, **instants: datetime | str | None) -> dict[str, Any]:
    """The times of a referral with more of them; None and empty stay as they were."""
    more = {
        key: minute(one).isoformat() if isinstance(one, datetime) else one
        for key, one in instants.items()
        if one
    }
    return {**row.times, **more}
