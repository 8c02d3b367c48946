"""Rounds over midnight, times as they are typed, and the marks the editor puts by itself."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from app.vitals.catalogue import rounds
from ui.vitals.cell_editor import next_mark
from ui.vitals.round_time import RoundTime, is_late, read_time, round_now

ZONE = "Asia/Shanghai"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(ZONE))


def round_of(key: str) -> RoundTime:
    day, code = key.split()
    return RoundTime(date.fromisoformat(day), next(one for one in rounds() if one.code == code), ZONE)


@pytest.mark.parametrize(
    ("now", "key"),
    [
        ("2026-11-24 05:00", "2026-11-24 morning"),
        ("2026-11-24 10:59", "2026-11-24 morning"),
        ("2026-11-24 11:00", "2026-11-24 noon"),
        ("2026-11-24 20:59", "2026-11-24 evening"),
        ("2026-11-24 23:59", "2026-11-24 night"),
        ("2026-11-25 00:00", "2026-11-24 night"),
        ("2026-11-25 04:59", "2026-11-24 night"),
    ],
)
def test_the_round_that_goes_on(now: str, key: str) -> None:
    found = round_now(ZONE, at(now))
    assert found.key == key


@pytest.mark.parametrize(
    ("typed", "round_key", "meant"),
    [
        ("8:05", "2026-11-24 morning", "2026-11-24 08:05"),
        ("0805", "2026-11-24 morning", "2026-11-24 08:05"),
        ("８：０５", "2026-11-24 morning", "2026-11-24 08:05"),
        ("23:50", "2026-11-24 night", "2026-11-24 23:50"),
        ("0:10", "2026-11-24 night", "2026-11-25 00:10"),
        ("11-23 22:10", "2026-11-24 morning", "2026-11-23 22:10"),
        ("12-31 22:10", "2027-01-02 morning", "2026-12-31 22:10"),
    ],
)
def test_a_typed_time_lies_on_the_rounds_own_day(typed: str, round_key: str, meant: str) -> None:
    shown = round_of(round_key)
    assert read_time(typed, shown) == at(meant)


@pytest.mark.parametrize("typed", ["25:00", "8:61", "x", "2-30 8:00", "8"])
def test_what_is_no_time(typed: str) -> None:
    shown = round_of("2026-11-24 morning")
    assert read_time(typed, shown) is None


def test_a_round_entered_later_counts_at_its_nominal_time() -> None:
    shown = round_of("2026-11-24 morning")
    assert shown.measured_at(at("2026-11-24 09:12")) == at("2026-11-24 09:12")
    assert shown.measured_at(at("2026-11-24 15:00")) == at("2026-11-24 08:00")
    assert shown.measured_at(at("2026-11-24 11:20")) == at("2026-11-24 11:20")  # it only takes long
    assert is_late(at("2026-11-24 08:00"), at("2026-11-24 09:01"))
    assert not is_late(at("2026-11-24 08:00"), at("2026-11-24 09:00"))
    assert [one.key for one in round_of("2026-11-24 noon").before()] == [
        "2026-11-24 morning",
        "2026-11-23 night",
        "2026-11-23 evening",
        "2026-11-23 noon",
    ]
    assert shown.on(date(2026, 11, 23)).day_words == "11-23 周一"


@pytest.mark.parametrize(
    ("code", "typed", "mark"),
    [
        ("blood_pressure", "18", ""),
        ("blood_pressure", "186", "/"),
        ("blood_pressure", "98", "/"),
        ("blood_pressure", "186/", ""),
        ("temperature", "3", ""),
        ("temperature", "36", "."),
        ("temperature", "42", "."),
        ("temperature", "96", ""),
        ("weight", "52", ""),
        ("pulse", "76", ""),
    ],
)
def test_marks_that_stand_by_themselves(code: str, typed: str, mark: str) -> None:
    assert next_mark(code, typed) == mark
