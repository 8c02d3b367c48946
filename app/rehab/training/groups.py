"""A group 小组 is recorded in one act: everybody as planned, but for what is said of some."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.rehab.derived import Held
from app.rehab.lists.attendance import attendances
from app.rehab.rules.sessions import SessionKey
from app.rehab.rules.stopping import Values
from app.rehab.training.beginning import refuse_start
from app.rehab.training.ending import Ended, RecordSession, record
from app.rehab.training.forms import DONE, Before, SessionForm
from app.rehab.training.otherwise import NotHeld, write_not_held
from app.rehab.training.values import NOTHING
from app.rehab.training.writing import session_for
from app.residents.queries.who import named_residents
from app.residents.stating import Seen


@dataclass(frozen=True)
class GroupForm:
    """What holds for everybody. `despite`: why it went on where something warned; `soap` and `note` go into each."""

    begun: datetime
    ended: datetime
    despite: str = ""
    soap: Mapping[str, str] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True)
class Member:
    """What is said of one: attendance with its reason, values at rest, RPE, pain afterwards, reactions.

    `confirmed`: inputs of doubtful values that were looked at again.
    """

    attendance: str = DONE
    why: str = ""
    why_words: str = ""
    before: Values = NOTHING
    rpe: float | None = None
    pain: float | None = None
    reactions: tuple[str, ...] = ()
    despite: str = ""
    skin: str = ""
    confirmed: tuple[str, ...] = ()


@dataclass(frozen=True)
class RecordGroup(Order["GroupRecorded"]):
    """Sessions of one group; `members`: those that are not simply as planned."""

    keys: tuple[SessionKey, ...]
    common: GroupForm
    members: Mapping[SessionKey, Member] = field(default_factory=dict)


@dataclass(frozen=True)
class GroupRecorded:
    """What was written, what had been recorded before and was left, and what should be reported, by resident's name."""

    seen: tuple[Seen, ...]
    left: tuple[str, ...] = ()
    incidents: tuple[tuple[str, str], ...] = ()
    stopped: tuple[str, ...] = ()


@performs(RecordGroup)
def record_group(unit: Unit, order: RecordGroup) -> GroupRecorded:
    """One that is refused refuses all, by name; what somebody recorded meanwhile is left as it is."""
    unit.require(Right.TRAIN)
    whole = [session_for(unit, key) for key in order.keys]
    names = {
        rid: one.name for rid, one in named_residents(unit, {one.item.resident for one in whole}).items()
    }
    seen: list[Seen] = []
    left: list[str] = []
    incidents: list[tuple[str, str]] = []
    stopped: list[str] = []
    for held in whole:
        name = names.get(held.item.resident, "")
        if held.session is not None:
            left.append(name)
            continue
        try:
            done = _one(unit, held, order.common, order.members.get(held.key, Member()))
        except Refusal as refused:
            raise Refusal(f"{name}：{refused.text}", field=_field(held, refused.field)) from refused
        seen.append(done.seen)
        incidents += [(name, kind) for kind in done.incidents]
        stopped += [name] if done.stopped else []
    if not seen:
        raise Refusal("这个小组都已记录。")
    return GroupRecorded(tuple(seen), tuple(left), tuple(incidents), tuple(stopped))


def _one(unit: Unit, held: Held, common: GroupForm, said: Member) -> Ended:
    known = attendances().get(said.attendance)
    if known is not None and not known.held:
        return Ended(write_not_held(unit, held, NotHeld(held.key, said.attendance, said.why, said.why_words)))
    refuse_start(unit, held)
    form = SessionForm(
        attendance=said.attendance,
        why=said.why,
        why_words=said.why_words,
        during=Values(rpe=said.rpe),
        after=Values(pain=said.pain),
        reactions=said.reactions,
        soap=common.soap,
        skin=said.skin,
        note=common.note,
        ended=common.ended,
    )
    before = Before(said.before, said.despite or common.despite, skin=said.skin, confirmed=said.confirmed)
    # words for everybody answer what warns; who should not have trained at all needs words of their own
    return record(unit, held, RecordSession(held.key, common.begun, before, form), past=bool(said.despite))


def _field(held: Held, name: str | None) -> str:
    """`member.<item>.rpe`: which row, and what of it."""
    return f"member.{held.key[0]}.{name or ''}"
