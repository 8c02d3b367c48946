"""A house with family-doctor contracts, for the tests of their acts and screens."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from app.referrals.contracts import (
    ContractForm,
    ContractOf,
    ContractPage,
    Fee,
    Member,
    SignContract,
    Signed,
    Signer,
)
from tests.app.referrals.house import DAY, Desk

PAPER = Signer("李建国", "子", on_paper=True)
TEAM = (Member("护士", "王秀英", "13800138001"), Member("公卫医师", "周敏"))


def form(**more: Any) -> ContractForm:
    said: dict[str, Any] = {
        "doctor_name": "陈永康", "begins": date(2026, 3, 1), "ends": date(2027, 2, 28), "signer": PAPER,
        "team": TEAM, "fee": Fee(0, 0, 120), "groups": ("age65",),
    }  # fmt: skip
    return ContractForm(**{**said, **more})


def signed(desk: Desk, resident: UUID | None = None, **more: Any) -> Signed:
    made: Signed = desk.do(SignContract(resident or desk.li, form(**more)))
    return made


def page(desk: Desk, resident: UUID | None = None) -> ContractPage:
    found: ContractPage | None = desk.ask(ContractOf(resident or desk.li))
    assert found is not None
    return found


__all__ = ["DAY", "PAPER", "form", "page", "signed"]
