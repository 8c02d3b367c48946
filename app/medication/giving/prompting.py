"""What stands between a slot and the key that gives it, by the order, today's vitals, skin tests and the checks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from uuid import UUID

from sqlalchemy import bindparam, select

from app.core.unit import Reader
from app.medication.checking.persons import SkinTests, skin_tests
from app.medication.derived import Held, OrderFact
from app.medication.lists import holds, questions, route_of
from app.medication.rules.dosing import SCALE, Asked, by_glucose
from app.medication.rules.prompts import (
    ALERT,
    CALL_DOCTOR,
    GONE,
    HOLD,
    LATE,
    SECOND,
    SELF_CHECK,
    SKIN_TEST,
    UNCHECKED,
    Prompt,
    Reading,
    held_by,
)
from app.medication.rules.prompts import (
    SCALE as SCALE_PROMPT,
)
from app.medication.rules.slots import DoseState
from app.vitals.catalogue import is_sign, sign_of
from app.vitals.rules import value_words
from db.models import VitalLatest

_LATEST = select(
    VitalLatest.resident,
    VitalLatest.code,
    VitalLatest.value,
    VitalLatest.second,
    VitalLatest.words,
    VitalLatest.at,
).where(
    VitalLatest.resident.in_(bindparam("residents", expanding=True)),
    VitalLatest.code.in_(bindparam("codes", expanding=True)),
)
# Written once: putting a statement together takes longer than what it finds.
GLUCOSE = "glucose"
GONE_WORDS = {"leave": "请假外出", "hospital": "住院"}
"""Where somebody is who is not in the house."""


@dataclass(frozen=True)
class Bedside:
    """What is known of some residents at the moment a dose is about to be given."""

    readings: Mapping[UUID, Mapping[str, Reading]] = field(default_factory=dict)
    tested: SkinTests = field(default_factory=dict)
    alerts: Mapping[UUID, tuple[str, ...]] = field(
        default_factory=dict
    )  # order → what the checks say against it


def bedside(reader: Reader, residents: Collection[UUID]) -> Bedside:
    """The latest values and skin tests of some residents. Two statements."""
    wanted = sorted({one.sign for one in holds().values()} | {GLUCOSE})
    readings: dict[UUID, dict[str, Reading]] = defaultdict(dict)
    latest = reader.session.execute(_LATEST, {"residents": list(residents), "codes": wanted})
    for resident, code, value, second, words, at in latest:
        if is_sign(code):
            text = value_words(sign_of(code), value, second, words)
            readings[resident][code] = Reading(text, _number(value), _number(second), at)
    return Bedside(readings, skin_tests(reader, residents))


def wanted_now(held: Held, known: Bedside, reader: Reader) -> Asked:
    """What the slot asks for now: one that goes by the blood glucose takes the latest value, if it is fresh."""
    if held.order.dosing["way"] != SCALE:
        return held.asked
    reading = known.readings.get(held.order.resident, {}).get(GLUCOSE)
    fresh = reading is not None and reader.now - reading.at <= holds()[GLUCOSE].within
    if reading is None or reading.value is None or not fresh:
        return Asked(None)
    return by_glucose(held.order.dosing["bands"], reading.value)


def prompts_of(reader: Reader, held: Held, known: Bedside) -> tuple[Prompt, ...]:
    """Everything in the way, what refuses first. Empty for a slot that one key gives."""
    order = held.order
    found = [*order_prompts(order, known)]
    if held.gone:
        found.append(Prompt(GONE, f"老人{GONE_WORDS[held.gone]}，不在院内", refuses=True))
    asked = wanted_now(held, known, reader)
    if asked.call:
        found.append(Prompt(CALL_DOCTOR, "血糖在医嘱规定报告医生的范围，不按本医嘱给药", refuses=True))
    elif asked.amount is None:
        found.append(Prompt(SCALE_PROMPT, "按血糖给药，先测血糖", sign=GLUCOSE))
    elif asked.amount == 0:
        found.append(Prompt(HOLD, "按血糖这一次不用药，请记为暂停", refuses=True, sign=GLUCOSE))
    found += measured_prompts(reader, order, known)
    found += checked_prompts(order)
    if held.state in (DoseState.OVERDUE, DoseState.AWAY):  # back after its window
        found.append(Prompt(LATE, "已过给药时间，请写明迟给原因"))
    return tuple(sorted(found, key=lambda one: not one.refuses))


def measured_prompts(reader: Reader, order: OrderFact, known: Bedside) -> list[Prompt]:
    """Values to be measured first, and values under which the medicine is held."""
    rules = [holds()[key] for key in order.facts.get("holds", ()) if key in holds()]
    limits = {key: Decimal(str(value)) for key, value in order.limits.items()}
    return held_by(rules, known.readings.get(order.resident, {}), reader.now, limits)


def needs_second(order: OrderFact) -> bool:
    """Injectables and opioids: a second person checks (records.md 给药)."""
    return route_of(order.route).injected or bool(order.facts.get("second"))


def checked_prompts(order: OrderFact) -> list[Prompt]:
    """A second person, or the nurse's own second look; what is only looked at (a meal) is asked with it."""
    asks = [questions()[key].ask for key in order.facts.get("holds", ()) if key in questions()]
    if needs_second(order):
        return [Prompt(SECOND, "；".join(("注射剂、阿片类药品由第二人独立核对", *asks)))]
    if order.facts.get("high_alert"):
        asks = ["高警示药品，再核对一次", *asks]
    return [Prompt(SELF_CHECK, "；".join(asks))] if asks else []


def used_readings(reader: Reader, order: OrderFact, known: Bedside) -> dict[str, str]:
    """The values a dose was given or held by: sign → text, for its record."""
    keys = [key for key in order.facts.get("holds", ()) if key in holds()]
    signs = {holds()[key].sign: holds()[key].within for key in keys}
    if order.dosing["way"] == SCALE:
        signs.setdefault(GLUCOSE, holds()[GLUCOSE].within)
    here = known.readings.get(order.resident, {})
    return {
        sign: here[sign].text
        for sign, within in signs.items()
        if sign in here and reader.now - here[sign].at <= within
    }


def suggests_hold(prompts: tuple[Prompt, ...]) -> bool:
    return any(one.what == HOLD for one in prompts)


def with_alerts(known: Bedside, alerts: Mapping[UUID, tuple[str, ...]]) -> Bedside:
    """The same, with what the checks say against orders."""
    return replace(known, alerts=alerts)


def order_prompts(order: OrderFact, known: Bedside) -> list[Prompt]:
    found: list[Prompt] = []
    if not order.checked:
        found.append(Prompt(UNCHECKED, "医嘱还没有核对，核对后才能执行", refuses=True))
    if order.facts.get("skin_test"):
        result = known.tested.get((order.resident, order.drug), "none")
        if result != "negative":
            said = {"positive": "皮试阳性，不得使用", "": "皮试结果还没有判读", "none": "用药前先做皮试"}[
                result
            ]
            found.append(Prompt(SKIN_TEST, said, refuses=True))
    found += [Prompt(ALERT, words) for words in known.alerts.get(order.rid, ())]
    return found


def _number(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))
