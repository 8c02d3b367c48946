"""Which charts a resident's record makes: one a group of signs, its lines, its usual range, how a point is read out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.vitals.catalogue import sign_of
from app.vitals.profiles import usual_target
from app.vitals.queries.record import VitalLine, VitalRecordRow
from ui.kit.plot import Curve, Plot, Spot
from ui.style import Tone

_TONES = {"warn": Tone.WARN, "danger": Tone.DANGER}
_INKS = ("chart1", "chart2", "chart3")
MEALS = (
    ("空腹、餐前", ("fasting", "before_lunch", "before_supper")),
    ("餐后", ("after_breakfast", "after_lunch", "after_supper")),
)
"""Glucose is told apart by when it was measured; other times stand as points without a line."""


@dataclass(frozen=True)
class Group:
    """Signs that share a chart."""

    title: str
    codes: tuple[str, ...]


GROUPS = (
    Group("体温", ("temperature",)),
    Group("脉搏 · 呼吸", ("pulse", "heart_rate", "respiration")),
    Group("血压", ("blood_pressure",)),
    Group("血氧", ("spo2",)),
    Group("血糖", ("glucose",)),
    Group("体重", ("weight",)),
    Group("疼痛", ("pain",)),
)


@dataclass(frozen=True)
class Span:
    """The time a chart shows, and the institution's zone."""

    since: datetime
    until: datetime
    zone: str


def plot_of(group: Group, record: VitalRecordRow, span: Span) -> Plot | None:
    """The chart of a group; None where nothing of it was measured."""
    lines = [one for one in record.standing(*group.codes) if one.measured.value is not None]
    if not lines:
        return None
    main = group.codes[0]
    sign = sign_of(main)
    return Plot(
        title=group.title,
        unit=sign.unit if sign.unit != "0–10" else "0–10 分",
        curves=tuple(_curves(group, lines)),
        since=span.since,
        until=span.until,
        zone=span.zone,
        bands=_bands(group, record),
        note=_note(group, record),
    )


def _curves(group: Group, lines: list[VitalLine]) -> Iterable[Curve]:
    if group.codes == ("blood_pressure",):
        sign = sign_of("blood_pressure")
        yield Curve(sign.first, _INKS[0], tuple(_spot(one, f"{one.measured.value:.0f}") for one in lines))
        lower = tuple(_lower(one) for one in lines if one.measured.second is not None)
        yield Curve(sign.second_words, _INKS[1], lower)
    elif group.codes == ("glucose",):
        yield from _meals(lines)
    else:
        inks = dict(zip(group.codes, _INKS, strict=False))
        for code in group.codes:
            of_sign = tuple(_spot(one) for one in lines if one.code == code)
            if of_sign:
                yield Curve(sign_of(code).words, inks[code], of_sign)


def _meals(lines: list[VitalLine]) -> Iterable[Curve]:
    told: set[str] = set()
    for (words, meals), ink in zip(MEALS, _INKS, strict=False):
        spots = tuple(_spot(one) for one in lines if one.measured.said("meal") in meals)
        told.update(meals)
        if spots:
            yield Curve(words, ink, spots)
    rest = tuple(_spot(one) for one in lines if one.measured.said("meal") not in told)
    if rest:
        yield Curve("其他时点", _INKS[2], rest, loose=True)


def _spot(line: VitalLine, words: str = "") -> Spot:
    said = words or line.words
    if line.taken.how:
        said += f"（{line.taken.how}）"
    if line.taken.turn:
        said += " 复测"
    value = line.measured.value or 0.0
    return Spot(line.at, value, said, _TONES.get(line.taken.judgement.tone), line.taken.rid)


def _lower(line: VitalLine) -> Spot:
    second = line.measured.second or 0.0
    return Spot(line.at, second, f"{second:.0f}", _TONES.get(line.taken.judgement.tone), line.taken.rid)


def _bands(group: Group, record: VitalRecordRow) -> tuple[tuple[float | None, float | None], ...]:
    """The usual range of the first sign, or the one a doctor set; of a chart of several signs none."""
    if len(group.codes) > 1:
        return ()
    code = group.codes[0]
    mine = record.profile.own.of(code)
    if "low" in mine or "high" in mine:
        return ((mine.get("low"), mine.get("high")),)
    yellow = sign_of(code).at(record.age).yellow
    return () if yellow is None else ((yellow.low, yellow.high),)


def _note(group: Group, record: VitalRecordRow) -> str:
    if len(group.codes) > 1:
        return ""
    code = group.codes[0]
    mine = record.profile.target_words(code)
    usual = usual_target(code, record.age)
    return f"个人范围 {mine}" if mine else f"参考 {usual}" if usual else ""
