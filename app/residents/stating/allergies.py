"""Acts on allergies: add, correct, retract, and state that none is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.unit import Unit
from app.residents.rules.stated import NONE_KNOWN, allergy_words, same_words
from app.residents.stating.forms import AllergyForm, check_allergy, check_teller
from app.residents.stating.revising import Seen, resident_of, retract, revise, standing, stated
from app.residents.vocabulary import allergens, entry_of
from db.models import Allergy


@dataclass(frozen=True)
class AddAllergy(Order[UUID]):
    """One more allergy. An entry that none is known is retracted in the same act."""

    resident: UUID
    form: AllergyForm


@dataclass(frozen=True)
class CorrectAllergy(Order[None]):
    """Other words about an allergy; `reason`: one of `CORRECTION_REASONS`, 其他 with words after a colon."""

    seen: Seen
    form: AllergyForm
    reason: str


@dataclass(frozen=True)
class RetractAllergy(Order[None]):
    """An allergy, or the entry that none is known, was an error; `why` in words."""

    seen: Seen
    why: str


@dataclass(frozen=True)
class StateNoAllergy(Order[UUID]):
    """Somebody asked, and none is known; `told_by` is where that comes from."""

    resident: UUID
    told_by: str


@performs(AddAllergy)
def add_allergy(unit: Unit, order: AddAllergy) -> UUID:
    """Refuses a substance that is stated already, under this or another usual word."""
    resident = resident_of(unit, order.resident)
    form = check_allergy(order.form)
    here = stated(unit, Allergy, resident.rid)
    _refuse_twice(here, form.substance)
    for row in here:
        if row.none_known:
            retract(unit, row, f"登记了{form.substance}过敏")
    fresh = Allergy(**unit.stamp(), revision=1, resident=resident.rid, **_content(form))
    unit.session.add(fresh)
    return fresh.rid


@performs(CorrectAllergy)
def correct_allergy(unit: Unit, order: CorrectAllergy) -> None:
    """Refuses what adding refuses, and to turn "none known" into an allergy: that is added, and retracts it."""
    row = standing(unit, Allergy, order.seen)
    if row.none_known:
        raise Refusal("这是“无已知过敏”。有过敏请直接登记，这一条会同时作废。")
    form = check_allergy(order.form)
    others = [one for one in stated(unit, Allergy, row.resident) if one.rid != row.rid]
    _refuse_twice(others, form.substance)
    revise(unit, row, order.reason, _content(form))


@performs(RetractAllergy)
def retract_allergy(unit: Unit, order: RetractAllergy) -> None:
    retract(unit, standing(unit, Allergy, order.seen), order.why)


@performs(StateNoAllergy)
def state_no_allergy(unit: Unit, order: StateNoAllergy) -> UUID:
    """Refuses while an allergy stands, naming it."""
    resident = resident_of(unit, order.resident)
    told_by = check_teller(order.told_by)
    here = stated(unit, Allergy, resident.rid)
    known = [row.substance for row in here if not row.none_known]
    if known:
        raise Refusal(f"已登记过敏：{'、'.join(known)}。确实没有过敏，请先逐条作废。")
    if here:
        raise Refusal(f"已登记“{NONE_KNOWN}”，来源：{here[0].told_by or '未注明'}。")
    fresh = Allergy(**unit.stamp(), revision=1, resident=resident.rid, none_known=True, told_by=told_by)
    unit.session.add(fresh)
    return fresh.rid


def _content(form: AllergyForm) -> dict[str, Any]:
    return {
        "substance": form.substance,
        "reaction": form.reaction,
        "severity": form.severity,
        "certainty": form.certainty,
        "told_by": form.told_by,
    }


def _refuse_twice(here: list[Allergy], substance: str) -> None:
    """青霉素 and 盘尼西林 are one: a second entry would hide what the first one says."""
    listed = entry_of(allergens(), substance)
    for row in here:
        same = listed is not None and entry_of(allergens(), row.substance) == listed
        if not row.none_known and (same or same_words(row.substance, substance)):
            said = allergy_words(row.substance, row.reaction, row.severity, row.certainty)
            raise Refusal(f"已登记过敏：{said}。要补充内容，请更正那一条。", field="substance")
