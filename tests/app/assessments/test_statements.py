"""What is said of a signed assessment: consent, refusal, doubt, informant, another opinion; corrected, taken back."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from app.assessments.due.queries import DuesOf
from app.assessments.due.rows import DueRow
from app.assessments.record_queries import AssessmentRevisions, OpenForm
from app.assessments.service import Correct, Retract, SaveDraft
from app.assessments.signoff import SignSecond
from app.assessments.statements import (
    CorrectSaid,
    Doubts,
    RetractSaid,
    Said,
    Say,
    StatementRow,
    StatementsOf,
    consent_of,
)
from app.compose import Station
from app.core.clock import SetClock
from app.core.errors import Refusal
from app.core.roles import Role
from app.history.record import RecordHistory
from tests.app.assessments.measured import HIGH_FALL, MORSE, NO_FALL, assessed, refused
from tests.app.assessments.people import GB, Admit, filled, first, save, signed
from tests.support.station import PASSWORD, PEOPLE, become

SELF, SON = Said("王桂芳", "本人"), Said("王建国", "子")
DRAWN = (((100, 50), (400, 250)), ((600, 40), (1000, 300)))


@pytest.fixture
def rid(station: Station) -> UUID:
    return station.desk.do_now(Admit())


def said(station: Station, record: UUID) -> tuple[StatementRow, ...]:
    return station.desk.ask_now(StatementsOf(record))


def forward(station: Station, **much: int) -> None:
    assert isinstance(station.clock, SetClock)
    station.clock.forward(timedelta(**much))


def test_consent_with_a_drawn_signature(station: Station, rid: UUID) -> None:
    record = signed(station, rid, filled(station, 62))
    station.desk.do_now(Say(record, "agree", Said("王桂芳", "本人", "", DRAWN)))
    (row,) = said(station, record)
    assert (row.what, row.name, row.relation, row.drawn, row.by) == (
        "agree", "王桂芳", "本人", DRAWN, "周敏",
    )  # fmt: skip
    assert consent_of(said(station, record)) == row


def test_the_last_word_holds_and_both_stay(station: Station, rid: UUID) -> None:
    record = signed(station, rid, filled(station, 62))
    station.desk.do_now(Say(record, "agree", SELF))
    forward(station, minutes=5)
    station.desk.do_now(Say(record, "refuse", Said("王建国", "子", "等级定低了")))
    rows = said(station, record)
    assert [row.what for row in rows] == ["agree", "refuse"]
    holding = consent_of(rows)
    assert holding is not None
    assert holding.words == "等级定低了"
    station.desk.do_now(RetractSaid(holding.seen, "登记错了人"))
    rows = said(station, record)
    assert rows[1].retracted
    assert rows[1].reason == "撤回：登记错了人"
    assert consent_of(rows) == rows[0]


def test_consent_to_another_level_is_no_consent_to_this_one(station: Station, rid: UUID) -> None:
    record = assessed(station, rid, MORSE, NO_FALL)
    station.desk.do_now(Say(record, "agree", SELF))
    forward(station, minutes=5)
    station.desk.do_now(Correct(record, "笔误"))
    assert consent_of(said(station, record)) is not None  # the correction is not signed yet
    assessed(station, rid, MORSE, HIGH_FALL)
    (row,) = said(station, record)
    assert row.earlier
    assert consent_of((row,)) is None
    forward(station, minutes=5)
    station.desk.do_now(Say(record, "agree", SELF))
    assert consent_of(said(station, record)) is not None


def test_a_doubt_stands_until_a_later_assessment(station: Station, rid: UUID) -> None:
    record = assessed(station, rid, MORSE, HIGH_FALL, date(2026, 11, 20))
    station.desk.do_now(Say(record, "doubt", Said("王建国", "子", "她没有摔过")))
    (doubt,) = station.desk.ask_now(Doubts())
    assert (doubt.resident, doubt.instrument, doubt.record, doubt.on) == (
        rid, "morse", record, date(2026, 11, 24),
    )  # fmt: skip
    forward(station, hours=1)
    assessed(station, rid, MORSE, NO_FALL, date(2026, 11, 23))  # signed later, but of a day before the doubt
    refused(station, rid, MORSE)
    signed(station, rid, filled(station, 62))  # another instrument
    assert station.desk.ask_now(Doubts(rid)) == (doubt,)
    newer = assessed(station, rid, MORSE, NO_FALL)
    assert station.desk.ask_now(Doubts()) == ()
    station.desk.do_now(Retract(newer, "笔误"))
    assert station.desk.ask_now(Doubts()) == (doubt,)
    (row,) = said(station, record)
    station.desk.do_now(RetractSaid(row.seen, "家属已了解"))
    assert station.desk.ask_now(Doubts()) == ()


def test_a_doubt_about_what_was_retracted_asks_for_nothing(station: Station, rid: UUID) -> None:
    record = assessed(station, rid, MORSE, HIGH_FALL)
    station.desk.do_now(Say(record, "doubt", Said("王建国", "子", "她没有摔过")))
    station.desk.do_now(Retract(record, "笔误"))
    assert station.desk.ask_now(Doubts()) == ()
    with pytest.raises(Refusal, match="已作废"):
        station.desk.do_now(Say(record, "agree", SELF))


@pytest.mark.parametrize(
    ("what", "statement", "field"),
    [
        ("agree", Said("", "本人"), "name"),
        ("agree", Said("王桂芳", " "), "relation"),
        ("refuse", SON, "words"),
        ("doubt", SON, "words"),
        ("informant", Said("长" * 41, "子"), "name"),
        ("informant", Said("王建国", "长" * 21), "relation"),
        ("agree", Said("王建国", "子", "长" * 501), "words"),
        ("agree", Said("王建国", "子", "", (((0, 301),),)), "drawn"),
        ("agree", Said("王建国", "子", "", (((-1, 0),),)), "drawn"),
        ("agree", Said("王建国", "子", "", (((0, 0),),) * 81), "drawn"),
        ("care", SELF, None),
        ("anything", SELF, None),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    station: Station, rid: UUID, what: str, statement: Said, field: str | None
) -> None:
    record = signed(station, rid, filled(station, 62))
    with pytest.raises(Refusal) as refusal:
        station.desk.do_now(Say(record, what, statement))
    assert refusal.value.field == field
    assert said(station, record) == ()


def test_pressed_twice_it_is_said_once(station: Station, rid: UUID) -> None:
    record = signed(station, rid, filled(station, 62))
    station.desk.do_now(Say(record, "agree", SELF))
    with pytest.raises(Refusal, match="刚登记过同样的内容"):
        station.desk.do_now(Say(record, "agree", SELF))
    assert len(said(station, record)) == 1


def test_a_statement_is_corrected_with_a_reason_and_keeps_what_it_said(station: Station, rid: UUID) -> None:
    record = signed(station, rid, filled(station, 62))
    station.desk.do_now(Say(record, "informant", Said("王建国", "女")))
    (row,) = said(station, record)
    with pytest.raises(Refusal) as refusal:
        station.desk.do_now(CorrectSaid(row.seen, SON, ""))
    assert refusal.value.field == "reason"
    with pytest.raises(Refusal, match="没有变化"):
        station.desk.do_now(CorrectSaid(row.seen, Said("王建国", "女"), "笔误"))
    station.desk.do_now(CorrectSaid(row.seen, SON, "笔误"))
    with pytest.raises(Refusal, match="刚被周敏改过"):
        station.desk.do_now(CorrectSaid(row.seen, SELF, "笔误"))
    (row,) = said(station, record)
    assert (row.relation, row.corrected, row.reason) == ("子", True, "笔误")
    story = station.desk.ask_now(RecordHistory("assessment_statement", row.seen.rid))
    assert story.title == "评估意见"
    assert len(story.versions) == 2


def test_who_may_write_down_what(station: Station, rid: UUID) -> None:
    record = signed(station, rid, filled(station, 62))
    become(station, Role.CAREGIVER)
    with pytest.raises(Refusal, match="您没有“做评估”的权限"):
        station.desk.do_now(Say(record, "agree", SELF))


def test_another_opinion_is_an_assessors_own(station: Station, rid: UUID) -> None:
    record = signed(station, rid, filled(station, 62))
    opinion = Said("谁都可以", "护士", "行走应为 2 分")
    with pytest.raises(Refusal, match="只有在这份评估上签名的评估人员"):
        station.desk.do_now(Say(record, "assessor", opinion))
    become(station, Role.ASSESSOR)
    station.desk.do_now(Say(record, "assessor", opinion))
    (row,) = said(station, record)
    assert (row.name, row.relation, row.words) == ("沈思远", "评估员", "行走应为 2 分")


def test_the_second_assessor_signs_and_disagrees_in_one_act(station: Station, rid: UUID) -> None:
    save(station, rid, filled(station, 62))
    first(station, rid, Role.NURSE)
    proof = station.prove(PEOPLE[Role.ASSESSOR].number, PASSWORD)
    with pytest.raises(Refusal) as refusal:
        station.desk.do_now(SignSecond(rid, GB.code, proof, "长" * 501))
    assert refusal.value.field == "words"
    assert station.desk.ask_now(OpenForm(rid)).first_signer == "林晓燕"  # nothing was signed
    done = station.desk.do_now(SignSecond(rid, GB.code, proof, "我认为是重度失能"))
    (row,) = said(station, done.record)
    assert (row.what, row.name, row.words) == ("assessor", "沈思远", "我认为是重度失能")
    (revision,) = station.desk.ask_now(AssessmentRevisions(done.record))
    assert revision.level == 2  # the record stands
    assert all(one.genuine for one in revision.signatures)


def test_gbt42195_refuses_who_is_not_sixty(station: Station) -> None:
    young = station.desk.do_now(Admit("01-000002", "方静", "2号楼 312-2", born=date(1966, 11, 25)))
    with pytest.raises(Refusal, match="59岁"):
        station.desk.ask_now(OpenForm(young))
    station.desk.do_now(SaveDraft(young, GB.code, filled(station, 62)))
    with pytest.raises(Refusal, match="59岁"):
        first(station, young, Role.NURSE)
    forward(station, days=1)  # the birthday
    assert station.desk.ask_now(OpenForm(young)).content.answers
    assert first(station, young, Role.NURSE).ordinal == 1


def test_without_a_birth_date_the_age_is_asked_for(station: Station) -> None:
    nobody = station.desk.do_now(Admit("01-000003", "何梅", "2号楼 312-3", born=None))
    with pytest.raises(Refusal, match="档案里没有出生日期"):
        station.desk.ask_now(OpenForm(nobody))


def doubted(station: Station, rid: UUID) -> list[DueRow]:
    """What is due because somebody doubts a result."""
    rows = station.desk.ask_now(DuesOf(rid))
    return [row for row in rows if any(cause.words.startswith("有疑问") for cause in row.causes)]


def test_a_doubt_makes_the_assessment_due_again(station: Station, rid: UUID) -> None:
    record = signed(station, rid, filled(station, 62))
    assert not doubted(station, rid)
    forward(station, days=3)
    station.desk.do_now(Say(record, "doubt", Said("王建国", "子", "走路比说的差")))
    (row,) = doubted(station, rid)
    assert (row.instrument, row.occasion) == (GB.code, "因对评估结果有疑问进行的复评")
    forward(station, days=1)
    signed(station, rid, filled(station, 55))
    assert not doubted(station, rid)
