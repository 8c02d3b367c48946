"""Small phrases several pages of an assessment say alike: who it is about, when it was saved, when it is due."""

from __future__ import annotations

from datetime import date, datetime

from app.assessments.queries import LevelRow
from app.core.clock import local
from app.core.roles import GRANTS, Right, Role
from app.residents.codes import code_list
from app.residents.queries import ChartRow
from app.residents.rules import age_on
from ui.style import Tone


def person_words(sex: str, age: int | None, bed: str) -> str:
    """`女 · 84 岁 · 2号楼 312-1`."""
    parts = (code_list("sex").words(sex), "" if age is None else f"{age} 岁", bed)
    return " · ".join(part for part in parts if part)


def chart_words(chart: ChartRow) -> str:
    return person_words(chart.sex, chart.age, chart.bed)


def age_between(birth: date | None, today: date) -> int | None:
    return None if birth is None else age_on(birth, today)


def result_words(row: LevelRow) -> str:
    """`62 分 中度失能`; without a total only what it came to."""
    return f"{row.total} 分 {row.finding}".strip() if row.total is not None else row.finding


def last_words(row: LevelRow | None) -> str:
    """`上次 2026-05-20：62 分 中度失能`."""
    return "" if row is None else f"上次 {row.assessed_on.isoformat()}：{result_words(row)}"


def clock_words(zone: str, at: datetime, now: datetime) -> str:
    """`08:26` today, `11-20 08:26` before."""
    there = local(zone, at)
    return f"{there:%H:%M}" if there.date() == local(zone, now).date() else f"{there:%m-%d %H:%M}"


def due_words(due: date | None, today: date) -> tuple[str, Tone | None]:
    """When the next assessment is due, and how loud that is."""
    if due is None:
        return "—", None
    days = (due - today).days
    if days < 0:
        return f"逾期 {-days} 天", Tone.DANGER
    if days == 0:
        return "今天", Tone.WARN
    return due.isoformat(), Tone.WARN if days <= 7 else None


def missing_words(right: Right) -> str:
    """Which right is missing, and who has it."""
    roles = "、".join(role.words for role in Role if role in GRANTS[right])
    return f"您没有“{right.value}”的权限。有此权限的岗位：{roles}。"
