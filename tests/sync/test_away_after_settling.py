"""Two stations settled one referral: who is away in hospital at both is who departed by the moves that stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.compose import Station
from app.referrals.coming_back import RecordReturn, ReturnForm
from app.referrals.moving import Arrive, Depart, StrikeMove
from app.referrals.revising import Seen
from app.sync.settling import SettleConflict
from tests.app.referrals.house import Desk, desk_of
from tests.support.exchange import second_station
from tests.support.platform import Platform
from tests.sync.two_houses import Houses


@pytest.fixture
def second(tmp_path: Path) -> Iterator[Station]:
    with second_station(tmp_path / "second") as opened:
        yield opened


@pytest.fixture
def desk(station: Station) -> Iterator[Desk]:
    yield from desk_of(station)


@pytest.fixture
def houses(desk: Desk, second: Station) -> Iterator[Houses]:
    with Platform() as platform:
        yield Houses(desk, second, platform)


def ask(houses: Houses, which: int) -> None:
    """`which` comes second to the platform: it is asked."""
    for _ in range(4):
        houses.at[1 - which].round()
    houses.settle()
    assert [houses.asks(one, "referral") for one in (which, 1 - which)] == [1, 0]


def settle(houses: Houses, which: int, rid: Seen, *, ours: bool, quiet: bool = True) -> None:
    houses.do(which, SettleConflict("referral", rid.rid, ours=ours))
    houses.settle()
    assert houses.quiet() is quiet
    assert houses.agree(rid.rid)


@pytest.mark.parametrize("side", ["ours", "theirs"])
@pytest.mark.parametrize("striker", [0, 1])
def test_a_departure_of_both_is_struck_at_either(houses: Houses, striker: int, side: str) -> None:
    seen = houses.sent()
    houses.put(8, 10)
    houses.do(1, Depart(seen))
    houses.put(8, 14)
    houses.do(0, Depart(seen))
    ask(houses, 0)
    houses.put(8, 20)
    settle(houses, 0, seen, ours=side == "ours")
    houses.do(striker, StrikeMove(Seen(seen.rid, houses.row(striker, seen.rid).revision), "点错"))
    houses.settle()
    assert [houses.moves(which, seen.rid) for which in (0, 1)] == [["submitted"], ["submitted"]]
    assert [houses.away(which) for which in (0, 1)] == [[], []]
    assert houses.agree(seen.rid)


@dataclass(frozen=True)
class Case:
    """What each station did apart, 02 being asked; what stands if theirs is taken, or ours."""

    here: Callable[[Houses, Seen], None]
    there: Callable[[Houses, Seen], None]
    theirs: tuple[str, ...]
    ours: tuple[str, ...]
    together: bool = False  # the departure was known to both before


def departs(which: int) -> Callable[[Houses, Seen], None]:
    def act(houses: Houses, seen: Seen) -> None:
        houses.do(which, Depart(seen))

    return act


def departs_by_mistake(which: int) -> Callable[[Houses, Seen], None]:
    def act(houses: Houses, seen: Seen) -> None:
        houses.do(which, StrikeMove(houses.do(which, Depart(seen)), "点错"))

    return act


def strikes(which: int) -> Callable[[Houses, Seen], None]:
    def act(houses: Houses, seen: Seen) -> None:
        houses.do(which, StrikeMove(seen, "点错"))

    return act


def arrives(which: int) -> Callable[[Houses, Seen], None]:
    def act(houses: Houses, seen: Seen) -> None:
        houses.do(which, Arrive(seen))

    return act


_SENT, _LEFT, _THERE = ("submitted",), ("submitted", "departed"), ("submitted", "departed", "arrived")
CASES = {
    "struck at once, departed": Case(departs_by_mistake(0), departs(1), _SENT, _LEFT),
    "departed, struck at once": Case(departs(0), departs_by_mistake(1), _LEFT, _SENT),
    "struck, arrived": Case(strikes(0), arrives(1), _SENT, _THERE, together=True),
    "arrived, struck": Case(arrives(0), strikes(1), _THERE, _SENT, together=True),
}


STRUCK_AT_BOTH = ("struck at once, departed", "theirs")
"""Both stations call the stay an error then, each in its own words: that stands put aside at the first one."""


@pytest.mark.parametrize("side", ["ours", "theirs"])
@pytest.mark.parametrize("name", CASES)
def test_whoever_left_by_what_stands_is_away(houses: Houses, name: str, side: str) -> None:
    case = CASES[name]
    seen = houses.sent()
    houses.put(8, 10)
    if case.together:
        seen = houses.do(0, Depart(seen))
        houses.settle()
        houses.put(8, 12)
    case.here(houses, seen)
    houses.put(8, 14)
    case.there(houses, seen)
    ask(houses, 1)
    houses.put(8, 20)
    settle(houses, 1, seen, ours=side == "ours", quiet=(name, side) != STRUCK_AT_BOTH)
    wanted = list(getattr(case, side))
    assert [houses.moves(which, seen.rid) for which in (0, 1)] == [wanted, wanted]
    gone = "departed" in wanted
    for which in (0, 1):
        assert [one.rid for one in houses.away(which)] == (
            [houses.row(which, seen.rid).absence] if gone else []
        )
        assert gone or houses.row(which, seen.rid).absence is None
    there = [one["status"] for one in houses.platform.resources("Encounter")]
    assert there == (["in-progress"] if gone else ["entered-in-error"])
    if gone:
        houses.put(9)
        houses.do(0, RecordReturn(houses.desk.li, ReturnForm("paper", diagnoses="肺炎")))
        houses.settle()
        assert [one.ends is not None for which in (0, 1) for one in houses.away(which)] == [True, True]
        assert houses.quiet()
