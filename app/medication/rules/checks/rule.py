"""Rules of the table, and where they speak: a medicine and a condition, two or three, too many of one class."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from app.medication.rules.checks.condition import Scene, When, because, waits_for_kidney
from app.medication.rules.checks.finding import Finding, Severity
from app.medication.rules.checks.medicine import Medicine, apart, named
from app.medication.rules.checks.patient import Patient


@dataclass(frozen=True)
class Rule:
    """One line of the table. `sides`: what each medicine must be one of (class, substance or group).

    `whens`: any of them (none: always); `unless`: none of them. `apart`: silent if the first is taken so many minutes
    before or after the second. `wash_hours`: how long a stopped medicine still counts. `at_least`: so many different
    medicines of the one side. `without` takes away from a side what it would otherwise hold.
    """

    id: str
    kind: str
    severity: Severity
    words: str
    sides: tuple[frozenset[str], ...]
    source: tuple[str, ...] = ()
    without: frozenset[str] = frozenset()
    whens: tuple[When, ...] = ()
    unless: tuple[When, ...] = ()
    apart: tuple[int, int] | None = None
    wash_hours: int = 0
    at_least: int = 0
    topic: str = ""


@dataclass(frozen=True)
class Ward:
    """What rules are asked about: the person and the medicines, found by what rules call them."""

    patient: Patient
    medicines: Sequence[Medicine]
    called: Mapping[str, Sequence[Medicine]]

    def side(self, tokens: frozenset[str], without: frozenset[str]) -> list[Medicine]:
        found = {one.key: one for token in tokens for one in self.called.get(token, ())}
        return [found[key] for key in sorted(found) if not found[key].tokens & without]


def ward(patient: Patient, medicines: Sequence[Medicine]) -> Ward:
    called: dict[str, list[Medicine]] = defaultdict(list)
    for one in medicines:
        for token in one.tokens:
            called[token].append(one)
    return Ward(patient, medicines, called)


def spoken(rule: Rule, here: Ward) -> Iterator[Finding]:
    """What a rule says of these medicines, once for the same ones."""
    if rule.at_least:
        yield from _counted(rule, here)
        return
    sides = [here.side(tokens, rule.without) for tokens in rule.sides]
    if not all(sides):
        return
    seen: set[frozenset[str]] = set()
    for some in product(*sides):
        keys = frozenset(one.key for one in some)
        if keys in seen or (len(sides) > 1 and not _together(rule, some)):
            continue
        if len(sides) == 1 and not some[0].runs:
            continue
        why = _why(rule, Scene(here.patient, some[0], here.medicines))
        if why is not None:
            seen.add(keys)
            yield finding_of(rule, some, why)


def kidney_waits(rule: Rule, here: Ward) -> Iterator[Medicine]:
    """Medicines that a rule would judge by the kidneys, were anything known of them."""
    if len(rule.sides) != 1 or not any(when.kidney for when in rule.whens):
        return
    for one in here.side(rule.sides[0], rule.without):
        scene = Scene(here.patient, one, here.medicines)
        if one.runs and any(waits_for_kidney(when, scene) for when in rule.whens):
            yield one


def finding_of(rule: Rule, some: Sequence[Medicine], why: str) -> Finding:
    names = list(dict.fromkeys(one.name for one in some))
    several = len({one.key for one in some}) > 1
    title = " + ".join(names) if several else names[0]
    return Finding(
        rule.id,
        rule.kind,
        rule.severity,
        f"{title} · {why}" if why and not several else title,
        f"{why}，{rule.words}" if why and several else rule.words,
        *named(some),
        rule.source,
        topic=rule.topic,
    )


def _together(rule: Rule, some: Sequence[Medicine]) -> bool:
    """Whether these medicines meet: two at least, of different substances, running or stopped not long enough ago."""
    different = {one.key: one for one in some}
    if len(different) < 2 or len({one.drug.group for one in different.values()}) < 2:
        return False
    ended = [one.stopped_hours for one in different.values() if one.stopped_hours is not None]
    if len(ended) == len(different) or any(hours >= rule.wash_hours for hours in ended):
        return False
    return rule.apart is None or not apart(some[0], some[1], *rule.apart)


def _why(rule: Rule, scene: Scene) -> str | None:
    """Why the conditions of a rule hold; None where they do not."""
    if any(because(one, scene) is not None for one in rule.unless):
        return None
    if not rule.whens:
        return ""
    said = [why for when in rule.whens if (why := because(when, scene)) is not None]
    return "，".join(dict.fromkeys(filter(None, said))) if said else None


def _counted(rule: Rule, here: Ward) -> Iterator[Finding]:
    some = [one for one in here.side(rule.sides[0], rule.without) if one.runs]
    if len({one.drug.group for one in some}) < rule.at_least:
        return
    why = _why(rule, Scene(here.patient, some[0], here.medicines))
    if why is not None:
        yield finding_of(rule, sorted(some, key=lambda one: one.name), why)
