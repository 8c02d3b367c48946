"""Which backups are kept, how they are called, when the next is due: properties of the pure rules."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.backup import rules


def wall(*parts: int) -> datetime:
    """A moment on the institution's wall clock, which knows no zone."""
    year, month, day, hour, minute = (*parts, 0, 0)[:5]
    return datetime(year, month, day, hour, minute, tzinfo=UTC).replace(tzinfo=None)


MOMENTS = st.lists(
    st.datetimes(min_value=wall(2020, 1, 1), max_value=wall(2032, 12, 31)).map(
        lambda moment: moment.replace(microsecond=0)
    ),
    max_size=60,
)
EVERY_FOUR_HOURS = [wall(2024, 1, 1) + timedelta(hours=4 * step) for step in range(3 * 365 * 6)]


@given(MOMENTS)
def test_never_more_than_seven_four_and_twelve_and_always_the_newest(moments: list[datetime]) -> None:
    kept = rules.kept(moments)
    assert kept <= set(moments)
    assert len(kept) <= rules.DAILY + rules.WEEKLY + rules.MONTHLY
    assert not moments or max(moments) in kept


@given(MOMENTS)
def test_the_last_of_each_of_the_latest_days_is_kept(moments: list[datetime]) -> None:
    kept = rules.kept(moments)
    days = sorted({moment.date() for moment in moments})[-rules.DAILY :]
    assert all(max(one for one in moments if one.date() == day) in kept for day in days)
    months = sorted({(one.year, one.month) for one in moments})[-rules.MONTHLY :]
    assert all({(one.year, one.month) for one in kept} >= {month} for month in months)


@given(MOMENTS)
def test_thinning_out_twice_is_thinning_out_once(moments: list[datetime]) -> None:
    kept = rules.kept(moments)
    assert rules.kept(kept) == kept


@given(MOMENTS, st.datetimes(min_value=wall(1990, 1, 1), max_value=wall(2019, 12, 31)))
def test_the_one_just_made_is_kept_whatever_the_clock_says(moments: list[datetime], fresh: datetime) -> None:
    assert fresh in rules.kept([*moments, fresh], fresh)


def test_three_years_of_backups_leave_a_week_a_month_and_a_year() -> None:
    there: set[datetime] = set()
    for moment in EVERY_FOUR_HOURS:  # as it is lived: thinned out after each one
        there = set(rules.kept(there | {moment}, moment))
    last = EVERY_FOUR_HOURS[-1]
    assert {last.date() - timedelta(days=day) for day in range(7)} <= {one.date() for one in there}
    assert len({(one.year, one.month) for one in there}) == 12
    assert min(there) < last - timedelta(days=330)
    assert len(there) <= 7 + 4 + 12


def test_a_name_is_read_as_it_was_written_and_no_other_file_is_ours() -> None:
    owner = rules.whose("91310000MA1FL0000X", "01")
    name = rules.free_name(owner, datetime(2026, 11, 24, 8, 30, tzinfo=UTC), ())
    assert name.text == "carestation-91310000MA1FL0000X-01-20261124-083000.csb"
    assert rules.parsed(name.text) == name
    later = rules.free_name(owner, wall(2026, 11, 24, 8, 30), (name.text,))
    assert later.text.endswith("-083001.csb")
    for other in ("station.db", f"{name.text}.part", "carestation-X-01-20261399-000000.csb", f"a{name.text}"):
        assert rules.parsed(other) is None


def test_the_next_one_is_due_after_the_hours_and_a_clock_put_back_holds_nothing_off() -> None:
    now = datetime(2026, 11, 24, 12, tzinfo=UTC)
    hour = timedelta(hours=1)
    assert not rules.due(None, now - hour, now, 4)
    assert rules.due(None, now - 4 * hour, now, 4)
    assert not rules.due(now - hour, now - 9 * hour, now, 4)
    assert rules.due(now - 4 * hour, now - 9 * hour, now, 4)
    assert rules.due(now + 99 * hour, now - 9 * hour, now, 4)


@given(st.integers(min_value=1, max_value=10_000_000))
def test_numbers_jump_at_least_a_thousand_ahead_to_just_above_a_round_one(number: int) -> None:
    after = rules.number_after_restore(number)
    assert number + 1000 <= after <= number + 2001
    assert after % 1000 == 1
