"""Risks: from the newest result of every instrument, the graver wins, with its record; the old journal counts on."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from app.assessments.service import Correct, Retract
from app.compose import Station
from app.core.clock import SetClock
from app.core.errors import Refusal
from app.journals import AddEntry
from app.journals.journal_file import journal_called
from app.journals.queries import Signs
from app.residents.queries import BedBoard, ResidentList, StayTodos
from app.residents.queries.risks import NINE_RISK, Risk
from app.residents.risk_codes import risk_codes
from tests.app.assessments.measured import (
    HIGH_FALL,
    MORSE,
    NINE,
    NO_FALL,
    SOME_FALL,
    assessed,
    checked,
    refused,
)
from tests.app.journals.old import WroteThen
from tests.ui.residents.stage import people


def old_check(**said: str) -> dict[str, str | tuple[str, ...]]:
    """An entry of the old journal in which only these were found."""
    content: dict[str, str | tuple[str, ...]] = {}
    for field in journal_called(NINE_RISK).fields:
        if field.choices:
            content[field.key] = said.get(field.key, "none")
        elif said.get(field.key.removesuffix("_measures"), "none") in ("guard", "high"):
            content[field.key] = "有人陪同"
    return content


def risks_of(station: Station) -> list[list[tuple[str, bool]]]:
    """What the list says; the board says the same."""
    rows = station.desk.ask_now(ResidentList()).rows
    board = station.desk.ask_now(BedBoard())
    beds = [bed for room in board.rooms for bed in room.beds]
    on_board = {bed.who.rid: bed.who.risks for bed in beds if bed.who is not None}
    assert {row.rid: row.risks for row in rows} == on_board
    return [[(risk.key, risk.high) for risk in row.risks] for row in rows]


def risk(station: Station, key: str) -> Risk:
    rows = station.desk.ask_now(ResidentList()).rows
    return next(one for one in rows[0].risks if one.key == key)


def write_old(station: Station, rid: UUID, **said: str) -> UUID:
    return station.desk.do_now(WroteThen(AddEntry(rid, NINE_RISK, old_check(**said))))


def test_the_high_ones_first_and_nothing_of_who_has_none(station: Station) -> None:
    first, second, _third = people(station, 3)
    assessed(station, first, NINE, checked(fall=2, choking=1, scald=2))
    assessed(station, second, NINE, checked())
    assert risks_of(station) == [[("scald", True), ("fall", True), ("choking", False)], [], []]


def test_the_graver_of_two_instruments_wins_and_is_named(station: Station) -> None:
    (rid,) = people(station, 1)
    assessed(station, rid, NINE, checked(fall=1))
    record = assessed(station, rid, MORSE, HIGH_FALL)
    behind = risk(station, "fall").behind
    assert (behind.record, behind.instrument, behind.total, behind.finding) == (
        record, "morse", 55, "高风险",
    )  # fmt: skip
    assert behind.on == date(2026, 11, 24)
    assert risks_of(station) == [[("fall", True)]]


def test_a_newer_result_takes_the_place_of_the_one_before_and_a_retracted_one_gives_it_back(
    station: Station,
) -> None:
    (rid,) = people(station, 1)
    assessed(station, rid, MORSE, HIGH_FALL, date(2026, 11, 20))
    newer = assessed(station, rid, MORSE, NO_FALL)
    assert risks_of(station) == [[]]
    station.desk.do_now(Retract(newer, "笔误"))
    assert risks_of(station) == [[("fall", True)]]


def test_an_assessment_dated_earlier_but_signed_later_does_not_count(station: Station) -> None:
    (rid,) = people(station, 1)
    assessed(station, rid, MORSE, HIGH_FALL)
    assessed(station, rid, MORSE, NO_FALL, date(2026, 11, 20))
    assert risks_of(station) == [[("fall", True)]]


def test_a_refused_assessment_takes_no_risk_away(station: Station) -> None:
    (rid,) = people(station, 1)
    assessed(station, rid, MORSE, HIGH_FALL, date(2026, 11, 20))
    refused(station, rid, MORSE, "拒绝评估：今天不愿意")
    assert risks_of(station) == [[("fall", True)]]


def test_a_correction_counts_only_once_it_is_signed(station: Station) -> None:
    (rid,) = people(station, 1)
    record = assessed(station, rid, MORSE, HIGH_FALL)
    station.desk.do_now(Correct(record, "笔误"))
    assert risks_of(station) == [[("fall", True)]]
    assessed(station, rid, MORSE, SOME_FALL)
    assert risks_of(station) == [[("fall", False)]]
    assert risk(station, "fall").behind.record == record


def test_an_old_entry_counts_until_the_instrument_is_filled_in(station: Station) -> None:
    (rid,) = people(station, 1)
    entry = write_old(station, rid, fall="high", wandering="guard", activity="unassessed")
    assert risks_of(station) == [[("fall", True), ("wandering", False)]]
    assert risk(station, "fall").behind.entry
    assert risk(station, "fall").behind.record == entry
    assert [sign.words for sign in station.desk.ask_now(Signs(rid))] == ["未评估：文娱活动意外"]
    assessed(station, rid, NINE, checked(choking=1))
    assert risks_of(station) == [[("choking", False)]]
    assert station.desk.ask_now(Signs(rid)) == ()


def test_what_nobody_has_checked_stays_in_sight(station: Station) -> None:
    (rid,) = people(station, 1)
    assert [sign.words for sign in station.desk.ask_now(Signs(rid))] == ["九防未评估"]
    refused(station, rid, NINE, "无法配合")
    assert [sign.words for sign in station.desk.ask_now(Signs(rid))] == ["九防未评估"]
    assert "九防评估未做" in station.desk.ask_now(StayTodos(rid))[0].words
    record = assessed(station, rid, NINE, checked())
    assert station.desk.ask_now(Signs(rid)) == ()
    assert "九防评估未做" not in station.desk.ask_now(StayTodos(rid))[0].words
    station.desk.do_now(Retract(record, "笔误"))
    assert [sign.words for sign in station.desk.ask_now(Signs(rid))] == ["九防未评估"]
    assert "九防评估未做" in station.desk.ask_now(StayTodos(rid))[0].words


def test_the_old_journal_takes_nothing_new(station: Station) -> None:
    (rid,) = people(station, 1)
    with pytest.raises(Refusal, match="“九防评估”不再登记新的：改用评估里的“九防评估”"):
        station.desk.do_now(AddEntry(rid, NINE_RISK, old_check()))


def test_the_newest_of_equal_records_is_behind(station: Station) -> None:
    (rid,) = people(station, 1)
    assessed(station, rid, NINE, checked(fall=2), date(2026, 11, 20))
    assert isinstance(station.clock, SetClock)
    station.clock.forward(timedelta(hours=1))
    record = assessed(station, rid, MORSE, HIGH_FALL)
    assert risk(station, "fall").behind.record == record


def test_every_risk_has_its_words_and_the_old_journal_knows_the_nine() -> None:
    fields = {field.key for field in journal_called(NINE_RISK).fields if field.choices}
    assert fields == {item.risk for item in NINE.items.values()}
    assert fields < set(risk_codes())
    assert all(one.sign and one.icon and one.goal for one in risk_codes().values())
