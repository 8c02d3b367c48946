"""Slots of generated orders: none is lost, doubled or moved by midnight, month ends, a clock change, a pause."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as some

from app.care.lists import hours_in
from app.care.rules import Hours, minute_of
from app.medication.rules.dosing import asked
from app.medication.rules.regime import Pause, Regime
from app.medication.rules.slots import DoseState, Slot, state_of, was_away

ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe")
EDGES = ("00:00", "04:00", "08:00", "12:00", "24:00", "02:30", "23:59", "06:00", "21:00")
FIRST = date(2026, 1, 1)
SPAN = 400


def _slot(at: datetime) -> Slot:
    hour = timedelta(minutes=60)
    return Slot(UUID(int=1), at.date(), "08:00", at, at - hour, at + hour, at.date(), "day")


zones = some.sampled_from(ZONES)
days = some.integers(0, SPAN).map(lambda step: FIRST + timedelta(days=step))
times = some.lists(some.sampled_from(EDGES), min_size=1, max_size=5, unique=True).map(
    lambda names: tuple(sorted(one for one in names if one != "00:00" or "24:00" not in names))
)
patterns: some.SearchStrategy[dict[str, Any]] = some.one_of(
    some.just({}),
    some.integers(2, 5).map(lambda every: {"every_days": every}),
    some.sets(some.sampled_from("1234567"), min_size=1, max_size=3).map(
        lambda week: {"weekdays": frozenset(week)}
    ),
    some.sets(some.sampled_from("1234567"), min_size=1, max_size=2).map(
        lambda week: {"weekdays": frozenset(week), "every_weeks": 2}
    ),
)


@some.composite
def regimes(draw: some.DrawFn) -> tuple[Regime, Hours]:
    hours = hours_in(draw(zones))
    day = draw(days)
    begins = hours.moment(day, draw(some.integers(0, 24 * 60 - 1)))
    ends = draw(
        some.none() | some.integers(1, 60 * 24 * 60).map(lambda minutes: begins + timedelta(minutes=minutes))
    )
    first = hours.wall(begins).date()
    return Regime(begins, first, draw(times), ends, **draw(patterns)), hours


def expected(regime: Regime, hours: Hours, day: date) -> list[str]:
    """The nominal times of a day, said in the plainest way: by counting days and reading the wall clock."""
    ahead = (day - regime.first_day).days
    if ahead < 0 or ahead % regime.every_days:
        return []
    if regime.weekdays and str(day.isoweekday()) not in regime.weekdays:
        return []
    if regime.every_weeks == 2:
        weeks = (day.toordinal() - 1) // 7 - (regime.first_day.toordinal() - 1) // 7
        if weeks % 2:
            return []
    inside = []
    for name in regime.times:
        at = hours.moment(day, minute_of(name))
        if at >= regime.begins and (regime.ends is None or at < regime.ends):
            inside.append(name)
    return inside


@given(regimes(), some.integers(-3, 70), some.integers(1, 45))
def test_no_slot_is_lost_or_doubled(made: tuple[Regime, Hours], start: int, length: int) -> None:
    regime, hours = made
    asked_days = [regime.first_day + timedelta(days=start + step) for step in range(length)]
    whole = list(regime.slots(asked_days, hours))
    keys = [(day, name) for day, name, _ in whole]
    assert len(keys) == len(set(keys))
    assert keys == [(day, name) for day in asked_days for name in expected(regime, hours, day)]


@given(regimes(), some.integers(0, 60))
def test_a_day_asked_alone_has_the_slots_it_has_in_a_month(made: tuple[Regime, Hours], step: int) -> None:
    regime, hours = made
    day = regime.first_day + timedelta(days=step)
    month = [regime.first_day + timedelta(days=one) for one in range(61)]
    inside = [one for one in regime.slots(month, hours) if one[0] == day]
    assert list(regime.slots([day], hours)) == inside


@given(regimes(), some.integers(0, 60))
def test_no_slot_is_moved(made: tuple[Regime, Hours], step: int) -> None:
    """Its instant reads its nominal time on the wall clock of its own date; 24:00 is the next date's midnight."""
    regime, hours = made
    day = regime.first_day + timedelta(days=step)
    for on, name, at in regime.slots([day], hours):
        wall = hours.wall(at)
        minute = minute_of(name)
        shown = datetime.combine(on + timedelta(days=minute // 1440), time(minute % 1440 // 60, minute % 60))
        there = shown.replace(tzinfo=ZoneInfo(hours.zone))
        exists = there.astimezone(UTC).astimezone(there.tzinfo).replace(tzinfo=None) == shown
        assert wall.replace(tzinfo=None) == shown if exists else wall.date() == shown.date()


@given(regimes(), some.integers(0, 30 * 24 * 60), some.none() | some.integers(0, 20 * 24 * 60))
def test_a_pause_stops_what_lies_in_it_and_nothing_else(
    made: tuple[Regime, Hours], after: int, lasts: int | None
) -> None:
    regime, hours = made
    since = regime.begins + timedelta(minutes=after)
    until = None if lasts is None else since + timedelta(minutes=lasts)
    paused = Regime(**{**vars(regime), "pauses": (Pause(since, until),)})
    month = [regime.first_day + timedelta(days=one) for one in range(61)]
    slots = list(paused.slots(month, hours))
    assert slots == list(regime.slots(month, hours))
    for _day, _name, at in slots:
        assert paused.paused(at) == (since <= at and (until is None or at < until))


@given(regimes(), some.integers(1, 5))
def test_the_first_day_gets_as_many_doses_as_were_ordered(made: tuple[Regime, Hours], count: int) -> None:
    """首日次数 counts from the day's last time backwards; every other day is as it was."""
    regime, hours = made
    counted = Regime(**{**vars(regime), "first_count": count, "ends": None})
    plain = Regime(**{**vars(regime), "ends": None})
    first = [name for _, name, _ in counted.slots([regime.first_day], hours)]
    expected_first = list(regime.times)[-count:] if plain.on(regime.first_day) else []
    assert first == expected_first
    later = [regime.first_day + timedelta(days=step) for step in range(1, 30)]
    assert list(counted.slots(later, hours)) == list(plain.slots(later, hours))


@given(regimes())
def test_doses_in_turn_go_on_over_month_ends(made: tuple[Regime, Hours]) -> None:
    """Every dose of an alternating order is the other one than the day before it had one."""
    regime, hours = made
    dosing = {"way": "turn", "amounts": ["1", "2"]}
    month = [regime.first_day + timedelta(days=one) for one in range(70)]
    given_on = [day for day in month if regime.on(day)]
    amounts = [asked(dosing, regime, day, "08:00").amount for day in given_on]
    assert amounts == [Decimal(1 + place % 2) for place in range(len(amounts))]
    assert hours is not None


@given(some.integers(-300, 300), some.integers(-300, 300), some.booleans())
def test_an_absence_takes_the_doses_inside_it_and_gives_back_what_can_still_be_given(
    left: int,
    back: int,
    returned: bool,  # noqa: FBT001  # a generated case
) -> None:
    at = datetime(2026, 3, 1, 0, 0, tzinfo=UTC)
    slot = _slot(at)
    since = at + timedelta(minutes=left)
    until = since + timedelta(minutes=abs(back)) if returned else None
    away = was_away([(since, until, "leave")], slot)
    covered = since <= at and (until is None or at < until)
    in_time = until is not None and until <= slot.closes
    assert bool(away) == (covered and not in_time)


@given(some.integers(-400, 400))
def test_a_blank_slot_is_planned_due_and_then_unrecorded(minutes: int) -> None:
    at = datetime(2026, 3, 1, 0, 0, tzinfo=UTC)
    slot = _slot(at)
    state = state_of(slot, at + timedelta(minutes=minutes))
    if minutes < -60:
        assert state is DoseState.PLANNED
    elif minutes <= 60:
        assert state is DoseState.DUE
    else:
        assert state is DoseState.OVERDUE
