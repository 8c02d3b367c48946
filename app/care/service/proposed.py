"""Tasks an assessment proposes: added once, told for which result; and what is kept when the result no longer holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from app.care.forms import check_task, form_of_kind
from app.care.lists import OWN, task_kinds
from app.care.revising import follow, standing
from app.care.rules.bases import Origin, origin_from
from app.care.service.planning import add_task, resident_of, running
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.residents.stating import Seen
from db.models import Assessment, CareTask

KEPT = "依据已变，复核后继续"


@dataclass(frozen=True)
class Proposed:
    """Tasks of the list by code, for one problem with its goal, because of one assessment and its level."""

    origin: Origin
    problem: str
    goal: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Added:
    """What became of proposed tasks, by code: new ones, those planned before, and of them those given the new basis."""

    made: Mapping[str, UUID]
    there: tuple[str, ...]
    renewed: tuple[str, ...]


@dataclass(frozen=True)
class KeepTask(Order[Seen]):
    """A task goes on although the assessment it was planned for no longer says so; `why` in words."""

    seen: Seen
    why: str


def plan_proposed(unit: Unit, resident: UUID, proposed: Proposed) -> Added:
    """Add what is not planned yet, from today on; what is there is never doubled.

    A task planned for an earlier assessment by the same instrument gets the new one as its basis. One that ends
    today goes on tomorrow as a new task.
    """
    resident_of(unit, resident)
    if unknown := [code for code in proposed.codes if code not in task_kinds() or code == OWN]:
        raise Refusal(f"照护项目列表里没有“{unknown[0]}”。")
    here = {row.code: row for row in sorted(running(unit, resident), key=_last_day)}
    made: dict[str, UUID] = {}
    there: list[str] = []
    renewed: list[str] = []
    for code in proposed.codes:
        row = here.get(code)
        if row is not None and row.ends != unit.today:
            there.append(code)
            if _renew(unit, row, proposed):
                renewed.append(code)
            continue
        begins = unit.today if row is None else unit.today + timedelta(days=1)
        form = form_of_kind(code, proposed.problem, proposed.goal, begins)
        made[code] = add_task(unit, resident, check_task(form, unit.today), proposed.origin.kept)
    return Added(made, tuple(there), tuple(renewed))


@performs(KeepTask)
def keep_task(unit: Unit, order: KeepTask) -> Seen:
    unit.require(Right.PLAN_CARE)
    row = standing(unit, CareTask, order.seen)
    if origin_from(row.origin) is None:
        raise Refusal("这一项不是按评估安排的，没有要复核的依据。")
    why = order.why.strip()
    if not why:
        raise Refusal("请写明为什么继续做。", field="why")
    return follow(unit, row, f"{KEPT}：{why}", {"origin": "", "state": "corrected"})


def _last_day(row: CareTask) -> tuple[bool, date]:
    """The one that lasts longest stands last."""
    return (row.ends is None, row.ends or date.min)


def _renew(unit: Unit, row: CareTask, proposed: Proposed) -> bool:
    """Whether a task of an earlier assessment by the same instrument now stands on this one."""
    before = origin_from(row.origin)
    if before is None or before == proposed.origin:
        return False
    both = [before.assessment, proposed.origin.assessment]
    if len(set(unit.session.scalars(select(Assessment.instrument).where(Assessment.rid.in_(both))))) != 1:
        return False
    changes = {"origin": proposed.origin.kept, "problem": proposed.problem, "state": "corrected"}
    follow(unit, row, "依据更新为新的评估", {**changes, "goal": proposed.goal or row.goal})
    return True
