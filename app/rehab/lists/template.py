"""A template of a plan as it is after reading: problems, goals, programme, precautions, exercises, aids, measures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.rehab.rules.often import Often
from app.rehab.rules.smart import BLANK, LONG

GROUPS = ("老年", "儿童", "安宁")
BY = {"self": "老人自己", "family": "家属", "caregiver": "护理员", "nurse": "护士", "parent": "家长"}
"""Who does an exercise between sessions."""


@dataclass(frozen=True)
class TemplateGoal:
    """A goal. `start` None: to be measured; `part`: the item of the instrument that is meant; `weeks` until due."""

    term: str
    problem: str
    condition: str
    action: str
    measure: str
    part: str
    start: float | None
    target: float | None
    weeks: int

    @property
    def long(self) -> bool:
        return self.term == LONG

    @property
    def blanks(self) -> tuple[str, ...]:
        """The fields still to be filled in."""
        texts = [name for name in ("condition", "action") if BLANK in getattr(self, name)]
        numbers = [name for name in ("start", "target") if getattr(self, name) is None]
        return (*texts, *numbers)


@dataclass(frozen=True)
class TemplateItem:
    """An item with what differs from the list of items: minutes, how often, place, dose. `offered`: it is offered
    beside those a new plan begins with."""

    item: str
    minutes: int
    often: Often
    place: str
    dose: Mapping[str, object]
    note: str
    offered: bool = False


@dataclass(frozen=True)
class Precaution:
    """What everybody minds. `nursing`: it shows in nursing; `task`: the care task (care/tasks.toml) it asks for."""

    words: str
    nursing: bool = False
    task: str = ""


@dataclass(frozen=True)
class Exercise:
    """Something done between sessions, at the bedside or at home; `by`: who does it or helps."""

    words: str
    often: Often
    by: tuple[str, ...]
    how: str = ""


@dataclass(frozen=True)
class Template:
    """One condition. `icd10`: beginnings of codes of diagnoses it is offered for; `conditions`: those of stop rules it
    brings; `measures`: codes, the main one first; `asks`: contraindications asked first; `limits`: own limits of stop
    rules by code; `progress`: whether load is stepped up; `stages`: care stages in which it is offered first."""

    code: str
    words: str
    group: str
    icd10: tuple[str, ...]
    conditions: tuple[str, ...]
    phase: str
    problems: tuple[str, ...]
    goals: tuple[TemplateGoal, ...]
    items: tuple[TemplateItem, ...]
    precautions: tuple[Precaution, ...]
    exercises: tuple[Exercise, ...]
    aids: tuple[str, ...]
    measures: tuple[str, ...]
    asks: tuple[str, ...]
    team: tuple[str, ...]
    education: tuple[str, ...]
    limits: Mapping[str, float]
    progress: bool
    notice: str
    stages: tuple[str, ...] = ()

    def goals_of(self, term: str) -> tuple[TemplateGoal, ...]:
        return tuple(one for one in self.goals if one.term == term)
