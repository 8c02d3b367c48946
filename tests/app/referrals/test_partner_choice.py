"""Where a resident may be sent: what fits first, then the green channel, then the nearest; agreements on their days."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from app.core.unit import Unit
from app.referrals.partners.lists import lists
from app.referrals.queries.partner_choice import PartnersToRefer, PartnerToRefer
from app.referrals.rules.validity import Term, Validity, days_words, used, validity
from db.models import Partner
from tests.app.referrals.house import Desk
from tests.support.acts import Act


def known(desk: Desk, name: str, **columns: Any) -> UUID:
    made: list[UUID] = []

    def write(unit: Unit) -> None:
        row = Partner(**unit.stamp(), revision=1, name=name, **{"kind": "hospital", **columns})
        unit.session.add(row)
        made.append(row.rid)

    desk.do(Act(write))
    return made[0]


def asked(desk: Desk, cause: str = "", resident: UUID | None = None) -> tuple[PartnerToRefer, ...]:
    rows: tuple[PartnerToRefer, ...] = desk.ask(PartnersToRefer(resident, cause))
    return rows


def test_the_green_channel_comes_first_and_says_until_when(desk: Desk) -> None:
    first = asked(desk)[0]
    assert (first.rid, first.green, first.pay_later) == (desk.hospital, True, True)
    assert first.agreement_words == "绿色通道协议到 2027-06-30"
    assert {one.agreement_words for one in asked(desk)[1:]} == {"没有有效协议"}


def test_who_cannot_take_the_cause_comes_last_and_says_why(desk: Desk) -> None:
    near = known(desk, "近处医院", minutes=3, distance_km=1.25, capabilities=["trauma"])
    able = known(desk, "胸科医院", minutes=30, capabilities=["respiratory"])
    cause = next(iter(lists().capabilities["respiratory"].causes))
    rows = asked(desk, cause)
    assert rows[-1].rid == near
    assert (rows[-1].fits, rows[-1].why_not) == (False, "无呼吸重症床位 · 不合适")
    assert rows[-1].way_words == "1.25 km · 约 3 分钟"
    assert next(one for one in rows if one.rid == able).fits


def test_nobody_is_sent_to_who_has_ended_or_to_an_ambulance(desk: Desk) -> None:
    known(desk, "停业医院", ended_on=date(2026, 1, 1))
    known(desk, "120 急救中心", kind="emergency")
    assert {one.name for one in asked(desk)}.isdisjoint({"停业医院", "120 急救中心"})


def test_where_a_resident_was_sent_before_is_said(desk: Desk) -> None:
    desk.away()
    rows = {one.rid: one.last_on for one in asked(desk, resident=desk.li)}
    assert rows[desk.hospital] is not None
    assert all(one.last_on is None for one in asked(desk, resident=desk.wang))


TERM = Term(date(2026, 1, 1), date(2026, 12, 31), remind=60)


@pytest.mark.parametrize(
    ("day", "state", "words"),
    [
        (date(2025, 12, 31), Validity.COMING, "还有 365 天到期"),
        (date(2026, 1, 1), Validity.VALID, "还有 364 天到期"),
        (date(2026, 11, 1), Validity.SOON, "还有 60 天到期"),
        (date(2026, 10, 31), Validity.VALID, "还有 61 天到期"),
        (date(2026, 12, 31), Validity.SOON, "今天到期"),
        (date(2027, 1, 1), Validity.OVER, "过期 1 天"),
    ],
)
def test_how_an_agreement_stands_on_its_days(day: date, state: Validity, words: str) -> None:
    assert (validity(TERM, day), days_words(TERM, day)) == (state, words)


def test_one_that_ended_before_its_time_holds_no_more_from_that_day() -> None:
    term = Term(date(2026, 1, 1), date(2026, 12, 31), ended=date(2026, 5, 1))
    assert validity(term, date(2026, 4, 30)) is Validity.VALID
    assert validity(term, date(2026, 5, 1)) is Validity.ENDED
    assert days_words(term, date(2026, 5, 1)) == ""


def test_without_an_end_it_is_valid_for_good() -> None:
    assert validity(Term(date(2020, 1, 1)), date(2030, 1, 1)) is Validity.VALID
    assert used(Term(date(2020, 1, 1)), date(2030, 1, 1)) is None
    assert used(TERM, date(2026, 7, 2)) == pytest.approx(0.5, abs=0.01)
