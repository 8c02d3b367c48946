"""What a curve of an instrument is drawn on: its kind, its lowest and highest value, the bands behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from app.assessments.instruments import Fact, Instrument, spoken
from app.assessments.instruments.quantities import with_unit

POINTS, VALUES, STEPS, SCALES = "points", "values", "steps", "scales"
"""A curve of totals, of measured values, of levels by number (a matrix or decisions give no total), or a table of
scales with verdicts."""


@dataclass(frozen=True)
class Stripe:
    """A level and the values that lead to it, both ends included; of a curve of levels just its number."""

    number: int
    short: str
    tone: str
    low: float
    high: float


@dataclass(frozen=True)
class VerdictRow:
    """One scale of a record: its points, and what was said of them then (empty where that is not known)."""

    code: str
    score: int
    words: str
    tone: str


@dataclass(frozen=True)
class Measure:
    """An instrument as far as curves need it. `kind` is one of those above; `direction` as in its file.

    `unit` and `decimals` are those of the values, `marks` how single values are written (1.5 is 1+), `least` the
    least change that means something. `banded_by` says whom the bands hold for, where they depend on a
    fact. `scales` are code and name.
    """

    code: str
    title: str
    short: str
    icon: str
    version: str
    kind: str
    direction: str
    low: float
    high: float
    stripes: tuple[Stripe, ...]
    scales: tuple[tuple[str, str], ...] = ()
    banded_by: str = ""
    unit: str = "分"
    decimals: int = 0
    marks: Mapping[float, str] = field(default_factory=dict)
    least: float | None = None


def measure_of(instrument: Instrument, facts: Mapping[str, Fact]) -> Measure:
    """The measure of an instrument for somebody of whom these facts hold."""
    measured = instrument.measured
    kind = SCALES if instrument.scales else POINTS if instrument.sums else VALUES if measured else STEPS
    stripes, banded_by = _stripes(instrument, kind, facts)
    low, high = (
        (measured.quantity.least, measured.quantity.most)
        if measured
        else (instrument.minimum, instrument.maximum)
        if kind == POINTS
        else (0, len(instrument.levels) - 1)
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
        unit=measured.quantity.unit if measured else "级" if kind == STEPS else "分",
        decimals=measured.quantity.decimals if measured else 0,
        marks=instrument.marks,
        least=instrument.least.amount if instrument.least else None,
    )


def value_words(measure: Measure, value: float) -> str:
    """`62 分`, `12.4 秒`, `1+级`."""
    return with_unit(figure(measure, value), measure.unit)


def figure(measure: Measure, value: float) -> str:
    """`62`, `12.4`, `1+`."""
    return measure.marks.get(value) or f"{value:.{measure.decimals}f}"


def shown_span(measure: Measure, values: Sequence[float]) -> tuple[float, float]:
    """The ends of an axis: of measured numbers around them with some room, as 12 seconds drown on a scale to 300."""
    if measure.kind != VALUES or measure.marks or not values:
        return measure.low, measure.high
    least, most = min(values), max(values)
    room = max((most - least) * 0.3, (measure.least or 0) * 2, most * 0.25)
    places = max(0, measure.decimals - 1)
    return max(measure.low, round(least - room, places)), min(measure.high, round(most + room, places))


def bands_between(measure: Measure, low: float, high: float) -> tuple[tuple[Stripe, float, float], ...]:
    """The bands an axis shows, each with its ends there: the middle between it and the next."""
    bands = sorted(measure.stripes, key=lambda one: one.low)
    if not bands:
        return ()
    between = [(one.high + after.low) / 2 for one, after in pairwise(bands)]
    ends = zip(bands, [low, *between], [*between, high], strict=True)
    return tuple(
        (one, max(first, low), min(last, high)) for one, first, last in ends if first < high and last > low
    )


def _stripes(instrument: Instrument, kind: str, facts: Mapping[str, Fact]) -> tuple[tuple[Stripe, ...], str]:
    if kind == SCALES:
        return (), ""
    spans: list[tuple[float, float]] = [(one.number, one.number) for one in instrument.levels]
    banded_by = ""
    if kind in (POINTS, VALUES):
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
