"""Once a conflict of two stations is settled: whoever departed by the moves that stand is away, and nobody else is."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.core.unit import Unit
from app.referrals.fhir.guarded import listed
from app.referrals.moving.move import standing_moves
from app.referrals.rules.states import Status
from app.residents.stating.revising import newest, next_revision
from app.residents.stays.standing_again import stand_again
from app.residents.stays.taking_back import undo_absence, written_in
from db.models import Absence, Referral

GONE, NOT_GONE, BACK = (f"两站都办过，{said}" for said in ("出发作数", "出发不作数", "返院作数"))


def away_then(unit: Unit, ours: Referral, theirs: Referral) -> None:
    """The times in hospital of both revisions, by the one that stands now.

    One that a strike called an error while the departure stands is stated again, one whose departure is struck is none,
    and one that was over by the return that stands is over. Refuses where the resident is away otherwise meanwhile.
    """
    row = newest(unit, Referral, ours.rid) or ours
    to = {one["to"] for one in standing_moves(row)}
    stands = _departed(standing_moves(row))
    written = _departed([one for each in (ours, theirs, row) for one in listed(each.moves, "all")])
    for rid in {ours.absence, theirs.absence, row.absence}:
        away = newest(unit, Absence, rid) if rid is not None else None
        if rid is None or away is None:
            continue
        if rid == row.absence and stands:
            _gone(unit, away, back=Status.RETURNED in to)
        elif _open(away) and written_in(unit, rid, written - stands, but=stands):
            undo_absence(unit, away, NOT_GONE)


def _open(away: Absence) -> bool:
    return away.state != "retracted" and away.ends is None


def _departed(lines: Sequence[dict[str, object]]) -> set[str]:
    return {str(one["recorded_at"]) for one in lines if one["to"] == Status.DEPARTED}


def _gone(unit: Unit, away: Absence, *, back: bool) -> None:
    """It stands as it was said last, with its end where they are back."""
    said = select(Absence).where(Absence.rid == away.rid, Absence.state != "retracted")
    rows = list(unit.session.scalars(said.order_by(Absence.recorded_at.desc())))
    over = next((one for one in rows if one.ends is not None), None) if back else None
    if away.state == "retracted" and rows:
        stand_again(unit, away, over or rows[0], GONE)
    elif away.ends is None and over is not None:
        changes = {"ends": over.ends, "condition": over.condition, "state": "corrected"}
        next_revision(unit, away, BACK, changes, at=over.ends)
