"""Founding a station: the set-up assistant's form, checked, and the first order in an empty file."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from uuid import UUID

from app.access.keys import Slot
from app.access.rules import (
    institution_code_problem,
    password_problem,
    station_number_problem,
)
from app.access.service import CreateStaff, StaffForm, add_staff, check_form
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Actor, Role
from app.core.settings import INSTITUTION_TYPES, Settings
from app.core.unit import Unit
from db.models import Setting

SETTINGS = "settings"


@dataclass(frozen=True)
class SetUpForm:
    """What the set-up assistant asks. Institution code: 统一社会信用代码; station number: two digits."""

    institution_name: str
    institution_code: str
    institution_type: str
    station_number: str
    station_name: str
    administrator: StaffForm
    administrator_password: str = field(repr=False)
    head_nurse: StaffForm
    head_nurse_password: str = field(repr=False)


@dataclass(frozen=True)
class Found(Order[None]):
    """The first order of a station: its settings and its first two people."""

    settings: Settings
    administrator: CreateStaff
    head_nurse: CreateStaff


@performs(Found)
def found(unit: Unit, order: Found) -> None:
    unit.session.add(Setting(key=SETTINGS, value=order.settings.as_stored()))
    add_staff(unit, order.administrator)
    add_staff(unit, order.head_nurse)


def check_set_up(form: SetUpForm) -> None:
    """Refuse, beside its field, whatever a station must not begin with."""
    check_institution(form)
    _check_person(form.administrator, form.administrator_password, "administrator")
    _check_person(form.head_nurse, form.head_nurse_password, "head_nurse")
    if form.administrator.number.lower() == form.head_nurse.number.lower():
        raise Refusal("两个人的工号不能相同。", field="head_nurse.number")


def check_institution(form: SetUpForm) -> None:
    """The first step of the assistant on its own."""
    if not form.institution_name.strip():
        raise Refusal("请填写机构名称。", field="institution_name")
    if len(form.institution_name.strip()) > 60:
        raise Refusal("机构名称最长 60 个字。", field="institution_name")
    if problem := institution_code_problem(form.institution_code):
        raise Refusal(problem, field="institution_code")
    if form.institution_type not in INSTITUTION_TYPES:
        raise Refusal("请选择机构类型。", field="institution_type")
    if problem := station_number_problem(form.station_number):
        raise Refusal(problem, field="station_number")


def _check_person(person: StaffForm, password: str, where: str) -> None:
    try:
        check_form(person)
    except Refusal as refusal:
        raise Refusal(refusal.text, field=f"{where}.{refusal.field}") from refusal
    if problem := password_problem(password, person.number, person.name):
        raise Refusal(problem, field=f"{where}.password")


def founder(rid: UUID, form: SetUpForm) -> Actor:
    """The person the founding is done by: the first administrator."""
    who = form.administrator
    return Actor(rid, who.number, who.name, who.roles | {Role.ADMINISTRATOR}, who.profession)


def first_people(
    form: SetUpForm, founder_rid: UUID, slots: tuple[Slot, Slot]
) -> tuple[CreateStaff, CreateStaff]:
    """The two first accounts; each certainly holds the role it is asked for."""
    administrator = replace(form.administrator, roles=form.administrator.roles | {Role.ADMINISTRATOR})
    head_nurse = replace(form.head_nurse, roles=form.head_nurse.roles | {Role.HEAD_NURSE})
    return (
        CreateStaff(administrator, slots[0], must_change=False, rid=founder_rid),
        CreateStaff(head_nurse, slots[1], must_change=False),
    )
