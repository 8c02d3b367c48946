"""From a template to a plan: dates from weeks, baselines from the last results, targets that suit them, therapists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from app.core.roles import Role
from app.rehab.drafted import GoalDraft, ItemDraft, PlanDraft, Rest
from app.rehab.lists.disciplines import disciplines
from app.rehab.lists.items import Item, items
from app.rehab.lists.measures import NEAR, UP, measures
from app.rehab.lists.phases import phases
from app.rehab.lists.surroundings import aids, problems
from app.rehab.lists.template import BY, Exercise, Template, TemplateGoal, TemplateItem
from app.rehab.lists.templates import templates
from app.rehab.measured import Measure
from app.rehab.rules.evaluation import Evaluated, Problem
from app.rehab.rules.smart import LONG, SHORT

WEEKS = 12
"""How long a plan is where its template has no longer goal."""
_PLAIN = ("minutes", "seconds", "metres", "trials", "count")
"""Measures that say enough by themselves of what is counted."""
_TITLES = {"pt": "PT", "ot": "OT", "st": "ST", "swallow": "ST", "tcm": "中医"}


@dataclass(frozen=True)
class Hand:
    """Somebody who may hold sessions."""

    rid: UUID
    name: str
    roles: frozenset[Role]
    profession: str
    title: str


@dataclass(frozen=True)
class Ground:
    """What a plan is drawn up from: the day, the evaluation, what instruments found, who works here, who writes."""

    today: date
    diagnosis: str
    evaluation: UUID | None
    said: Evaluated | None
    results: Mapping[str, Measure]
    staff: tuple[Hand, ...]
    lead: UUID | None


def blank(ground: Ground) -> PlanDraft:
    """A plan without a template: what the evaluation says, and its dates."""
    phase = ground.said.phase if ground.said is not None else ""
    begins = ground.today
    return PlanDraft(
        words=_named(ground),
        phase=phase,
        begins=begins,
        ends=begins + timedelta(weeks=WEEKS),
        review_on=review_of(phase, begins),
        lead=ground.lead,
        evaluation=ground.evaluation,
        problems=ground.said.problems if ground.said is not None else (),
        contraindications=dict(ground.said.contraindications) if ground.said is not None else {},
        measures=tuple(ground.said.measures) if ground.said is not None else (),
    )


def from_template(code: str, ground: Ground, conditions: Iterable[str] = ()) -> PlanDraft:
    """A plan by a template; what the evaluation found comes first, what the template knows is added."""
    template = templates()[code]
    plain = blank(ground)
    phase = plain.phase or template.phase
    begins = ground.today
    weeks = max((one.weeks for one in template.goals), default=WEEKS)
    goals = _goals(template, ground)
    return replace(
        plain,
        words=plain.words or f"{template.words}康复",
        template=code,
        phase=phase,
        ends=begins + timedelta(weeks=weeks),
        review_on=review_of(phase, begins),
        problems=_problems(template, ground.said),
        measures=tuple(dict.fromkeys((*template.measures, *plain.measures))),
        limits=dict(template.limits),
        conditions=tuple(dict.fromkeys((*template.conditions, *conditions))),
        rest=_rest(template, ground),
        goals=goals,
        items=tuple(_programme(template, ground, goals)),
    )


def review_of(phase: str, since: date) -> date:
    """When a plan of this phase is reviewed next."""
    known = phases().get(phase)
    return since + timedelta(days=known.review_days if known is not None else 28)


def line_of(item: Item, ground_staff: Sequence[Hand], lead: UUID | None, key: str) -> ItemDraft:
    """A line of the programme with the item's usual values."""
    template = TemplateItem(item.code, item.minutes, item.often, item.place, item.usual, "")
    return _line(template, ground_staff, lead, key)


def offered_beside(template: str, there: Iterable[str]) -> tuple[Item, ...]:
    """Items a template offers that are not in the programme."""
    known = templates().get(template)
    here = set(there)
    if known is None:
        return ()
    return tuple(items()[one.item] for one in known.items if one.item not in here and not one.often.on_ward)


def target_for(goal: TemplateGoal, start: float | None) -> float | None:
    """A target that lies beyond where the resident stands; none where the template's own is already reached."""
    if goal.target is None or start is None:
        return goal.target
    known = measures()[goal.measure]
    up = known.direction == UP or (known.direction == NEAR and goal.target > start)
    beyond = goal.target > start if up else goal.target < start
    return goal.target if beyond else None


def _named(ground: Ground) -> str:
    """The plan's name: the functional diagnosis if there is one, else the diagnosis."""
    if ground.said is not None:
        functional, level = ground.said.texts.get("functional", ""), ground.said.texts.get("level", "")
        told = functional or ground.said.diagnosis
        return (f"{told}（{level}）" if level and level not in told else told)[:60]
    return ground.diagnosis[:60]


def _problems(template: Template, said: Evaluated | None) -> tuple[Problem, ...]:
    found = list(said.problems) if said is not None else []
    if found:
        served = {goal.problem for goal in template.goals} - {one.code for one in found}
    else:
        served = set(template.problems)
    return (*found, *(Problem(code, problems()[code].words) for code in template.problems if code in served))


def _goals(template: Template, ground: Ground) -> tuple[GoalDraft, ...]:
    made: list[GoalDraft] = []
    for term in (LONG, SHORT):
        for one in template.goals_of(term):
            known = measures()[one.measure]
            result = ground.results.get(one.measure)
            start = result.last.value if result is not None and result.last is not None else one.start
            said = not one.part or one.part in one.action or one.measure in _PLAIN
            action = one.action if said else f"{one.action}（{one.part}）"
            serves = next((goal.key for goal in made if goal.term == LONG), "") if term == SHORT else ""
            made.append(
                GoalDraft(
                    key=f"g{len(made) + 1}", term=term, action=action, condition=one.condition, problem=one.problem,
                    measure=one.measure, unit=known.unit, baseline=start, target=target_for(one, start),
                    due_on=ground.today + timedelta(weeks=one.weeks), serves=serves,
                )
            )  # fmt: skip
    return tuple(made)


def _programme(template: Template, ground: Ground, goals: tuple[GoalDraft, ...]) -> Iterable[ItemDraft]:
    chosen = [one for one in template.items if not one.offered and not one.often.on_ward]
    first = next((goal.key for goal in goals if goal.term == SHORT), "")
    for place, one in enumerate(chosen, 1):
        line = _line(one, ground.staff, ground.lead, f"i{place}")
        yield replace(line, goal=first)


def _line(one: TemplateItem, staff: Sequence[Hand], lead: UUID | None, key: str) -> ItemDraft:
    item = items()[one.item]
    weekly = round(one.often.a_week)
    rare = f"{one.often.words}" if one.often.a_week < 1 else ""
    return ItemDraft(
        key=key, code=item.code, words=item.words, discipline=item.discipline, minutes=one.minutes,
        per_week=0 if rare else max(1, min(weekly, 28)), dose=dict(one.dose), place=one.place,
        therapist=therapist_for(item.discipline, staff, lead), note="，".join(filter(None, (rare, one.note))),
    )  # fmt: skip


def therapist_for(discipline: str, staff: Sequence[Hand], lead: UUID | None) -> UUID | None:
    """Who most likely holds it: whose title says the discipline, else who leads the plan if they may."""
    known = disciplines().get(discipline)
    able = [one for one in staff if known is not None and known.held_by(one.roles, one.profession)]
    title = _TITLES.get(discipline, "")
    named = [one for one in able if title and title in one.title]
    if any(one.rid == lead for one in named):
        return lead
    if named:
        return named[0].rid
    return lead if any(one.rid == lead for one in able) else None


def _rest(template: Template, ground: Ground) -> Rest:
    on_ward = (
        f"{items()[one.item].words}，{one.often.words}"
        for one in template.items
        if one.often.on_ward and not one.offered
    )
    lead = next((one for one in ground.staff if one.rid == ground.lead), None)
    team = tuple(
        (role, str(lead.rid), lead.name)
        if lead is not None and role == Role.THERAPIST
        else (role, "", Role(role).words)
        for role in template.team
    )
    return Rest(
        precautions=tuple((one.words, one.nursing, one.task) for one in template.precautions),
        exercises=(*on_ward, *(exercise_words(one) for one in template.exercises)),
        aids=tuple(aids()[code].words for code in template.aids),
        education=template.education,
        team=team,
    )


def exercise_words(one: Exercise) -> str:
    """`双手交叉自助上举，每日 3 次，老人自己、护理员：健手带患手，过头 10 次`."""
    who = "、".join(BY[key] for key in one.by)
    head = "，".join(filter(None, (one.words, one.often.words, who)))
    return f"{head}：{one.how}" if one.how else head
