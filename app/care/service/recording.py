"""Acts that record care: what became of one slot, or everything that is due of a resident with one key."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from app.access.names import author_names
from app.care.derived import Held, derive, hours_of, in_shift
from app.care.lists import reasons, reasons_of, task_kind, why_words
from app.care.revising import follow
from app.care.rules import AWAY, DONE, OUTCOMES, REFUSED, SlotState, needs_why, outcome_words
from app.core.clock import local
from app.core.errors import Refusal
from app.core.ids import named
from app.core.orders import Order, performs
from app.core.roles import Right, Role
from app.core.unit import Unit
from app.residents.stating import Seen
from db.models import CareDoing, CareTask

LONGEST_NOTE = 100
NURSING = frozenset({Role.NURSE, Role.HEAD_NURSE, Role.DOCTOR})
"""Who may record a task that the plan gives to nurses."""


@dataclass(frozen=True)
class RecordDoing(Order[Seen]):
    """What became of one slot. `why` is a reason's code; `at` when it was done, if not now."""

    task: UUID
    service_date: date
    slot: str
    outcome: str = DONE
    why: str = ""
    note: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Otherwise:
    """A slot that did not go as planned, among many that did."""

    task: UUID
    service_date: date
    slot: str
    outcome: str
    why: str = ""
    note: str = ""


@dataclass(frozen=True)
class RecordMany(Order["Recorded"]):
    """Everything of a shift that waits now, for these residents: done as planned, but for what is said `otherwise`.

    `leave`: slots left blank, by task, service date and name.
    """

    residents: tuple[UUID, ...]
    shift_day: date
    shift: str
    otherwise: tuple[Otherwise, ...] = ()
    leave: tuple[tuple[UUID, date, str], ...] = ()


@dataclass(frozen=True)
class Recorded:
    """What one key wrote, and in words what it had to leave to somebody else."""

    seen: tuple[Seen, ...]
    left: tuple[str, ...] = ()


@performs(RecordDoing)
def record_doing(unit: Unit, order: RecordDoing) -> Seen:
    """Refuses a slot that is none, that is recorded already (naming who), too early, too late, or not this role's."""
    unit.require(Right.RECORD_CARE)
    said = Otherwise(order.task, order.service_date, order.slot, order.outcome, order.why, order.note)
    held = _slot(unit, order)
    refuse_recorded(unit, held)
    check_said(held, said)
    _refuse_role(unit, held)
    _refuse_time(unit, held, order.at)
    at = order.at or _when(held, unit.now)
    return write(unit, [(held, said, at)])[0]


@performs(RecordMany)
def record_many(unit: Unit, order: RecordMany) -> Recorded:
    """Refuses when nothing waits, saying what comes next."""
    unit.require(Right.RECORD_CARE)
    if hours_of(unit).shift(order.shift) is None:
        raise Refusal("没有这个班次。")
    whole = in_shift(unit, order.residents, order.shift_day, order.shift)
    waiting = [one for one in whole if one.state.open and one.slot.key not in order.leave]
    if not waiting:
        raise Refusal(_nothing_waits(unit, whole))
    said = {(one.task, one.service_date, one.slot): one for one in order.otherwise}
    if all(_too_old(unit, one) for one in waiting):
        raise Refusal(_too_old_words(unit))
    waiting = [one for one in waiting if not _too_old(unit, one)]
    mine = [one for one in waiting if _may(unit, one)]
    if not mine:
        raise Refusal(f"剩下的由护士记录：{_listed(waiting)}。")
    rows = []
    for held in mine:
        what = said.get(held.slot.key) or Otherwise(*held.slot.key, DONE)
        check_said(held, what)
        rows.append((held, what, _when(held, unit.now)))
    left = [_named(one) for one in waiting if not _may(unit, one)]
    return Recorded(tuple(write(unit, rows)), tuple(left))


def doing_rid(unit: Unit, slot: tuple[UUID, date, str]) -> UUID:
    """The id of what becomes of a slot: every station gives it the same."""
    task, day, name = slot
    return named(unit.settings.institution_id, "care_doing", str(task), day.isoformat(), name)


def write(unit: Unit, rows: list[tuple[Held, Otherwise, datetime]]) -> list[Seen]:
    """Write records of blank slots: many at once; one that was taken back before gets its next revision."""
    rids = [doing_rid(unit, held.slot.key) for held, _said, _at in rows]
    before = {row.rid: row for row in _standing(unit, rids)}
    seen: list[Seen] = []
    fresh: list[dict[str, Any]] = []
    for rid, (held, said, at) in zip(rids, rows, strict=True):
        content = {"outcome": said.outcome, "why": said.why, "note": said.note.strip()}
        if rid in before:
            changes = {**content, "at": at, "state": "signed"}
            seen.append(follow(unit, before[rid], "撤销后重新记录", changes))
            continue
        task, day, name = held.slot.key
        place = {"task": task, "resident": held.task.resident, "service_date": day, "slot": name}
        envelope = {"revision": 1, "current": True, "state": "signed"}
        fresh.append({**unit.stamp(rid=rid, at=at), **envelope, **place, **content})
        seen.append(Seen(rid, 1))
    if fresh:
        unit.session.execute(insert(CareDoing), fresh)
        unit.announce(CareDoing, [one["rid"] for one in fresh])
    return seen


def check_said(held: Held, said: Otherwise) -> None:
    """Refuses an outcome that is none or that this task cannot have, and a missing, wrong or wordless reason."""
    if said.outcome not in OUTCOMES:
        raise Refusal("没有这个结果，请重新选择。", field="outcome")
    if said.outcome == REFUSED and not task_kind(held.task.code).may_refuse:
        raise Refusal(f"“{held.task.words}”不能记拒绝；没有做请记“未做”。", field="outcome")
    if len(said.note.strip()) > LONGEST_NOTE:
        raise Refusal(f"说明最多 {LONGEST_NOTE} 个字。", field="note")
    if not needs_why(said.outcome):
        return
    if said.why not in {one.code for one in reasons_of(said.outcome)}:
        raise Refusal("请选择原因。", field="why")
    wordless = next(one for one in reasons() if one.code == said.why).words_needed and not said.note.strip()
    if wordless:
        raise Refusal("原因选“其他”时，请写明原因。", field="note")


def refuse_recorded(unit: Unit, held: Held) -> None:
    """A second record of one slot is refused, saying who made the first one, and what it says."""
    doing = held.doing
    if doing is not None:
        who = author_names(unit).get(doing.author) or "别的站点"
        when = local(unit.settings.zone, doing.recorded_at)
        what = outcome_words(doing.outcome) + (f"：{why_words(doing.why, doing.note)}" if doing.why else "")
        raise Refusal(f"{_named(held)} 已由{who}在 {when:%m-%d %H:%M} 记为“{what}”。要改请更正那一条。")


def _slot(unit: Unit, order: RecordDoing) -> Held:
    task = unit.session.scalar(
        select(CareTask).where(CareTask.rid == order.task, CareTask.current, CareTask.state != "retracted")
    )
    if task is None:
        raise Refusal("这一项已不在照护计划里。")
    whole = derive(unit, [task.resident], [order.service_date])
    key = (order.task, order.service_date, order.slot)
    held = next((one for one in whole if one.slot.key == key), None)
    if held is None:
        raise Refusal(f"“{task.words}”在 {order.service_date:%m-%d} 没有 {order.slot} 这一次。")
    return held


def _refuse_role(unit: Unit, held: Held) -> None:
    if not _may(unit, held):
        raise Refusal(f"“{held.task.words}”由护士记录。")


def _refuse_time(unit: Unit, held: Held, at: datetime | None) -> None:
    zone = unit.settings.zone
    if held.state is SlotState.PLANNED:
        opens = local(zone, held.slot.opens)
        raise Refusal(f"{_named(held)} 还没到时间，{opens:%H:%M} 起可以记录。")
    if _too_old(unit, held):
        raise Refusal(_too_old_words(unit))
    if at is not None and not held.slot.opens <= at <= unit.now:
        raise Refusal("执行时间要在这一次的时段里，并且不晚于现在。", field="at")


def _too_old(unit: Unit, held: Held) -> bool:
    return unit.now > held.slot.closes + hours_of(unit).windows.record_within


def _too_old_words(unit: Unit) -> str:
    hours = int(hours_of(unit).windows.record_within.total_seconds() // 3600)
    return f"已过去 {hours} 小时以上，请用“结束本班”逐项说明。"


def _when(held: Held, now: datetime) -> datetime:
    """When it was done, if nobody says: now while it is due; later, at its own time."""
    if held.state is not SlotState.OVERDUE:
        return now
    return held.slot.closes if held.slot.name == held.slot.shift else held.slot.at


def _may(unit: Unit, held: Held) -> bool:
    return held.task.role != "nurse" or bool(unit.actor.roles & NURSING)


def _nothing_waits(unit: Unit, whole: list[Held]) -> str:
    following = next((one for one in whole if one.state is SlotState.PLANNED), None)
    if following is not None:
        opens = local(unit.settings.zone, following.slot.opens)
        return f"现在没有该做的。下一项：{_named(following)}，{opens:%H:%M} 起可以记录。"
    if whole and all(one.state is SlotState.AWAY for one in whole):
        return f"{OUTCOMES[AWAY]}期间不用记录。"
    return "这一班的照护都已记录。" if whole else "这一班没有安排照护。"


def _listed(held: Iterable[Held]) -> str:
    return "、".join(_named(one) for one in held)


def _named(held: Held) -> str:
    """`08:00 喂水`; once in a shift it is just the task."""
    slot = held.slot
    return held.task.words if slot.name == slot.shift else f"{slot.name} {held.task.words}"


def _standing(unit: Unit, rids: list[UUID]) -> list[Any]:
    return list(unit.session.scalars(select(CareDoing).where(CareDoing.rid.in_(rids), CareDoing.current)))
