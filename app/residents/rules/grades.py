"""Levels people decide for a resident: which there are, which days they may have, and what an assessment proposes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from app.residents.rules.wrong import Wrong

CARE_LEVEL, CARE_STAGE, NURSING_GRADE = "care_level", "care_stage", "nursing_grade"
GRADES: Final = {CARE_LEVEL: "护理等级", CARE_STAGE: "照护阶段", NURSING_GRADE: "护理级别"}


def check_grade(since: date, review_on: date | None, today: date) -> None:
    """Refuse a level that holds only from a day to come, and a review before it."""
    if since > today:
        raise Wrong(f"起始日期 {since.isoformat()} 在今天之后")
    if review_on is not None and review_on <= since:
        raise Wrong("复核日期要在起始日期之后")


def proposed(level: int | None, table: Mapping[str, str]) -> str:
    """The care level a level of ability 0 to 4 stands for by the house's table; empty where nothing is proposed."""
    return "" if level is None else table.get(str(level), "")
