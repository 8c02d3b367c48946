"""Family-doctor contracts: signed once, delivered as owed, late by the time gone, renewed, ended, counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.core.errors import Refusal
from app.core.roles import Role
from app.history.timeline import Timeline
from app.referrals.contracts import (
    ChangeContract,
    ContractCoverage,
    Contracts,
    CountContractWork,
    DeliverService,
    EndContract,
    Owed,
    RateSatisfaction,
    RenewContract,
    ResumeContract,
    RetractContract,
    RetractService,
    SignContract,
    Signer,
)
from app.referrals.contracts.lists import groups_of, lists
from app.referrals.rules.contracts import (
    Belonging,
    Course,
    Span,
    goes_on_until,
    last_day,
    next_due,
    progress,
    service_year,
    years_on,
)
from app.today.board import Today
from tests.app.referrals.contracted import DAY, form, page, signed
from tests.app.referrals.house import Desk, at

YEAR = Span(date(2026, 1, 1), date(2026, 12, 31))


def refused(desk: Desk, order: Any) -> Refusal:
    with pytest.raises(Refusal) as caught:
        desk.do(order)
    return caught.value


@pytest.mark.parametrize(
    ("owed", "done", "day", "course", "expected"),
    [
        (4, 0, date(2026, 3, 31), Course.ON, 0),  # a day short of the quarter
        (4, 0, date(2026, 4, 2), Course.LATE, 1),
        (4, 1, date(2026, 4, 2), Course.ON, 1),
        (4, 3, date(2026, 11, 1), Course.ON, 3),
        (4, 3, date(2026, 11, 2), Course.PRESSING, 4),  # fewer than 60 days are left
        (4, 4, date(2026, 12, 31), Course.DONE, 4),
        (1, 0, date(2026, 10, 31), Course.ON, 0),  # once a year is not late before its end is near
        (1, 0, date(2026, 12, 1), Course.PRESSING, 1),
        (0, 3, date(2026, 6, 1), Course.AS_NEEDED, 0),
    ],
)
def test_a_service_is_late_by_whole_ones_of_the_time_gone(
    owed: int, done: int, day: date, course: Course, expected: int
) -> None:
    found = progress(owed, done, YEAR, day)
    assert (found.course, found.expected) == (course, expected)


@pytest.mark.parametrize("owed", [1, 2, 4, 7, 12, 52])
def test_the_next_one_is_due_on_the_day_that_first_calls_for_it(owed: int) -> None:
    year = Span(date(2026, 3, 1), date(2027, 2, 28))
    for done in range(owed):
        day = next_due(owed, done, year)
        assert day is not None
        assert progress(owed, done, year, day, press_days=0).expected == done + 1
        assert progress(owed, done, year, day - timedelta(days=1), press_days=0).expected <= done
    assert next_due(owed, owed, year) is None
    assert next_due(0, 3, year) is None


def test_years_of_a_contract_are_counted_from_its_first_day() -> None:
    assert service_year(date(2025, 3, 1), date(2028, 2, 29), date(2026, 2, 28)).begins == date(2025, 3, 1)
    assert service_year(date(2025, 3, 1), date(2028, 2, 29), date(2026, 3, 1)).begins == date(2026, 3, 1)
    assert service_year(date(2025, 3, 1), date(2026, 2, 28), date(2030, 1, 1)).begins == date(2025, 3, 1)
    assert years_on(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert last_day(date(2026, 3, 1), 1) == date(2027, 2, 28)


def test_what_renews_by_itself_goes_on_by_as_long_as_was_agreed() -> None:
    term = Span(date(2024, 3, 1), date(2025, 2, 28))
    assert goes_on_until(term, date(2026, 11, 24), renews=True) == date(2027, 2, 28)
    assert goes_on_until(term, date(2026, 11, 24), renews=False) == date(2025, 2, 28)
    assert goes_on_until(term, date(2025, 2, 28), renews=True) == date(2025, 2, 28)


def test_whom_the_groups_hold_follows_from_the_chart() -> None:
    assert groups_of(84, ("I10.x00", "E11.9"), 3) == ("age65", "hypertension", "diabetes", "disabled")
    assert groups_of(64, ("J44.1",), 1) == ("copd",)
    assert groups_of(None, (), None) == ()
    assert not Belonging().holds(99, ("I10",), 4), "one that is ticked by hand holds nobody by itself"


def test_a_contract_owes_what_its_package_says(desk: Desk) -> None:
    made = signed(desk)
    assert made.number.startswith("QY-")
    stand = page(desk).stand
    assert stand is not None
    assert (stand.state_words, stand.package, stand.days) == ("签约中", "基础包", "还有 96 天到期")
    assert {one.words: one.progress.owed for one in stand.services}["健康体检"] == 1
    assert stand.owed == sum(one.per_year for one in lists().packages["basic"].services)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"doctor_name": " "}, "doctor_name"),
        ({"begins": None}, "begins"),
        ({"ends": date(2026, 2, 1)}, "ends"),
        ({"ends": date(2031, 2, 1)}, "ends"),
        ({"package": "golden"}, "package"),
        ({"groups": ("nobody",)}, "groups"),
        ({"signer": Signer("", "子", on_paper=True)}, "signer"),
        ({"signer": Signer("李建国", "子")}, "on_paper"),
        ({"services": (Owed("visit", "访视", 999),)}, "services"),
        ({"services": (Owed("visit", "访视", 1), Owed("visit", "访视", 2))}, "services"),
        ({"doctor_phone": "12"}, "phone"),
    ],
)
def test_what_is_wrong_with_a_contract_stands_beside_its_field(
    desk: Desk, said: dict[str, Any], field: str
) -> None:
    assert refused(desk, SignContract(desk.li, form(**said))).field == field


def test_nobody_has_two_contracts_at_a_time(desk: Desk) -> None:
    first = signed(desk)
    refusal = refused(desk, SignContract(desk.li, form(begins=date(2026, 6, 1), ends=date(2027, 5, 31))))
    assert first.number in refusal.text
    signed(desk, desk.wang)
    desk.become(Role.CAREGIVER)
    assert "办理签约" in refused(desk, SignContract(desk.li, form())).text


def test_services_are_delivered_and_counted(desk: Desk) -> None:
    made = signed(desk)
    rid = desk.do(
        DeliverService(made.contract.rid, "check_up", at(5, 30), "陈永康", "血压 138/82，建议复查血糖")
    )
    stand = page(desk).stand
    assert stand is not None
    assert next(one for one in stand.services if one.code == "check_up").progress.words == "1 / 1"
    assert refused(desk, DeliverService(made.contract.rid, "check_up")).field == "extra"
    desk.do(DeliverService(made.contract.rid, "check_up", extra=True))
    assert refused(desk, DeliverService(made.contract.rid, "nursing")).field == "extra"
    desk.do(DeliverService(made.contract.rid, "nursing", extra=True))
    after = page(desk)
    assert after.stand is not None
    extra = next(one for one in after.stand.services if one.extra)
    assert (extra.words, extra.progress.words) == ("上门护理", "1 次")
    assert (after.stand.done, len(after.delivered)) == (1, 3), "what is over and above counts nothing"
    seen = next(one.seen for one in after.delivered if one.seen.rid == rid)
    desk.do(RetractService(seen, "记错老人"))
    assert len(page(desk).delivered) == 2


def test_a_service_lies_within_the_contract_and_not_to_come(desk: Desk) -> None:
    made = signed(desk)
    late = refused(desk, DeliverService(made.contract.rid, "visit", at(9, 30) + timedelta(days=1)))
    assert late.field == "at"
    early = refused(desk, DeliverService(made.contract.rid, "visit", at(9, 30, date(2026, 1, 3))))
    assert "签约期内" in early.text
    desk.do(EndContract(made.contract, DAY - timedelta(days=1), "老人或家属要求解约"))
    assert refused(desk, DeliverService(made.contract.rid, "visit")).field == "at"


def test_the_board_says_who_is_behind_and_who_has_none(desk: Desk) -> None:
    signed(desk)
    board = desk.ask(Contracts())
    assert board.counts["none"] == board.counts["all"] - 1
    assert [one.name for one in desk.ask(Contracts("behind")).lines] == ["李桂兰"]
    assert desk.ask(CountContractWork()) == 1
    assert [one.name for one in desk.ask(Contracts("none", "wsf")).lines] == ["王素芬"]
    assert all("age65" in one.groups for one in desk.ask(Contracts("key")).lines)


def test_a_contract_is_renewed_with_a_number_of_its_own(desk: Desk) -> None:
    made = signed(desk, ends=DAY + timedelta(days=10), renews=True)
    assert not desk.ask(Contracts("due")).lines, "it renews by itself"
    inside = form(begins=DAY, ends=DAY + timedelta(days=300))
    assert refused(desk, RenewContract(made.contract, inside)).field == "begins"
    after = form(begins=DAY + timedelta(days=11), ends=last_day(DAY + timedelta(days=11), 1))
    again = desk.do(RenewContract(made.contract, after))
    assert again.number != made.number
    found = page(desk)
    assert found.stand is not None
    assert (found.stand.number, found.stand.renewed, found.stand.state_words) == (made.number, True, "已续签")
    assert [one.state_words for one in found.others] == ["未生效"]


def test_what_runs_out_is_due_unless_it_renews(desk: Desk) -> None:
    signed(desk, ends=DAY + timedelta(days=10))
    signed(desk, desk.wang, begins=date(2025, 3, 1), ends=date(2026, 2, 28), renews=True)
    assert [one.name for one in desk.ask(Contracts("due")).lines] == ["李桂兰"]
    wang = page(desk, desk.wang).stand
    assert wang is not None
    assert (wang.running, wang.ends, wang.year.begins) == (True, date(2027, 2, 28), date(2026, 3, 1))


def test_a_contract_ends_and_another_may_begin(desk: Desk) -> None:
    made = signed(desk)
    assert refused(desk, EndContract(made.contract, DAY, "")).field == "why"
    assert refused(desk, EndContract(made.contract, DAY + timedelta(days=1), "死亡")).field == "on"
    ended = desk.do(EndContract(made.contract, DAY, "转由其他团队签约"))
    assert page(desk).stand is not None
    signed(desk, begins=DAY + timedelta(days=1), ends=last_day(DAY + timedelta(days=1), 1))
    assert refused(desk, ResumeContract(ended)).field == "begins"


def test_a_contract_is_corrected_with_a_reason_rated_and_taken_back(desk: Desk) -> None:
    made = signed(desk)
    assert refused(desk, ChangeContract(made.contract, form(doctor_name="周敏"), "")).field == "reason"
    seen = desk.do(ChangeContract(made.contract, form(doctor_name="周敏"), "笔误"))
    assert refused(desk, RateSatisfaction(seen, 6)).field == "score"
    seen = desk.do(RateSatisfaction(seen, 5))
    stand = page(desk).stand
    assert stand is not None
    assert (stand.doctor, stand.satisfaction) == ("周敏", 5)
    desk.do(DeliverService(made.contract.rid, "visit"))
    assert "解约" in refused(desk, RetractContract(seen, "录错")).text
    desk.do(RetractService(page(desk).delivered[0].seen, "录错"))
    desk.do(RetractContract(seen, "录错"))
    assert page(desk).stand is None


def test_rates_count_residents_key_groups_services_and_renewals(desk: Desk) -> None:
    made = signed(desk)
    signed(desk, desk.wang, begins=date(2025, 3, 1), ends=date(2026, 2, 28), renews=True)
    before = desk.ask(ContractCoverage())
    assert (before.signed, before.ran_out, before.renewed) == (2, 1, 1)
    desk.do(DeliverService(made.contract.rid, "visit"))
    after = desk.ask(ContractCoverage())
    assert (after.met, after.expected) == (before.met + 1, before.expected)
    assert after.key_signed == after.signed == 2
    assert replace(after, met=0) == replace(before, met=0)


def test_the_workbench_and_the_timeline_tell_of_it(desk: Desk) -> None:
    made = signed(desk, ends=DAY + timedelta(days=10))
    desk.do(DeliverService(made.contract.rid, "visit", at(5, 30), "陈永康", "血压平稳"))
    found = {one.title for one in desk.ask(Today()).todos if one.way.place == "contracts"}
    assert found == {"家庭医生签约待续签", "签约服务落后"}
    desk.do(EndContract(made.contract, DAY, "退住离院"))
    lines = desk.ask(Timeline(desk.li, at(0), at(23)))
    assert {"家庭医生签约", "签约履约", "解约"} <= {one.title for one in lines}
