"""The story of the demo: half a year of one man's rehab, from paralysis to the wheelchair, as rehab.toml tells it."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from app.access import proof
from app.assessments.instruments import shipped
from app.assessments.record_queries import OpenForm, open_form
from app.assessments.service import SaveDraft, save_draft
from app.assessments.signoff import SignFirst, sign_first
from app.core.orders import Order, performs
from app.core.resources import resource
from app.core.unit import Unit
from app.demo.days import DOCTOR, NURSE, Days, Person
from app.demo.training import proof_of, train_due
from app.rehab.aids import LendAid, LoanForm
from app.rehab.evaluations import known_to
from app.rehab.lists.items import items
from app.rehab.planning import (
    AddGoal,
    AddItem,
    ConfirmPlan,
    Consent,
    DrawnUp,
    DrawUpPlan,
    EndItem,
    GoalForm,
    IssuePlan,
    ItemForm,
    PlanForm,
    RateGoal,
    StateConsent,
)
from app.rehab.planning.evaluating import Evaluate
from app.rehab.rules.evaluation import Evaluated, Problem
from app.residents.stating import Seen

WHO = "赵树仁"
STORY = 190
"""Days before the end on which the story begins at the latest."""
MEASURE = "barthel"
LEAD = "0702"
Act = tuple[date, tuple[int, int], Callable[[], object]]
"""What happens on a date, at which hour and minute."""


@dataclass(frozen=True)
class Measured(Order[UUID]):
    """The leading instrument of one resident with these digits, filled in and signed in one act."""

    resident: UUID
    digits: Mapping[str, int]
    day: date
    signer: proof.Proof


@cache
def the_story() -> dict[str, Any]:
    """`resources/demo/rehab.toml` as it is."""
    return tomllib.loads(resource("demo", "rehab.toml").read_text("utf-8"))


def told(person: Person, instrument: str) -> bool:
    """Whether the story itself says how this person did by this instrument."""
    return person.invented.cells["姓名"] == WHO and instrument == MEASURE


class Story:
    """Told in two parts: before the days of everybody else, and among them. `begins` is the Monday of its week 0."""

    def __init__(self, person: Person, today: date) -> None:
        self.person = person
        self.begins = today - timedelta(days=today.weekday(), weeks=26)
        self._told: datetime | None = None
        self._plan = Seen(UUID(int=0), 0)
        self._goals: dict[str, UUID] = {}
        self._items: dict[str, Seen] = {}
        self._digits: dict[str, int] = dict.fromkeys(shipped()[MEASURE].items, 0)
        self._measured = UUID(int=0)

    def tell(self, days: Days) -> None:
        """Put on these days whatever of the story was not told yet and lies before their end."""
        since, self._told = self._told, days.now
        for day, clock, act in (*self._measures(days), *self._moves(days), *self._sessions(days)):
            at = days.moment((days.today - day).days, *clock)
            if since is None or at > since:
                days.at(at, act)
        days.at(days.now - timedelta(minutes=1), functools.partial(self._train, days, days.today))

    def _measures(self, days: Days) -> Iterator[Act]:
        for one in the_story()["barthel"]:
            yield (
                self._day(one["week"]),
                (8, 30),
                functools.partial(self._measure, days, one.get("raised", {})),
            )
        for one in the_story()["goal"]:
            for week, value in one.get("rated", ()):
                yield self._day(week - 1, 4), (16, 40), functools.partial(self._rate, days, one, value)

    def _moves(self, days: Days) -> Iterator[Act]:
        yield self._day(0), (9, 0), functools.partial(self._begin, days)
        for one in the_story()["review"]:
            yield self._day(one["week"], 3), (16, 30), functools.partial(self._review, days, one)
        for one in the_story()["goal"]:
            if one["from"]:
                yield self._day(one["from"]), (8, 45), functools.partial(self._add_goal, days, one)
        for one in the_story()["item"]:
            if one["from"]:
                yield self._day(one["from"]), (8, 50), functools.partial(self._add_item, days, one)
            if "to" in one:
                yield self._day(one["to"], 6), (18, 0), functools.partial(self._end_item, days, one)

        for one in the_story()["loan"]:
            yield self._day(one["week"], 1), (9, 40), functools.partial(self._lend, days, one)

    def _sessions(self, days: Days) -> Iterator[Act]:
        for back in range((days.today - self.begins).days, -1, -1):
            day = days.today - timedelta(days=back)
            yield day, (18, 30), functools.partial(self._train, days, day)

    def _day(self, week: int, weekday: int = 0) -> date:
        return self.begins + timedelta(weeks=week, days=weekday)

    def _begin(self, days: Days) -> None:
        """The first evaluation, the plan with what it begins with, two signatures, consent."""
        story, rid = the_story(), self.person.rid
        days.become(LEAD)
        made = days.station.desk.do_now(Evaluate(rid, self._evaluated("first", "start", days.date())))
        goals = [one for one in story["goal"] if not one["from"]]
        lines = [one for one in story["item"] if not one["from"]]
        forms = tuple(self._goal(one) for one in goals)
        items_of = tuple(self._item(days, one) for one in lines)
        drawn: DrawnUp = days.station.desk.do_now(
            DrawUpPlan(rid, self._form(days, made.rid), forms, items_of)
        )
        self._goals |= dict(zip((one["key"] for one in goals), drawn.goals, strict=True))
        self._items |= {one["code"]: Seen(made, 1) for one, made in zip(lines, drawn.items, strict=True)}
        seen = days.station.desk.do_now(ConfirmPlan(drawn.plan))
        seen = days.station.desk.do_now(IssuePlan(seen, proof_of(days, DOCTOR)))
        self._plan = days.station.desk.do_now(StateConsent(seen, Consent(**story["plan"]["consent"])))

    def _form(self, days: Days, evaluation: UUID) -> PlanForm:
        story = the_story()
        plan = story["plan"]
        kept = ("precautions", "exercises", "aids", "education", "guard")
        return PlanForm(
            words=plan["words"],
            phase=plan["phase"],
            begins=self.begins,
            ends=self._day(story["weeks"]),
            review_on=self._day(story["review"][0]["week"], 3),
            template=story["condition"],
            problems=tuple({"code": code, "words": words, "note": ""} for code, words in plan["problems"]),
            contraindications=plan["contraindications"],
            content={name: plan[name] for name in kept} | {"team": []},
            measures=tuple(plan["measures"]),
            conditions=tuple(plan["conditions"]),
            evaluation=evaluation,
            lead=days.actor(LEAD).rid,
        )

    def _goal(self, one: Mapping[str, Any]) -> GoalForm:
        return GoalForm(
            term=one["term"],
            action=one["action"],
            target=one["target"],
            due_on=self._day(one["due"], 2),
            condition=one["condition"],
            measure=one.get("measure", "count"),
            unit=one["unit"],
            baseline=one["baseline"],
            serves=self._goals.get("transfer") if one["term"] == "short" else None,
            problem=one["problem"],
        )

    def _item(self, days: Days, one: Mapping[str, Any]) -> ItemForm:
        line = items()[one["code"]]
        return ItemForm(
            code=line.code,
            words=line.words,
            discipline=line.discipline,
            minutes=one["minutes"],
            per_week=len(one["week"]),
            week=tuple(one["week"]),
            dose=one.get("dose", {}),
            place=line.place,
            therapist=days.actor(one["therapist"]).rid,
            goal=self._goals.get(one.get("goal", "")),
        )

    def _evaluated(self, stage: str, cause: str, day: date, summary: str = "") -> Evaluated:
        story = the_story()
        texts = {name: words for name, words in story["evaluation"].items() if name != "diagnosis"}
        return Evaluated(
            stage=stage,
            cause=cause,
            phase=story["plan"]["phase"],
            evaluated_on=day,
            diagnosis=story["evaluation"]["diagnosis"],
            condition=story["condition"],
            texts=texts | ({"summary": summary} if summary else {}),
            problems=tuple(Problem(code, words) for code, words in story["plan"]["problems"]),
            contraindications=story["plan"]["contraindications"],
            denied=tuple(
                code for code in known_to(day).asked if code not in story["plan"]["contraindications"]
            ),
            measures={MEASURE: self._measured},
        )

    def _review(self, days: Days, one: Mapping[str, Any]) -> None:
        days.become(LEAD)
        said = self._evaluated("middle", "review", days.date(), one["summary"])
        order = Evaluate(self.person.rid, said, self._plan, self._day(one["next"], 2))
        days.station.desk.do_now(order)
        self._plan = replace(self._plan, revision=self._plan.revision + 1)

    def _add_goal(self, days: Days, one: Mapping[str, Any]) -> None:
        days.become(LEAD)
        self._goals[one["key"]] = days.station.desk.do_now(AddGoal(self._plan.rid, self._goal(one)))

    def _rate(self, days: Days, one: Mapping[str, Any], value: float) -> None:
        days.become(LEAD)
        days.station.desk.do_now(RateGoal(self._goals[one["key"]], value))

    def _add_item(self, days: Days, one: Mapping[str, Any]) -> None:
        days.become(LEAD)
        made = days.station.desk.do_now(AddItem(self._plan.rid, self._item(days, one)))
        self._items[one["code"]] = Seen(made, 1)

    def _end_item(self, days: Days, one: Mapping[str, Any]) -> None:
        days.become(LEAD)
        today = self._day(one["to"], 6)
        days.station.desk.do_now(EndItem(self._items[one["code"]], today, "目标已达到，进入下一阶段"))

    def _lend(self, days: Days, one: Mapping[str, str]) -> None:
        days.become(LEAD)
        form = LoanForm(words=one["words"], tag=one["tag"], condition="完好", taught=True)
        days.station.desk.do_now(LendAid(self.person.rid, form))

    def _train(self, days: Days, day: date) -> None:
        otherwise = {
            self._day(one["week"], one["weekday"] - 1): (one["attendance"], one["why"])
            for one in the_story()["otherwise"]
        }
        despite = {one["code"]: one["despite"] for one in the_story()["item"] if "despite" in one}
        train_due(days, self.person, day, otherwise.get(day), despite)

    def _measure(self, days: Days, raised: Mapping[str, int]) -> None:
        self._digits |= raised
        day = days.date()
        signer = proof_of(days, NURSE)
        days.become(NURSE)
        order = Measured(self.person.rid, dict(self._digits), day, signer)
        self._measured = days.station.desk.do_now(order)
        if "transfer" in self._goals:
            days.become(LEAD)
            chosen = [item.option(self._digits[code]) for code, item in shipped()[MEASURE].items.items()]
            total = sum(float(one.score) for one in chosen if one is not None)
            rating = RateGoal(self._goals["transfer"], total, assessment=self._measured)
            days.station.desk.do_now(rating)


@performs(Measured)
def measured(unit: Unit, order: Measured) -> UUID:
    begun = open_form(unit, OpenForm(order.resident, MEASURE)).content
    content = replace(begun, answers=dict(order.digits), assessed_on=order.day, place="床旁")
    save_draft(unit, SaveDraft(order.resident, MEASURE, content))
    unit.session.flush()
    return sign_first(unit, SignFirst(order.resident, MEASURE, order.signer)).record
