"""Acts on residents: a new one, and other words about one. Import is in `importing`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select, true

from app.core.blobs import keep_blob, media_of
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.residents.beds import find_bed, free_bed
from app.residents.carers import check_carers
from app.residents.forms import REGISTER_COLUMNS, ResidentForm, check_form
from app.residents.places.moving import revise_stay
from app.residents.restating import add_allergies, add_diagnoses, keep_contacts, restate
from app.residents.rules.grades import CARE_LEVEL
from app.residents.rules.windows import Span
from app.residents.search_row import current_stay, keep_search
from app.residents.seen import changes_seen
from app.residents.stays.correcting import keep_days
from app.residents.stays.grades import latest_grade
from app.residents.stays.guardian import require_guardian
from db.models import Resident, Stay


@dataclass(frozen=True)
class NewPhoto:
    """Another photo, or (empty) none any more, with the reason."""

    content: bytes = field(default=b"", repr=False)
    why: str = ""


@dataclass(frozen=True)
class CreateResident(Order[UUID]):
    """A new resident, admitted on the form's date into its bed; with `enquiry` only asked about, and not here yet.

    `photo`: JPEG or PNG, as `keep_blob` takes it.
    """

    form: ResidentForm
    enquiry: bool = False
    photo: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class EditResident(Order[None]):
    """Other words about a resident. `seen_revision` is the count of changes (`FormRow.revision`) the person saw:
    what was written since is not overwritten. `why`: the reason of what is taken out (allergy, diagnosis)."""

    rid: UUID
    form: ResidentForm
    seen_revision: int
    why: str = ""
    photo: NewPhoto | None = None


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
    check_carers(unit, form, None)
    row = Resident(
        **unit.stamp(),
        number=unit.next_number("resident"),
        **_register(form),
        remarks=dict(form.remarks),
        photo=keep_blob(unit, order.photo, media_of(order.photo)) if order.photo else "",
    )
    unit.session.add(row)
    unit.session.flush()
    keep_contacts(unit, row.rid, form.contacts)
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
    check_carers(unit, form, row)
    _refuse_decided(unit, row, form)
    values = {**_register(form), **_photo(unit, row, order.photo)}
    changed = {column: value for column, value in values.items() if getattr(row, column) != value}
    for column, value in changed.items():
        setattr(row, column, value)
    if changed:
        row.reason = order.photo.why.strip() if order.photo and "photo" in changed else None
    _move(unit, row.rid, form)
    restate(unit, row.rid, form, order.why)
    keep_search(unit, row.rid)


@performs(NoteReading)
def note_reading(unit: Unit, order: NoteReading) -> None:
    unit.require(Right.READ_RESIDENTS)
    unit.note("read_chart", "resident", order.resident)


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


def _photo(unit: Unit, row: Resident, said: NewPhoto | None) -> dict[str, Any]:
    if said is None:
        return {}
    if said.content:
        return {"photo": keep_blob(unit, said.content, media_of(said.content))}
    if row.photo and not said.why.strip():
        raise Refusal("请写明为什么去掉照片。", field="photo")
    return {"photo": ""}


def _refuse_known(unit: Unit, form: ResidentForm, own: UUID | None) -> None:
    """One paper, one person; one health record, one person."""
    if form.id_number:
        same = (Resident.id_type == form.id_type, Resident.id_number == form.id_number)
        if known := _another(unit, own, *same):
            raise Refusal(f"这个证件号码已登记为 {known}。", field="id_number")
    if form.archive_number and (known := _another(unit, own, Resident.archive_number == form.archive_number)):
        raise Refusal(f"这个档案编号已登记为 {known}。", field="archive_number")


def _another(unit: Unit, own: UUID | None, *same: ColumnElement[bool]) -> str:
    """Name and number of who has it already, but for the resident it is about."""
    row = unit.session.execute(
        select(Resident.name, Resident.number).where(*same, Resident.rid != own if own else true()).limit(1)
    ).first()
    return f"{row[0]}（{row[1]}）" if row else ""


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
