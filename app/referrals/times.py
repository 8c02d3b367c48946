"""How long an answer, an approval, a consent, an assessment may take: resources/referrals/times.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from app.core.resources import resource
from app.referrals.rules.waiting import Steps


@dataclass(frozen=True)
class Times:
    """`answer`: by urgency. `chase`: days after the return on which missing papers are asked for again."""

    answer: Mapping[str, timedelta]
    approval: timedelta
    consent: timedelta
    assess: timedelta
    assess_first: timedelta
    sign: timedelta
    keep_bed: timedelta
    chase: tuple[int, ...]
    readmission: timedelta
    steps: Steps


@cache
def times() -> Times:
    read = tomllib.loads(resource("referrals", "times.toml").read_text("utf-8"))
    hours, days = read["hours"], read["days"]
    return Times(
        answer={key: timedelta(minutes=number) for key, number in read["answer_minutes"].items()},
        approval=timedelta(hours=hours["approval"]),
        consent=timedelta(hours=hours["consent"]),
        assess=timedelta(hours=hours["assess"]),
        assess_first=timedelta(hours=hours["assess_first"]),
        sign=timedelta(hours=hours["sign"]),
        keep_bed=timedelta(days=days["keep_bed"]),
        chase=tuple(days["chase"]),
        readmission=timedelta(days=days["readmission"]),
        steps=Steps(
            red=read["late"]["red"],
            told=read["late"]["told"],
            arrival=timedelta(hours=hours["arrival"]),
            bed_days=days["bed_warning"],
        ),
    )
