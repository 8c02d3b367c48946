"""Questions about staff and accounts."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from app.access.proof import actor_of
from app.core.orders import Question, answers
from app.core.roles import Actor, Right, Role
from app.core.unit import Reader
from db.models import Account, Draft, Staff


@dataclass(frozen=True)
class StaffRow:
    """One line of 设置→人员."""

    rid: UUID
    number: str
    name: str
    roles: frozenset[Role]
    profession: str
    title: str
    certificate: str
    active: bool
    has_pin: bool
    must_change: bool


@dataclass(frozen=True)
class StaffList(Question[tuple[StaffRow, ...]]):
    """Everybody who works or worked here, by number."""


@dataclass(frozen=True)
class ActorOfSlot(Question[Actor | None]):
    """The active person a key slot belongs to."""

    slot: UUID


@dataclass(frozen=True)
class AccountState:
    """What signing in and signing need to know of an account."""

    rid: UUID
    slot: UUID
    pin_hash: str | None
    pin_failures: int
    must_change: bool


@dataclass(frozen=True)
class AccountOf(Question[AccountState | None]):
    """The account of an active person, found by staff number."""

    number: str


@answers(StaffList)
def staff_list(reader: Reader, _question: StaffList) -> tuple[StaffRow, ...]:
    rows = reader.session.execute(
        select(Staff, Account).join(Account, Account.staff == Staff.rid).order_by(Staff.number)
    )
    return tuple(
        StaffRow(
            rid=staff.rid,
            number=staff.number,
            name=staff.name,
            roles=frozenset(Role(role) for role in staff.roles),
            profession=staff.profession,
            title=staff.title,
            certificate=staff.certificate,
            active=staff.active,
            has_pin=account.pin_hash is not None,
            must_change=account.must_change,
        )
        for staff, account in rows
    )


@answers(ActorOfSlot)
def actor_of_slot(reader: Reader, question: ActorOfSlot) -> Actor | None:
    staff = reader.session.scalar(
        select(Staff)
        .join(Account, Account.staff == Staff.rid)
        .where(Account.slot == question.slot, Staff.active)
    )
    return None if staff is None else actor_of(staff)


@answers(AccountOf)
def account_of(reader: Reader, question: AccountOf) -> AccountState | None:
    row = reader.session.scalar(
        select(Account)
        .join(Staff, Staff.rid == Account.staff)
        .where(_numbered(question.number), Staff.active)
    )
    if row is None:
        return None
    return AccountState(row.staff, row.slot, row.pin_hash, row.pin_failures, row.must_change)


@dataclass(frozen=True)
class MayI(Question[None]):
    """Refuses, in words, if the person at the desk lacks a right; for work that is no order (verify, backup)."""

    right: Right


@answers(MayI)
def may_i(reader: Reader, question: MayI) -> None:
    reader.require(question.right)


@dataclass(frozen=True)
class ActorByNumber(Question[Actor | None]):
    """The active person of a staff number."""

    number: str


@answers(ActorByNumber)
def actor_by_number(reader: Reader, question: ActorByNumber) -> Actor | None:
    staff = reader.session.scalar(select(Staff).where(_numbered(question.number), Staff.active))
    return None if staff is None else actor_of(staff)


def _numbered(number: str) -> ColumnElement[bool]:
    """A staff number as it is typed: small and capital letters are one, as at the door."""
    return func.lower(Staff.number) == number.strip().lower()


@dataclass(frozen=True)
class DraftCount(Question[int]):
    """How many drafts of the person at the desk wait to be finished."""


@answers(DraftCount)
def draft_count(reader: Reader, _question: DraftCount) -> int:
    mine = select(func.count()).select_from(Draft).where(Draft.person == reader.actor.rid)
    return reader.session.scalar(mine) or 0
