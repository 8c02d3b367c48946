"""The book of checks, read from resources/medication/checks; what no medicine or class is called is refused."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from app.core.errors import Refusal
from app.core.resources import resource
from app.medication.drugs.catalogue import drugs
from app.medication.drugs.classes import classes, substances
from app.medication.rules.checks.book import (
    Allergies,
    Book,
    ClassFact,
    Control,
    DayLimit,
    Doses,
    Duplicates,
    Swallowing,
)
from app.medication.rules.checks.condition import DoseOver, When
from app.medication.rules.checks.finding import KINDS, SEVERITIES, Severity
from app.medication.rules.checks.rule import Rule

TABLES = ("interactions", "persons")


@cache
def book() -> Book:
    """Everything the checks go by. Read once."""
    always = _read("always")
    return Book(
        rules=tuple(_rule(one) for name in TABLES for one in _read(name)["rule"]),
        duplicates=_duplicates(always["duplicates"]),
        allergies=_allergies(always["allergies"]),
        doses=_doses(always["doses"]),
        swallowing=_swallowing(always["swallowing"]),
        controls=tuple(_control(one) for one in always["control"]),
        limits={one["ingredient"]: _limit(one) for one in always["limit"]},
        classes={
            key: ClassFact(key, one.words, one.duplicate, frozenset(one.allergens), frozenset(one.cross))
            for key, one in classes().items()
        },
        substances={words: frozenset(found) for words, found in substances().items()},
        skin_test=(_severity(always["skin_test"]["severity"]), tuple(always["skin_test"]["source"])),
        kidney_unknown=tuple(always["kidney"]["source"]),
        names=_names(),
    )


@cache
def kidney_days() -> int:
    """How many days a kidney value counts."""
    return int(_read("always")["kidney"]["valid_days"])


@cache
def risky_tokens() -> frozenset[str]:
    """Medicines of which a grave rule asks for the risks of the person."""
    grave = [
        rule for rule in book().rules if rule.severity.needs_reason and any(when.risks for when in rule.whens)
    ]
    return frozenset().union(*(side for rule in grave for side in rule.sides))


@cache
def cases() -> tuple[tuple[str, Mapping[str, Any], Mapping[str, Any]], ...]:
    """Rule, a case it speaks in, one it is silent in."""
    return tuple((one["id"], one["fires"], one["silent"]) for name in TABLES for one in _read(name)["rule"])


@cache
def tokens_known() -> frozenset[str]:
    """Everything a rule may call a medicine by."""
    found = set(classes())
    for drug in drugs().values():
        found |= {drug.group, *drug.ingredients}
    return frozenset(found)


def _rule(one: Mapping[str, Any]) -> Rule:
    if one["kind"] not in KINDS:
        raise Refusal(f"检查规则 {one['id']}：没有“{one['kind']}”这一类")
    return Rule(
        id=one["id"],
        kind=one["kind"],
        severity=_severity(one["severity"]),
        words=one["words"],
        sides=tuple(_tokens(one["id"], side) for side in one["sides"]),
        source=tuple(one["source"]),
        without=_tokens(one["id"], one.get("without", ())),
        whens=tuple(_when(one["id"], when) for when in one.get("when", ())),
        unless=tuple(_when(one["id"], when) for when in one.get("unless", ())),
        apart=(one["apart"][0], one["apart"][1]) if "apart" in one else None,
        wash_hours=one.get("wash_hours", 0),
        at_least=one.get("at_least", 0),
        topic=one.get("topic", ""),
    )


def _when(rule: str, one: Mapping[str, Any]) -> When:
    dose = one.get("dose")
    return When(
        age_from=one.get("age_from", 0),
        kidney=(one["kidney"][0], one["kidney"][1]) if "kidney" in one else None,
        measure=one.get("measure", "egfr"),
        unknown_too=one.get("unknown_too", False),
        codes=tuple(one.get("codes", ())),
        words=tuple(one.get("words", ())),
        past_too=one.get("past_too", False),
        risks=frozenset(one.get("risks", ())),
        allergies=frozenset(one.get("allergies", ())),
        shock=one.get("shock", False),
        tested=one.get("tested", False),
        days_over=one.get("days_over", 0),
        dose=DoseOver(Decimal(dose["above"]), dose["unit"], dose.get("daily", False)) if dose else None,
        scale=one.get("scale", False),
        absent=_tokens(rule, one.get("absent", ())),
    )


def _tokens(rule: str, said: Any) -> frozenset[str]:
    if unknown := set(said) - tokens_known():
        raise Refusal(f"检查规则 {rule}：没有叫“{'、'.join(sorted(unknown))}”的类别或成分")
    return frozenset(said)


def _severity(said: str) -> Severity:
    return SEVERITIES[said]


def _graver(said: Mapping[str, str]) -> dict[str, Severity]:
    _tokens("always", said)
    return {key: _severity(value) for key, value in said.items()}


def _duplicates(said: Mapping[str, Any]) -> Duplicates:
    return Duplicates(
        _severity(said["ingredient"]),
        _severity(said["class"]),
        _severity(said["not_regular"]),
        _severity(said["lesser_severity"]),
        _graver(said["graver"]),
        _tokens("always", said["ignored"]),
        _tokens("always", said["lesser"]),
        tuple(said["source"]),
    )


def _allergies(said: Mapping[str, Any]) -> Allergies:
    return Allergies(
        _severity(said["forbids"]),
        _severity(said["warns"]),
        _graver(said["graver"]),
        _severity(said["unknown"]),
        tuple(said["source"]),
    )


def _doses(said: Mapping[str, Any]) -> Doses:
    return Doses(
        _severity(said["above"]),
        _severity(said["below"]),
        _severity(said["day"]),
        _severity(said["gross"]),
        Decimal(said["gross_times"]),
        _severity(said["weekly"]),
        tuple(said["source"]),
    )


def _swallowing(said: Mapping[str, Any]) -> Swallowing:
    return Swallowing(
        _severity(said["tube"]),
        _severity(said["fed"]),
        _severity(said["texture"]),
        frozenset(said["textures"]),
        frozenset(said["risks"]),
        tuple(said["source"]),
    )


def _control(said: Mapping[str, Any]) -> Control:
    return Control(
        said["control"],
        said["days"],
        tuple(said.get("forms", ())),
        said.get("injectable", False),
        _severity(said["severity"]),
        tuple(said["source"]),
    )


def _limit(said: Mapping[str, Any]) -> DayLimit:
    _tokens("always", (said["ingredient"],))
    return DayLimit(
        said["ingredient"],
        Decimal(said["amount"]),
        said["unit"],
        _severity(said["severity"]),
        said["words"],
        tuple(said["source"]),
    )


def _names() -> dict[str, str]:
    """What substances are called: as the medicine that holds nothing else."""
    found: dict[str, str] = {}
    for drug in drugs().values():
        if len(drug.ingredients) == 1 and not drug.hidden:
            found.setdefault(drug.ingredients[0], drug.name)
    return {**_OTHERS, **found}


_OTHERS = {
    "lovastatin": "洛伐他汀",
    "reserpine": "利血平",
    "dihydralazine": "双肼屈嗪",
    "triamterene": "氨苯蝶啶",
}


@cache
def _read(name: str) -> dict[str, Any]:
    path = resource("medication", "checks", f"{name}.toml")
    read: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    return read
