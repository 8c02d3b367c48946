"""Windows of one resident never overlap, and midnight lies on the right day; steps go only where they may."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.residents.rules import Wrong
from app.residents.rules.grades import check_grade, proposed
from app.residents.rules.stays import STEPS, Position, allowed, guardian_missing, mode_refused, refusal_of
from app.residents.rules.windows import (
    Span,
    When,
    Window,
    check_inside,
    check_span,
    check_window,
    first_day,
    last_day,
    overlap,
    read_time,
)

ZONE = "Asia/Shanghai"
START = datetime(2026, 11, 1, tzinfo=UTC)
NOW = START + timedelta(days=60)
TODAY = date(2026, 12, 31)
minutes = st.integers(0, 2000)


def _at(minute: int) -> datetime:
    return START + timedelta(minutes=minute)


@st.composite
def windows(draw: st.DrawFn) -> Window:
    begins = draw(minutes)
    length = draw(st.one_of(st.none(), st.integers(0, 500)))
    return Window(_at(begins), None if length is None else _at(begins + length))


@st.composite
def spans(draw: st.DrawFn) -> Span:
    begins = date(2026, 11, 1) + timedelta(days=draw(st.integers(0, 30)))
    length = draw(st.one_of(st.none(), st.integers(0, 10)))
    ends = None if length is None else begins + timedelta(days=length)
    return Span(begins, ends, death=ends is not None and draw(st.booleans()))


@given(windows(), windows())
def test_two_windows_overlap_where_they_share_a_minute(one: Window, other: Window) -> None:
    assert overlap(one, other) == overlap(other, one)
    held = [{minute for minute in range(-1, 2600) if _holds(window, minute)} for window in (one, other)]
    if all(held):
        assert overlap(one, other) == bool(held[0] & held[1])


def _holds(window: Window, minute: int) -> bool:
    at = _at(minute)
    return window.begins <= at and (window.ends is None or at < window.ends)


@given(st.lists(windows(), max_size=6))
def test_what_is_let_in_one_by_one_never_overlaps(offered: list[Window]) -> None:
    kept: list[Window] = []
    for one in offered:
        try:
            check_window(one, kept, NOW)
        except Wrong:
            continue
        kept.append(one)
    assert not any(overlap(a, b) for i, a in enumerate(kept) for b in kept[i + 1 :])
    assert sum(one.ends is None for one in kept) <= 1


@given(st.lists(spans(), max_size=6))
def test_the_dead_do_not_come_back_in_whatever_order_it_is_written(offered: list[Span]) -> None:
    kept: list[Span] = []
    for one in offered:
        try:
            check_span(one, kept, TODAY)
        except Wrong:
            continue
        kept.append(one)
    for dead in (one for one in kept if one.death):
        assert dead.ends is not None
        assert all(one.ends is not None and one.ends <= dead.ends for one in kept)
    for i, one in enumerate(kept):
        for other in kept[i + 1 :]:
            days = [set(_days(span)) for span in (one, other)]
            assert len(days[0] & days[1]) <= 1  # a stay may begin on the day another ended


def _days(span: Span) -> list[date]:
    ends = span.ends or TODAY
    return [span.begins + timedelta(days=n) for n in range((ends - span.begins).days + 1)]


def test_windows_may_touch() -> None:
    first = Window(_at(0), _at(60), "第一次")
    check_window(Window(_at(60), _at(90)), [first], NOW)
    with pytest.raises(Wrong, match="第一次"):
        check_window(Window(_at(59), None), [first], NOW)


@pytest.mark.parametrize(
    ("window", "said"),
    [
        (Window(NOW + timedelta(minutes=1), None), "离开的时间在现在之后"),
        (Window(_at(0), NOW + timedelta(minutes=1)), "回来的时间在现在之后"),
        (Window(_at(9), _at(8)), "回来的时间早于离开"),
    ],
)
def test_impossible_windows_are_refused_in_words(window: Window, said: str) -> None:
    with pytest.raises(Wrong, match=said):
        check_window(window, [], NOW)


def test_midnight_belongs_to_the_day_that_was_said() -> None:
    ending, beginning = When(date(2026, 11, 20), 1440), When(date(2026, 11, 21), 0)
    assert ending.instant(ZONE) == beginning.instant(ZONE) == datetime(2026, 11, 20, 16, tzinfo=UTC)
    assert last_day(ending.instant(ZONE), ZONE) == date(2026, 11, 20)
    assert first_day(beginning.instant(ZONE), ZONE) == date(2026, 11, 21)


def test_a_clock_change_moves_no_day() -> None:
    """In 1986 Shanghai put its clocks forward on 4 May: that day's 24:00 is 23 hours after its 00:00."""
    day = date(1986, 5, 4)
    assert When(day, 1440).instant(ZONE) - When(day, 0).instant(ZONE) == timedelta(hours=23)
    assert last_day(When(day, 1440).instant(ZONE), ZONE) == first_day(When(day, 0).instant(ZONE), ZONE) == day


def test_an_absence_lies_inside_its_stay() -> None:
    stay = Span(date(2026, 11, 10), date(2026, 11, 20))
    last = When(date(2026, 11, 20), 1440).instant(ZONE)
    check_inside(Window(When(date(2026, 11, 10), 0).instant(ZONE), last), stay, ZONE)
    with pytest.raises(Wrong, match="早于入住日期"):
        check_inside(Window(When(date(2026, 11, 9), 1439).instant(ZONE), last), stay, ZONE)
    late = last + timedelta(minutes=1)
    with pytest.raises(Wrong, match="晚于退住日期"):
        check_inside(Window(When(date(2026, 11, 10), 0).instant(ZONE), late), stay, ZONE)
    with pytest.raises(Wrong, match="已于"):
        check_inside(Window(When(date(2026, 11, 10), 0).instant(ZONE), None), stay, ZONE)


def test_times_as_people_type_them() -> None:
    assert [read_time(said) for said in ("8:05", "0805", "０８：０５", "24:00", "0:00")] == [
        485,
        485,
        485,
        1440,
        0,
    ]
    for wrong in ("", "24:01", "8", "12:60", "上午"):
        with pytest.raises(Wrong):
            read_time(wrong)


positions = st.builds(
    Position,
    st.sampled_from(["", "enquiry", "reserved", "in"]),
    st.sampled_from(["", "leave", "hospital"]),
    dead=st.booleans(),
)


@given(positions)
def test_only_who_is_here_goes_and_only_who_is_away_returns(now: Position) -> None:
    steps = set(allowed(now))
    assert not (steps and now.dead)
    if "leave" in steps:
        assert now.here
    if "return" in steps:
        assert now.status == "in"
        assert now.away
    if steps & {"enquire", "reserve", "admit"}:
        assert now.status != "in"
    for step in STEPS:
        assert (refusal_of(step, now) is None) == (step in steps)


def test_modes_say_what_is_missing() -> None:
    assert mode_refused("day", bed=False, address="") is None
    assert mode_refused("resident", bed=True, address="") is None
    assert mode_refused("home", bed=False, address="安和市") is None
    assert mode_refused("home", bed=False, address=" ") == ("mode", "居家要有住址，请先在档案里填写。")
    assert mode_refused("home_bed", bed=True, address="安和市") == ("bed", "家庭病床不占机构床位。")
    assert mode_refused("", bed=False, address="") == ("mode", "请选择服务方式。")


def test_a_child_needs_a_guardian_until_the_birthday() -> None:
    birth = date(2009, 11, 25)
    assert guardian_missing(birth, date(2027, 11, 24), []) is not None
    assert guardian_missing(birth, date(2027, 11, 25), []) is None
    assert guardian_missing(birth, date(2026, 1, 1), ["王建国"]) is None
    assert guardian_missing(birth, date(2026, 1, 1), [" "]) is not None
    assert guardian_missing(None, date(2026, 1, 1), []) is None


def test_grades_hold_from_a_day_that_has_come() -> None:
    check_grade(TODAY, None, TODAY)
    for since, review in ((TODAY + timedelta(days=1), None), (TODAY, TODAY)):
        with pytest.raises(Wrong):
            check_grade(since, review, TODAY)
    assert proposed(2, {"2": "partial"}) == "partial"
    assert proposed(None, {"2": "partial"}) == proposed(3, {"2": "partial"}) == ""
