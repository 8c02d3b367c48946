"""What forbids a training to begin and what stops one that runs: the rules held against the values taken.

Before a training its values stand alone (`now` is None) and a rule may warn or refuse; during it each value is held
against its limit, or its change against the value from before, and a rule may warn or stop. A value nobody took fires
nothing but the rule that asks for it (`missing`), so that a limit is never said to be kept by what was not measured.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

REFUSE, STOP, WARN = "refuse", "stop", "warn"
BEFORE_EFFECTS = ("", WARN, REFUSE)
DURING_EFFECTS = ("", WARN, STOP)
MEASURES = ("sbp", "dbp", "hr", "spo2", "temp", "rpe", "pain", "symptom")
CHANGES = ("", "either", "rise", "fall")
MISSING = "missing"
_COMPARE: Mapping[str, Callable[[float, float], bool]] = {
    ">": lambda found, limit: found > limit,
    ">=": lambda found, limit: found >= limit,
    "<": lambda found, limit: found < limit,
    "<=": lambda found, limit: found <= limit,
}
OPS = (*_COMPARE, MISSING)


@dataclass(frozen=True)
class Values:
    """What was taken at one time: mmHg, beats a minute, per cent, ℃, Borg 6–20, NRS 0–10; `symptoms` by code."""

    sbp: float | None = None
    dbp: float | None = None
    hr: float | None = None
    spo2: float | None = None
    temp: float | None = None
    rpe: float | None = None
    pain: float | None = None
    symptoms: frozenset[str] = frozenset()

    def of(self, measure: str) -> float | None:
        found: float | None = getattr(self, measure) if measure != "symptom" else None
        return found


@dataclass(frozen=True)
class StopRule:
    """One rule. `before` and `during`: what it does then, empty for nothing. `change`: its limit is for the change from
    the value before the training (before it: from the usual value). `symptoms`: one of them must be there (too).

    `conditions` and `disciplines`: only for whom one of them holds; `unless`: not for whom one of these holds.
    `choices`: the limits a doctor may set for one plan; `words` tell the limit where they hold `{limit}`.
    """

    code: str
    words: str
    measure: str
    op: str = ""
    value: float = 0.0
    before: str = ""
    during: str = ""
    change: str = ""
    symptoms: frozenset[str] = frozenset()
    conditions: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()
    disciplines: frozenset[str] = frozenset()
    advice: str = ""
    unit: str = ""
    choices: tuple[float, ...] = ()

    @property
    def phase(self) -> str:
        """`before`, `during` or `both`."""
        return "both" if self.before and self.during else "before" if self.before else "during"


@dataclass(frozen=True)
class Fired:
    """A rule that fired. `value`: what was found (its change, where the rule is for a change), None where nothing was
    measured; `limit`: what it was held against; `symptoms`: those of the rule that were there."""

    code: str
    words: str
    effect: str
    value: float | None = None
    limit: float | None = None
    symptoms: tuple[str, ...] = ()
    advice: str = ""


def applying(
    rules: Iterable[StopRule], conditions: Collection[str] = (), discipline: str = ""
) -> tuple[StopRule, ...]:
    """The rules that hold for a resident with these conditions in a training of this discipline."""
    held = frozenset(conditions)

    def applies(rule: StopRule) -> bool:
        if rule.unless & held:
            return False
        return not (rule.conditions or rule.disciplines) or (
            bool(rule.conditions & held) or discipline in rule.disciplines
        )

    return tuple(rule for rule in rules if applies(rule))


def fired(
    rules: Iterable[StopRule],
    before: Values,
    now: Values | None = None,
    limits: Mapping[str, float] | None = None,
    usual: Values | None = None,
) -> tuple[Fired, ...]:
    """What fires, in the order of the rules, which are those that apply (`applying`).

    Without `now` the training has not begun and `before` is judged, its changes from `usual`. `limits` are the plan's
    own, by code of the rule.
    """
    own = limits or {}
    found = (
        _fired(rule, rule.before, (before, usual or Values()), own)
        if now is None
        else _fired(rule, rule.during, (now, before), own)
        for rule in rules
    )
    return tuple(one for one in found if one is not None)


def limit_of(rule: StopRule, limits: Mapping[str, float]) -> float:
    """The limit that holds: the plan's own, else the rule's."""
    return limits.get(rule.code, rule.value)


def rule_words(rule: StopRule, limits: Mapping[str, float] | None = None) -> str:
    """The rule as it is shown beside a training: `收缩压 >180`."""
    return rule.words.replace("{limit}", f"{limit_of(rule, limits or {}):g}")


def sound(rule: StopRule) -> str:
    """What is wrong with a rule in Chinese, empty if it can be held against values."""
    if not (rule.before or rule.during):
        return "训练前或训练中，至少一处要写作用"
    if rule.measure == "symptom":
        return "" if rule.symptoms and not rule.op else "症状规则只写 symptoms，不写 op"
    if rule.op not in OPS:
        return f"op 应是 {'、'.join(OPS)} 之一"
    if rule.op == MISSING:
        return "未测的规则只用于训练前" if rule.during else ""
    if rule.choices and rule.value not in rule.choices:
        return "value 应在 choices 之中"
    return "" if "{limit}" in rule.words else "words 里应有 {limit}"


def _fired(
    rule: StopRule, effect: str, taken: tuple[Values, Values], limits: Mapping[str, float]
) -> Fired | None:
    """`taken`: the values judged, and those a change is counted from."""
    if not effect:
        return None
    values, since = taken
    there = tuple(sorted(rule.symptoms & values.symptoms))
    if rule.symptoms and not there:
        return None
    if rule.measure == "symptom":
        return Fired(rule.code, rule.words, effect, symptoms=there, advice=rule.advice)
    found = values.of(rule.measure)
    if rule.op == MISSING:
        return Fired(rule.code, rule.words, effect, advice=rule.advice) if found is None else None
    if rule.change and found is not None:
        found = _change(rule.change, since.of(rule.measure), found)
    limit = limit_of(rule, limits)
    if found is None or not _COMPARE[rule.op](abs(found) if rule.change == "either" else found, limit):
        return None
    return Fired(rule.code, rule_words(rule, limits), effect, found, limit, there, rule.advice)


def _change(way: str, since: float | None, now: float) -> float | None:
    """The change the rule looks at, a fall as a positive number where only falls count; None without a first value."""
    if since is None:
        return None
    rise = round(now - since, 3)
    return -rise if way == "fall" else rise
