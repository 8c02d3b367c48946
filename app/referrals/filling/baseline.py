"""How the person usually is, by the latest assessments: ability, speech, walking, cognition, swallowing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from app.assessments.instruments import Instrument
from app.core.unit import Reader
from app.referrals.filling.filled import UNRECORDED, Baseline
from app.residents.queries.chart_rows import AssessmentLine, ChartRow
from app.residents.queries.latest import ABILITY
from app.vitals.profiles import Profile
from db.models import Assessment

WALKING, SPEECH, MEMORY = "B.2.3", "B.3.6", "B.3.4"
"""Items of GB/T 42195-2022: 平地行走, 表达能力, 记忆."""
COGNITION, SWALLOW, GAIT = ("mmse", "mini-cog"), ("kubota", "fois"), ("fac",)


def latest_lines(chart: ChartRow) -> dict[str, AssessmentLine]:
    """By instrument the latest assessment that was done."""
    found: dict[str, AssessmentLine] = {}
    for line in chart.assessments:
        if not line.undone:
            found.setdefault(line.instrument, line)
    return found


def baseline_of(
    reader: Reader, chart: ChartRow, profile: Profile, shelf: Mapping[str, Instrument]
) -> Baseline:
    lines = latest_lines(chart)
    ability = lines.get(ABILITY)
    answers = _answers(reader, ability)
    return Baseline(
        ability=ability.finding or UNRECORDED if ability is not None else UNRECORDED,
        speech=_answer(answers, SPEECH),
        walking=_finding(shelf, lines, GAIT, _answer(answers, WALKING)),
        cognition=_finding(shelf, lines, COGNITION, _answer(answers, MEMORY)),
        consciousness="平时即有意识混乱" if profile.consciousness == "C" else "平时清醒",
        swallow=_finding(shelf, lines, SWALLOW, UNRECORDED),
        source=f"能力评估 {ability.assessed_on:%Y-%m-%d}" if ability is not None else "",
    )


def _answers(reader: Reader, line: AssessmentLine | None) -> Mapping[str, Any]:
    if line is None:
        return {}
    statement = select(Assessment.answers).where(Assessment.rid == line.rid, Assessment.current)
    return reader.session.scalar(statement) or {}


def _answer(answers: Mapping[str, Any], item: str) -> str:
    said = answers.get(item) or {}
    return str(said.get("text") or "") or UNRECORDED


def _finding(
    shelf: Mapping[str, Instrument],
    lines: Mapping[str, AssessmentLine],
    wanted: tuple[str, ...],
    otherwise: str,
) -> str:
    """`MMSE 21 分 轻度认知障碍（2026-10-08）` of the newest of some instruments."""
    found = [lines[code] for code in wanted if code in lines and lines[code].finding]
    newest = max(found, key=lambda line: line.assessed_on, default=None)
    if newest is None:
        return otherwise
    instrument = shelf.get(newest.instrument)
    name = instrument.short if instrument is not None else newest.instrument
    points = "" if newest.total is None else f"{newest.total} 分"
    said = " ".join(part for part in (name, points, newest.finding) if part)
    return f"{said}（{newest.assessed_on:%Y-%m-%d}）"
