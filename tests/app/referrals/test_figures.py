"""Figures over what was done at the desk: worked by hand, sums equal totals, floors, records, paper, speed."""

from __future__ import annotations

from datetime import date, timedelta
from time import perf_counter
from typing import Any
from uuid import UUID

import pytest

from app.care.floors import floor_of_each
from app.core.errors import Refusal
from app.core.roles import Role
from app.core.unit import Unit
from app.referrals.around import StartGreenChannel
from app.referrals.coming_back import NotePaper, RecordReturn, ReturnForm, ReturnOf
from app.referrals.contracts import ContractCoverage
from app.referrals.figures import ReferralFigures
from app.referrals.figures.lists import lists
from app.referrals.moving import (
    AcceptReferral,
    Arrive,
    DeclineReferral,
    Depart,
    MoveOn,
    StrikeMove,
    SubmitReferral,
    TakeOver,
    Withdraw,
)
from app.referrals.revising import Seen
from app.referrals.rounds import EndRound, PlanRound, RoundForm, SettleLine
from app.referrals.rules.figures import Figure
from tests.app.referrals.contracted import signed
from tests.app.referrals.figured import years
from tests.app.referrals.house import DAY, Desk
from tests.app.referrals.partnered import city
from tests.app.referrals.rounding import FOUND, rounding
from tests.app.referrals.test_returns import reconciled
from tests.support.acts import Act

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
BACK = DAY + timedelta(days=3)


@pytest.fixture(autouse=True)
def _nurse(desk: Desk) -> None:
    desk.become(Role.NURSE)


def figures(desk: Desk, first: date = FIRST, last: date = LAST, **more: Any) -> dict[str, Figure]:
    """By code."""
    found = desk.ask(ReferralFigures(first, last, **more))
    return {one.code: one for section in found.sections for group in section.groups for one in group.figures}


def sent(desk: Desk) -> Seen:
    """李桂兰 by the green channel: 06:00 begun and submitted, answered 06:10, left 06:20, there 06:50, taken 07:05."""
    seen = desk.do(SubmitReferral(desk.do(StartGreenChannel(desk.begun()))))
    desk.put(6, 10)
    seen = desk.do(AcceptReferral(seen, "刘志远"))
    desk.put(6, 20)
    seen = desk.do(Depart(seen))
    desk.put(6, 50)
    seen = desk.do(Arrive(seen))
    desk.put(7, 5)
    taken: Seen = desk.do(TakeOver(seen, "刘志远"))
    return taken


def returned(desk: Desk) -> None:
    """… and back three days later at 10:00, with no more than a diagnosis."""
    sent(desk)
    desk.put(10, day=BACK)
    desk.do(RecordReturn(desk.li, ReturnForm("paper", diagnoses="肺炎 J18.9")))


def test_a_day_by_hand(desk: Desk) -> None:
    seen = sent(desk)
    desk.do(Withdraw(desk.begun(desk.wang, partner=desk.partners["other"], cause="stroke"), "好转"))
    found = figures(desk)
    assert found["cause:news2"].value == "1 份"
    assert found["cause:news2"].of == "1 / 2 份，例数少，不算百分比"
    assert found[f"partner:{desk.hospital}"].words == "安和市第一人民医院"
    assert found["urgency:emergency"].value == "2 份"
    assert found["outcome:outside"].value == "1 份"
    assert found["outcome:withdrawn"].value == "1 份"
    assert "outcome:died" not in found
    assert [found[f"door:{key}"].value for key in ("leave", "way", "door", "whole")] == [
        "20 分钟", "30 分钟", "15 分钟", "1 小时 5 分",
    ]  # fmt: skip
    assert found["door:whole"].of == "n = 1，例数少 · 最长 1 小时 5 分"
    assert found["green"].value == "1 / 2"
    assert found["answer:emergency"].value == "10 分钟"
    assert (found["overdue"].value, found["overdue"].bad) == ("0 / 1", False)
    assert [one.rid for one in found["outcome:outside"].records] == [seen.rid]
    assert figures(desk, FIRST - timedelta(days=31), FIRST - timedelta(days=1))["overdue"].value == "—"


def test_an_answer_that_never_came_is_late(desk: Desk) -> None:
    desk.do(SubmitReferral(desk.begun()))
    desk.put(6, 15)
    assert not figures(desk)["overdue"].bad
    desk.put(6, 16)
    late = figures(desk)["overdue"]
    assert late.bad
    assert "没有答复" in late.records[0].words


def test_a_struck_move_is_not_counted(desk: Desk) -> None:
    seen = desk.do(SubmitReferral(desk.begun()))
    seen = desk.do(DeclineReferral(seen, "没有床位"))
    assert figures(desk)["outcome:declined"].bad
    desk.do(StrikeMove(seen, "听错了"))
    found = figures(desk)
    assert "outcome:declined" not in found
    assert found["outcome:before"].value == "1 份"


def test_moved_on_counts_for_the_last_hospital(desk: Desk) -> None:
    seen = desk.do(Arrive(desk.away()))
    desk.do(MoveOn(seen, "无床", desk.partners["other"]))
    found = figures(desk)
    assert found[f"partner:{desk.partners['other']}"].value == "1 份"
    assert found["moved"].value == "1 份"
    assert found["outcome:moved"].value == "1 份"


def test_a_return_by_hand(desk: Desk) -> None:
    returned(desk)
    found = figures(desk)
    assert found["outcome:returned"].value == "1 份"
    assert found["came:paper"].value == "1 人次"
    assert found["paper:diagnoses"].value == "0 / 1"
    assert (found["paper:record"].value, found["paper:record"].bad) == ("1 / 1", True)
    assert found["owing:安和市第一人民医院"].value == "1 / 1"
    assert found["waited:came"].value == "—"
    assert found["assess"].value == "—"  # it may still be in time
    assert found["again"].value == "0 / 1"
    assert "未满 30 天" in found["again"].of
    row = desk.ask(ReturnOf(desk.li)).row
    desk.put(16, day=BACK)
    desk.do(NotePaper(row.rid, ("record",), "here"))
    desk.put(11, day=BACK + timedelta(days=1))
    found = figures(desk)
    assert found["waited:came"].value == "6 小时"
    assert found["waited:still"].value == "25 小时"
    assert (found["assess"].value, found["assess"].bad) == ("0 / 1", True)


def test_sent_again_is_named(desk: Desk) -> None:
    returned(desk)
    desk.put(9, day=BACK + timedelta(days=2))
    desk.away()
    found = figures(desk)["again"]
    assert (found.value, found.bad) == ("1 / 1", True)
    assert found.records[0].name == "李桂兰"
    assert "第 1 天" in found.records[0].words
    assert "安和市第一人民医院" in found.records[0].words


def test_contracts_and_agreements_say_what_their_own_questions_say(desk: Desk) -> None:
    desk.become(Role.DOCTOR)
    signed(desk)
    found, rates = figures(desk), desk.ask(ContractCoverage())
    assert found["signed"].value == f"{rates.signed} / {rates.residents}"
    assert found["key"].value == f"{rates.key_signed} / {rates.key}"
    assert found["kept"].part == (rates.met / rates.expected if rates.expected else None)
    assert len(found["renewed"].records) == rates.ran_out
    assert [one.name for one in found["signed"].records] == ["王素芬", "李桂兰"]
    assert (found["agreed"].value, found["agreed:green"].value) == ("1 / 3", "1 / 3")
    assert found["expiring:over"].part == 0


def test_agreements_cover_partners_while_they_hold(desk: Desk) -> None:
    desk.become(Role.HEAD_NURSE)
    city(desk)
    found = figures(desk)
    assert (found["agreed"].value, found["agreed:green"].value) == ("2 / 4", "2 / 4")
    assert [one.words.split(" · ")[0] for one in found["expiring:over"].records] == ["巡诊协议"]
    assert {one.name: one.words for one in found["agreed"].records}["梧桐社区卫生服务中心"] == "没有"


def test_a_floor_counts_who_lives_there(desk: Desk) -> None:
    sent(desk)
    floors: list[UUID] = []

    def look(unit: Unit) -> None:
        floors.append(floor_of_each(unit)[desk.li])

    desk.station.desk.do_now(Act(look))
    assert figures(desk, floor=floors[0])["urgency:emergency"].value == "1 份"
    with pytest.raises(Refusal, match="没有这一层"):
        desk.ask(ReferralFigures(FIRST, LAST, desk.li))


def test_days_the_wrong_way_round_are_refused(desk: Desk) -> None:
    with pytest.raises(Refusal, match="开始日期"):
        desk.ask(ReferralFigures(LAST, FIRST))


def test_sums_equal_totals_and_everything_is_defined(desk: Desk) -> None:
    years(desk, 210, 300)
    found = desk.ask(ReferralFigures(date(2026, 1, 1), date(2026, 12, 31)))
    groups = {one.kind.code: one for section in found.sections for one in section.groups}
    sums = {
        code: sum(len(one.records) for one in groups[code].figures)
        for code in ("cause", "partner", "urgency", "outcome")
    }
    assert set(sums.values()) == {210}
    returns = sum(len(one.records) for one in groups["came"].figures)
    assert returns > 100
    assert f"/ {returns} 人次" in groups["again"].figures[0].of
    outcome = next(one for one in groups["outcome"].figures if one.words == "返院")
    assert len(outcome.records) >= returns
    assert set(groups) == set(lists().groups)
    assert all(one.kind.definition for one in groups.values())
    for group in groups.values():
        for one in group.figures:
            assert one.part is None or 0 <= one.part <= 1, one
            assert "%" not in one.value or "/" in one.of, one


def test_a_month_is_the_sum_of_nothing_else(desk: Desk) -> None:
    """The twelve months of a year add up to the year."""
    years(desk, 120, 300)

    def whole(first: date, last: date) -> int:
        found = desk.ask(ReferralFigures(first, last, section="sent")).sections[0]
        return sum(len(one.records) for one in found.groups[0].figures)

    ends = [date(2026, month + 1, 1) - timedelta(days=1) for month in range(1, 12)] + [date(2026, 12, 31)]
    months = [whole(last.replace(day=1), last) for last in ends]
    assert sum(months) == whole(date(2026, 1, 1), date(2026, 12, 31)) == 120


def test_three_years_are_quick(desk: Desk) -> None:
    """1,800 referrals: the part that is shown, over one of three years. Bounds are wide: machines differ."""
    years(desk, 1800, 3 * 365 - 10)
    took = {}
    for section in lists().sections:
        question = ReferralFigures(date(2026, 1, 1), date(2026, 12, 31), section=section)
        desk.ask(question)
        runs = []
        for _run in range(3):
            since = perf_counter()
            desk.ask(question)
            runs.append(perf_counter() - since)
        took[section] = min(runs)
    assert max(took.values()) < 0.5, took


def test_medicines_reconciled_in_time(desk: Desk) -> None:
    returned(desk)
    row = desk.ask(ReturnOf(desk.li)).row
    found = figures(desk)
    assert found["settle"].value == "—"
    desk.put(13, day=BACK)
    reconciled(desk, row.absence)
    found = figures(desk)
    assert found["settle"].value == "1 / 1"
    assert found["settled"].value == "3 小时"


def test_rounds_by_hand(desk: Desk) -> None:
    """One held with one of two seen, two changes of medicines of which one is none; the next was not held."""
    house = rounding(desk)
    assert figures(desk)["held"].value == "—"  # tomorrow's is not owed yet
    house.begin()
    visit = house.visited()
    desk.do(SettleLine(visit.rid, FOUND.orders[1], "已停药"))
    desk.do(EndRound(house.seen))
    desk.do(PlanRound(RoundForm(DAY + timedelta(days=3), visitor=house.visitor)))
    desk.put(9, day=DAY + timedelta(days=4))
    found = figures(desk)
    assert (found["held"].value, found["held"].bad) == ("1 / 2", True)
    assert [one.bad for one in found["held"].records] == [True, False]
    assert (found["seen"].value, found["seen"].of) == ("1 人", "1 人次看诊")
    assert found["found"].value == "1 / 1"
    assert found["found:refer"].value == "0 / 1"
    assert found["orders"].value == "0 / 2"
    assert [one.words.split(" · ")[-1] for one in found["orders"].records] == [
        "还没有开医嘱", "不转医嘱：已停药",
    ]  # fmt: skip
