"""What may be on a long prescription, for how long and by whom, and how much of a medicine it takes; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Any, Protocol

REFUSE, WARN, IGNORE, REASON = "refuse", "warn", "ignore", "reason"


class Policy(Protocol):
    """The parts of the policy these rules go by."""

    usual_weeks: int
    longest_weeks: int
    controls: frozenset[str]
    antimicrobials: str
    special_storage: str
    first_titles: tuple[str, ...]
    title_check: str


@dataclass(frozen=True)
class Line:
    """A medicine as far as these rules need it."""

    words: str
    control: str
    antimicrobial: bool
    special: bool


@dataclass(frozen=True)
class Objection:
    """What speaks against it. `refuses`: nothing lets it pass; else a reason in words does. `field` it is about."""

    words: str
    refuses: bool
    field: str


def may_be_long(lines: Iterable[Line], policy: Any) -> tuple[Objection, ...]:
    """长期处方管理规范（试行）第八条: the classes that must not be on one."""
    found: list[Objection] = []
    for line in lines:
        if line.control in policy.controls:
            found.append(
                Objection(f"{line.words}是{_CONTROL[line.control]}，不得开具长期处方", True, "items")
            )
        elif line.antimicrobial:
            said = f"{line.words}是抗微生物药物，不得用于长期处方（慢性细菌、真菌感染除外）"
            found.append(Objection(said, policy.antimicrobials == REFUSE, "except"))
        elif line.special and policy.special_storage != IGNORE:
            said = f"{line.words}对储存条件有特殊要求，按规定不得开具长期处方"
            found.append(Objection(said, policy.special_storage == REFUSE, "except"))
    return tuple(found)


def weeks_allowed(weeks: int, policy: Any, *, assessed: bool, signed: bool) -> tuple[Objection, ...]:
    """At most twelve weeks; beyond four an assessment and the resident's signature."""
    if not 1 <= weeks <= policy.longest_weeks:
        return (Objection(f"处方周数是 1 到 {policy.longest_weeks} 周", True, "weeks"),)
    if weeks <= policy.usual_weeks:
        return ()
    found = []
    if not assessed:
        found.append(Objection(f"超过 {policy.usual_weeks} 周要写明病情评估", True, "assessment"))
    if not signed:
        found.append(Objection(f"超过 {policy.usual_weeks} 周要老人或家属签字确认", True, "signature"))
    return tuple(found)


def first_by(title: str, policy: Any, *, reason: str) -> tuple[Objection, ...]:
    """首次开具原则上由中级以上专业技术职务任职资格的医师."""
    if title in policy.first_titles or (policy.title_check == REASON and reason.strip()):
        return ()
    who = title or "没有登记职称"
    said = f"首次开具长期处方原则上由中级以上职称医师开具，您是{who}"
    how = "" if policy.title_check == REFUSE else "；请写明指导机构和方式（远程会诊等）"
    return (Objection(said + how, True, "guidance"),)


def needed(per_day: Decimal, days: int, pack: int) -> tuple[Decimal, int]:
    """Base units for so many days, and the packs that hold them (0 where a pack is not known)."""
    units = per_day * days
    packs = int((units / pack).to_integral_value(ROUND_CEILING)) if pack else 0
    return units, packs


def per_day(dosing: Mapping[str, Any], times: int, every_days: int, weekly: int) -> Decimal | None:
    """The amount an order asks for on an average day, in its own unit; None where it is not fixed (by blood glucose).

    `weekly`: how many days of the week, 0 for every day.
    """
    way = dosing["way"]
    if way == "same":
        a_day = Decimal(dosing["amount"]) * times
    elif way == "times":
        a_day = sum((Decimal(one) for one in dosing["amounts"].values()), Decimal(0))
    elif way == "turn":
        amounts = [Decimal(one) for one in dosing["amounts"]]
        a_day = sum(amounts, Decimal(0)) / len(amounts) * times
    else:
        return None
    return a_day * weekly / 7 if weekly else a_day / every_days


_CONTROL = {"毒": "医疗用毒性药品", "麻": "麻醉药品", "精一": "第一类精神药品", "精二": "第二类精神药品"}
