"""What a session is held against: stop rules of its resident with the plan's limits, contraindications of its item."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.core.errors import Refusal
from app.rehab.facts import ItemFact, PlanFact
from app.rehab.lists.contraindications import BLOCK, contraindications
from app.rehab.lists.items import Item, items
from app.rehab.lists.stops import conditions, stop_rules
from app.rehab.rules.stopping import REFUSE, STOP, WARN, Fired, StopRule, Values, applying, fired

ASK_DOCTOR = "先报告医生"
BELOW, MIND = "below_level", "mind_level"
"""What an item forbids below a sensory level wants words, where the treated place lies; what it minds is shown only."""


@dataclass(frozen=True)
class Guard:
    """`held`: contraindications the plan names, with what was noted; `level`: below one the resident feels nothing."""

    rules: tuple[StopRule, ...]
    limits: Mapping[str, float]
    item: Item | None
    discipline: str
    held: Mapping[str, str]
    level: bool = False

    def before(self, values: Values, usual: Values) -> tuple[Fired, ...]:
        """What refuses or warns before it begins."""
        return fired(self.rules, values, None, self.limits, usual)

    def during(self, before: Values, now: Values) -> tuple[Fired, ...]:
        """What stops it or warns while it runs."""
        return fired(self.rules, before, now, self.limits)

    def after(self, before: Values, now: Values) -> tuple[Fired, ...]:
        """The same when it is over: nothing is left to stop, so everything warns."""
        return tuple(replace(one, effect=WARN) for one in self.during(before, now))

    def contraindicated(self, found: Collection[str] = ()) -> tuple[Fired, ...]:
        """What the plan's contraindications, and those found today, do to this item."""
        known = contraindications()
        said: list[Fired] = []
        for code in dict.fromkeys((*self.held, *found)):
            if code not in known:
                continue
            one = known[code]
            effect = (
                self.item.effect_of(one) if self.item is not None else one.on(frozenset({self.discipline}))
            )
            if effect:
                note = self.held.get(code, "")
                words = f"{one.words}（{note}）" if note else one.words
                said.append(Fired(code, words, REFUSE if effect == BLOCK else WARN, advice=one.advice))
        below, words = self.item.below_level if self.item is not None and self.level else ("", "")
        if below and not any(one.effect == REFUSE for one in said):
            said.append(Fired(BELOW if below == BLOCK else MIND, words, WARN))
        return tuple(said)


def guard_of(plan: PlanFact, item: ItemFact) -> Guard:
    """Of a session of this item in this plan."""
    return Guard(
        applying(stop_rules().values(), plan.conditions, item.discipline),
        {code: float(value) for code, value in plan.limits.items()},
        items().get(item.code),
        item.discipline,
        {code: str(note or "") for code, note in plan.contraindications.items()},
        any(conditions()[code].sensory_level for code in plan.conditions if code in conditions()),
    )


def refuse_blocked(found: Iterable[Fired], guard: Guard) -> None:
    """Refuse what must not begin, with every rule, its value and its limit."""
    blocking = [one for one in found if one.effect == REFUSE]
    if blocking:
        said = "；".join(fired_words(one, guard) for one in blocking)
        advice = "。".join(dict.fromkeys(one.advice for one in blocking if one.advice))
        raise Refusal(f"{said}：不能开始训练，{ASK_DOCTOR}。{advice}{'。' if advice else ''}", field="stop")


def refuse_warned(found: Iterable[Fired], guard: Guard, despite: str) -> None:
    """What warns wants words before it goes on."""
    warning = [one for one in found if one.effect == WARN]
    if warning and not despite:
        said = "；".join(fired_words(one, guard) for one in warning)
        raise Refusal(f"{said}。仍要训练请写明原因。", field="despite")


def refuse_wordless(found: Iterable[Fired], guard: Guard, despite: str) -> None:
    """What was done already is written down whatever spoke against it, with words that say why it was done."""
    against = [one for one in found if one.effect in (REFUSE, WARN)]
    if not despite and any(one.effect == REFUSE for one in against):
        said = "；".join(fired_words(one, guard) for one in against)
        raise Refusal(f"{said}：本来不能训练。已经做了，请写明当时为什么训练。", field="despite")
    refuse_warned(against, guard, despite)


def stops(found: Iterable[Fired]) -> bool:
    return any(one.effect == STOP for one in found)


def fired_words(one: Fired, guard: Guard) -> str:
    """`收缩压 >180，现在 186 mmHg`; a change says that it is one."""
    rule = next((rule for rule in guard.rules if rule.code == one.code), None)
    if one.value is None or rule is None:
        return one.words
    value = f"{abs(one.value):g}" if rule.change == "either" else f"{one.value:g}"
    unit = f" {rule.unit}" if rule.unit not in ("", "%") else rule.unit
    return f"{one.words}，{'变化' if rule.change else '现在'} {value}{unit}"


def kept_fired(found: Iterable[Fired], before: Mapping[str, Any], overruled: str = "") -> dict[str, Any]:
    """What fired, after what had fired before, as the session keeps it; each rule with one effect once."""
    rows = {(one["code"], one["effect"]): one for one in before.get("all", ())}
    for one in found:
        rows[one.code, one.effect] = {
            "code": one.code, "words": one.words, "effect": one.effect, "found": one.value, "limit": one.limit,
            "symptoms": list(one.symptoms), "advice": one.advice,
        }  # fmt: skip
    said = overruled or str(before.get("overruled", ""))
    return {"all": list(rows.values()), **({"overruled": said} if said else {})} if rows or said else {}
