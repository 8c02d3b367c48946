"""Two stations move one referral without knowing of each other: nobody is away twice, and a person can settle it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.compose import Station
from app.core.errors import Refusal
from app.referrals.coming_back import RecordReturn, ReturnForm
from app.referrals.fhir.task import stated, task_rid
from app.referrals.moving import AcceptReferral, Arrive, DeclineReferral, Depart, StrikeMove, Withdraw
from app.referrals.revising import Seen
from app.sync.queries import TraceOf
from app.sync.settling import SettleConflict
from tests.app.referrals.house import Desk, desk_of
from tests.support.exchange import second_station
from tests.support.platform import COLUMNS, Behaviour, Platform
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


@pytest.fixture(params=COLUMNS)
def houses_anywhere(request: pytest.FixtureRequest, desk: Desk, second: Station) -> Iterator[Houses]:
    with Platform(Behaviour.named(request.param)) as platform:
        yield Houses(desk, second, platform)


def both_depart(houses: Houses) -> Seen:
    seen = houses.sent()
    houses.put(8, 10)
    houses.do(0, Depart(seen))
    houses.put(8, 14)
    houses.do(1, Depart(seen))
    houses.settle()
    return seen


def test_who_left_at_both_is_away_once(houses_anywhere: Houses) -> None:
    houses = houses_anywhere
    seen = both_depart(houses)
    for which in (0, 1):
        (away,) = houses.away(which)
        assert away.rid == houses.row(which, seen.rid).absence
        assert away.ends is None
    there = [one for one in houses.platform.resources("Encounter") if one["status"] == "in-progress"]
    assert len(there) == 1
    houses.put(9)
    houses.do(0, RecordReturn(houses.desk.li, ReturnForm("paper", diagnoses="肺炎")))
    houses.settle()
    for which in (0, 1):
        (away,) = houses.away(which)
        assert away.ends is not None, which


def accepted(seen: Seen) -> Any:
    return AcceptReferral(seen, "刘志远", "急诊 3 床")


def withdrawn(seen: Seen) -> Any:
    return Withdraw(seen, "老人好转")


def declined(seen: Seen) -> Any:
    return DeclineReferral(seen, "无床")


def apart(houses: Houses, here: Callable[[Seen], Any], there: Callable[[Seen], Any]) -> Seen:
    """Station 01 does one thing, station 02 another; 01 is first at the platform, and 02 is asked."""
    seen = houses.sent()
    houses.put(8, 10)
    houses.do(0, here(seen))
    houses.put(8, 14)
    houses.do(1, there(seen))
    houses.settle()
    assert houses.conflicts(0) == []
    assert len(houses.conflicts(1)) == 1
    return seen


@dataclass(frozen=True)
class Case:
    """What each station does, how 02 is asked, and the moves that stand if theirs, or ours, is taken."""

    here: Callable[[Seen], Any]
    there: Callable[[Seen], Any]
    said: str
    theirs: tuple[str, ...]
    ours: tuple[str, ...]


CASES = {
    "accepted, withdrawn": Case(
        accepted, withdrawn, "登记“已接收”，本站登记“已撤回”", ("submitted", "accepted"), ("submitted", "withdrawn")
    ),
    "withdrawn, accepted": Case(
        withdrawn, accepted, "登记“已撤回”，本站登记“已接收”", ("submitted", "withdrawn"), ("submitted", "accepted")
    ),
    "withdrawn, departed": Case(
        withdrawn, Depart, "登记“已撤回”，本站登记“已出发”", ("submitted", "withdrawn"), ("submitted", "departed")
    ),
    "departed, withdrawn": Case(
        Depart, withdrawn, "登记“已出发”，本站登记“已撤回”", ("submitted", "departed"), ("submitted", "withdrawn")
    ),
    "departed, departed": Case(
        Depart, Depart, "也登记了“已出发”", ("submitted", "departed"), ("submitted", "departed")
    ),
    "accepted, departed": Case(
        accepted, Depart, "登记“已接收”，本站登记“已出发”", ("submitted", "accepted"),
        ("submitted", "accepted", "departed"),
    ),
    "departed, accepted": Case(
        Depart, accepted, "登记“已出发”，本站登记“已接收”", ("submitted", "departed"), ("submitted", "accepted")
    ),
    "declined, accepted": Case(
        declined, accepted, "登记“对方未接收”，本站登记“已接收”", ("submitted", "declined"), ("submitted", "accepted")
    ),
}  # fmt: skip


@pytest.mark.parametrize("side", ["ours", "theirs"])
@pytest.mark.parametrize("name", CASES)
def test_either_way_of_settling_ends_in_a_state_of_the_machine(houses: Houses, name: str, side: str) -> None:
    case = CASES[name]
    seen = apart(houses, case.here, case.there)
    (words,) = houses.conflicts(1)
    assert words.startswith("01 站")
    assert case.said in words
    houses.put(8, 20)
    houses.do(1, SettleConflict("referral", seen.rid, ours=side == "ours"))
    houses.settle()
    assert houses.conflicts(0) == houses.conflicts(1) == []
    wanted = list(getattr(case, side))
    assert [houses.moves(which, seen.rid) for which in (0, 1)] == [wanted, wanted]
    assert houses.row(1, seen.rid).status == wanted[-1]
    assert houses.agree(seen.rid)
    away = "departed" in wanted
    for which in (0, 1):
        assert len(houses.away(which)) == away
        assert (houses.row(which, seen.rid).absence is not None) == away
    (task,) = houses.at[0].there(task_rid(seen.rid), "Task")
    assert stated(task)[1] == wanted[-1]
    if away:
        houses.do(0, RecordReturn(houses.desk.li, ReturnForm("paper", diagnoses="肺炎")))
        houses.settle()
        assert [one.ends is not None for which in (0, 1) for one in houses.away(which)] == [True, True]
        assert houses.quiet()


def test_both_revisions_stay_readable_and_the_story_tells_them(houses: Houses) -> None:
    seen = apart(houses, accepted, withdrawn)
    told = houses.second.desk.ask_now(TraceOf("referral", seen.rid))
    shown = {one.element: (one.ours, one.theirs) for one in told.differences}
    assert shown["状态"] == ("已取消", "已接收")
    assert shown["办理状态"] == ("已撤回", "已接收")
    houses.do(1, SettleConflict("referral", seen.rid, ours=False))
    told = houses.second.desk.ask_now(TraceOf("referral", seen.rid))
    assert {(one.revision, one.station) for one in told.versions} >= {(3, "01"), (3, "02")}
    assert told.differences == ()


def test_the_answer_of_the_hospital_is_not_struck(houses: Houses) -> None:
    seen = houses.sent()
    (task,) = houses.at[0].there(task_rid(seen.rid), "Task")
    houses.platform.edit("Task", task["id"], {"status": "accepted"})
    houses.at[0].round()
    houses.put(8, 10)
    houses.do(0, Depart(Seen(seen.rid, houses.row(0, seen.rid).revision)))
    houses.do(1, withdrawn(seen))
    houses.settle()
    with pytest.raises(Refusal, match="对方医院已答复"):
        houses.do(1, SettleConflict("referral", seen.rid, ours=True))
    houses.do(1, SettleConflict("referral", seen.rid, ours=False))
    houses.settle()
    assert houses.agree(seen.rid)
    assert houses.moves(1, seen.rid) == ["submitted", "accepted", "departed"]


def test_what_is_in_no_conflict_and_what_nobody_decides_here_is_refused(houses: Houses) -> None:
    seen = houses.sent()
    with pytest.raises(Refusal, match="已经不在冲突里"):
        houses.do(1, SettleConflict("referral", seen.rid, ours=True))
    with pytest.raises(Refusal, match="不能在这里定"):
        houses.do(1, SettleConflict("resident", houses.desk.li, ours=True))


def test_a_strike_there_and_a_step_here(houses: Houses) -> None:
    """Station 01 strikes its departure while 02 goes on from it: 02 is asked, and the person stays away or does not."""
    seen = houses.sent()
    houses.put(8, 10)
    left = houses.do(0, Depart(seen))
    houses.settle()
    houses.put(8, 20)
    houses.do(0, StrikeMove(left, "点错"))
    houses.do(1, Arrive(left))
    houses.settle()
    assert len(houses.conflicts(1)) == 1
    houses.do(1, SettleConflict("referral", seen.rid, ours=False))
    houses.settle()
    assert houses.agree(seen.rid)
    assert (houses.moves(1, seen.rid), houses.away(0), houses.away(1)) == (["submitted"], [], [])
