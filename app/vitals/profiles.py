"""What holds for one person: usual consciousness, SpO₂ scale 2, own limits; as the acts and the questions need it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select

from app.access.names import author_names
from app.core.clock import local
from app.core.unit import Reader
from app.residents.rules import age_on
from app.vitals.catalogue import cautions, scale2_limits, sign_of
from app.vitals.rules import Baseline, Own
from db.models import Diagnosis, VitalProfile

SOME = 400
"""People whose ids go into one statement; for more, everybody's are read."""


@dataclass(frozen=True)
class Profile:
    """The profile that stands; `rid` None where nobody wrote one. `by` is the doctor, `at` when."""

    rid: UUID | None = None
    revision: int = 0
    consciousness: str = "A"
    spo2_scale: int = 1
    limits: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    note: str = ""
    by: str = ""
    at: datetime | None = None
    caution: str = ""
    caution_says: str = ""

    @property
    def own(self) -> Own:
        """The limits a value is judged by: those set, and the saturation's of scale 2."""
        limits = dict(self.limits)
        if self.spo2_scale == 2 and "spo2" not in limits:
            limits["spo2"] = scale2_limits()
        return Own(limits, self.consciousness)

    def baseline(self, age_years: int | None) -> Baseline:
        return Baseline(self.consciousness, self.spo2_scale, age_years)

    def scale_words(self, zone: str) -> str:
        """`SpO₂ 量表 2（陈永康 11-20）`; empty on scale 1."""
        if self.spo2_scale != 2:
            return ""
        when = f" {local(zone, self.at):%m-%d}" if self.at else ""
        return f"SpO₂ 量表 2（{self.by}{when}）"

    def target_words(self, code: str) -> str:
        """The person's own target: `<150/90`, `88–92`, `≥88`; empty where the usual bands hold."""
        mine = self.own.of(code)
        low, high, lower = mine.get("low"), mine.get("high"), mine.get("second_high")
        if code == "blood_pressure" and high is not None and lower is not None:
            return f"≤{high:g}/{lower:g}"
        if low is not None and high is not None:
            return f"{low:g}–{high:g}"
        return f"≥{low:g}" if low is not None else f"≤{high:g}" if high is not None else ""


def profiles(reader: Reader, residents: Iterable[UUID]) -> dict[UUID, Profile]:
    """The profile of each; whoever has none has the usual one, with the caution that diagnoses call for."""
    people = list(residents)
    wanted = within(VitalProfile.resident, people)
    statement = select(VitalProfile).where(VitalProfile.current, VitalProfile.state != "retracted", *wanted)
    rows = {row.resident: row for row in reader.session.scalars(statement.order_by(VitalProfile.recorded_at))}
    names = author_names(reader) if rows else {}
    careful = _cautions(reader, people)
    return {rid: _profile(rows.get(rid), names, careful.get(rid, ("", ""))) for rid in people}


def within(column: Any, people: list[UUID]) -> tuple[ColumnElement[bool], ...]:
    """The condition that picks these people; none where they are so many that everybody is read."""
    return (column.in_(people),) if len(people) <= SOME else ()


def usual_target(code: str, age_years: int | None) -> str:
    """The usual band of a sign at an age in words; empty where there is none."""
    sign = sign_of(code)
    yellow = sign.at(age_years).yellow
    if yellow is None:
        return ""
    lower = sign.second_at(age_years).yellow
    if lower is not None:
        return f"{yellow.low:g}–{yellow.high:g} / {lower.low:g}–{lower.high:g}"
    if yellow.low <= 0:
        return f"≤{yellow.high:g}"
    hard = sign.at(age_years).hard
    if hard is not None and yellow.high >= hard.high:
        return f"≥{yellow.low:g}"
    return f"{yellow.low:g}–{yellow.high:g}"


def age_at(birth: date | None, day: date) -> int | None:
    """Full years on a day; None where the birth date is not known."""
    return None if birth is None else age_on(birth, day)


def _profile(row: VitalProfile | None, names: Mapping[UUID, str], careful: tuple[str, str]) -> Profile:
    if row is None:
        return Profile(caution=careful[0], caution_says=careful[1])
    return Profile(
        rid=row.rid,
        revision=row.revision,
        consciousness=row.consciousness,
        spo2_scale=row.spo2_scale,
        limits=row.limits,
        note=row.note,
        by=names.get(row.author, "区平台"),
        at=row.at,
        caution=careful[0],
        caution_says=careful[1],
    )


def _cautions(reader: Reader, people: list[UUID]) -> dict[UUID, tuple[str, str]]:
    statement = select(Diagnosis.resident, Diagnosis.words, Diagnosis.code).where(
        Diagnosis.current, Diagnosis.state != "retracted", *within(Diagnosis.resident, people)
    )
    found: dict[UUID, tuple[str, str]] = {}
    for rid, words, code in reader.session.execute(statement):
        for one in cautions():
            if any(part in words for part in one.words) or (code and code.startswith(one.icd)):
                found[rid] = (one.short, one.say)
    return found
