"""A plan as it is being written: goals, programme and all the rest in frozen pieces, to a draft and to its orders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from app.rehab.lists.measures import NEAR, UP, measures
from app.rehab.planning.forms import GoalForm, ItemForm, PlanForm
from app.rehab.rules.evaluation import Problem
from app.rehab.rules.smart import LONG, Fault, Smart, faults
from app.residents.stating import Seen


@dataclass(frozen=True)
class GoalDraft:
    """One goal. `key` names it within the plan; `seen`: it stands in the file; `serves`: key of its long goal."""

    key: str
    term: str
    action: str = ""
    condition: str = ""
    problem: str = ""
    measure: str = ""
    unit: str = ""
    baseline: float | None = None
    target: float | None = None
    due_on: date | None = None
    serves: str = ""
    weight: int = 1
    seen: Seen | None = None
    begins: date | None = None

    def faults(self, begins: date) -> tuple[Fault, ...]:
        """What is missing for it to be SMART, by field of the form."""
        said = Smart(
            self.term, self.action, self.condition, self.measure, self.unit, self.baseline, self.target,
            self.begins or begins, self.due_on, self.problem,
        )  # fmt: skip
        return tuple(replace(one, field=_FIELDS.get(one.field, one.field)) for one in faults(said))

    def form(self, beside: Iterable[GoalDraft] = (), stands: Mapping[str, UUID] | None = None) -> GoalForm:
        """As the act takes it: its long goal by place among those drawn up with it, or by its rid."""
        places = [one.key for one in beside]
        return GoalForm(
            term=self.term, action=self.action, target=self.target or 0.0, due_on=self.due_on or date.max,
            condition=self.condition, measure=self.measure, unit=self.unit, baseline=self.baseline,
            falling=self.falling, serves=(stands or {}).get(self.serves), problem=self.problem, weight=self.weight,
            under=places.index(self.serves) if self.serves in places else None,
        )  # fmt: skip

    @property
    def falling(self) -> bool:
        """Whether less is better: by its numbers, else as its measure says."""
        if self.baseline is not None and self.target is not None and self.baseline != self.target:
            return self.target < self.baseline
        known = measures().get(self.measure)
        return known is not None and known.direction not in (UP, NEAR)


@dataclass(frozen=True)
class ItemDraft:
    """One line of the programme. `per_week` 0: less often, `note` says how often; `goal`: key of the goal it serves."""

    key: str
    code: str
    words: str
    discipline: str
    minutes: int
    per_week: int
    dose: Mapping[str, Any] = field(default_factory=dict)
    place: str = ""
    therapist: UUID | None = None
    together: str = ""
    note: str = ""
    goal: str = ""
    week: tuple[str, ...] = ()
    seen: Seen | None = None

    def form(self, goals: Iterable[GoalDraft] = (), stands: Mapping[str, UUID] | None = None) -> ItemForm:
        """As the act takes it: its goal by place among those drawn up with it, or by its rid."""
        places = [one.key for one in goals]
        return ItemForm(
            code=self.code, words=self.words, discipline=self.discipline, minutes=self.minutes,
            per_week=self.per_week, week=self.week, dose=self.dose, place=self.place, therapist=self.therapist,
            goal=(stands or {}).get(self.goal), serves=places.index(self.goal) if self.goal in places else None,
            together=self.together, note=self.note,
        )  # fmt: skip


@dataclass(frozen=True)
class Rest:
    """What everybody minds and does besides: (words, shows in nursing, care task), exercises, aids, education, team
    as (role, staff, name)."""

    precautions: tuple[tuple[str, bool, str], ...] = ()
    exercises: tuple[str, ...] = ()
    aids: tuple[str, ...] = ()
    education: tuple[str, ...] = ()
    team: tuple[tuple[str, str, str], ...] = ()
    guard: str = ""

    def content(self) -> dict[str, Any]:
        """As a plan keeps it."""
        return {
            "precautions": [
                {"words": words, "nursing": nursing, **({"task": task} if task else {})}
                for words, nursing, task in self.precautions
            ],
            "exercises": list(self.exercises),
            "aids": list(self.aids),
            "education": list(self.education),
            "team": [{"role": role, "staff": staff, "name": name} for role, staff, name in self.team],
            "guard": self.guard,
        }

    @staticmethod
    def of(content: Mapping[str, Any]) -> Rest:
        return Rest(
            tuple(
                (one["words"], bool(one.get("nursing")), one.get("task", ""))
                for one in content.get("precautions", ())
            ),
            tuple(content.get("exercises", ())),
            tuple(content.get("aids", ())),
            tuple(content.get("education", ())),
            tuple((one["role"], one.get("staff") or "", one["name"]) for one in content.get("team", ())),
            content.get("guard", ""),
        )


@dataclass(frozen=True)
class PlanDraft:
    """A whole plan as it is being written."""

    words: str = ""
    template: str = ""
    phase: str = ""
    begins: date | None = None
    ends: date | None = None
    review_on: date | None = None
    lead: UUID | None = None
    evaluation: UUID | None = None
    problems: tuple[Problem, ...] = ()
    contraindications: Mapping[str, str] = field(default_factory=dict)
    measures: tuple[str, ...] = ()
    limits: Mapping[str, float] = field(default_factory=dict)
    conditions: tuple[str, ...] = ()
    rest: Rest = Rest()
    goals: tuple[GoalDraft, ...] = ()
    items: tuple[ItemDraft, ...] = ()

    def form(self) -> PlanForm:
        """As the act takes it, without goals and items; dates that are missing are refused there."""
        return PlanForm(
            words=self.words, phase=self.phase, begins=self.begins or date.min, ends=self.ends or date.min,
            review_on=self.review_on or date.min, template=self.template,
            problems=tuple(
                {"code": one.code, "words": one.words, "kind": one.kind, "note": one.note} for one in self.problems
            ),
            contraindications=self.contraindications, content=self.rest.content(), measures=self.measures,
            limits=self.limits, conditions=self.conditions, evaluation=self.evaluation, lead=self.lead,
        )  # fmt: skip

    def kept(self) -> dict[str, Any]:
        """As a draft keeps it: JSON."""
        made: dict[str, Any] = _plain(asdict(self))
        return made

    @staticmethod
    def of(kept: Mapping[str, Any]) -> PlanDraft:
        """From a draft."""
        rest = {key: kept["rest"][key] for key in kept["rest"]}
        plain: dict[str, Any] = {
            **{key: kept[key] for key in ("words", "template", "phase", "contraindications", "limits")},
            **{key: _date(kept[key]) for key in ("begins", "ends", "review_on")},
            **{key: _uuid(kept[key]) for key in ("lead", "evaluation")},
            **{key: tuple(kept[key]) for key in ("measures", "conditions")},
        }
        return PlanDraft(
            **plain,
            problems=tuple(Problem(**one) for one in kept["problems"]),
            rest=Rest(
                **{key: tuple(rest[key]) for key in ("exercises", "aids", "education")},
                precautions=tuple((w, n, t) for w, n, t in rest["precautions"]),
                team=tuple((r, s, n) for r, s, n in rest["team"]),
                guard=rest["guard"],
            ),
            goals=tuple(
                GoalDraft(
                    **{**one, "due_on": _date(one["due_on"]), "begins": _date(one["begins"]), "seen": None}
                )
                for one in kept["goals"]
            ),
            items=tuple(
                ItemDraft(
                    **{**one, "therapist": _uuid(one["therapist"]), "week": tuple(one["week"]), "seen": None}
                )
                for one in kept["items"]
            ),
        )

    @property
    def long_goals(self) -> tuple[GoalDraft, ...]:
        return tuple(one for one in self.goals if one.term == LONG)


_FIELDS = {"start": "baseline", "due": "due_on"}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _uuid(text: str | None) -> UUID | None:
    return UUID(text) if text else None
