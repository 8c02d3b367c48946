"""Acts on residents: a new one, and other words about one. Import is in `importing`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.residents.beds import find_bed, free_bed
from app.residents.forms import ContactForm, ResidentForm, check_form
from app.residents.places.moving import revise_stay
from app.residents.rules import AllergyStatement
from app.residents.rules.grades import CARE_LEVEL
from app.residents.rules.windows import Span
from app.residents.search_row import current_stay, keep_search
from app.residents.seen import changes_seen
from app.residents.stating.revising import revise
from app.residents.stays.correcting import keep_days
from app.residents.stays.grades import latest_grade
from app.residents.stays.guardian import require_guardian
from db.models import Allergy, Contact, Diagnosis, Resident, Stay

REGISTER_COLUMNS = (
    "name", "sex", "birth_date", "id_type", "ethnicity", "education", "marital_status", "phone", "address",
    "care_level",
    "upload_refused",
)  # fmt: skip


@dataclass(frozen=True)
class CreateResident(Order[UUID]):
    """A new resident, admitted on the form's date into its bed; with `enquiry` only asked about, and not here yet."""

    form: ResidentForm
    enquiry: bool = False


@dataclass(frozen=True)
class EditResident(Order[None]):
    """Other words about a resident. `seen_revision` is the count of changes (`FormRow.revision`) the person saw:
    what was written since is not overwritten."""

    rid: UUID
    form: ResidentForm
    seen_revision: int


@dataclass(frozen=True)
class NoteReading(Order[None]):
    """Opening a chart is audited: once per person, resident and half hour (the screen asks no oftener)."""

    resident: UUID


@performs(CreateResident)
def create_resident(unit: Unit, order: CreateResident) -> UUID:
    """Refuses a bad field, an ID number that is here already (naming the person), and a bed that is taken."""
    unit.require(Right.EDIT_RESIDENTS)
    form = check_form(order.form, unit.today)
    _refuse_known(unit, form, None)
    row = Resident(
        **unit.stamp(),
        number=unit.next_number("resident"),
        **_register(form),
        remarks=dict(form.remarks),
    )
    unit.session.add(row)
    unit.session.flush()
    _keep_contacts(unit, row.rid, form.contacts)
    unit.session.add(_first_stay(unit, row, form, enquiry=order.enquiry))
    if form.allergies is not None:
        add_allergies(unit, row.rid, form.allergies)
    add_diagnoses(unit, row.rid, form.diagnoses)
    keep_search(unit, row.rid)
    return row.rid


@performs(EditResident)
def edit_resident(unit: Unit, order: EditResident) -> None:
    """Refuses to overwrite what somebody else changed meanwhile."""
    unit.require(Right.EDIT_RESIDENTS)
    row = unit.session.get(Resident, order.rid)
    if row is None:
        raise Refusal("没有找到这位老人。")
    if changes_seen(unit, order.rid) != order.seen_revision:
        raise Refusal("这份档案刚被别人改过，请核对后再保存。您填的内容还在。")
    form = check_form(order.form, unit.today, birth_known=row.birth_date is not None)
    _refuse_known(unit, form, order.rid)
    _refuse_decided(unit, row, form)
    for column, value in _register(form).items():
        if getattr(row, column) != value:
            setattr(row, column, value)
    _move(unit, row.rid, form)
    _keep_contacts(unit, row.rid, form.contacts)
    _restate_allergies(unit, row.rid, form.allergies)
    _restate_diagnoses(unit, row.rid, form.diagnoses)
    keep_search(unit, row.rid)


@performs(NoteReading)
def note_reading(unit: Unit, order: NoteReading) -> None:
    unit.require(Right.READ_RESIDENTS)
    unit.note("read_chart", "resident", order.resident)


def add_allergies(unit: Unit, resident: UUID, said: AllergyStatement, source: str = "manual") -> None:
    """Entries of a statement; silence writes nothing, since nothing means unknown."""
    told_by = "名册" if source == "import" else "登记"
    common: dict[str, Any] = {"revision": 1, "resident": resident, "told_by": told_by}
    if said.none_known:
        unit.session.add(Allergy(**unit.stamp(source=source), **common, none_known=True))
    for entry in said.entries:
        row = Allergy(
            **unit.stamp(source=source), **common, substance=entry.substance, reaction=entry.reaction
        )
        unit.session.add(row)


def add_diagnoses(
    unit: Unit, resident: UUID, words: tuple[str, ...], source: str = "manual", first: int = 1
) -> None:
    """Diagnoses in the order they were said, the most important first."""
    for ordinal, said in enumerate(words, first):
        stamp = unit.stamp(source=source)
        unit.session.add(Diagnosis(**stamp, revision=1, resident=resident, words=said, ordinal=ordinal))


def _first_stay(unit: Unit, row: Resident, form: ResidentForm, *, enquiry: bool) -> Stay:
    """Admitted, or asked about: then the bed is reserved and the day of admission comes later, each in its own step."""
    if enquiry:
        if form.admitted_on is not None:
            raise Refusal("登记咨询时不填入住日期，入住时再办理。", field="admitted_on")
        if form.place is not None:
            raise Refusal("登记咨询时不填床位，登记后用“预留床位”。", field="bed")
        return Stay(**unit.stamp(), revision=1, resident=row.rid, begins=None, status="enquiry")
    require_guardian(unit, row, form.admitted_on or unit.today)
    bed = free_bed(unit, form.place) if form.place else None
    return Stay(**unit.stamp(), revision=1, resident=row.rid, begins=form.admitted_on, bed=bed)


def _register(form: ResidentForm) -> dict[str, Any]:
    columns = {column: getattr(form, column) for column in REGISTER_COLUMNS}
    return {**columns, "id_number": form.id_number or None, "insurance": list(form.insurance)}


def _refuse_known(unit: Unit, form: ResidentForm, own: UUID | None) -> None:
    if not form.id_number:
        return
    known = unit.session.execute(
        select(Resident.rid, Resident.name, Resident.number).where(
            Resident.id_type == form.id_type, Resident.id_number == form.id_number
        )
    ).first()
    if known is not None and known[0] != own:
        raise Refusal(f"这个身份证号已登记为 {known[1]}（{known[2]}）。", field="id_number")


def _move(unit: Unit, resident: UUID, form: ResidentForm) -> None:
    """A corrected admission date or another bed is a new revision of the stay, while it goes on."""
    stay = current_stay(unit, resident)
    if stay is not None and (stay.ends is not None or stay.status != "in"):
        _refuse_step(unit, form, stay)
        return
    bed = free_bed(unit, form.place, resident) if form.place else None
    if stay is None:
        unit.session.add(
            Stay(**unit.stamp(), revision=1, resident=resident, begins=form.admitted_on, bed=bed)
        )
        return
    if (stay.bed, stay.begins) == (bed, form.admitted_on):
        return
    if form.admitted_on is not None and form.admitted_on != stay.begins:
        keep_days(unit, stay, Span(form.admitted_on), field="admitted_on")
    revise_stay(unit, stay, (form.admitted_on, bed), "补充")


def _refuse_step(unit: Unit, form: ResidentForm, stay: Stay) -> None:
    """Admitting is a step of its own, not a field."""
    if form.admitted_on is not None and form.admitted_on != stay.begins:
        raise Refusal("现在不在住。要入住或更正日期，请用档案里的“入住与外出”。", field="admitted_on")
    if form.place is not None and find_bed(unit, form.place) != stay.bed:
        raise Refusal("现在不在住，不能安排床位。请用档案里的“入住与外出”。", field="bed")


def _refuse_decided(unit: Unit, row: Resident, form: ResidentForm) -> None:
    """A care level somebody confirmed is changed by another decision only."""
    if form.care_level != row.care_level and latest_grade(unit, row.rid, CARE_LEVEL) is not None:
        raise Refusal("护理等级已由人确认，请用档案里的“等级与阶段”更改。", field="care_level")


def _keep_contacts(unit: Unit, resident: UUID, contacts: tuple[ContactForm, ...]) -> None:
    """Contacts by their place in the list: changed where they differ, added at the end, emptied where taken out."""
    kept = list(
        unit.session.scalars(select(Contact).where(Contact.resident == resident).order_by(Contact.ordinal))
    )
    for ordinal, contact in enumerate(contacts, 1):
        values: dict[str, Any] = {
            "name": contact.name.strip(),
            "relation": contact.relation.strip(),
            "phone": contact.phone.strip(),
            "guardian": contact.guardian,
        }
        if ordinal > len(kept):
            unit.session.add(Contact(**unit.stamp(), resident=resident, ordinal=ordinal, **values))
            continue
        for column, value in values.items():
            if getattr(kept[ordinal - 1], column) != value:
                setattr(kept[ordinal - 1], column, value)
    for row in kept[len(contacts) :]:
        if row.name or row.phone:
            row.name, row.phone, row.relation, row.guardian = "", "", "", False


def _restate_allergies(unit: Unit, resident: UUID, said: AllergyStatement | None) -> None:
    if said is None:
        return
    rows = list(unit.session.scalars(select(Allergy).where(Allergy.resident == resident, Allergy.current)))
    rows = [row for row in rows if row.state != "retracted"]
    wanted = {entry.substance: entry.reaction for entry in said.entries}
    here = {row.substance for row in rows if not row.none_known}
    for row in rows:
        if not (said.none_known if row.none_known else row.substance in wanted):
            row.state = "retracted"
        elif not row.none_known and row.reaction != wanted[row.substance]:  # what else is known of it stays
            revise(unit, row, "补充", {"reaction": wanted[row.substance]})
    fresh = tuple(entry for entry in said.entries if entry.substance not in here)
    none_known = said.none_known and not any(row.none_known for row in rows)
    add_allergies(unit, resident, AllergyStatement(none_known=none_known, entries=fresh))


def _restate_diagnoses(unit: Unit, resident: UUID, words: tuple[str, ...]) -> None:
    rows = list(
        unit.session.scalars(select(Diagnosis).where(Diagnosis.resident == resident, Diagnosis.current))
    )
    rows = [row for row in rows if row.state != "retracted"]
    for row in rows:
        if row.words not in words:
            row.state = "retracted"
    here = {row.words for row in rows}
    last = max((row.ordinal for row in rows), default=0)
    add_diagnoses(unit, resident, tuple(said for said in words if said not in here), first=last + 1)
