"""How the institution draws its temperature charts: hours, scales, signs, words and rows, from one file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from app.core.resources import resource
from app.printing.sheets.temperature_week import ChartScale, Sign


@dataclass(frozen=True)
class RowKind:
    """A row under the grid: at most `most` values of a sign a day, or what a journal has of the day (`kept`).

    With neither it is filled in by hand.
    """

    words: str
    unit: str
    sign: str
    most: int
    kept: str = ""


@dataclass(frozen=True)
class Convention:
    """Everything the file says."""

    scale: ChartScale
    sites: Mapping[str, Sign]
    events: Mapping[str, str]
    rows: tuple[RowKind, ...]

    @property
    def signs(self) -> frozenset[str]:
        """The vital signs of the rows."""
        return frozenset(row.sign for row in self.rows if row.sign)


@cache
def convention() -> Convention:
    """Read once."""
    read = tomllib.loads(resource("vitals", "temperature_chart.toml").read_text(encoding="utf-8"))
    warmth, pulse = read["temperature"], read["pulse"]
    scale = ChartScale(
        hours=tuple(read["hours"]),
        night=tuple(read["night"]),
        highest=int(warmth["highest"]),
        lowest=int(warmth["lowest"]),
        marked=int(warmth["marked"]),
        unrisen=float(warmth["unrisen"]),
        unrisen_words=warmth["unrisen_words"],
        beats_highest=int(pulse["at_highest"]),
        beats_per_degree=int(pulse["per_degree"]),
    )
    rows = tuple(
        RowKind(one["words"], one["unit"], one.get("sign", ""), int(one.get("most", 1)), one.get("kept", ""))
        for one in read["rows"]
    )
    return Convention(scale, read["sites"], read["events"], rows)
