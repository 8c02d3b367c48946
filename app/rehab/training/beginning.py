"""A session begins: the plan runs, the resident is here, nothing forbids it, what warns was answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Reader, Unit
from app.rehab.derived import Held
from app.rehab.lists.skin import skin_states
from app.rehab.rules.sessions import SessionKey
from app.rehab.rules.stopping import REFUSE, Fired, Values
from app.rehab.training.forms import NOTHING_SAID, Before, check_despite, check_skin
from app.rehab.training.guarding import (
    BELOW,
    Guard,
    guard_of,
    kept_fired,
    refuse_blocked,
    refuse_warned,
    refuse_wordless,
)
from app.rehab.training.values import Rest, at_rest, check_values, keep_at_rest, kept, measured_of, over
from app.rehab.training.writing import (
    refuse_person,
    refuse_plan,
    refuse_recorded,
    refuse_time,
    session_for,
    set_of,
    write,
)
from app.residents.stating import Seen


@dataclass(frozen=True)
class BeginSession(Order["Begun"]):
    """It begins now."""

    key: SessionKey
    before: Before = NOTHING_SAID


@dataclass(frozen=True)
class Begun:
    """A session that goes on; `fired`: what warned and was answered."""

    seen: Seen
    fired: tuple[Fired, ...] = ()


@performs(BeginSession)
def begin_session(unit: Unit, order: BeginSession) -> Begun:
    """Refuses a plan that does not run, a session recorded already or not yet due, somebody away, what a stop rule or
    a contraindication forbids, and what warns without words."""
    unit.require(Right.TRAIN)
    held = session_for(unit, order.key)
    refuse_start(unit, held)
    content, found = started(unit, held, order.before, unit.now)
    return Begun(write(unit, held, unit.now, content), found)


def refuse_start(unit: Unit, held: Held) -> None:
    """Everything that has nothing to do with how the resident is."""
    refuse_recorded(unit, held)
    refuse_ahead(unit, held)


def refuse_ahead(unit: Reader, held: Held) -> None:
    """What is known before anybody says anything: the plan, the time, the person."""
    refuse_plan(unit, held)
    refuse_time(unit, held)
    refuse_person(unit, held)


def started(
    unit: Unit, held: Held, said: Before, at: datetime, *, past: bool = False
) -> tuple[dict[str, Any], tuple[Fired, ...]]:
    """The columns of a session that begins at `at`, and what fired. Values at rest are written as vitals.

    `past`: it took place already, so that what should have forbidden it is kept as it fired and wants words.
    """
    check_values(said.values, "before")
    guard, rest = guard_of(held.plan, held.item), at_rest(unit, held.item.resident, at)
    despite = check_despite(said.despite)
    skin = check_skin(guard.item, said.skin, "skin_before")
    values = over(rest.values, said.values)
    found = found_before(guard, values, rest, _found(said))
    if past:
        refuse_wordless(found, guard, despite)
    else:
        refuse_blocked(found, guard)
        refuse_warned(found, guard, despite)
    before = kept(values)
    if measured := measured_of(said.values, said.confirmed):
        set_id = set_of(unit, held)
        keep_at_rest(unit, held.item.resident, at, measured, set_id)
        before |= {"at": at.isoformat(), "set": str(set_id)}
    elif rest.latest is not None:
        before |= {"at": rest.latest.isoformat()}
    content = {
        "before": before,
        "stopped": kept_fired(found, {}, despite),
        "skin": {"before": skin} if skin else {},
    }
    return content, found


def found_before(guard: Guard, values: Values, rest: Rest, found: tuple[str, ...]) -> tuple[Fired, ...]:
    """Contraindications first, then the rules.

    One the plan names that only warns was weighed by those who signed the plan: the session shows it and does not ask
    for words each time, or the answer would become a habit.
    """
    said = [
        one for one in guard.contraindicated(found) if one.effect == REFUSE or one.code in (*found, BELOW)
    ]
    return (*said, *guard.before(values, rest.usual))


def _found(said: Before) -> tuple[str, ...]:
    """Skin that is broken is a contraindication, wherever it is said."""
    known = skin_states().get(said.skin)
    return tuple(dict.fromkeys((*said.found, *((known.means,) if known is not None and known.means else ()))))
