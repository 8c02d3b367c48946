"""Finding a session, the refusals every act on it shares, and its row."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.names import author_names
from app.core import revising
from app.core.clock import local
from app.core.errors import Refusal
from app.core.ids import named
from app.core.unit import Reader, Unit
from app.rehab.day import rehab_day
from app.rehab.derived import Held, booking_rid, derive, session_rid
from app.rehab.facts import PlanFact, SessionFact
from app.rehab.lists.attendance import attendances
from app.rehab.lists.disciplines import disciplines
from app.rehab.planning.goals import plan_called
from app.rehab.planning.signing import missing_of
from app.rehab.reading import plans_of
from app.rehab.rules.sessions import SessionKey, SessionState
from app.residents.rules.stays import ABSENCES
from app.residents.stating import Seen
from db.models import RehabBooking, RehabItem, RehabSession

OVER = {"closed": "结案", "cancelled": "取消"}
AGAIN = "撤销后重新记录"


def session_for(reader: Reader, key: SessionKey) -> Held:
    """A session as it stands now; refuses one the programme does not ask for, in words that say why."""
    item = reader.session.execute(
        select(RehabItem.resident, RehabItem.plan, RehabItem.words).where(
            RehabItem.rid == key[0], RehabItem.current, RehabItem.state != "retracted"
        )
    ).first()
    if item is None:
        raise Refusal("这个治疗项目已不在康复计划里。")
    moved = select(RehabBooking.to_date).where(
        RehabBooking.rid == booking_rid(reader, key), RehabBooking.current
    )
    days = {key[1], *filter(None, reader.session.scalars(moved))}
    held = next((one for one in derive(reader, [item.resident], sorted(days)) if one.key == key), None)
    if held is None:
        plan = plans_of(reader, [item.resident]).get(item.plan)
        raise Refusal(_why_none(plan, item.words, key))
    return held


def refuse_recorded(unit: Unit, held: Held) -> None:
    """A second record of one session is refused, saying who made the first one and what it says."""
    if held.session is not None:
        raise Refusal(f"{name_of(held)} {recorded_words(unit, held.session)}。要改请更正那一条。")


def recorded_words(reader: Reader, session: SessionFact) -> str:
    """`已由林海涛在 10:31 开始，正在进行`, `已由林海涛在 11-18 10:52 记为“完成”`."""
    who = author_names(reader).get(session.author) or "别的站点"
    zone = reader.settings.zone
    if session.ended_at is None and not session.attendance:
        return f"已由{who}在 {local(zone, session.at):%H:%M} 开始，正在进行"
    known = attendances().get(session.attendance)
    what = known.words if known is not None else session.attendance
    return f"已由{who}在 {local(zone, session.recorded_at):%m-%d %H:%M} 记为“{what}”"


def refuse_plan(unit: Reader, held: Held) -> None:
    """A plan that is over, or does not run (yet, or until it is signed anew): which signature is missing."""
    if held.plan.status == "running":
        return
    if held.plan.status in OVER:
        raise Refusal(_over(held.plan))
    row = plan_called(unit, held.plan.rid)
    missing = missing_of(row.doctor_at, row.therapist_at, row.consent_at)
    raise Refusal(f"康复计划 {held.plan.number} 还不能执行：缺{'、'.join(missing)}。")


def refuse_time(unit: Reader, held: Held, *, ahead: bool = False) -> None:
    """Cancelled, away, or too early; `ahead`: on its own day it may be said before its time."""
    zone = unit.settings.zone
    if held.state is SessionState.CANCELLED:
        why = held.booking.why if held.booking is not None else ""
        raise Refusal(f"{name_of(held)} 已取消{f'（{why}）' if why else ''}。")
    if held.state is SessionState.AWAY and not ahead:
        raise Refusal(f"老人{ABSENCES.get(held.away, '不在院')}，不在院内，不能训练。")
    if held.state is SessionState.PLANNED and not (ahead and held.planned.day <= unit.today):
        opens = local(zone, held.planned.at - rehab_day().early)
        raise Refusal(f"{name_of(held)} 还没到时间，{opens:%m-%d %H:%M} 起可以开始。")


def refuse_person(unit: Reader, held: Held) -> None:
    """Whoever may not hold a session of this discipline."""
    known = disciplines().get(held.item.discipline)
    if known is not None and not known.held_by(unit.actor.roles, unit.actor.profession):
        raise Refusal(f"{known.words}由{'、'.join(known.professions)}执行。")


def running_row(unit: Unit, key: SessionKey) -> RehabSession:
    """This station's row of a session that goes on, or was stopped and still wants its form."""
    row = unit.session.scalar(
        select(RehabSession)
        .where(
            RehabSession.rid == session_rid(unit, key),
            RehabSession.current,
            RehabSession.state != "retracted",
        )
        .order_by(RehabSession.station != unit.station, RehabSession.recorded_at.desc())
        .limit(1)
    )
    if row is None:
        raise Refusal("这次训练还没有开始。")
    return row


def write(unit: Unit, held: Held, at: datetime, content: dict[str, Any]) -> Seen:
    """Keep what becomes of a session: named by it, so that two stations name it alike."""
    rid = session_rid(unit, held.key)
    item, day, slot = held.key
    place: dict[str, Any] = {
        "resident": held.item.resident, "plan": held.plan.rid, "item": item, "service_date": day, "slot": slot,
        "discipline": held.item.discipline, "words": held.item.words, "therapist": unit.actor.rid,
        "together": held.item.together,
    }  # fmt: skip
    before = _taken_back(unit, rid)
    if before is None:
        unit.session.add(RehabSession(**unit.stamp(rid=rid, at=at), revision=1, **place, **content))
        return Seen(rid, 1)
    blank: dict[str, Any] = {
        "ended_at": None, "minutes": 0, "attendance": "", "why": "", "why_words": "", "dose": {}, "before": {},
        "during": {}, "after": {}, "stopped": {}, "reactions": [], "soap": {}, "skin": {}, "goals": {}, "note": "",
    }  # fmt: skip
    fresh = revising.next_revision(
        unit, before, AGAIN, {**blank, **place, **content, "at": at, "state": "signed"}
    )
    return Seen(fresh.rid, fresh.revision)


def go_on(unit: Unit, row: RehabSession, reason: str, changes: dict[str, Any]) -> Seen:
    """The next revision of this row alone: what another station has of the session stays to be seen."""
    fresh = revising.next_revision(unit, row, reason, changes)
    return Seen(fresh.rid, fresh.revision)


def set_of(unit: Unit, held: Held) -> UUID:
    """The visit that a session's values at rest are written in: the same for a second sending, another one after it
    was taken back."""
    rid = session_rid(unit, held.key)
    before = _taken_back(unit, rid)
    revision = 1 if before is None else before.revision + 1
    return named(unit.settings.institution_id, "rehab_vitals", str(rid), unit.station, str(revision))


def name_of(held: Held) -> str:
    """`09:00 坐站转移`."""
    return f"{held.planned.time} {held.item.words}"


def _taken_back(unit: Unit, rid: UUID) -> RehabSession | None:
    """What was recorded here of a session and taken back: it is blank again."""
    return unit.session.scalar(
        select(RehabSession)
        .where(RehabSession.rid == rid, RehabSession.station == unit.station)
        .order_by(RehabSession.revision.desc())
        .limit(1)
    )


def _why_none(plan: PlanFact | None, words: str, key: SessionKey) -> str:
    if plan is not None and plan.status in OVER:
        return _over(plan)
    if plan is not None and plan.paused(key[1]):
        return f"康复计划 {plan.number} 暂停中，继续后才能训练。"
    return f"计划已变，{words} {key[1]:%m-%d} {key[2].removeprefix('+')} 没有这一次。"


def _over(plan: PlanFact) -> str:
    return f"康复计划 {plan.number} 已{OVER[plan.status]}，不能再训练。"
