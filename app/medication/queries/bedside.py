"""One resident at the bedside: who it is beyond doubt, how they swallow, their allergies, what they get now."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_, select

from app.access.names import author_names
from app.care.floors import lodgers
from app.core.errors import Refusal
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.medication.bedside_lists import bedside_lists
from app.medication.checking import alerts_of
from app.medication.derived import TAKEN, Held, derive
from app.medication.drugs.catalogue import drug_list
from app.medication.giving.prompting import GLUCOSE, bedside, with_alerts
from app.medication.lists import holds, round_of, route_of
from app.medication.queries.slot_rows import SlotRow, slot_row
from app.medication.rules.dosing import SCALE
from app.medication.rules.prompts import Reading
from app.medication.stock.queries.boxes import BoxState, states_of
from app.residents.codes import code_list
from app.residents.mistaken import similar
from app.residents.queries.latest import join_latest, latest
from app.residents.queries.risks import risks_of
from app.residents.risk_codes import badge_words
from app.residents.rules import age_on
from app.residents.rules.stated import allergy_words
from app.residents.which_stay import join_stay
from app.vitals.queries.floor import Here
from db.models import Allergy, Diagnosis, Dose, Entry, MedOrder, Place, Resident, Stay

CHOKING = "choking"


@dataclass(frozen=True)
class AlikeRow:
    """Somebody on the floor whose name is easily taken for this one."""

    name: str
    bed: str
    born: int | None


@dataclass(frozen=True)
class LastSite:
    """Where it was given last, and when."""

    site: str
    at: datetime


@dataclass(frozen=True)
class BedsideRow:
    """`ability`: the level in words, empty before an assessment. `allergies`: None unknown, empty a stated "none".

    `diet`: texture and tubes in words; `watch`: why swallowing is watched, `soft`: why nothing can be swallowed whole
    (both empty: no cause). `used`: order → the signs it goes by;
    `packs`: order → barcodes of its medicine; `sites`: route → where it was given last.
    """

    resident: UUID
    number: str
    name: str
    sex: str
    born: int | None
    age: int | None
    bed: str
    photo: str
    ability: str
    tone: str
    diet: tuple[str, ...]
    watch: str
    soft: str
    alike: tuple[AlikeRow, ...]
    allergies: tuple[str, ...] | None
    slots: tuple[SlotRow, ...]
    readings: Mapping[str, Reading] = field(default_factory=dict)
    used: Mapping[UUID, tuple[str, ...]] = field(default_factory=dict)
    packs: Mapping[UUID, tuple[str, ...]] = field(default_factory=dict)
    sites: Mapping[str, LastSite] = field(default_factory=dict)
    box: BoxState | None = None  # the pill box of the round, None where none was filled

    @property
    def open(self) -> tuple[SlotRow, ...]:
        return tuple(one for one in self.slots if one.state.open)


@dataclass(frozen=True)
class BedsideOf(Question[BedsideRow]):
    """One resident in a round of a service date; `floor`: where names are compared."""

    resident: UUID
    day: date
    round: str
    floor: UUID | None = None


@answers(BedsideOf)
def bedside_of(reader: Reader, question: BedsideOf) -> BedsideRow:
    reader.require(Right.READ_RESIDENTS)
    rid = question.resident
    who = _who(reader, rid)
    whole = derive(reader, [rid], [question.day])
    here = [held for held in whole if round_of(held.slot.name).key == question.round]
    known = bedside(reader, [rid])
    known = with_alerts(known, alerts_of(reader, [rid], known.tested))
    names = author_names(reader)
    diet, soft = _diet(reader, rid)
    return BedsideRow(
        resident=rid,
        number=who.number,
        name=who.name,
        sex=who.sex,
        born=who.birth_date.year if who.birth_date else None,
        age=age_on(who.birth_date, reader.today) if who.birth_date else None,
        bed=who.label or "",
        photo=who.photo,
        ability=who.finding or "",
        tone=who.tone or "",
        diet=diet,
        watch=_watch(reader, rid),
        soft=soft,
        alike=_alike(reader, question, who.name),
        allergies=_allergies(reader, rid),
        slots=tuple(slot_row(reader, held, names, known) for held in here),
        readings=known.readings.get(rid, {}),
        used={held.order.rid: _signs(held) for held in here},
        packs=_packs(reader, here),
        sites=_sites(reader, rid, here),
        box=states_of(reader, [rid], question.day, question.round).get(rid),
    )


def _who(reader: Reader, rid: UUID) -> Any:
    columns: tuple[Any, ...] = (
        Resident.number, Resident.name, Resident.sex, Resident.birth_date, Resident.photo, Place.label,
        latest.finding, latest.tone,
    )  # fmt: skip
    row = reader.session.execute(
        select(*columns)
        .select_from(Resident)
        .outerjoin(Stay, join_stay())
        .outerjoin(Place, and_(Place.rid == Stay.bed, Stay.ends.is_(None)))
        .outerjoin(latest, join_latest())
        .where(Resident.rid == rid)
    ).first()
    if row is None:
        raise Refusal("没有找到这位老人。")
    return row


def _diet(reader: Reader, rid: UUID) -> tuple[tuple[str, ...], str]:
    """Texture, diet by tube and feeding tubes in words, and why nothing can be swallowed whole."""
    lists = bedside_lists()
    rows = reader.session.execute(
        select(Entry.journal, Entry.content)
        .where(
            Entry.resident == rid,
            Entry.journal.in_(("diet", "tube")),
            Entry.current,
            Entry.state != "retracted",
            or_(Entry.ends.is_(None), Entry.ends > reader.today),
            Entry.begins <= reader.today,
        )
        .order_by(Entry.begins.desc())
    )
    words: list[str] = []
    soft = ""
    for journal, content in rows:
        if journal == "tube" and content.get("kind") in lists.tubes:
            words, soft = [*words, "鼻饲管" if content["kind"] == "gastric" else "胃造瘘"], "管饲"
        if journal == "diet":
            if lists.diets & set(content.get("kind", ())):
                words, soft = [*words, "鼻饲"], "管饲"
            if texture := content.get("texture"):
                said = code_list("iddsi").words(texture)
                words.append(said)
                soft = soft or (said if texture in lists.textures else "")
    return tuple(dict.fromkeys(words)), soft


def _watch(reader: Reader, rid: UUID) -> str:
    """Why somebody looks whether it was swallowed."""
    risk = next((one for one in risks_of(reader, [rid]).get(rid, ()) if one.key == CHOKING), None)
    rows = reader.session.execute(
        select(Diagnosis.words, Diagnosis.code).where(
            Diagnosis.resident == rid,
            Diagnosis.current,
            Diagnosis.state != "retracted",
            Diagnosis.status != "resolved",
        )
    ).all()
    found = [badge_words(CHOKING, high=risk.high)] if risk is not None else []
    found += ["认知症"] if bedside_lists().forgets_to_swallow((one[0], one[1]) for one in rows) else []
    return "、".join(found)


def _alike(reader: Reader, question: BedsideOf, name: str) -> tuple[AlikeRow, ...]:
    """As on every floor board."""
    if question.floor is None:
        return ()
    me = Here(question.resident, name, "", None, "", None)
    others = {
        one.rid: one
        for one in lodgers(reader, question.floor, question.day)
        if one.rid != me.rid and similar((me, Here(one.rid, one.name, "", None, "", None)))
    }
    if not others:
        return ()
    births = reader.session.execute(
        select(Resident.rid, Resident.birth_date).where(Resident.rid.in_(list(others)))
    )
    return tuple(
        AlikeRow(others[rid].name, others[rid].bed, birth.year if birth else None) for rid, birth in births
    )


def _allergies(reader: Reader, rid: UUID) -> tuple[str, ...] | None:
    rows = reader.session.scalars(
        select(Allergy)
        .where(Allergy.resident == rid, Allergy.current, Allergy.state != "retracted")
        .order_by(Allergy.recorded_at)
    ).all()
    known = [one for one in rows if not one.none_known]
    if not known:
        return () if rows else None
    return tuple(allergy_words(one.substance, one.reaction, one.severity, one.certainty) for one in known)


def _signs(held: Held) -> tuple[str, ...]:
    found = [holds()[key].sign for key in held.order.facts.get("holds", ()) if key in holds()]
    if held.order.dosing["way"] == SCALE:
        found.append(GLUCOSE)
    return tuple(dict.fromkeys(found))


def _packs(reader: Reader, here: Collection[Held]) -> dict[UUID, tuple[str, ...]]:
    """A medicine that is no longer in the list has none: its order goes on, only no pack can be told from another."""
    known = drug_list(reader.session)
    found = {held.order.rid: known.get(held.order.drug) for held in here}
    return {rid: drug.barcodes if drug is not None else () for rid, drug in found.items()}


def _sites(reader: Reader, rid: UUID, here: Collection[Held]) -> dict[str, LastSite]:
    """The last site of every way that has sites, whichever order it was given for."""
    if not any(route_of(held.order.route).sites for held in here):
        return {}
    rows = reader.session.execute(
        select(MedOrder.route, Dose.site, Dose.at)
        .join(MedOrder, and_(MedOrder.rid == Dose.med_order, MedOrder.current))
        .where(
            Dose.resident == rid,
            Dose.current,
            Dose.state != "retracted",
            Dose.site != "",
            Dose.outcome.in_(sorted(TAKEN)),
        )
        .order_by(Dose.at.desc())
        .limit(20)
    )
    found: dict[str, LastSite] = {}
    for route, site, at in rows:
        found.setdefault(route, LastSite(site, at))
    return found
