"""Counting of figures, pure: shares, spreads, outcomes, stretches, answers, periods; sums equal totals."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.referrals.rules.backs import Back, again, in_time
from app.referrals.rules.courses import OUTCOMES, Course, asked, outcome, stretch
from app.referrals.rules.figures import (
    Behind,
    Measure,
    by_size,
    counted,
    parted,
    rated,
    spread,
    spread_figure,
)
from app.referrals.rules.legs import legs_of
from app.referrals.rules.periods import MONTH, QUARTER, YEAR, period
from app.referrals.rules.states import MOVES, Status

T0 = datetime(2026, 11, 24, 5, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
CASES = Measure("份", 5)


def record(number: int = 1, *, bad: bool = False) -> Behind:
    return Behind("referral", UUID(int=number), None, f"老人{number}", "", "", T0 + number * MINUTE, bad)


def course(*moves: tuple[Status, int], status: Status | None = None, **times: int) -> Course:
    """Moves and times in minutes after T0."""
    said = {key: T0 + minutes * MINUTE for key, minutes in times.items()}
    return Course(
        UUID(int=1), UUID(int=2), "李桂兰", "ZZ-1", T0, "news2", "h", "安和市第一人民医院", "emergency", True,
        status or (moves[-1][0] if moves else Status.DRAFT),
        tuple((to, T0 + minutes * MINUTE) for to, minutes in moves),
        said.get("started"), said.get("left"),
        legs_of((), "安和市第一人民医院", {key: at.isoformat() for key, at in said.items()}),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("part", "whole", "value", "of"),
    [
        (3, 12, "25 %", "3 / 12 份"),
        (0, 12, "0 %", "0 / 12 份"),
        (2, 3, "2 / 3", "共 3 份，例数少，不算百分比"),
        (4, 4, "4 / 4", "共 4 份，例数少，不算百分比"),
        (5, 5, "100 %", "5 / 5 份"),
        (0, 0, "—", "0 份，不计算"),
    ],
)
def test_a_share_says_of_how_many(part: int, whole: int, value: str, of: str) -> None:
    figure = rated("x", "占比", part, whole, (CASES, ()))
    assert (figure.value, figure.of) == (value, of)
    assert figure.part == (part / whole if whole else None)


def test_a_spread_by_hand() -> None:
    """Ten times 10 … 100 minutes and two unknown: median 55, P90 the ninth of ten."""
    found = spread([*(MINUTE * 10 * n for n in range(10, 0, -1)), None, None], 5)
    assert (found.n, found.missing) == (10, 2)
    assert (found.median, found.p90, found.longest) == (55 * MINUTE, 90 * MINUTE, 100 * MINUTE)


def test_a_handful_has_no_p90() -> None:
    cases = [(MINUTE * n, record(n)) for n in (7, 30, 12, 9)] + [(None, record(99))]
    figure = spread_figure("x", "用时", cases, 5)
    assert figure.value == "10 分钟"  # between 9 and 12: half a minute is not told
    assert figure.of == "n = 4，例数少 · 缺 1 · 最长 30 分钟"
    assert [one.rid.int for one in figure.records] == [30, 12, 9, 7, 99]


def test_no_times_at_all() -> None:
    assert spread_figure("x", "用时", [], 5).value == "—"
    assert spread_figure("x", "用时", [(None, record())], 5).of == "n = 0 · 缺 1"


def test_what_is_owed_stands_first_then_the_newest() -> None:
    figure = rated("x", "", 1, 3, (CASES, [record(1), record(3), record(2, bad=True)]))
    assert [one.rid.int for one in figure.records] == [2, 3, 1]


@pytest.mark.parametrize(
    ("moves", "found"),
    [
        ((), "before"),
        ((Status.PENDING, Status.REJECTED), "before"),
        ((Status.SUBMITTED,), "before"),
        ((Status.SUBMITTED, Status.DECLINED), "declined"),
        ((Status.SUBMITTED, Status.WITHDRAWN), "withdrawn"),
        ((Status.CANCELLED,), "cancelled"),
        ((Status.DEPARTED, Status.ARRIVED, Status.TREATING), "outside"),
        ((Status.DEPARTED, Status.MOVED), "moved"),
        ((Status.DEPARTED, Status.MOVED, Status.ARRIVED), "outside"),
        ((Status.DEPARTED, Status.NO_SHOW, Status.ARCHIVED), "no_show"),
        ((Status.DEPARTED, Status.DIED, Status.ARCHIVED), "died"),
        ((Status.DEPARTED, Status.RETURNED, Status.DIED), "died"),
        ((Status.DEPARTED, Status.RETURNED, Status.ASSESSED), "returned"),
        ((Status.DEPARTED, Status.RETURNED, Status.ASSESSED, Status.ARCHIVED), "returned"),
    ],
)
def test_outcomes(moves: tuple[Status, ...], found: str) -> None:
    assert outcome(course(*((to, place) for place, to in enumerate(moves)))) == found


def test_door_to_door() -> None:
    one = course((Status.DEPARTED, 30), started=5, left=30, arrived=55, taken_over=63)
    assert [stretch(one, key) for key in ("leave", "way", "door", "whole")] == [
        25 * MINUTE, 25 * MINUTE, 8 * MINUTE, 58 * MINUTE,
    ]  # fmt: skip
    bare = course((Status.DEPARTED, 30), left=30, taken_over=20)
    assert stretch(bare, "leave") == 30 * MINUTE  # from when it was begun
    assert stretch(bare, "way") is None
    assert stretch(course(arrived=50, taken_over=40), "door") is None


def test_answers_of_a_partner() -> None:
    """Declined after 20 minutes, sent again and accepted after 5."""
    one = course((Status.SUBMITTED, 0), (Status.DECLINED, 20), (Status.SUBMITTED, 30), (Status.ACCEPTED, 35))
    first, second = asked(one, T0 + 99 * MINUTE)
    assert (first.answered, second.answered) == (T0 + 20 * MINUTE, T0 + 35 * MINUTE)
    assert [call.late(15 * MINUTE) for call in (first, second)] == [True, False]
    (gone,) = asked(course((Status.SUBMITTED, 0), (Status.WITHDRAWN, 3)), T0 + 99 * MINUTE)
    assert (gone.answered, gone.late(15 * MINUTE)) == (None, False)
    (waits,) = asked(course((Status.SUBMITTED, 0), (Status.DEPARTED, 4)), T0 + 99 * MINUTE)
    assert (waits.answered, waits.late(15 * MINUTE)) == (None, True)
    (taken,) = asked(course((Status.SUBMITTED, 0), (Status.DEPARTED, 4), (Status.TREATING, 12)), T0)
    assert taken.answered == T0 + 12 * MINUTE


def test_sent_again_within_the_days() -> None:
    def back(resident: int, at: datetime) -> Back:
        return Back(
            UUID(int=9), UUID(int=resident), "", at, "", "paper", at, None, {}, to_settle=False, settled=None,
            absence=None,
        )  # fmt: skip

    month = timedelta(days=30)
    stays = {
        UUID(int=1): [(T0 - MINUTE, "甲"), (T0 + month, "乙")],
        UUID(int=2): [(T0 + month + MINUTE, "丙")],
    }
    first, second, third = again([back(1, T0), back(2, T0), back(3, T0)], stays, month)
    assert (first.begins, first.days, first.whither) == (T0 + month, 30, "乙")
    assert second.begins is None
    assert third.begins is None


def test_in_time() -> None:
    by = T0 + 60 * MINUTE
    assert in_time(by, by, T0) is True
    assert in_time(by, by + MINUTE, T0) is False
    assert in_time(by, None, by + MINUTE) is False
    assert in_time(by, None, by) is None


def test_periods() -> None:
    day = date(2026, 11, 24)
    assert period(MONTH, day).words == "2026 年 11 月"
    assert period(QUARTER, day).words == "2026 年第 4 季度"
    assert (period(QUARTER, day).first, period(QUARTER, day).last) == (date(2026, 10, 1), date(2026, 12, 31))
    assert period(MONTH, date(2027, 1, 31)).step(-1).last == date(2026, 12, 31)
    assert period(MONTH, date(2028, 1, 31)).step(1).last == date(2028, 2, 29)


@given(
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.sampled_from([MONTH, QUARTER, YEAR]),
    st.integers(-40, 40),
)
def test_periods_follow_one_another(day: date, kind: str, turns: int) -> None:
    one = period(kind, day)
    assert one.first <= day <= one.last
    assert one.step(turns).step(-turns) == one
    assert one.step(1).first == one.last + timedelta(days=1)


@given(st.lists(st.sampled_from("甲乙丙丁戊"), max_size=40))
def test_parts_add_up(keys: list[str]) -> None:
    groups: dict[tuple[str, str], list[Behind]] = {}
    for place, key in enumerate(keys):
        groups.setdefault((key, key), []).append(record(place))
    figures = parted("x", by_size(groups), CASES)
    assert sum(len(one.records) for one in figures) == len(keys)
    assert sum(one.part or 0 for one in figures) == pytest.approx(1 if keys else 0)
    sizes = [len(one.records) for one in figures]
    assert sizes == sorted(sizes, reverse=True)


@st.composite
def walks(draw: st.DrawFn) -> Course:
    """A walk the machine allows."""
    status, moves = Status.DRAFT, []
    for place in range(draw(st.integers(0, 9))):
        ways = sorted(MOVES[status])
        if not ways:
            break
        status = draw(st.sampled_from(ways))
        moves.append((status, place * 7))
    return course(*moves, status=status)


@given(walks())
def test_every_walk_has_one_outcome_and_no_answer_before_it_was_asked(walk: Course) -> None:
    assert outcome(walk) in OUTCOMES
    calls = asked(walk, T0 + 1000 * MINUTE)
    assert len(calls) <= sum(to is Status.SUBMITTED for to, _at in walk.moves)
    assert all(call.until >= call.at for call in calls)
    assert walk.moved_on == any(to is Status.MOVED for to, _at in walk.moves)


@given(st.lists(st.one_of(st.none(), st.integers(0, 10_000)), max_size=60))
def test_spreads_hold_every_case(minutes: list[int | None]) -> None:
    found = spread([None if one is None else one * MINUTE for one in minutes], 5)
    assert found.n + found.missing == len(minutes)
    if found.p90 is not None and found.median is not None and found.longest is not None:
        assert found.median <= found.p90 <= found.longest


def test_counted_tells_its_share() -> None:
    figure = counted("x", "肺炎", [record(n) for n in range(6)], 24, CASES)
    assert (figure.value, figure.of, figure.part) == ("6 份", "25 %（6 / 24 份）", 0.25)
