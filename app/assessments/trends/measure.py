"""What a curve of an instrument is drawn on: its kind, its lowest and highest value, the bands behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.assessments.instruments import Fact, Instrument, spoken

POINTS, STEPS, SCALES = "points", "steps", "scales"
"""A curve of totals, of levels by number (a matrix or decisions give no total), or a table of scales with verdicts."""


@dataclass(frozen=True)
class Stripe:
    """A level and the values that lead to it, both ends included; of a curve of levels just its number."""

    number: int
    short: str
    tone: str
    low: int
    high: int


@dataclass(frozen=True)
class VerdictRow:
    """One scale of a record: its points, and what was said of them then (empty where that is not known)."""

    code: str
    score: int
    words: str
    tone: str


@dataclass(frozen=True)
class Measure:
    """An instrument as far as curves need it. `kind` is one of POINTS, STEPS, SCALES; `direction` as in its file.

    `banded_by` says whom the bands hold for, where they depend on a fact. `scales` are code and name.
    """

    code: str
    title: str
    short: str
    icon: str
    version: str
    kind: str
    direction: str
    low: int
    high: int
    stripes: tuple[Stripe, ...]
    scales: tuple[tuple[str, str], ...] = ()
    banded_by: str = ""


def measure_of(instrument: Instrument, facts: Mapping[str, Fact]) -> Measure:
    """The measure of an instrument for somebody of whom these facts hold."""
    kind = SCALES if instrument.scales else POINTS if instrument.sums else STEPS
    stripes, banded_by = _stripes(instrument, kind, facts)
    low, high = (
        (instrument.minimum, instrument.maximum) if kind == POINTS else (0, len(instrument.levels) - 1)
    )
    return Measure(
        code=instrument.code,
        title=instrument.title,
        short=instrument.short,
        icon=instrument.icon,
        version=instrument.version,
        kind=kind,
        direction=instrument.direction,
        low=low,
        high=high,
        stripes=stripes,
        scales=tuple((one.code, one.name) for one in instrument.scales),
        banded_by=banded_by,
    )


def _stripes(instrument: Instrument, kind: str, facts: Mapping[str, Fact]) -> tuple[tuple[Stripe, ...], str]:
    if kind == SCALES:
        return (), ""
    spans = [(one.number, one.number) for one in instrument.levels]
    banded_by = ""
    if kind == POINTS:
        spans = [(one.low or 0, one.high or 0) for one in instrument.levels]
        for banding in instrument.bandings:
            held = set(spoken(facts.get(banding.field, ""))) & set(banding.words_met)
            if held:
                spans = list(banding.bands)
                banded_by = f"{instrument.fields[banding.field].label}：{'、'.join(sorted(held))}"
    stripes = tuple(
        Stripe(level.number, level.short, level.tone, *span)
        for level, span in zip(instrument.levels, spans, strict=True)
    )
    return stripes, banded_by


def verdicts_of(
    instrument: Instrument, sub_scores: Mapping[str, int], why: Iterable[str]
) -> tuple[VerdictRow, ...]:
    """The scales of a record in the order of the form; what each meant stands among the sentences kept with it."""
    said = tuple(why)
    found = []
    for scale in instrument.scales:
        if scale.code not in sub_scores:
            continue
        score = sub_scores[scale.code]
        begins = f"{scale.name}{score}分："
        words = next((one.removeprefix(begins) for one in said if one.startswith(begins)), "")
        tone = next((one.tone for one in scale.verdicts if one.words == words), "neutral")
        found.append(VerdictRow(scale.code, score, words, tone))
    return tuple(found)
