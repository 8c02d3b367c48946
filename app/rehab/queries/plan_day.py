"""What is trained of one plan today: sessions, values at rest with what they forbid, stop rules, the last session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.unit import Reader
from app.rehab.day import rehab_day
from app.rehab.derived import Held, derive
from app.rehab.dosing import dose_words
from app.rehab.lists.attendance import reason_words
from app.rehab.lists.disciplines import disciplines
from app.rehab.lists.stops import stop_rules
from app.rehab.queries.plan_rows import BeforeRow, DayRow, LastRow, SessionRow, StopRow
from app.rehab.rules.sessions import SessionState
from app.rehab.rules.stopping import REFUSE, STOP, WARN, Values, applying, fired, rule_words
from app.vitals.queries.points import Series, series
from db.models import RehabPlan, RehabSession

_SIGNS = {"temperature": "temp", "heart_rate": "hr", "pulse": "hr", "spo2": "spo2", "pain": "pain"}
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
    return DayRow(reader.today, rows, _before(reader, plan, recorded.values()), stops, _last(reader, plan))


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


def _before(reader: Reader, plan: RehabPlan, recorded: Any) -> BeforeRow | None:
    """Of the session that goes on, else what was measured within the hours that count."""
    going = next((row for row in recorded if row.ended_at is None and row.before), None)
    if going is not None:
        at, kept = going.at, dict(going.before)
        symptoms = frozenset(kept.pop("symptoms", None) or ())
        found = Values(
            **{code: kept.get(code) for code in ("sbp", "dbp", "hr", "spo2", "temp", "pain")},
            symptoms=symptoms,
        )
    else:
        since = reader.now - rehab_day().vitals
        points = series(reader, Series(plan.resident, (*_SIGNS, "blood_pressure"), since, reader.now))
        taken = {_SIGNS[one.code]: one.value for one in points if one.code in _SIGNS}
        pressure = next((one for one in reversed(points) if one.code == "blood_pressure"), None)
        if pressure is not None:
            taken |= {"sbp": pressure.value, "dbp": pressure.second}
        if not taken:
            return None
        at, found = max(one.at for one in points), Values(**taken)
    rules = applying(stop_rules().values(), plan.conditions)
    said = [one for one in fired(rules, found, limits=plan.limits) if one.effect]
    effects = {one.effect for one in said}
    effect = REFUSE if REFUSE in effects else WARN if WARN in effects else ""
    return BeforeRow(at, tuple(_told(found)), effect, tuple(one.words for one in said))


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
