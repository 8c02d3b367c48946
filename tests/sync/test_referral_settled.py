"""After two stations took one referral different ways and a person decided: the station that gave way goes on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from app.compose import Station
from app.core.errors import Refusal
from app.core.unit import Reader
from app.printing.referral_keeping import PackToKeep, drawn_document
from app.referrals.coming_back import RecordReturn, ReturnForm
from app.referrals.coming_back.changing import RetractReturn
from app.referrals.documents import OwedDocuments, document_rid
from app.referrals.documents.covering import sent_digest
from app.referrals.moving import AcceptReferral, Arrive, Depart, StrikeMove, Withdraw
from app.referrals.revising import Seen
from app.sync.settling import SettleConflict
from db.models import ReferralDocument
from tests.app.referrals.house import Desk, desk_of
from tests.support.acts import Look
from tests.support.exchange import second_station
from tests.support.platform import Platform
from tests.sync.two_houses import Houses

BACK = ReturnForm("paper", diagnoses="肺炎")


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


def gave_way(houses: Houses, seen: Seen) -> None:
    """Both are online again, and station 02 takes what is at the platform."""
    houses.settle()
    assert len(houses.conflicts(1)) == 1
    houses.put(8, 20)
    houses.do(1, SettleConflict("referral", seen.rid, ours=False))
    houses.settle()


def stands(houses: Houses, which: int, seen: Seen) -> Seen:
    return Seen(seen.rid, houses.row(which, seen.rid).revision)


def departure_given_up(houses: Houses, *more: type[Arrive]) -> Seen:
    """01 registers the acceptance, 02 the departure (and what follows it); the departure is given up."""
    seen = houses.sent()
    houses.put(8, 10)
    houses.do(0, AcceptReferral(seen, "刘志远", "急诊 3 床"))
    houses.put(8, 14)
    left = houses.do(1, Depart(seen))
    for step in more:
        left = houses.do(1, step(left))
    gave_way(houses, seen)
    assert houses.moves(1, seen.rid) == ["submitted", "accepted"]
    return seen


@pytest.mark.parametrize("more", [(), (Arrive,)])
@pytest.mark.parametrize("which", [0, 1])
def test_the_departure_is_registered_again_and_the_return(
    houses: Houses, which: int, more: tuple[type[Arrive], ...]
) -> None:
    seen = departure_given_up(houses, *more)
    houses.put(8, 40)
    houses.do(which, Depart(stands(houses, which, seen)))
    houses.settle()
    assert [len(houses.away(one)) for one in (0, 1)] == [1, 1]
    assert [one.ends for one in houses.away(1 - which)] == [None]
    houses.put(9)
    houses.do(1 - which, RecordReturn(houses.desk.li, BACK))
    houses.settle()
    wanted = ["submitted", "accepted", "departed", "returned"]
    assert [houses.moves(one, seen.rid) for one in (0, 1)] == [wanted, wanted]
    assert [one.ends is not None for which in (0, 1) for one in houses.away(which)] == [True, True]
    assert houses.agree(seen.rid)
    assert houses.quiet()


@pytest.mark.parametrize("more", [(), (Arrive,)])
def test_the_departure_registered_again_is_struck(houses: Houses, more: tuple[type[Arrive], ...]) -> None:
    """As before it is the acceptance, not what was given up."""
    seen = departure_given_up(houses, *more)
    before = houses.row(1, seen.rid)
    houses.put(8, 40)
    left = houses.do(1, Depart(stands(houses, 1, seen)))
    houses.put(8, 42)
    houses.do(1, StrikeMove(left, "点错"))
    after = houses.row(1, seen.rid)
    columns = ("status", "absence", "bed_until", "times", "escort", "booking", "receiver", "due")
    assert {one: getattr(after, one) for one in columns} == {one: getattr(before, one) for one in columns}
    houses.settle()
    assert houses.moves(0, seen.rid) == ["submitted", "accepted"]
    assert [houses.away(which) for which in (0, 1)] == [[], []]
    assert houses.agree(seen.rid)
    assert houses.quiet()


def test_a_withdrawal_that_stands_is_struck_and_the_person_leaves(houses: Houses) -> None:
    seen = houses.sent()
    houses.put(8, 10)
    houses.do(0, Withdraw(seen, "老人好转"))
    houses.put(8, 14)
    houses.do(1, Depart(seen))
    gave_way(houses, seen)
    houses.put(8, 30)
    houses.do(1, StrikeMove(stands(houses, 1, seen), "又加重"))
    houses.put(8, 40)
    houses.do(1, Depart(stands(houses, 1, seen)))
    houses.settle()
    assert [houses.moves(one, seen.rid) for one in (0, 1)] == [["submitted", "departed"]] * 2
    assert [len(houses.away(which)) for which in (0, 1)] == [1, 1]
    assert houses.agree(seen.rid)
    assert houses.quiet()


def test_a_return_here_is_not_left_without_its_referral(houses: Houses) -> None:
    """Theirs, which knows of no return, is refused until it is corrected; then it is taken."""
    seen = houses.sent()
    houses.put(8, 10)
    houses.do(0, Depart(seen))
    houses.put(8, 14)
    houses.do(1, Depart(seen))
    houses.put(9)
    returned = houses.do(1, RecordReturn(houses.desk.li, BACK))
    houses.settle()
    assert len(houses.conflicts(1)) == 1
    with pytest.raises(Refusal, match="先更正返院"):
        houses.do(1, SettleConflict("referral", seen.rid, ours=False))
    assert houses.moves(1, seen.rid) == ["submitted", "departed", "returned"]
    houses.put(9, 10)
    houses.do(1, RetractReturn(returned.seen, "认错人"))
    houses.do(1, SettleConflict("referral", seen.rid, ours=False))
    houses.settle()
    assert [one.ends for which in (0, 1) for one in houses.away(which)] == [None, None]
    houses.put(10)
    houses.do(1, RecordReturn(houses.desk.li, BACK))
    houses.settle()
    assert [houses.moves(which, seen.rid) for which in (0, 1)] == [["submitted", "departed", "returned"]] * 2
    assert houses.agree(seen.rid)


def drawn(houses: Houses, which: int) -> None:
    """What is owed at a station is drawn and kept, as at sign-in."""
    desk = houses.stations[which].desk
    for referral in desk.ask_now(OwedDocuments()):
        wanted = desk.ask_now(PackToKeep(referral))
        assert wanted is not None
        assert desk.do_now(drawn_document(wanted)) is not None


def covered(houses: Houses, which: int, seen: Seen) -> str:
    def look(reader: Reader) -> str:
        rid = document_rid(reader.settings.institution_id, seen.rid)
        kept = select(ReferralDocument).where(ReferralDocument.rid == rid, ReferralDocument.current)
        return str(reader.session.scalars(kept).one().covers["sent"])

    return str(houses.stations[which].desk.ask_now(Look(look)))


def test_the_document_of_steps_given_up_is_replaced(houses: Houses) -> None:
    seen = houses.sent()
    houses.put(8, 10)
    houses.do(0, AcceptReferral(seen, "刘志远", "急诊 3 床"))
    houses.put(8, 14)
    left = houses.do(1, Depart(seen))
    houses.do(1, Arrive(left))
    drawn(houses, 1)
    gave_way(houses, seen)
    for which in (1, 0):
        drawn(houses, which)
        houses.settle()
    for which in (0, 1):
        assert houses.stations[which].desk.ask_now(OwedDocuments()) == ()
        assert covered(houses, which, seen) == sent_digest(houses.row(which, seen.rid))
