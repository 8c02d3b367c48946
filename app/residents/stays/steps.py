"""What every step of a stay needs: where the resident is now, when it happened, which beds, what else stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from app.core.clock import local
from app.core.errors import Refusal
from app.core.roles import Right
from app.core.unit import Reader, Unit
from app.residents.beds import refuse_held
from app.residents.rules import Wrong
from app.residents.rules.stays import ABSENCES, Position, refusal_of
from app.residents.rules.windows import Span, When, Window, check_inside, check_span, check_window
from app.residents.which_stay import order_of
from app.residents.which_stay import standing as stay_stands
from db.models import Absence, Place, Resident, Stay


@dataclass(frozen=True)
class Stepped:
    """What a step came to, for the notice line: whose, the record it wrote, and what it leaves to be done."""

    name: str
    rid: UUID
    revision: int
    bed: str = ""
    open: tuple[str, ...] = ()


@dataclass(frozen=True)
class Here:
    """A resident, the stay that counts, the absence that is open, and the place held."""

    resident: Resident
    stay: Stay | None
    away: Absence | None
    dead: bool

    @property
    def position(self) -> Position:
        open_stay = self.stay is not None and self.stay.ends is None
        status = self.stay.status if self.stay is not None and open_stay else ""
        return Position(status, self.away.code if self.away else "", dead=self.dead)

    @property
    def the_stay(self) -> Stay:
        """The stay, where the step was allowed only with one."""
        if self.stay is None:
            raise Refusal("这位老人现在不在住。")
        return self.stay


def here(reader: Reader, rid: UUID) -> Here:
    """Where a resident is now."""
    resident = reader.session.get(Resident, rid)
    if resident is None:
        raise Refusal("没有找到这位老人。")
    stays = stays_of(reader, rid)
    dead = any(one.outcome == "death" and one.ends is not None for one in stays)
    away = next((one for one in absences_of(reader, rid) if one.ends is None), None)
    return Here(resident, stays[0] if stays else None, away, dead)


def begin(unit: Unit, step: str, rid: UUID, right: Right = Right.MANAGE_STAYS) -> Here:
    """Where a resident is, for a step; refuses whoever lacks the right, and a step that may not be taken now."""
    unit.require(right)
    now = here(unit, rid)
    if (why_not := refusal_of(step, now.position)) is not None:
        raise Refusal(why_not)
    return now


def stays_of(reader: Reader, rid: UUID) -> list[Stay]:
    """The stays that stand, the one that counts first."""
    statement = select(Stay).where(Stay.resident == rid, stay_stands()).order_by(*order_of())
    return list(reader.session.scalars(statement))


def absences_of(reader: Reader, rid: UUID) -> list[Absence]:
    """The absences that stand, in order of time."""
    statement = select(Absence).where(Absence.resident == rid, Absence.current, Absence.state != "retracted")
    return list(reader.session.scalars(statement.order_by(Absence.begins)))


@dataclass(frozen=True)
class Moment:
    """When a step happened: the instant, and the institution's day it belongs to."""

    at: datetime
    day: date


def moment_of(unit: Unit, when: When | None) -> Moment:
    """This minute, or a time said; refuses one in the future."""
    if when is None:
        return Moment(unit.now.replace(second=0, microsecond=0), unit.today)
    at = when.instant(unit.settings.zone)
    if at > unit.now:
        field = "day" if when.day > unit.today else "time"
        raise Refusal("时间在现在之后，请核对。", field=field)
    return Moment(at, when.day)


def instant_of(unit: Unit, when: When | None) -> datetime | None:
    return None if when is None else when.instant(unit.settings.zone)


def window_of(reader: Reader, row: Absence) -> Window:
    """An absence as a window, named for a refusal: 11-18 09:00 起的住院."""
    begins = local(reader.settings.zone, row.begins)
    return Window(row.begins, row.ends, f"{begins:%m-%d %H:%M} 起的{ABSENCES[row.code]}")


def span_of(row: Stay) -> Span | None:
    """A stay as days; None for one that never began."""
    if row.status not in {"in", "ended"} or row.begins is None:
        return None
    return Span(row.begins, row.ends, death=row.outcome == "death")


def check_away_window(unit: Unit, window: Window, stay: Stay, others: list[Absence]) -> None:
    """Refuse a window that overlaps another absence, or lies outside its stay, beside the time."""
    try:
        if stay.begins is not None:
            check_inside(window, Span(stay.begins, stay.ends), unit.settings.zone)
        check_window(window, [window_of(unit, one) for one in others], unit.now)
    except Wrong as wrong:
        raise Refusal(f"{wrong.text}。", field="time") from wrong


def check_stay_span(unit: Unit, fresh: Span, rid: UUID, own: UUID | None) -> None:
    """Refuse days that overlap another stay of the resident, or follow a death, beside the day."""
    others = [span for one in stays_of(unit, rid) if one.rid != own and (span := span_of(one)) is not None]
    try:
        check_span(fresh, others, unit.today)
    except Wrong as wrong:
        raise Refusal(f"{wrong.text}。", field="day") from wrong


def bed_for(unit: Unit, bed: UUID, resident: UUID) -> Place:
    """A bed this resident may have; refuses one that is gone, taken or reserved."""
    place = unit.session.get(Place, bed)
    if place is None or place.kind != "bed":
        raise Refusal("没有找到这张床，请刷新床位图。", field="bed")
    refuse_held(unit, place, resident)
    return place


def label_of(unit: Unit, bed: UUID | None) -> str:
    place = unit.session.get(Place, bed) if bed is not None else None
    return place.label if place is not None else ""
