"""Comfort first 安宁: whose plans aim at comfort, by care stage or template, and that their load is not stepped up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.errors import Refusal
from app.core.unit import Reader, Unit
from app.rehab.lists.dose import dose_fields
from app.rehab.lists.template import Template
from app.rehab.lists.templates import templates
from app.residents.rules.grades import CARE_STAGE
from db.models import Grade, RehabItem, RehabPlan

OTHER = "其他："
"""A reason in words of one's own."""


def stage_of(reader: Reader, resident: UUID) -> str:
    """The care stage that holds today, empty where nobody decided."""
    newest = (
        select(Grade.value)
        .where(
            Grade.resident == resident,
            Grade.what == CARE_STAGE,
            Grade.current,
            Grade.state != "retracted",
            Grade.since <= reader.today,
        )
        .order_by(Grade.since.desc(), Grade.recorded_at.desc())
    )
    return reader.session.scalar(newest.limit(1)) or ""


def of_stage(stage: str) -> tuple[Template, ...]:
    """Templates that are offered first in a care stage, whatever the diagnoses."""
    return tuple(one for one in templates().values() if stage and stage in one.stages)


def refuse_growth(
    unit: Unit, plan: RehabPlan, item: RehabItem, content: Mapping[str, Any], reason: str
) -> None:
    """More load than before wants a reason in words of one's own where comfort comes first."""
    if reason.startswith(OTHER) and reason.removeprefix(OTHER).strip():
        return
    grown = list(_grown(item, content))
    if grown and not _steps_up(unit, plan):
        raise Refusal(
            f"安宁阶段以舒适为主，训练量不递增（{'、'.join(grown)}）。确需增加，原因选“其他”并写明。",
            field="reason",
        )


def _steps_up(unit: Unit, plan: RehabPlan) -> bool:
    """Whether load may be stepped up in a plan."""
    known = templates().get(plan.template)
    if known is not None and not known.progress:
        return False
    return all(one.progress for one in of_stage(stage_of(unit, plan.resident)))


def _grown(item: RehabItem, content: Mapping[str, Any]) -> Iterator[str]:
    if content["minutes"] > item.minutes:
        yield f"每次 {item.minutes} → {content['minutes']} 分钟"
    if content["per_week"] > item.per_week:
        yield f"每周 {item.per_week} → {content['per_week']} 次"
    for code, field in dose_fields().items():
        before, after = item.dose.get(code), content["dose"].get(code)
        numbers = isinstance(before, int | float) and isinstance(after, int | float)
        if field.load and numbers and after > before:
            yield f"{field.words} {before:g} → {after:g}"
