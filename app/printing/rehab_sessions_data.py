"""From the sessions of some days to the 康复训练记录: what was held, what was not and why, and sums by item."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from app.access.names import author_names
from app.core.clock import local
from app.core.errors import Refusal
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.printing.journal_sheet_data import whose
from app.printing.sheets.rehab_sessions import ItemSum, RehabSessions, SessionLine, Taken
from app.rehab.derived import Held, derive
from app.rehab.dosing import dose_words
from app.rehab.lists.attendance import SOAP, attendances, reactions, reason_words
from app.rehab.lists.disciplines import disciplines
from app.rehab.lists.skin import skin_states
from app.rehab.progress.attendance import ASIDE
from app.rehab.rules.sessions import SessionState
from app.rehab.rules.stopping import STOP, Values
from app.rehab.training.values import values_of
from app.residents.queries import Chart
from app.residents.queries.chart import chart
from app.residents.rules.stays import ABSENCES
from db.models import RehabSession

LONGEST = 93
"""Days a record may cover at most: a quarter."""
_COMING = (SessionState.PLANNED, SessionState.DUE)
_STATES = {
    SessionState.UNRECORDED: "未记录",
    SessionState.CANCELLED: "已取消",
    SessionState.AWAY: "不在院",
    SessionState.RUNNING: "训练中",
}


@dataclass(frozen=True)
class RehabSessionsOf(Question[RehabSessions]):
    """The sessions of a span of days, both included; neither given: of this month."""

    resident: UUID
    first: date | None = None
    last: date | None = None


@answers(RehabSessionsOf)
def rehab_sessions_of(reader: Reader, question: RehabSessionsOf) -> RehabSessions:
    """Refuses a span that ends before it begins or is too long, and one in which nothing was to be trained."""
    reader.require(Right.PRINT_RECORDS)
    first, last = _span(reader, question)
    days = [first + timedelta(days=place) for place in range((last - first).days + 1)]
    found = derive(reader, (question.resident,), days)
    held = [one for one in found if not one.tentative and one.state not in _COMING]
    if not held:
        raise Refusal("这段时间没有康复训练，没有记录可以打印。")
    person, names = chart(reader, Chart(question.resident)), author_names(reader)
    rows = _recorded(reader, held)
    plans = dict.fromkeys(f"{one.plan.words}（{one.plan.number}）" for one in held)
    who = dict.fromkeys(one.session.therapist for one in held if one.session and one.session.therapist)
    return RehabSessions(
        whose=whose(reader, person),
        plans="、".join(plans),
        diagnosis="；".join(one.words for one in person.diagnoses),
        first=first,
        last=last,
        sessions=tuple(_line(reader, one, rows, names) for one in held),
        kinds=(*(one.words for one in attendances().values()), "未记录", "取消离院"),
        sums=tuple(_sums(held)),
        therapists=tuple(names.get(rid, "") for rid in who),
        printed_at=local(reader.settings.zone, reader.now),
        printed_by=reader.actor.name,
    )


def _span(reader: Reader, question: RehabSessionsOf) -> tuple[date, date]:
    last = question.last or reader.today
    first = question.first or last.replace(day=1)
    if last < first:
        raise Refusal("结束日期早于开始日期，请核对。", field="last")
    if (last - first).days >= LONGEST:
        raise Refusal("一次最多打印三个月，请缩短日期范围。", field="first")
    return first, last


def _recorded(reader: Reader, held: Sequence[Held]) -> dict[UUID, RehabSession]:
    """The leading record of each session, by its rid."""
    wanted = {one.session.rid: one.session.station for one in held if one.session is not None}
    rows = reader.session.scalars(
        select(RehabSession).where(RehabSession.rid.in_(wanted), RehabSession.current)
    )
    return {row.rid: row for row in rows if row.station == wanted[row.rid]}


def _line(
    reader: Reader, held: Held, rows: Mapping[UUID, RehabSession], names: Mapping[UUID, str]
) -> SessionLine:
    row = rows.get(held.session.rid) if held.session is not None else None
    at = local(reader.settings.zone, row.at if row is not None and held.state.held else held.planned.at)
    who = row.therapist if row is not None else held.planned.therapist
    known = disciplines().get(held.item.discipline)
    during = values_of(row.during) if row is not None else Values()
    after = values_of(row.after) if row is not None else Values()
    effort = [one.rpe for one in (during, after) if one.rpe is not None]
    return SessionLine(
        day=held.planned.day,
        time=f"{at:%H:%M}",
        words=f"{known.short if known else held.item.discipline} {held.item.words}",
        dose=dose_words(row.dose) if row is not None else "",
        minutes=str(row.minutes) if row is not None and row.minutes else "",
        before=_taken(values_of(row.before) if row is not None else Values()),
        after=_taken(after),
        rpe=f"{max(effort):g}" if effort else "",
        attendance=_attendance(held),
        note="；".join(_notes(held, row, during)),
        therapist=names.get(who, "") if who is not None else "",
        grave=row is not None and bool(row.reactions or _stopped(row)),
    )


def _attendance(held: Held) -> str:
    known = attendances().get(str(held.state))
    return known.words if known is not None else _STATES.get(held.state, str(held.state))


def _taken(found: Values) -> Taken:
    pressure = f"{found.sbp:g}/{found.dbp:g}" if found.sbp is not None and found.dbp is not None else ""
    return Taken(pressure, _said(found.hr), _said(found.spo2), _said(found.pain))


def _said(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _notes(held: Held, row: RehabSession | None, during: Values) -> Iterator[str]:
    """Why it was not held; else what was measured meanwhile, what fired, what was seen, what was written."""
    if held.planned.moved:
        yield f"原定 {held.key[1]:%m-%d} {held.key[2].removeprefix('+')}"
    if row is not None:
        yield from _recorded_notes(row, during)
    elif held.away:
        yield ABSENCES.get(held.away, held.away)
    elif held.booking is not None and held.booking.why:
        yield held.booking.why
    if held.others:
        yield "别的站点也有这次的记录"


def _recorded_notes(row: RehabSession, during: Values) -> Iterator[str]:
    if why := (row.why_words or (reason_words(row.why) if row.why else "")):
        yield why
    yield from _meanwhile(during)
    for one in _stopped(row):
        yield f"停止：{one['words']}"
    if said := row.stopped.get("overruled"):
        yield f"提醒后继续：{said}"
    known = reactions()
    for code in row.reactions:
        yield known[code].words if code in known else code
    yield from _skin(row)
    yield from (row.soap[part] for part in SOAP if row.soap.get(part))
    if row.note:
        yield row.note
    if row.state == "corrected":
        yield f"已更正（{row.reason}）" if row.reason else "已更正"


def _meanwhile(during: Values) -> Iterator[str]:
    taken = _taken(during)
    said = (taken.pressure, taken.heart and f"心率 {taken.heart}", taken.oxygen and f"血氧 {taken.oxygen}%")
    if words := "，".join(part for part in said if part):
        yield f"训练中 {words}"


def _skin(row: RehabSession) -> Iterator[str]:
    known = skin_states()
    looks = [(when, str(row.skin.get(key))) for when, key in (("前", "before"), ("后", "after"))]
    if seen := "，".join(f"{when}{known[code].words}" for when, code in looks if code in known):
        yield f"皮肤 {seen}"
    if (degrees := row.skin.get("temperature_c")) is not None:
        yield f"温度 {degrees:g} ℃"


def _stopped(row: RehabSession) -> list[Mapping[str, str]]:
    return [one for one in row.stopped.get("all", ()) if one.get("effect") == STOP]


def _sums(held: Sequence[Held]) -> Iterator[ItemSum]:
    """By item in the order they came; one more session, held instead of a missed one, is none that was to be held."""
    items = dict.fromkeys((one.item.rid, one.item.words, one.item.discipline) for one in held)
    for rid, words, code in items:
        mine = [one for one in held if one.item.rid == rid]
        extra = [one for one in mine if one.booking is not None and one.booking.instead_of is not None]
        states = Counter(str(one.state) for one in mine)
        counts = (
            *(states[kind] for kind in attendances()),
            states[str(SessionState.UNRECORDED)],
            sum(one.state in ASIDE for one in mine),
        )
        known = disciplines().get(code)
        yield ItemSum(
            f"{known.short if known else code} {words}",
            sum(one.state not in ASIDE and one not in extra for one in mine),
            counts,
            sum(one.session.minutes for one in mine if one.session is not None),
        )
