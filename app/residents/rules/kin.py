"""Contacts and what they may do: who is a guardian, who is called first, when a guardian must be there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol, TypeVar

from app.residents.rules.ages import age_on

EMERGENCY, GUARDIAN = "emergency", "guardian"
GUARDS = frozenset({GUARDIAN, "legal", "agreed"})
"""Codes of `resources/codes/powers.toml` that make a contact a guardian."""
OF_AGE = 18
"""民法典 第17条: who is younger is a minor, and has a guardian."""


class Kin(Protocol):
    """A contact as far as the rules know one."""

    @property
    def name(self) -> str: ...
    @property
    def phone(self) -> str: ...
    @property
    def powers(self) -> tuple[str, ...]: ...


K = TypeVar("K", bound=Kin)


def guards(powers: Iterable[str]) -> bool:
    """Whether these powers make a guardian."""
    return not GUARDS.isdisjoint(powers)


def in_calling_order(contacts: Sequence[K]) -> tuple[K, ...]:
    """Whom to call in an emergency: the emergency contacts, then the others, each in the order written."""
    return tuple(sorted(contacts, key=lambda one: EMERGENCY not in one.powers))


def is_minor(birth: date | None, today: date) -> bool:
    """Whether a guardian must be there; of an unknown birth date nothing is said."""
    return birth is not None and age_on(birth, today) < OF_AGE


def guardian_missing(birth: date | None, today: date, contacts: Iterable[Kin]) -> str | None:
    """A sentence where a minor has no guardian who can be reached."""
    if not is_minor(birth, today):
        return None
    if any(guards(one.powers) and one.name.strip() and one.phone.strip() for one in contacts):
        return None
    return f"未满 {OF_AGE} 岁，必须登记监护人：勾选监护人身份，写明姓名和电话"
