"""Rehab of the demo: a dozen residents beside the story, each with a plan from the template of their illness."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from app.demo.days import DOCTOR, Days, Person
from app.demo.story import WHO
from app.demo.training import proof_of, train_due
from app.rehab.day import rehab_day
from app.rehab.lists.items import items
from app.rehab.lists.measures import measures
from app.rehab.lists.surroundings import problems
from app.rehab.lists.template import Template, TemplateGoal
from app.rehab.lists.templates import templates
from app.rehab.planning import (
    ConfirmPlan,
    Consent,
    DrawUpPlan,
    GoalForm,
    IssuePlan,
    ItemForm,
    PlanForm,
    RateGoal,
    StateConsent,
)

FITS = {
    "脑": "stroke",
    "帕金森": "parkinson",
    "阿尔茨海默": "dementia",
    "髋部骨折": "hip-fracture",
    "慢性阻塞": "copd",
    "吞咽": "swallowing",
    "骨质疏松": "sarcopenia",
}
"""Templates by what a diagnosis says."""
HOLDERS = {
    "pt": ("0701", "0703"),
    "respiratory": ("0703",),
    "ot": ("0704",),
    "adl": ("0704",),
    "cognitive": ("0704",),
    "st": ("0705",),
    "swallow": ("0705",),
    "tcm": ("0509",),
}
"""Who holds which discipline."""
MOST, LINES = 14, 3
_OTHERWISE = (("refused", "tired"), ("absent", "visit"), ("sick", "fever"))


@dataclass
class Board:
    """Times that are still free: of each therapist, and of the resident in hand."""

    taken: set[tuple[str, str]] = field(default_factory=set)

    def find(self, number: str, resident: str, count: int) -> tuple[str, ...]:
        """Up to so many times of the week at which both are free, on as many days as can be."""
        found: list[str] = []
        for clock, day in itertools.product(rehab_day().times, (1, 3, 6, 5, 2, 4)):
            when = f"{day} {clock}"
            free = (number, when) not in self.taken and (resident, when) not in self.taken
            if free and len(found) < count and not any(one[0] == str(day) for one in found):
                found.append(when)
        self.taken |= {(whose, when) for whose in (number, resident) for when in found}
        return tuple(found)


def rehabilitate(days: Days) -> None:
    """Plans of some residents, begun in the last weeks, their sessions held day by day."""
    board = Board({("0703", f"{day} {clock}") for day in (1, 3, 5) for clock in ("10:30", "14:00")})
    board.taken |= {("0704", f"{day} 10:30") for day in (2, 3, 5, 6)} | {
        ("0509", f"{day} 15:30") for day in (3, 6)
    }
    dice = days.dice("rehab")
    for place, (person, template) in enumerate(itertools.islice(_chosen(days), MOST)):
        back = dice.randrange(6, max(7, min(days.count, 20)))
        goals: list[tuple[UUID, GoalForm]] = []
        begin = functools.partial(_begin, days, person, template, board, goals)
        days.at(days.moment(back, 10, 10) + timedelta(minutes=place), begin)
        for before, part in zip(range(back - 4, -1, -5), (0.3, 0.6, 1.0), strict=False):
            days.at(days.moment(before, 16, 20), functools.partial(_rate, days, goals, part))
        for before in range(back - 1, -1, -1):
            day = days.today - timedelta(days=before)
            otherwise = dice.choice(_OTHERWISE) if dice.random() < 0.06 else None
            at = days.moment(before, 18, 40) if before else days.now - timedelta(minutes=1)
            days.at(at, functools.partial(train_due, days, person, day, otherwise))


def _chosen(days: Days) -> Iterator[tuple[Person, Template]]:
    for person in days.people:
        said = person.invented.cells["主要诊断"]
        code = next((code for words, code in FITS.items() if words in said), None)
        if code is not None and person.invented.cells["姓名"] != WHO:
            yield person, templates()[code]


def _begin(
    days: Days, person: Person, template: Template, board: Board, kept: list[tuple[UUID, GoalForm]]
) -> None:
    lines = tuple(_lines(days, person, template, board))
    goals = tuple(_goals(template, days.date()))
    if not lines or not goals:
        return
    days.become("0701")
    desk = days.station.desk
    drawn = desk.do_now(DrawUpPlan(person.rid, _form(days, person, template), goals, lines))
    kept.extend(zip(drawn.goals, goals, strict=True))
    seen = desk.do_now(ConfirmPlan(drawn.plan))
    seen = desk.do_now(IssuePlan(seen, proof_of(days, DOCTOR)))
    cells = person.invented.cells
    desk.do_now(StateConsent(seen, Consent(cells["紧急联系人"], cells["与老人关系"])))


def _rate(days: Days, kept: list[tuple[UUID, GoalForm]], part: float) -> None:
    """How far the goals have come: the later ones of the list more slowly."""
    days.become("0701")
    for place, (rid, goal) in enumerate(kept):
        begin = goal.baseline or 0.0
        way = part / (1 + place / 2)
        value = round(begin + (goal.target - begin) * way)
        if value != begin:
            days.station.desk.do_now(RateGoal(rid, value))


def _form(days: Days, person: Person, template: Template) -> PlanForm:
    today = days.date()
    return PlanForm(
        words=person.invented.cells["主要诊断"].split("；")[0],
        phase="recovery",
        begins=today,
        ends=today + timedelta(weeks=12),
        review_on=today + timedelta(weeks=3),
        template=template.code,
        problems=tuple(
            {"code": code, "words": problems()[code].words, "note": ""} for code in template.problems[:4]
        ),
        content={
            "precautions": [{"words": one.words, "nursing": one.nursing} for one in template.precautions[:3]]
        },
        measures=("barthel",),
        conditions=template.conditions,
        lead=days.actor("0701").rid,
    )


def _goals(template: Template, today: date) -> Iterator[GoalForm]:
    """Those of the template in which nothing is left blank and that are counted, not assessed."""
    for one in template.goals:
        measure = measures()[one.measure]
        start = _start(one, falling=measure.direction != "higher_is_better")
        if one.target is None or measure.instrument or start is None or "＿" in one.action + one.condition:
            continue
        yield GoalForm(
            term=one.term,
            action=one.action,
            target=one.target,
            due_on=today + timedelta(weeks=one.weeks),
            condition=one.condition,
            unit=measure.unit,
            baseline=start,
            falling=measure.direction != "higher_is_better",
            problem=one.problem,
        )


def _start(goal: TemplateGoal, *, falling: bool) -> float | None:
    if goal.target is None:
        return None
    if goal.start is not None and goal.start != goal.target:
        return goal.start
    return goal.target + 2 if falling else 0.0


def _lines(days: Days, person: Person, template: Template, board: Board) -> Iterator[ItemForm]:
    """The first lines of the template that somebody holds, each at times that are free."""
    count = 0
    for one in template.items:
        item = items()[one.item]
        holders = HOLDERS.get(item.discipline, ())
        if one.offered or one.often.on_ward or not holders or count == LINES:
            continue
        number = holders[person.rid.int % len(holders)]
        wanted = max(1, min(3, round(one.often.a_week)))
        week = board.find(number, str(person.rid), wanted)
        if week:
            count += 1
            yield ItemForm(
                code=item.code, words=item.words, discipline=item.discipline, minutes=min(one.minutes, 45),
                per_week=wanted,
                week=week, dose=dict(one.dose), place=one.place, therapist=_rid(days, number), note=one.note,
            )  # fmt: skip


def _rid(days: Days, number: str) -> UUID:
    return days.actor(number).rid
