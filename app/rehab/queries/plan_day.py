"""What is trained of one plan today: sessions, values at rest with what they forbid, stop rules, the last session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from app.core.unit import Reader
from app.rehab.derived import Held, derive
from app.rehab.dosing import dose_words
from app.rehab.lists.attendance import reason_words
from app.rehab.lists.disciplines import disciplines
from app.rehab.lists.stops import stop_rules
from app.rehab.queries.plan_rows import BeforeRow, DayRow, LastRow, SessionRow, StopRow
from app.rehab.rules.sessions import SessionState
from app.rehab.rules.stopping import REFUSE, STOP, WARN, Values, applying, rule_words
from app.rehab.training.beginning import found_before
from app.rehab.training.guarding import fired_words, guard_of
from app.rehab.training.values import at_rest, values_of
from db.models import RehabPlan, RehabSession

_WORDS = (("hr", "心率 {:g}"), ("spo2", "血氧 {:g}%"), ("temp", "体温 {:g}"), ("pain", "疼痛 {:g}"))


def day_of(reader: Reader, plan: RehabPlan, names: Mapping[UUID, str]) -> DayRow:
    """Today's sessions of a plan and what has to be known before them."""
    held = [one for one in derive(reader, (plan.resident,), (reader.today,)) if one.plan.rid == plan.rid]
    recorded = _recorded(reader, held)
    rows = tuple(_session(reader, one, recorded, names) for one in held)
    stops = tuple(
        StopRow(rule_words(one, plan.limits), bool(one.conditions), one.advice)
        for one in applying(stop_rules().values(), plan.conditions)
        if one.during == STOP
    )
    return DayRow(reader.today, rows, _before(reader, held, recorded), stops, _last(reader, plan))


def _recorded(reader: Reader, held: Sequence[Held]) -> dict[UUID, RehabSession]:
    rids = [one.session.rid for one in held if one.session is not None]
    if not rids:
        return {}
    rows = reader.session.scalars(
        select(RehabSession).where(RehabSession.rid.in_(rids), RehabSession.current)
    )
    return {row.rid: row for row in rows}


def _session(
    reader: Reader, held: Held, recorded: Mapping[UUID, RehabSession], names: Mapping[UUID, str]
) -> SessionRow:
    known = disciplines().get(held.item.discipline)
    row = recorded.get(held.session.rid) if held.session is not None else None
    running = held.state is SessionState.RUNNING and held.session is not None
    why = held.away or (held.booking.why if held.booking is not None and row is None else "")
    who = held.session.therapist if held.session is not None else held.planned.therapist
    return SessionRow(
        key=held.key,
        rid=held.session.rid if held.session is not None else None,
        at=held.planned.at,
        time=held.planned.time,
        words=held.item.words,
        discipline=held.item.discipline,
        badge=known.short if known else held.item.discipline,
        tone=known.tone if known else "neutral",
        therapist=names.get(who, "") if who is not None else "",
        minutes=held.planned.minutes,
        state=held.state,
        dose=dose_words(row.dose if row is not None and row.dose else held.item.dose),
        running=(reader.now - held.session.at) // timedelta(minutes=1) if running and held.session else None,
        rpe=_rpe(row),
        why=(row.why_words or reason_words(row.why)) if row is not None else why,
        moved=held.planned.moved,
        tentative=held.tentative,
    )


def _rpe(row: RehabSession | None) -> float | None:
    if row is None:
        return None
    found = [one["rpe"] for one in (row.during, row.after) if one.get("rpe") is not None]
    return max(found, default=None)


def _before(reader: Reader, held: Sequence[Held], recorded: Mapping[UUID, RehabSession]) -> BeforeRow | None:
    """Of the session that goes on, else what was measured within the hours that count, held against the next one."""
    waiting = [one for one in held if one.state.open or one.state is SessionState.PLANNED]
    if not waiting:
        return None
    going = next((one for one in waiting if one.session is not None), None)
    one = going or waiting[0]
    rest = at_rest(reader, one.item.resident, reader.now)
    row = recorded.get(going.session.rid) if going is not None and going.session is not None else None
    if row is not None and row.before:
        taken = row.before.get("at")
        at, found = (datetime.fromisoformat(taken) if taken else row.at), values_of(row.before)
    elif rest.latest is not None:
        at, found = rest.latest, rest.values
    else:
        return None
    guard = guard_of(one.plan, one.item)
    said = found_before(guard, found, rest, ())
    effects = {fired.effect for fired in said}
    effect = next((kind for kind in (REFUSE, WARN) if kind in effects), "")
    return BeforeRow(at, tuple(_told(found)), effect, tuple(fired_words(fired, guard) for fired in said))


def _told(found: Values) -> list[str]:
    told = [f"血压 {found.sbp:g}/{found.dbp:g}"] if found.sbp is not None and found.dbp is not None else []
    return told + [words.format(value) for code, words in _WORDS if (value := found.of(code)) is not None]


def _last(reader: Reader, plan: RehabPlan) -> LastRow | None:
    row = reader.session.scalar(
        select(RehabSession)
        .where(
            RehabSession.plan == plan.rid,
            RehabSession.current,
            RehabSession.state != "retracted",
            RehabSession.ended_at.is_not(None),
            RehabSession.service_date < reader.today,
        )
        .order_by(RehabSession.service_date.desc(), RehabSession.at.desc())
        .limit(1)
    )
    if row is None:
        return None
    known = disciplines().get(row.discipline)
    told = row.soap.get("o") or row.note or row.why_words or dose_words(row.dose)
    return LastRow(
        row.service_date,
        known.short if known else row.discipline,
        row.words,
        SessionState(row.attendance),
        told,
    )
