"""What instruments have found of a resident, as evaluations and goals take it: the last result, and its number."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.assessments.shelf import instruments
from app.assessments.trends.readings import readings
from app.core.unit import Reader


@dataclass(frozen=True)
class Result:
    """One result: `words` is the value with its unit, `finding` the level as shown then."""

    rid: UUID
    on: date
    value: float
    words: str
    finding: str
    tone: str


@dataclass(frozen=True)
class Measure:
    """An instrument and what it has found of the resident: the last result and the one before it.

    `falling`: less is better; `least`: the least change that means something, None if not known. `filled` is False for
    one the station has no form of.
    """

    code: str
    title: str
    short: str
    unit: str
    falling: bool
    least: float | None
    filled: bool = True
    last: Result | None = None
    before: Result | None = None

    @property
    def change(self) -> float | None:
        """From the one before to the last."""
        if self.last is None or self.before is None:
            return None
        return round(self.last.value - self.before.value, 3)


def measures_of(reader: Reader, resident: UUID, codes: Collection[str]) -> tuple[Measure, ...]:
    """The instruments of these codes, in their order, with what they found; a code nobody knows stands by itself."""
    shelf = instruments(reader.session)
    found: dict[str, list[Result]] = {code: [] for code in codes}
    for one in readings(reader, resident, codes):
        found[one.instrument].append(
            Result(one.rid, one.assessed_on, one.value, one.words, one.finding, one.tone)
        )
    made = []
    for code, results in found.items():
        instrument = shelf.get(code)
        last = results[-1] if results else None
        before = results[-2] if len(results) > 1 else None
        if instrument is None:
            made.append(Measure(code, code, code, "", False, None, False, last, before))
            continue
        unit = instrument.measured.quantity.unit if instrument.measured is not None else "分"
        made.append(
            Measure(
                code, instrument.title, instrument.short, unit,
                instrument.direction == "lower_is_better",
                instrument.least.amount if instrument.least is not None else None,
                True, last, before,
            )
        )  # fmt: skip
    return tuple(made)


def listed_measures(reader: Reader) -> tuple[tuple[str, str], ...]:
    """Every instrument of the station by which a course may be followed: code and name."""
    return tuple((code, one.title) for code, one in instruments(reader.session).items())
