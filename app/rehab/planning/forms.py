"""What a person says of a plan, a goal or a line of the programme, checked; a bad field is refused in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any
from uuid import UUID

from app.care.rules import minute_of
from app.core.errors import Refusal
from app.rehab.day import rehab_day
from app.residents.rules import tidy

COUNT = "count"
"""The measure of a goal that is a number written down by therapists, in the goal's own unit."""
LONGEST_TEXT, LONGEST_WORDS = 300, 60
LONGEST_SESSION = 180


@dataclass(frozen=True)
class GoalForm:
    """One goal; see `db.models.RehabGoal`. `serves` names a long goal that stands already, `under` one that is drawn up
    with it, by its place in the list, which must be before its own."""

    term: str
    action: str
    target: float
    due_on: date
    condition: str = ""
    measure: str = COUNT
    unit: str = ""
    baseline: float | None = None
    falling: bool = False
    serves: UUID | None = None
    problem: str = ""
    weight: int = 1
    steps: tuple[float, ...] = ()
    under: int | None = None

    def columns(self) -> dict[str, Any]:
        """As the table keeps it, but for the goal it is under by place."""
        kept = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "under"}
        return kept | {"steps": {"all": list(self.steps)} if self.steps else {}}


@dataclass(frozen=True)
class ItemForm:
    """One line of the programme; see `db.models.RehabItem`. `week`: fixed times as "1 09:00", may come later.

    `per_week` 0 is less often than every week: the note says how often, and each session is booked by itself.
    `serves`: which of the goals drawn up with it it leads to, by place in the list.
    """

    code: str
    words: str
    discipline: str
    minutes: int
    per_week: int
    week: tuple[str, ...] = ()
    dose: Mapping[str, Any] = field(default_factory=dict)
    place: str = ""
    therapist: UUID | None = None
    goal: UUID | None = None
    serves: int | None = None
    together: str = ""
    note: str = ""
    begins: date | None = None
    ends: date | None = None

    def columns(self) -> dict[str, Any]:
        """As the table keeps it, but for its goal by place and its beginning."""
        kept = {
            one.name: getattr(self, one.name) for one in fields(self) if one.name not in ("serves", "begins")
        }
        return kept | {"week": sorted(self.week), "dose": dict(self.dose)}


@dataclass(frozen=True)
class PlanForm:
    """A plan; see `db.models.RehabPlan` for what the mappings hold."""

    words: str
    phase: str
    begins: date
    ends: date
    review_on: date
    template: str = ""
    problems: tuple[Mapping[str, Any], ...] = ()
    contraindications: Mapping[str, str] = field(default_factory=dict)
    content: Mapping[str, Any] = field(default_factory=dict)
    measures: tuple[str, ...] = ()
    limits: Mapping[str, float] = field(default_factory=dict)
    conditions: tuple[str, ...] = ()
    evaluation: UUID | None = None
    lead: UUID | None = None

    def columns(self) -> dict[str, Any]:
        """As the table keeps it."""
        kept = {one.name: getattr(self, one.name) for one in fields(self)}
        lists = {"measures": list(self.measures), "conditions": list(self.conditions)}
        maps = {name: dict(kept[name]) for name in ("contraindications", "content", "limits")}
        return kept | lists | maps | {"problems": {"all": [dict(one) for one in self.problems]}}


def check_plan(form: PlanForm) -> dict[str, Any]:
    """Refuses no name, a period that ends before it begins, a review outside it."""
    words = tidy(form.words)
    if not words:
        raise Refusal("请写明计划名称（诊断或功能问题）。", field="words")
    if len(words) > LONGEST_WORDS:
        raise Refusal(f"计划名称最多 {LONGEST_WORDS} 个字。", field="words")
    if form.ends < form.begins:
        raise Refusal("结束日期不能早于开始日期。", field="ends")
    if not form.begins < form.review_on <= form.ends:
        raise Refusal("复评日期要在计划周期之内。", field="review_on")
    return form.columns() | {"words": words}


def check_goal(form: GoalForm, begins: date) -> dict[str, Any]:
    """Refuses what is no goal: no action, no unit of a number, a day before it begins, a target that is the start."""
    action, condition = tidy(form.action), tidy(form.condition)
    if form.term not in ("long", "short"):
        raise Refusal("请选择长期目标或短期目标。", field="term")
    if not action:
        raise Refusal("请写明要做到的动作。", field="action")
    if max(len(action), len(condition)) > LONGEST_TEXT:
        raise Refusal(f"目标最多 {LONGEST_TEXT} 个字。", field="action")
    if form.measure == COUNT and not form.unit.strip():
        raise Refusal("请写明单位（次、米、分钟、毫升 …）。", field="unit")
    if form.due_on <= begins:
        raise Refusal("期限要晚于开始日期。", field="due_on")
    _check_way(form)
    return form.columns() | {"action": action, "condition": condition, "unit": form.unit.strip()}


def _check_way(form: GoalForm) -> None:
    if form.baseline is not None and form.baseline == form.target:
        raise Refusal("目标值与起点相同，请改目标值。", field="target")
    if form.baseline is not None and (form.target < form.baseline) != form.falling:
        way = "小" if form.falling else "大"
        raise Refusal(f"目标值应比起点{way}。", field="target")
    if form.steps and len(form.steps) != 5:
        raise Refusal("GAS 要写满 −2 至 +2 五级。", field="steps")
    if form.steps and list(form.steps) != sorted(form.steps, reverse=form.falling):
        raise Refusal("GAS 五级要从 −2 到 +2 依次递进。", field="steps")
    if not 1 <= form.weight <= 5:
        raise Refusal("权重为 1 至 5。", field="weight")


def check_item(form: ItemForm) -> dict[str, Any]:
    """Refuses no item, no or too long a session, a frequency that is none, times outside the board."""
    words = tidy(form.words)
    if not words:
        raise Refusal("请选择治疗项目。", field="words")
    if not 1 <= form.minutes <= LONGEST_SESSION:
        raise Refusal(f"时长为 1 至 {LONGEST_SESSION} 分钟。", field="minutes")
    if not 0 <= form.per_week <= 28:
        raise Refusal("每周次数为 1 至 28 次；不到每周一次的填 0。", field="per_week")
    if not form.per_week and not form.note.strip():
        raise Refusal("不到每周一次的，请在说明里写明多久一次。", field="note")
    check_week(form.week, form.minutes)
    return form.columns() | {"words": words}


def check_week(week: tuple[str, ...], minutes: int) -> None:
    """Refuses a time that is none, one outside the board's hours, one twice."""
    for one in week:
        number, _, clock = one.partition(" ")
        if number not in {str(day) for day in range(1, 8)} or not _is_clock(clock):
            raise Refusal(f"“{one}”不是时间，请写成周几和钟点。", field="time")
        begins = minute_of(clock)
        if begins < rehab_day().begins or begins + minutes > rehab_day().ends:
            raise Refusal(f"{clock} 不在康复时间之内。", field="time")
    if len(set(week)) != len(week):
        raise Refusal("同一时间排了两次。", field="time")


def _is_clock(said: str) -> bool:
    hours, _, minutes = said.partition(":")
    return len(said) == 5 and hours.isdigit() and minutes.isdigit() and int(hours) < 24 and int(minutes) < 60
