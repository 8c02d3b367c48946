"""Acts on staff and accounts: create, edit, disable, reset, PIN, signing in. Rights are checked here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from app.access.keys import Slot
from app.access.rules import name_problem, staff_number_problem
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import PROFESSIONS, Right, Role
from app.core.unit import Unit
from db.models import Account, Setting, Staff

SLOTS = "slots"
"""Setting that keeps the epoch of the key table."""


@dataclass(frozen=True)
class StaffForm:
    """What is asked of a staff member."""

    number: str
    name: str
    roles: frozenset[Role]
    profession: str
    title: str = ""
    certificate: str = ""


@dataclass(frozen=True)
class CreateStaff(Order[UUID]):
    """A new person with an account; `slot` is their wrapped key (`KeyRing.wrap`)."""

    form: StaffForm
    slot: Slot
    must_change: bool = True
    rid: UUID | None = None


@dataclass(frozen=True)
class EditStaff(Order[None]):
    """Other words about a person: name, roles, profession, title, certificate. The number stays."""

    rid: UUID
    form: StaffForm


@dataclass(frozen=True)
class SetActive(Order[None]):
    """Disable an account (its key slot goes) or re-enable the person with a new slot."""

    rid: UUID
    slot: Slot | None


@dataclass(frozen=True)
class ResetPassword(Order[None]):
    """The administrator gives a new first password; the person must change it."""

    rid: UUID
    slot: Slot


@dataclass(frozen=True)
class ChangeOwnPassword(Order[None]):
    """A person's own new password; whoever calls has had the old one proved."""

    slot: Slot


@dataclass(frozen=True)
class SetPin(Order[None]):
    """A person's own PIN as an Argon2id hash; it signs and unlocks, it never opens the file."""

    pin_hash: str


@dataclass(frozen=True)
class NotePin(Order[int]):
    """One try with a PIN: wrong ones are counted, the right one clears the count. Returns the count."""

    rid: UUID
    right: bool


@dataclass(frozen=True)
class NoteSignIn(Order[None]):
    """Somebody signed in, after so many wrong tries."""

    failures: int


@performs(CreateStaff)
def create_staff(unit: Unit, order: CreateStaff) -> UUID:
    """Refuses a taken number, a bad name, no role, an unknown profession."""
    unit.require(Right.MANAGE_STAFF)
    return add_staff(unit, order)


def add_staff(unit: Unit, order: CreateStaff) -> UUID:
    """As `create_staff` without the right: set-up has nobody yet who could hold it."""
    check_form(order.form)
    taken = select(Staff.rid).where(func.lower(Staff.number) == order.form.number.lower())
    if unit.session.scalar(taken) is not None:
        raise Refusal(f"工号 {order.form.number} 已经有人用了。", field="number")
    staff = Staff(**unit.stamp(rid=order.rid), **_columns(order.form), number=order.form.number)
    unit.session.add(staff)
    unit.session.flush()
    unit.session.add(Account(staff=staff.rid, slot=order.slot.id, must_change=order.must_change))
    keep_epoch(unit, unit.keyring.put(order.slot))
    return staff.rid


@performs(EditStaff)
def edit_staff(unit: Unit, order: EditStaff) -> None:
    """Refuses to take the last administrator's role away."""
    unit.require(Right.MANAGE_STAFF)
    check_form(order.form)
    staff = _staff(unit, order.rid)
    if Role.ADMINISTRATOR not in order.form.roles:
        _keep_an_administrator(unit, staff)
    for column, value in _columns(order.form).items():
        if getattr(staff, column) != value:
            setattr(staff, column, value)


@performs(SetActive)
def set_active(unit: Unit, order: SetActive) -> None:
    """Without a slot the person is disabled at once; with one they may sign in again."""
    unit.require(Right.MANAGE_STAFF)
    staff = _staff(unit, order.rid)
    account = _account(unit, order.rid)
    if order.slot is None:
        if staff.rid == unit.actor.rid:
            raise Refusal("不能停用自己的账号。")
        _keep_an_administrator(unit, staff)
        staff.active = False
        keep_epoch(unit, unit.keyring.drop(account.slot))
    else:
        staff.active = True
        _replace_slot(unit, account, order.slot, must_change=True)


@performs(ResetPassword)
def reset_password(unit: Unit, order: ResetPassword) -> None:
    unit.require(Right.MANAGE_STAFF)
    staff = _staff(unit, order.rid)
    if not staff.active:
        raise Refusal("账号已停用，请先启用。")
    account = _account(unit, order.rid)
    account.pin_hash, account.pin_failures = None, 0
    _replace_slot(unit, account, order.slot, must_change=order.rid != unit.actor.rid)
    unit.note("reset_password", "staff", staff.rid)


@performs(ChangeOwnPassword)
def change_own_password(unit: Unit, order: ChangeOwnPassword) -> None:
    _replace_slot(unit, _account(unit, unit.actor.rid), order.slot, must_change=False)
    unit.note("change_own_password", "staff", unit.actor.rid)


@performs(SetPin)
def set_pin(unit: Unit, order: SetPin) -> None:
    account = _account(unit, unit.actor.rid)
    account.pin_hash, account.pin_failures = order.pin_hash, 0
    unit.note("set_pin", "staff", unit.actor.rid)


@performs(NotePin)
def note_pin(unit: Unit, order: NotePin) -> int:
    account = _account(unit, order.rid)
    account.pin_failures = 0 if order.right else account.pin_failures + 1
    if not order.right:
        unit.note("wrong_pin", "staff", order.rid)
    return account.pin_failures


@performs(NoteSignIn)
def note_sign_in(unit: Unit, order: NoteSignIn) -> None:
    reason = f"{order.failures} wrong before" if order.failures else None
    unit.note("sign_in", "staff", unit.actor.rid, reason)


def check_form(form: StaffForm) -> None:
    """Refuse, beside the field, what set-up and 设置→人员 must not accept."""
    if problem := staff_number_problem(form.number):
        raise Refusal(problem, field="number")
    if problem := name_problem(form.name):
        raise Refusal(problem, field="name")
    if not form.roles:
        raise Refusal("请至少选一个岗位。", field="roles")
    if form.profession not in PROFESSIONS:
        raise Refusal("请选择职业。", field="profession")


def keep_epoch(unit: Unit, epoch: int) -> None:
    """Keep the key table's epoch in the database, so that an old table put back is noticed."""
    row = unit.session.get(Setting, SLOTS)
    if row is None:
        unit.session.add(Setting(key=SLOTS, value={"epoch": epoch}))
    else:
        row.value = {"epoch": epoch}


def _columns(form: StaffForm) -> dict[str, Any]:
    return {
        "name": form.name.strip(),
        "roles": [role.value for role in Role if role in form.roles],
        "profession": form.profession,
        "title": form.title.strip(),
        "certificate": form.certificate.strip(),
    }


def _replace_slot(unit: Unit, account: Account, slot: Slot, *, must_change: bool) -> None:
    old, account.slot = account.slot, slot.id
    account.must_change = must_change
    keep_epoch(unit, unit.keyring.put(slot, instead_of=old))


def _keep_an_administrator(unit: Unit, leaving: Staff) -> None:
    rows = unit.session.execute(select(Staff.rid, Staff.roles).where(Staff.active))
    if not any(Role.ADMINISTRATOR.value in roles for rid, roles in rows if rid != leaving.rid):
        raise Refusal("至少要留一位系统管理员。", field="roles")


def _staff(unit: Unit, rid: UUID) -> Staff:
    staff = unit.session.get(Staff, rid)
    if staff is None:
        raise Refusal("没有找到这位人员。")
    return staff


def _account(unit: Unit, rid: UUID) -> Account:
    account = unit.session.get(Account, rid)
    if account is None:
        raise Refusal("这位人员没有账号。")
    return account
