"""Two signatures: the first freezes, an edit voids it, the second makes the record; then it never changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from app.access.service import CreateStaff, StaffForm
from app.assessments.instruments import Every
from app.assessments.queries import History, LatestLevels
from app.assessments.record_queries import AssessmentRevisions, OpenForm, Revision
from app.assessments.service import Correct, DiscardDraft, Retract, TakeOverDraft
from app.assessments.signoff import SignFirst, SignSecond
from app.compose import Station
from app.core.clock import SetClock
from app.core.errors import Refusal
from app.core.orders import Order, Question, answers, performs
from app.core.roles import Role
from app.core.unit import Reader, Unit
from db.models import AuditLine, Draft, Outbox
from tests.app.assessments.people import GB, Admit, filled, first, save, second, signed
from tests.support.station import PASSWORD, PEOPLE, become


class Traces(Question[tuple[int, tuple[str, ...]]]):
    """Outbox lines of assessments, and the acts of the audit chain."""


@answers(Traces)
def traces(reader: Reader, _question: Traces) -> tuple[int, tuple[str, ...]]:
    waiting = reader.session.scalar(select(func.count()).where(Outbox.kind == "assessment")) or 0
    return waiting, tuple(reader.session.scalars(select(AuditLine.act).order_by(AuditLine.seq)))


class Reasons(Question[tuple[str | None, ...]]):
    """Why each act of the audit chain was done."""


@answers(Reasons)
def reasons(reader: Reader, _question: Reasons) -> tuple[str | None, ...]:
    return tuple(reader.session.scalars(select(AuditLine.reason).order_by(AuditLine.seq)))


def revisions(station: Station, record: UUID) -> tuple[Revision, ...]:
    return station.desk.ask_now(AssessmentRevisions(record))


def test_two_signatures_make_a_record(station: Station) -> None:
    resident = station.desk.do_now(Admit())
    save(station, resident, filled(station, 62, {"A.4.1": ("痴呆F00～F03",)}))
    half = first(station, resident, Role.NURSE)
    assert (half.ordinal, half.complete, half.number) == (1, False, "01-000001")
    assert station.desk.ask_now(History(resident)) == ()  # half signed counts nowhere
    assert station.desk.ask_now(Traces())[0] == 0  # and is not sent
    whole = second(station, resident, Role.ASSESSOR)
    assert (whole.record, whole.ordinal, whole.complete) == (half.record, 2, True)
    (record,) = revisions(station, whole.record)
    assert (record.total, record.initial, record.level, record.state) == (62, 2, 3, "signed")
    assert record.why[-1] == "最终等级为3级 重度失能"
    assert record.answers[0].text == GB.items["B.1.1"].options[0].text
    assert record.information["A.2.1"] == "王桂芳"
    assert record.sub_scores == {"B.1": 32, "B.2": 15, "B.3": 15, "B.4": 0}
    assert record.due_on == date(2027, 11, 24)
    assert [(one.name, one.profession, one.genuine) for one in record.signatures] == [
        ("林晓燕", "护士", True),
        ("沈思远", "评估员", True),
    ]
    assert station.desk.ask_now(LatestLevels((resident,)))[resident].level == 3
    waiting, acts = station.desk.ask_now(Traces())
    assert waiting == 1
    assert [act for act in acts if act.startswith("sign_") and act != "sign_in"] == [
        "sign_first",
        "sign_second",
    ]
    form = station.desk.ask_now(OpenForm(resident))
    assert form.held_by == ""  # the draft has become the record
    assert form.content.occasion == "常规评估"


def test_the_same_person_never_signs_twice(station: Station) -> None:
    resident = station.desk.do_now(Admit())
    save(station, resident, filled(station))
    half = first(station, resident, Role.NURSE)
    with pytest.raises(Refusal, match="林晓燕已经签过名，请另一位评估人员签名"):
        second(station, resident, Role.NURSE)
    assert station.desk.ask_now(OpenForm(resident)).first_signer == "林晓燕"
    assert not half.complete


def test_one_of_the_two_needs_a_clinical_profession(station: Station) -> None:
    form = StaffForm("0611", "方静", frozenset({Role.ASSESSOR}), "社工")
    become(station, Role.ADMINISTRATOR)
    slot = station.keyring.wrap((form.number, form.name), PASSWORD)
    station.desk.do_now(CreateStaff(form, slot, must_change=False))
    become(station, Role.ASSESSOR)
    resident = station.desk.do_now(Admit())
    save(station, resident, filled(station))
    first(station, resident, Role.ASSESSOR)
    with pytest.raises(
        Refusal, match="评估人员是评估员、社工，至少1名须具有医护专业背景（医师、康复治疗师、护士）"
    ):
        station.desk.do_now(SignSecond(resident, GB.code, station.prove("0611", PASSWORD)))
    assert station.desk.do_now(
        SignSecond(resident, GB.code, station.prove(PEOPLE[Role.DOCTOR].number, PASSWORD))
    ).complete


def test_who_may_not_assess_may_not_sign(station: Station) -> None:
    resident = station.desk.do_now(Admit())
    save(station, resident, filled(station))
    with pytest.raises(Refusal, match="马丽没有“做评估”的权限，不能签名"):
        first(station, resident, Role.CAREGIVER)
    first(station, resident, Role.NURSE)
    with pytest.raises(Refusal, match="罗建华没有“做评估”的权限，不能签名"):
        second(station, resident, Role.MANAGER)


def test_a_stale_proof_signs_nothing(station: Station) -> None:
    resident = station.desk.do_now(Admit())
    save(station, resident, filled(station))
    proof = station.prove("0412", PASSWORD)
    assert isinstance(station.clock, SetClock)
    station.clock.forward(timedelta(minutes=3))
    with pytest.raises(Refusal, match="签名确认已过时"):
        station.desk.do_now(SignFirst(resident, GB.code, proof))
    with pytest.raises(Refusal, match="签名确认已过时"):
        station.desk.do_now(SignFirst(resident, GB.code, replace(proof, at=station.clock.now())))


def test_what_is_missing_is_named_at_signing(station: Station) -> None:
    resident = station.desk.do_now(Admit())
    with pytest.raises(Refusal, match="没有可签名的草稿"):
        first(station, resident, Role.NURSE)
    whole = filled(station, 90)
    answers_short = {code: digit for code, digit in whole.answers.items() if code not in ("B.1.2", "B.4.5")}
    facts_short = {code: said for code, said in whole.information.items() if code != "A.2.14.3"}
    coma = {**whole.information, "A.5.11": "有"}
    for content, words, field in [
        (replace(whole, answers=answers_short), "还有2项未评：B.1.2 修饰、B.4.5 社会交往能力", "B.1.2"),
        (replace(whole, answers={}), "还有26项未评：B.1.1 进食、B.1.2 修饰、B.1.3 洗澡等", "B.1.1"),
        (
            replace(whole, information=facts_short),
            "还须填写：A.2.14.3 近30天内照护风险事件：噎食",
            "A.2.14.3",
        ),
        (replace(whole, assessed_on=None), "请填写评估日期", "assessed_on"),
        (replace(whole, occasion=""), "请选择评估原因", "occasion"),
        (replace(whole, occasion="其他"), "请选择评估原因", "occasion"),
        (replace(whole, information=coma), "请核对", None),
    ]:
        save(station, resident, content)
        with pytest.raises(Refusal) as refusal:
            first(station, resident, Role.NURSE)
        assert words in refusal.value.text
        assert refusal.value.field == field
    assert station.desk.ask_now(History(resident)) == ()


def test_a_coma_is_signed_without_items(station: Station) -> None:
    resident = station.desk.do_now(Admit())
    record = signed(station, resident, replace(filled(station, 0, {"A.5.11": "有"}), answers={}))
    (kept,) = revisions(station, record)
    assert (kept.total, kept.initial, kept.level, kept.sub_scores) == (None, None, 4, {})


def test_an_edit_voids_the_first_signature(station: Station) -> None:
    resident = station.desk.do_now(Admit())
    content = filled(station)
    save(station, resident, content)
    half = first(station, resident, Role.NURSE)
    assert not save(station, resident, content)  # saving the same again changes nothing
    assert station.desk.ask_now(OpenForm(resident)).first_signer == "林晓燕"
    with pytest.raises(Refusal, match="林晓燕已签名，请第二位评估人员签名"):
        first(station, resident, Role.DOCTOR)
    assert save(station, resident, replace(content, conclusion="改了一个字。"))
    assert station.desk.ask_now(OpenForm(resident)).first_signer == ""
    with pytest.raises(Refusal, match="没有等待第二位签名的评估"):
        second(station, resident, Role.ASSESSOR)
    again = first(station, resident, Role.NURSE)
    assert (again.record, again.number) == (half.record, half.number)  # numbers are never given twice
    assert second(station, resident, Role.ASSESSOR).complete
    assert revisions(station, half.record)[0].conclusion == "改了一个字。"
    assert station.desk.ask_now(Traces())[0] == 1


def test_a_half_signed_draft_can_be_taken_over_for_the_second_signature(station: Station) -> None:
    resident = station.desk.do_now(Admit())
    save(station, resident, filled(station))
    half = first(station, resident, Role.HEAD_NURSE)
    become(station, Role.ASSESSOR)
    station.desk.do_now(TakeOverDraft(resident, GB.code))
    whole = second(station, resident, Role.ASSESSOR)
    assert whole.record == half.record
    (record,) = revisions(station, whole.record)
    assert [one.name for one in record.signatures] == ["周敏", "沈思远"]
    assert all(one.genuine for one in record.signatures)


@dataclass(frozen=True)
class Tamper(Order[None]):
    """Somebody changes a frozen total in the file itself."""

    resident: UUID


@performs(Tamper)
def tamper(unit: Unit, order: Tamper) -> None:
    draft = unit.session.scalars(select(Draft).where(Draft.subject == order.resident)).one()
    half = draft.content["half"]
    draft.content = {**draft.content, "half": {**half, "row": {**half["row"], "total": 90}}}


def test_frozen_content_that_was_changed_gets_no_second_signature(station: Station) -> None:
    resident = station.desk.do_now(Admit())
    save(station, resident, filled(station))
    first(station, resident, Role.NURSE)
    station.desk.do_now(Tamper(resident))
    with pytest.raises(Refusal, match="内容与林晓燕签名时不一致"):
        second(station, resident, Role.ASSESSOR)
    assert station.desk.ask_now(History(resident)) == ()


def test_the_audit_chain_tells_of_a_void_signature(station: Station) -> None:
    resident = station.desk.do_now(Admit())
    save(station, resident, filled(station))
    first(station, resident, Role.NURSE)
    save(station, resident, filled(station, 50))
    assert station.desk.ask_now(Reasons())[-1] == "内容有改动，林晓燕的首签作废"


def test_discarding_a_half_signed_draft_voids_it_too(station: Station) -> None:
    resident = station.desk.do_now(Admit())
    save(station, resident, filled(station))
    half = first(station, resident, Role.NURSE)
    station.desk.do_now(DiscardDraft(resident, GB.code))
    with pytest.raises(Refusal, match="没有这份评估"):
        revisions(station, half.record)


def test_a_correction_is_a_new_revision_signed_by_two(station: Station) -> None:
    resident = station.desk.do_now(Admit())
    record = signed(station, resident, filled(station, 62))
    begun = station.desk.do_now(Correct(record, "笔误"))
    assert sum(begun.answers.values()) == 62
    assert station.desk.ask_now(LatestLevels((resident,)))[resident].total == 62
    save(station, resident, replace(begun, answers={**begun.answers, "B.4.5": 4}))
    half = first(station, resident, Role.NURSE)
    assert (half.record, half.revision) == (record, 2)
    assert station.desk.ask_now(LatestLevels((resident,)))[resident].total == 62  # until both have signed
    second(station, resident, Role.ASSESSOR)
    new, old = revisions(station, record)
    assert [(one.revision, one.state, one.current, one.total) for one in (new, old)] == [
        (2, "corrected", True, 66),
        (1, "signed", False, 62),
    ]
    assert new.reason == "笔误"
    assert new.number == old.number
    assert all(signature.genuine for one in (new, old) for signature in one.signatures)
    assert station.desk.ask_now(LatestLevels((resident,)))[resident].level == 1
    assert station.desk.ask_now(Traces())[0] == 2
    assert [row.revision for row in station.desk.ask_now(History(resident))] == [2]


@pytest.mark.parametrize("reason", ["", "看错了", "其他", "其他：", "其他： ", "其他：" + "长" * 500])
def test_a_correction_needs_a_known_reason(station: Station, reason: str) -> None:
    record = signed(station, station.desk.do_now(Admit()), filled(station))
    with pytest.raises(Refusal) as refusal:
        station.desk.do_now(Correct(record, reason))
    assert refusal.value.field == "reason"


def test_only_who_may_correct_corrects(station: Station) -> None:
    resident = station.desk.do_now(Admit())
    record = signed(station, resident, filled(station))
    become(station, Role.DOCTOR)
    orders: tuple[Order[Any], ...] = (Correct(record, "笔误"), Retract(record, "笔误"))
    for order in orders:
        with pytest.raises(Refusal, match="您没有“更正已签名的记录”的权限"):
            station.desk.do_now(order)


def test_an_open_draft_stands_before_a_correction(station: Station) -> None:
    resident = station.desk.do_now(Admit())
    record = signed(station, resident, filled(station))
    become(station, Role.NURSE)
    save(station, resident, filled(station, 30))
    become(station, Role.HEAD_NURSE)
    with pytest.raises(Refusal, match=r"草稿由林晓燕持有.*请先签名或放弃这份草稿，再更正"):
        station.desk.do_now(Correct(record, "笔误"))


def test_a_retracted_assessment_counts_nowhere_and_stays_readable(station: Station) -> None:
    resident = station.desk.do_now(Admit())
    older = signed(station, resident, replace(filled(station, 62), assessed_on=date(2026, 5, 20)))
    newer = signed(station, resident, filled(station, 30))
    assert station.desk.ask_now(LatestLevels((resident,)))[resident].record == newer
    station.desk.do_now(Retract(newer, "其他：登记在了别人名下"))
    assert station.desk.ask_now(LatestLevels((resident,)))[resident].record == older
    last, before = revisions(station, newer)
    assert (last.state, last.reason, last.total) == ("retracted", "其他：登记在了别人名下", 30)
    assert (before.state, before.current) == ("signed", False)
    states = {row.level.record: row.state for row in station.desk.ask_now(History(resident))}
    assert states == {newer: "retracted", older: "signed"}
    orders: tuple[Order[Any], ...] = (Retract(newer, "笔误"), Correct(newer, "笔误"))
    for order in orders:
        with pytest.raises(Refusal, match="这份评估已作废"):
            station.desk.do_now(order)


def test_the_author_may_undo_for_ten_minutes(station: Station) -> None:
    become(station, Role.NURSE)
    resident = station.desk.do_now(Admit())
    one = signed(station, resident, filled(station))
    two = signed(station, resident, filled(station, 50))
    station.desk.do_now(Retract(two, "笔误"))
    assert isinstance(station.clock, SetClock)
    station.clock.forward(timedelta(minutes=11))
    with pytest.raises(Refusal, match="您没有“更正已签名的记录”的权限"):
        station.desk.do_now(Retract(one, "笔误"))


def test_what_is_being_corrected_is_not_retracted(station: Station) -> None:
    resident = station.desk.do_now(Admit())
    record = signed(station, resident, filled(station))
    station.desk.do_now(Correct(record, "补充"))
    with pytest.raises(Refusal, match="正在更正"):
        station.desk.do_now(Retract(record, "笔误"))
    become(station, Role.NURSE)
    station.desk.do_now(TakeOverDraft(resident, GB.code))
    station.desk.do_now(DiscardDraft(resident, GB.code))
    become(station, Role.HEAD_NURSE)
    station.desk.do_now(Retract(record, "笔误"))
    assert station.desk.ask_now(LatestLevels((resident,))) == {}


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 11, 24), 12, date(2027, 11, 24)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_the_next_date_is_by_the_calendar(day: date, months: int, later: date) -> None:
    assert Every(months=months).after(day) == later
