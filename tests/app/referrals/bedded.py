"""A house with home beds, for the tests of their acts and screens."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from app.referrals.home_beds import (
    Applicant,
    Application,
    Applied,
    ApplyHomeBed,
    BedVisit,
    EvaluateHomeBed,
    HomeBedById,
    HomeBedPage,
    Opening,
    VisitHomeBed,
)
from app.referrals.revising import Seen
from tests.app.referrals.house import DAY, Desk

WANTED = Application(Applicant("李建国", "子", on_paper=True), ("stroke", "tubes"), "脑梗死恢复期，留置胃管")
OPENED = Opening(
    "陈永康", None, 2, "王秀英", plan="每周换胃管固定，肢体康复", insurance="医保家庭病床 2026-118"
)


def applied(desk: Desk, resident: UUID | None = None) -> Applied:
    made: Applied = desk.do(ApplyHomeBed(resident or desk.li, WANTED))
    return made


def opened(desk: Desk, resident: UUID | None = None, on: date = DAY, **more: Any) -> Seen:
    said = Opening(**{**OPENED.__dict__, **more})
    seen: Seen = desk.do(EvaluateHomeBed(applied(desk, resident).bed, on, "符合建床指征", said))
    return seen


def visited(desk: Desk, bed: UUID, at: Any = None, kind: str = "doctor", **texts: str) -> UUID:
    said = texts or {"assessment": "生命体征平稳", "done": "换药"}
    rid: UUID = desk.do(VisitHomeBed(bed, BedVisit(kind, said, at=at)))
    return rid


def page(desk: Desk, rid: UUID) -> HomeBedPage:
    found: HomeBedPage | None = desk.ask(HomeBedById(rid))
    assert found is not None
    return found
