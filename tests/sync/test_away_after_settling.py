"""Two stations settled one referral: who is away in hospital at both is who departed by the moves that stand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.compose import Station
from app.referrals.moving import Depart, StrikeMove
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
    assert [len(houses.conflicts(one)) for one in (which, 1 - which)] == [1, 0]


def settle(houses: Houses, which: int, rid: Seen, *, ours: bool) -> None:
    houses.do(which, SettleConflict("referral", rid.rid, ours=ours))
    houses.settle()
    assert houses.quiet()
    assert houses.agree(rid.rid)


@pytest.mark.parametrize("ours", [True, False])
@pytest.mark.parametrize("striker", [0, 1])
def test_a_departure_of_both_is_struck_at_either(houses: Houses, striker: int, ours: bool) -> None:
    seen = houses.sent()
    houses.put(8, 10)
    houses.do(1, Depart(seen))
    houses.put(8, 14)
    houses.do(0, Depart(seen))
    ask(houses, 0)
    houses.put(8, 20)
    settle(houses, 0, seen, ours=ours)
    houses.do(striker, StrikeMove(Seen(seen.rid, houses.row(striker, seen.rid).revision), "点错"))
    houses.settle()
    assert [houses.moves(which, seen.rid) for which in (0, 1)] == [["submitted"], ["submitted"]]
    assert [houses.away(which) for which in (0, 1)] == [[], []]
    assert houses.agree(seen.rid)
