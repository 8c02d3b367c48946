"""Whatever is moved, added and cancelled in whatever order: nobody is in two places without somebody saying so."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.compose import Station
from app.core.errors import Refusal
from app.rehab.queries.week import WeekBoard
from app.rehab.rules.conflicts import Placed, conflicts_of
from app.rehab.rules.offers import nearest, spread, times_between
from app.rehab.scheduling import AddSession, CancelSession, MoveSession, NotThere, UndoBooking
from tests.app.rehab.house import DAY, Gym, at, gym_of
from tests.support.examples import tries

DAYS = [DAY + timedelta(days=step) for step in range(1, 6)]
TIMES = ["09:00", "09:15", "10:30", "14:00"]


@dataclass(frozen=True)
class Step:
    """One thing somebody tries."""

    what: str
    which: int
    day: date
    time: str
    therapist: int


STEPS = st.builds(
    Step,
    st.sampled_from(["move", "move", "move", "add", "cancel", "undo"]),
    st.integers(0, 30),
    st.sampled_from(DAYS),
    st.sampled_from(TIMES),
    st.integers(0, 2),
)


@pytest.fixture
def busy_gym(station: Station) -> Gym:
    gym = next(gym_of(station))
    week = ("3 09:00", "4 10:30", "5 14:00")
    lin, su = gym.staff["林海涛"], gym.staff["苏婉"]
    gym.plan(
        gym.item(week=week),
        gym.item(code="x", words="进食", discipline="ot", week=("3 10:30",), therapist=su),
    )
    gym.plan(gym.item(week=("3 10:30", "4 09:00"), therapist=lin), resident=gym.wang)
    gym.do(NotThere(lin, "培训", at(13, day=DAYS[1]), at(17, day=DAYS[1])))
    return gym


@settings(max_examples=tries(8), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, min_size=3, max_size=12))
def test_no_sequence_of_acts_leaves_a_silent_double_booking(busy_gym: Gym, steps: list[Step]) -> None:
    gym, seen = busy_gym, []
    staff = [None, gym.staff["林海涛"], gym.staff["苏婉"]]
    for step in steps:
        held = gym.held(*DAYS)
        one = held[step.which % len(held)]
        acts: dict[str, Callable[[], object]] = {
            "move": lambda: seen.append(
                gym.do(MoveSession(one.key, step.day, step.time, staff[step.therapist])).seen  # noqa: B023  # done at once
            ),
            "add": lambda: gym.do(AddSession(one.item.rid, step.day, step.time, staff[step.therapist])),  # noqa: B023  # done at once
            "cancel": lambda: gym.do(CancelSession(one.key, "试")),  # noqa: B023  # done at once
            "undo": lambda: gym.do(UndoBooking(seen[-1])) if seen else None,
        }
        with contextlib.suppress(Refusal):
            acts[step.what]()
        board = gym.ask(WeekBoard(DAY))
        around = board.around
        found = [one for one in conflicts_of(around.placed, around.taken) if one.blocks]
        assert {one.name for one in found} <= {clash.name for clash in board.clashes} | around.accepted


@given(st.integers(480, 900), st.integers(60, 300), st.integers(5, 90))
def test_times_find_room_in_the_day(begins: int, long: int, minutes: int) -> None:
    for time in times_between(begins, begins + long, ("09:00", "14:00"), minutes):
        hour, minute = map(int, time.split(":"))
        assert begins <= hour * 60 + minute <= begins + long - minutes


@given(st.sets(st.integers(1, 7)), st.integers(0, 8), st.sets(st.integers(1, 7)))
def test_a_week_is_spread_over_days_each_once(free: set[int], count: int, used: set[int]) -> None:
    chosen = spread(sorted(free), count, used)
    assert set(chosen) <= free
    assert len(chosen) == len(set(chosen)) == min(count, len(free))


def test_three_times_a_week_are_not_three_days_in_a_row() -> None:
    assert spread([1, 2, 3, 4, 5], 3) == (1, 3, 5)
    assert spread([1, 2, 3, 4, 5], 1, [2, 4]) == (5,) or spread([1, 2, 3, 4, 5], 1, [2, 4]) == (1,)


def test_the_same_day_comes_first_then_usual_times_then_the_nearest() -> None:
    places = [(DAYS[0], "09:15"), (DAYS[1], "09:00"), (DAYS[0], "14:00"), (DAYS[0], "09:30")]
    assert nearest(places, (DAYS[0], "09:20"), ("09:00", "14:00")) == [
        (DAYS[0], "14:00"),
        (DAYS[0], "09:15"),
        (DAYS[0], "09:30"),
        (DAYS[1], "09:00"),
    ]


def test_what_a_therapist_needs_between_two_sessions_is_kept_free(busy_gym: Gym) -> None:
    first = busy_gym.held(DAYS[0])[0]
    lin = busy_gym.staff["林海涛"]
    one = Placed(first.key, busy_gym.li, lin, at(9), at(9, 30))
    other = Placed((first.key[0], DAY, "x"), busy_gym.wang, lin, at(9, 35), at(10))
    assert conflicts_of([one, other]) == ()
    (found,) = conflicts_of([one, other], rest=timedelta(minutes=10))
    assert found.kind == "therapist"
