"""Skin tests 皮试: made with its lot, read by two persons after its time; a positive one forbids the medicine."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from app.access import proof
from app.access.proof import Proof
from app.core.clock import local
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.revising import next_revision
from app.core.roles import Actor, Right
from app.core.unit import Reader, Unit
from app.medication.drugs.catalogue import drug_called
from app.medication.drugs.classes import classes, substances, widened
from app.medication.lists import skin_test_after
from app.medication.orders.writing import refuse_nobody
from app.medication.rules.drug import Drug
from app.residents.stating import Seen
from app.residents.stating.revising import retract, standing_of
from app.residents.vocabulary import allergens, entry_of
from db.models import Allergy, SkinTest

NEGATIVE, POSITIVE = "negative", "positive"
RESULTS = {NEGATIVE: "阴性（−）", POSITIVE: "阳性（+）"}
LONGEST = 60


@dataclass(frozen=True)
class MakeSkinTest(Order[Seen]):
    """A test was made now. `lot`: another one needs another test; `med_order`: the order it was made for."""

    resident: UUID
    drug: str
    lot: str
    site: str = ""
    med_order: UUID | None = None


@dataclass(frozen=True)
class ReadSkinTest(Order[Seen]):
    """The result, read by two. `size`: what was seen, in words (a positive one must say it)."""

    seen: Seen
    result: str
    size: str
    second: Proof


@dataclass(frozen=True)
class RetractSkinTest(Order[None]):
    """It was entered in error; the medicine waits for another test."""

    seen: Seen
    why: str


@performs(MakeSkinTest)
def make_skin_test(unit: Unit, order: MakeSkinTest) -> Seen:
    """Refuses who is allergic or was positive: a test itself is dangerous then. Refuses one beside one that waits."""
    unit.require(Right.GIVE_MEDICINES)
    refuse_nobody(unit, order.resident)
    drug = drug_called(unit.session, order.drug)
    lot = _line(order.lot, "lot", "请填写批号；换批号要重做皮试。")
    refuse_allergic(unit, order.resident, drug)
    for row in tests_of(unit, order.resident):
        if row.drug == drug.code and not row.result:
            raise Refusal(f"{drug.title}的皮试已做，等待判读。")
    row = SkinTest(
        **unit.stamp(),
        revision=1,
        resident=order.resident,
        drug=drug.code,
        words=drug.title,
        lot=lot,
        med_order=order.med_order,
        site=order.site.strip()[:LONGEST],
    )
    unit.session.add(row)
    unit.session.flush()
    return Seen(row.rid, row.revision)


@performs(ReadSkinTest)
def read_skin_test(unit: Unit, order: ReadSkinTest) -> Seen:
    """Refuses a result before its time, one without words where it is positive, and one reader alone."""
    unit.require(Right.GIVE_MEDICINES)
    row = _standing(unit, order.seen)
    if row.result:
        raise Refusal(f"{row.words}的皮试已判读为{RESULTS[row.result]}。")
    ready = row.at + skin_test_after()
    if unit.now < ready:
        raise Refusal(f"{local(unit.settings.zone, ready):%H:%M} 起判读。")
    if order.result not in RESULTS:
        raise Refusal("请选结果。", field="result")
    size = order.size.strip()
    if order.result == POSITIVE and not size:
        raise Refusal("阳性请写明所见，如 皮丘 1.5 cm、红晕、伪足。", field="size")
    second = _second(unit, order.second)
    said = {
        "result": order.result,
        "size": size[:LONGEST],
        "read_at": unit.now,
        "reader": unit.actor.rid,
        "second": second.rid,
        "state": "corrected",
    }
    fresh = next_revision(unit, row, f"皮试判读：{RESULTS[order.result]}", said)
    return Seen(fresh.rid, fresh.revision)


@performs(RetractSkinTest)
def retract_skin_test(unit: Unit, order: RetractSkinTest) -> None:
    """By the person who made it, or who may correct signed records."""
    row = _standing(unit, order.seen)
    if row.author != unit.actor.rid:
        unit.require(Right.CORRECT_RECORDS)
    retract(unit, row, order.why)


def refuse_allergic(reader: Reader, resident: UUID, drug: Drug) -> None:
    """过敏史或皮试阳性者禁用, not to be tested either (corrections S1)."""
    group = [row for row in tests_of(reader, resident) if row.result == POSITIVE]
    for row in group:
        if row.drug == drug.code or _same_words(drug, row.drug, reader):
            when = local(reader.settings.zone, row.read_at or row.at)
            raise Refusal(f"{when:%Y-%m-%d} {row.words}皮试阳性，禁用，不再做皮试。")
    statement = select(Allergy.substance).where(
        Allergy.resident == resident, Allergy.current, Allergy.state != "retracted", ~Allergy.none_known
    )
    for substance in reader.session.scalars(statement):
        if allergic_to(drug, substance):
            raise Refusal(f"有{substance}过敏史，禁用{drug.title}，不做皮试。")


def allergic_to(drug: Drug, substance: str) -> bool:
    """Whether somebody allergic to `substance` must not have the medicine: by name, ingredient or class."""
    listed = entry_of(allergens(), substance)
    meant = listed.words if listed is not None else substance
    ingredients = set(substances().get(meant, ())) & set(drug.ingredients)
    return (
        meant in allergens_of(drug) or bool(ingredients) or drug.name in substance or substance == drug.name
    )


def allergens_of(drug: Drug) -> tuple[str, ...]:
    """The words an allergy to this medicine is stated by, the class first."""
    known = [words for key in widened(drug.classes) for words in classes()[key].allergens]
    return tuple(dict.fromkeys(known)) or (drug.name,)


def tests_of(reader: Reader, resident: UUID) -> list[SkinTest]:
    """The tests that stand, the oldest first."""
    statement = (
        select(SkinTest)
        .where(SkinTest.resident == resident, SkinTest.current, SkinTest.state != "retracted")
        .order_by(SkinTest.at)
    )
    return list(reader.session.scalars(statement))


def _same_words(drug: Drug, code: str, reader: Reader) -> bool:
    """Another product with the same allergens: a positive test of one penicillin speaks against all."""
    other = drug_called(reader.session, code)
    shared = set(allergens_of(drug)) & set(allergens_of(other))
    return other.group == drug.group or bool(shared)


def _standing(unit: Unit, seen: Seen) -> SkinTest:
    return standing_of(unit, SkinTest, seen, "这次皮试")


def _second(unit: Unit, given: Proof) -> Actor:
    person = proof.accept(unit, given)
    if person.rid == unit.actor.rid:
        raise Refusal("皮试由两人判读，请另一位输入工号和密码。", field="number")
    if not (person.may(Right.GIVE_MEDICINES) or person.may(Right.ORDER_MEDICINES)):
        raise Refusal(f"{person.name}不是医生或护士，不能判读皮试。", field="number")
    return person


def _line(said: str, field: str, missing: str) -> str:
    text = said.strip()
    if not text:
        raise Refusal(missing, field=field)
    if len(text) > LONGEST:
        raise Refusal(f"最多 {LONGEST} 个字。", field=field)
    return text
