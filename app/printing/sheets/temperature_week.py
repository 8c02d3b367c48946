"""What stands on a temperature chart 体温单: one resident, week by week, every sign already in its column.

A day has as many columns as there are hours (six); a *slot* counts the columns of a week from 0. Source:
《病历书写基本规范》, 《基础护理学》(the usual way of drawing).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Sign = Literal["cross", "disc", "ring"]
DAYS = 7


@dataclass(frozen=True, slots=True)
class Temperature:
    """A temperature: the sign of its site, whether a line joins it to the one before, what it fell to on cooling."""

    slot: int
    value: float
    sign: Sign
    joined: bool = True
    cooled: float | None = None


@dataclass(frozen=True, slots=True)
class Beats:
    """A pulse or heart rate a minute."""

    slot: int
    value: int
    joined: bool = True


@dataclass(frozen=True, slots=True)
class Written:
    """Words written down a column from the top: 入住｜八时三十分 (an event), 拒测 (why nothing was measured)."""

    slot: int
    words: str
    event: bool = True


@dataclass(frozen=True, slots=True)
class DayRow:
    """One row under the grid: its label, its unit, up to a few values for each of the seven days."""

    words: str
    unit: str
    cells: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Week:
    """One page. `stay_days` are the days since admission (1 on the day itself), empty before it and after the end."""

    first: date
    stay_days: tuple[str, ...]
    temperatures: tuple[Temperature, ...] = ()
    pulses: tuple[Beats, ...] = ()
    hearts: tuple[Beats, ...] = ()
    breaths: tuple[tuple[int, str], ...] = ()
    unrisen: tuple[int, ...] = ()
    written: tuple[Written, ...] = ()
    rows: tuple[DayRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ChartScale:
    """Hours of the columns and the two scales of the grid (`resources/vitals/temperature_chart.toml`)."""

    hours: tuple[int, ...] = (2, 6, 10, 14, 18, 22)
    night: tuple[int, ...] = (18, 22, 2)
    highest: int = 42
    lowest: int = 34
    marked: int = 37
    unrisen: float = 35.0
    unrisen_words: str = "不升"
    beats_highest: int = 180
    beats_per_degree: int = 20

    def degree_of_beats(self, beats: float) -> float:
        """The degree that stands at the height of a pulse."""
        return self.highest - (self.beats_highest - beats) / self.beats_per_degree


@dataclass(frozen=True, slots=True)
class TemperatureChart:
    """Everything printed: who it is, the weeks asked for. Times are the institution's local time."""

    institution: str
    name: str
    sex: str
    age: str
    bed: str
    number: str
    admitted: str
    diagnosis: str
    weeks: tuple[Week, ...]
    scale: ChartScale
    printed_at: datetime
    printed_by: str
