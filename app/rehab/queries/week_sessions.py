"""Derived sessions as the board shows them: members of one group folded into one, with what stands in its way."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from app.rehab.around import Around, therapist_of
from app.rehab.derived import Held
from app.rehab.queries.week_rows import BoardSession, Member
from app.rehab.rules.conflicts import Conflict
from app.rehab.rules.sessions import SessionKey, SessionState
from app.residents.stating import Seen

LIVE = (SessionState.PLANNED, SessionState.DUE, SessionState.RUNNING)
"""A conflict matters while one of its sessions is still to be held; what is over cannot be mended."""
_PRESSING = (
    SessionState.RUNNING, SessionState.UNRECORDED, SessionState.DUE, SessionState.PLANNED, SessionState.REFUSED,
    SessionState.ABSENT, SessionState.SICK, SessionState.PARTLY, SessionState.AWAY, SessionState.CANCELLED,
    SessionState.DONE,
)  # fmt: skip
"""A group shows the first of its members' states in this order."""


def board_sessions(
    held: Sequence[Held], whole: Around, conflicts: Sequence[Conflict], *, fold: bool
) -> list[BoardSession]:
    """In the order of time; `fold`: members of one group are one session."""
    clashing = clash_of_each(held, conflicts)
    ordered = sorted(held, key=_place)
    parted = [list(those) for _where, those in groupby(ordered, key=_place)] if fold else []
    groups = parted if fold else [[one] for one in held]
    shown = [_shown(those, whole, clashing) for those in groups]
    return sorted(shown, key=lambda one: (one.at, one.words))


def clash_of_each(held: Sequence[Held], conflicts: Sequence[Conflict]) -> dict[SessionKey, str]:
    """`red` or `soft` by session."""
    live = {one.key for one in held if one.state in LIVE}
    found: dict[SessionKey, str] = {}
    for conflict in conflicts:
        if live & set(conflict.sessions):
            for key in conflict.sessions:
                if conflict.blocks:
                    found[key] = "red"
                else:
                    found.setdefault(key, "soft")
    return found


def _place(held: Held) -> tuple[Any, ...]:
    """The same for members of one group at one time, and for nobody else."""
    planned, together = held.planned, held.item.together
    return (planned.at, together, str(therapist_of(held)), "" if together else str(held.key))


def _shown(those: Sequence[Held], whole: Around, clashing: dict[SessionKey, str]) -> BoardSession:
    first = those[0]
    planned, item, told = first.planned, first.item, whole.told
    members = tuple(
        Member(
            one.key,
            one.item.resident,
            told[one.key].resident,
            one.state,
            one.session.rid if one.session is not None else None,
        )
        for one in those
    )
    clashes = [clashing[one.key] for one in those if one.key in clashing]
    booking = first.booking
    return BoardSession(
        members=members,
        words=item.words,
        discipline=item.discipline,
        short=told[first.key].short,
        day=planned.day,
        time=planned.time,
        at=planned.at,
        minutes=planned.minutes,
        therapist=therapist_of(first),
        therapist_name=told[first.key].therapist,
        place=item.place,
        note=item.note,
        together=item.together,
        state=min((one.state for one in those), key=_PRESSING.index),
        clash="red" if "red" in clashes else "soft" if clashes else "",
        tentative=first.tentative,
        moved=planned.moved,
        away=first.away,
        waived=booking is not None and booking.what == "waived",
        booking=Seen(booking.rid, booking.revision) if booking is not None else None,
        changed_by=booking.author if booking is not None else None,
    )
