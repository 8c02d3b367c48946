"""What the station has measured or counted that answers an item: age, weight, falls, diagnoses, each with its source.

A known value suggests the option whose range it lies in. Nothing reported is not nothing happened: a count of none
suggests nothing, and the assessor answers by hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func, select

from app.assessments.instruments import Instrument
from app.core.clock import date_in
from app.core.unit import Reader
from app.incidents.queries import counted_events, day_begins
from app.residents.rules import age_on
from db.models import Diagnosis, Resident, Vital

FRESH = timedelta(days=90)
"""A weight older than this says nothing of the body mass now."""
QUARTER, YEAR = timedelta(days=90), timedelta(days=365)
SLACK = timedelta(days=30)
"""How far from a quarter or a year ago a weight may lie to be compared with."""
FALL = "A.2.14.1"
"""The field of GB/T 42195-2022 that falls count for: what the kinds of incidents call a fall."""


@dataclass(frozen=True)
class Known:
    """A value the station knows (unit by its key, see KNOWN of the item files), and where from, in words."""

    value: float
    words: str


def known_answers(reader: Reader, instrument: Instrument, resident: UUID) -> dict[str, tuple[int, str]]:
    """Digits that known values suggest, by item code, each with its source in words."""
    wanted = {item.known for item in instrument.items.values() if item.known}
    if not wanted:
        return {}
    values = known_values(reader, resident, reader.today)
    found: dict[str, tuple[int, str]] = {}
    for code, item in instrument.items.items():
        known = values.get(item.known)
        option = None if known is None else next((o for o in item.options if o.covers(known.value)), None)
        if known is not None and option is not None:
            found[code] = (option.digit, known.words)
    return found


def known_values(reader: Reader, resident: UUID, today: date) -> Mapping[str, Known]:
    """Everything the station knows of a resident that an item may ask for."""
    return dict(
        (*_age(reader, resident, today), *_weights(reader, resident, today), *_counts(reader, resident))
    )


def _age(reader: Reader, resident: UUID, today: date) -> Iterator[tuple[str, Known]]:
    born = reader.session.scalar(select(Resident.birth_date).where(Resident.rid == resident))
    if born is not None:
        age = age_on(born, today)
        yield "age", Known(age, f"来自档案：{age} 岁")


def _weights(reader: Reader, resident: UUID, today: date) -> Iterator[tuple[str, Known]]:
    rows = _measured(reader, resident, "weight", today - YEAR - SLACK)
    if not rows or rows[0][0] < today - FRESH:
        return
    day, now = rows[0]
    heights = _measured(reader, resident, "height", None)
    if heights:
        mass = now / (heights[0][1] / 100) ** 2  # not rounded: 18.96 is below 19
        yield "bmi", Known(mass, f"来自体征：BMI {mass:.1f}（{day:%m-%d} {now:g} kg，{heights[0][1]:g} cm）")
    for key, back in (("weight_lost_3m", QUARTER), ("weight_lost_12m_percent", YEAR)):
        wanted = today - back
        near = [row for row in rows[1:] if abs(row[0] - wanted) <= SLACK]
        if not near:
            continue
        then, before = min(near, key=lambda row: abs(row[0] - wanted))
        lost = max(0.0, before - now)
        value = round(lost / before * 100, 1) if key.endswith("percent") else round(lost, 1)
        yield key, Known(value, f"来自体征：{then:%Y-%m-%d} {before:g} kg → {day:%m-%d} {now:g} kg")


def _counts(reader: Reader, resident: UUID) -> Iterator[tuple[str, Known]]:
    today = reader.today
    events = counted_events(reader, today - YEAR, resident).get(resident, ())
    falls = [one.event.day for one in events if one.event.field == FALL]
    for key, back in (("falls_90d", QUARTER), ("falls_365d", YEAR)):
        inside = [day for day in falls if day >= today - back]
        if inside:
            said = "、".join(f"{day:%m-%d}" for day in inside[-3:])
            yield key, Known(len(inside), f"来自不良事件：{len(inside)} 次跌倒（{said}）")
    number = reader.session.scalar(
        select(func.count()).where(
            Diagnosis.resident == resident, Diagnosis.current, Diagnosis.state != "retracted"
        )
    )
    if number:
        yield "diagnoses", Known(number, f"来自档案：{number} 个诊断")


def _measured(reader: Reader, resident: UUID, code: str, since: date | None) -> list[tuple[date, float]]:
    """Days and values of a sign, the newest first."""
    zone = reader.settings.zone
    asked = select(Vital.at, Vital.value).where(
        Vital.resident == resident,
        Vital.code == code,
        Vital.current,
        Vital.state != "retracted",
        Vital.value.is_not(None),
    )
    if since is not None:
        asked = asked.where(Vital.at >= day_begins(zone, since))
    return [
        (date_in(zone, at), value)
        for at, value in reader.session.execute(asked.order_by(Vital.at.desc()).limit(400))
        if value is not None
    ]
