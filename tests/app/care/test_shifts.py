"""Shifts over midnight, 00:00 and 24:00, clocks put on and back: each time lands on the right day and in one shift."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.care.lists import hours_in, reasons, shifts, task_kinds, templates
from app.care.rules import Hours, Planned, Shift, WrongTimes, read_times, slots_of, times_words
from app.care.rules.shifts import DAY as DAY_MINUTES

EIGHT_HOURS = (
    Shift("night", "大夜班", 0, 480),
    Shift("day", "白班", 480, 960),
    Shift("evening", "小夜班", 960, 1440),
)
D = date(2026, 11, 24)
HOURS = hours_in("Asia/Shanghai")


def _at(hour: int, minute: int = 0, zone: str = "Asia/Shanghai", day: date = D) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (_at(7), (D, "day")),
        (_at(14, 59), (D, "day")),
        (_at(15), (D, "evening")),
        (_at(23), (D, "night")),
        (_at(0), (D - timedelta(days=1), "night")),
        (_at(6, 59), (D - timedelta(days=1), "night")),
    ],
)
def test_a_shift_over_midnight_belongs_to_the_date_it_began_on(
    moment: datetime, expected: tuple[date, str]
) -> None:
    day, shift = HOURS.at(moment)
    assert (day, shift.key) == expected


def test_2400_is_the_end_of_its_date_and_0000_the_beginning() -> None:
    tomorrow = D + timedelta(days=1)
    assert HOURS.moment(D, 1440) == HOURS.moment(tomorrow, 0) == _at(0, day=tomorrow)
    assert [
        (day, shift.key) for day, shift in (HOURS.of(D, 1440), HOURS.of(tomorrow, 0), HOURS.of(D, 0))
    ] == [
        (D, "night"),
        (D, "night"),
        (D - timedelta(days=1), "night"),
    ]
    plain = Hours("Asia/Shanghai", EIGHT_HOURS)
    assert (plain.of(D, 1440)[0], plain.of(D, 1440)[1].key) == (D, "evening")
    assert (plain.of(D, 0)[0], plain.of(D, 0)[1].key) == (D, "night")


@pytest.mark.parametrize("shown", [shifts(), EIGHT_HOURS])
def test_every_time_of_a_day_lies_in_exactly_one_shift(shown: tuple[Shift, ...]) -> None:
    hours = Hours("Asia/Shanghai", shown)
    for minute in range(DAY_MINUTES + 1):
        day, shift = hours.of(D, minute)
        begins, ends = hours.span(day, shift)
        assert begins <= hours.moment(D, minute) <= ends


@pytest.mark.parametrize(
    ("day", "name", "utc"),
    [
        (date(2026, 3, 29), "02:30", datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),  # the hour that is missing
        (date(2026, 10, 25), "02:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),  # the first of the two
        (date(2026, 10, 25), "24:00", datetime(2026, 10, 25, 23, 0, tzinfo=UTC)),  # a day of 25 hours
        (date(2026, 3, 29), "24:00", datetime(2026, 3, 29, 22, 0, tzinfo=UTC)),  # a day of 23 hours
    ],
)
def test_a_clock_put_on_or_back_leaves_a_slot_on_its_service_date(
    day: date, name: str, utc: datetime
) -> None:
    hours = Hours("Europe/Berlin", EIGHT_HOURS)
    task = Planned(UUID(int=1), (name,), day, day, _at(0, zone="UTC", day=date(2026, 1, 1)), None)
    (slot,) = slots_of([task], [day - timedelta(days=1), day, day + timedelta(days=1)], hours)
    assert (slot.day, slot.at, slot.shift_day) == (day, utc, day)


@given(st.integers(0, 366 * DAY_MINUTES))
def test_any_instant_lies_inside_its_shift(minutes: int) -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    for zone in ("Asia/Shanghai", "Europe/Berlin"):
        hours = Hours(zone, EIGHT_HOURS)
        day, shift = hours.at(moment)
        begins, ends = hours.span(day, shift)
        assert begins <= moment < ends


def test_the_shift_before_and_after() -> None:
    night = HOURS.shift("night")
    day = HOURS.shift("day")
    assert night is not None
    assert day is not None
    assert HOURS.before(D, day) == (D - timedelta(days=1), night)
    assert HOURS.before(D, night, -1) == (D + timedelta(days=1), day)
    assert HOURS.before(D, day, 3) == (D - timedelta(days=1), day)


@pytest.mark.parametrize(
    ("said", "kept", "words"),
    [
        ("8:00 12:00", ("08:00", "12:00"), "08:00 12:00"),
        ("1430、0930，8点", ("08:00", "09:30", "14:30"), "08:00 09:30 14:30"),
        ("q6h", ("06:00", "12:00", "18:00", "24:00"), "每 6 小时"),
        ("每班", ("day", "evening", "night"), "每班"),
        ("白班 20：00", ("20:00", "day"), "20:00 白班"),
        ("24:00", ("24:00",), "24:00"),
        ("0:00", ("00:00",), "00:00"),
    ],
)
def test_times_as_they_are_typed(said: str, kept: tuple[str, ...], words: str) -> None:
    assert read_times(said, shifts()) == kept
    assert times_words(kept, shifts()) == words
    assert read_times(" ".join(kept), shifts()) == kept


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("", "请填写时间"),
        ("25:00", "不是一天里的时间"),
        ("24:30", "不是一天里的时间"),
        ("8:75", "不是一天里的时间"),
        ("早上", "不是时间"),
        ("8:00 0800", "写了两次"),
        ("0:00 24:00", "只留一个"),
        ("q5h", "分不匀"),
    ],
)
def test_times_that_are_none_are_refused_in_words(said: str, why: str) -> None:
    with pytest.raises(WrongTimes, match=why):
        read_times(said, shifts())


def test_the_lists_agree_with_each_other() -> None:
    for kind in task_kinds().values():
        assert (
            read_times(" ".join(kind.times), shifts()) == kind.times if kind.times else kind.code == "other"
        )
        assert kind.role in ("caregiver", "nurse")
    for template in templates().values():
        for part in template.parts:
            assert set(part.tasks) <= set(task_kinds())
    for outcome in ("refused", "partly", "not_done"):
        assert 1 <= sum(outcome in one.of for one in reasons()) <= 9  # a digit chooses
