"""How residents are said on every screen: level and its colour, sex and age, when an assessment is due, allergies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.core.clock import date_in
from app.residents.codes import code_list
from app.residents.forms import SEXES
from app.residents.queries import ChartRow
from app.residents.queries.risks import Risk
from app.residents.risk_codes import badge_words
from app.residents.rules.stated import allergy_words
from ui.kit.chart import Who
from ui.kit.view import Bench
from ui.style import Tone

LEVELS: tuple[tuple[str, Tone], ...] = (
    ("能力完好", Tone.OK),
    ("轻度失能", Tone.INFO),
    ("中度失能", Tone.WARN),
    ("重度失能", Tone.ORANGE),
    ("完全失能", Tone.DANGER),
)
"""Levels 0 to 4 of GB/T 42195-2022, table C.3, in their short words."""
NOT_ASSESSED = "未评估"


def risk_tone(risk: Risk) -> Tone:
    return Tone.DANGER if risk.high else Tone.WARN


def risk_words(risk: Risk) -> str:
    return badge_words(risk.key, high=risk.high)


def level_words(level: int | None) -> str:
    return NOT_ASSESSED if level is None else LEVELS[level][0]


def level_tone(level: int | None) -> Tone:
    return Tone.NEUTRAL if level is None else LEVELS[level][1]


def bed_type_words(code: str) -> str:
    """普通, 护理型, 医养, 专护; empty where it is not set."""
    return code_list("bed_type").words(code) if code else ""


def sex_words(sex: str) -> str:
    """男, 女, or — where it is not known."""
    return SEXES[sex] if sex in {"1", "2"} else "—"


def sex_and_age(sex: str, age: int | None) -> str:
    """女 · 84, or 女 · — where the birth date is not known."""
    return f"{sex_words(sex)} · {'—' if age is None else age}"


def person_words(chart: ChartRow) -> str:
    """女 · 84 岁."""
    return f"{sex_words(chart.sex)} · {'年龄不详' if chart.age is None else f'{chart.age} 岁'}"


@dataclass(frozen=True)
class Due:
    """When the next assessment is due, in words; `tone` is None where nothing presses."""

    words: str
    tone: Tone | None = None


def due_words(due: date | None, today: date) -> Due:
    """今天, 逾期 3 天, 12-16 within a year, 2027-12-16 beyond, — where none is planned."""
    if due is None:
        return Due("—")
    days = (due - today).days
    if days < 0:
        return Due(f"逾期 {-days} 天", Tone.DANGER)
    if days == 0:
        return Due("今天", Tone.WARN)
    return Due(f"{due:%m-%d}" if due.year == today.year else f"{due:%Y-%m-%d}")


def allergies_of(chart: ChartRow, *, reactions: bool = False) -> tuple[str, ...] | None:
    """Substances, an empty tuple for a stated "none", None for unknown. A substance beats a stated none."""
    known = [one for one in chart.allergies if not one.none_known]
    if not known:
        return () if chart.allergies else None
    if not reactions:
        return tuple(one.substance for one in known)
    return tuple(allergy_words(one.substance, one.reaction, one.severity, one.certainty) for one in known)


def today(bench: Bench) -> date:
    """The institution's date."""
    return date_in(bench.station.settings.zone, bench.desk.clock.now())


def who_of(chart: ChartRow) -> Who:
    """Whose chart it is, as the parts of other subjects take it."""
    return Who(
        chart.rid, chart.number, chart.name, chart.sex, chart.birth_date, chart.age, chart.bed, chart.here
    )
