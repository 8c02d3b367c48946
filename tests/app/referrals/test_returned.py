"""After the return: papers asked for on their days, parts of the assessment proved by the chart, deadlines, the end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.core.errors import Refusal
from app.core.roles import Role
from app.history.timeline import Timeline
from app.journals.service import AddEntry
from app.medication.reconciling import Decide, ListDischarge, Listed, ReconciliationOf, SignReconciliation
from app.referrals.coming_back import (
    AddFile,
    Chase,
    CountOpenReturns,
    DropFile,
    FinishAssessment,
    NoteAssessed,
    NotePaper,
    OpenReturns,
    RecordReturn,
    ReturnForm,
    ReturnOf,
    ReturnRow,
)
from app.referrals.coming_back.lists import lists
from app.referrals.revising import Seen
from app.referrals.rules.returning import Chasing, next_chase, span_words
from app.referrals.rules.states import Status
from app.today.board import Today
from app.vitals.rules.measured import Measured
from app.vitals.service import RecordSet
from tests.app.assessments.dues import assessed
from tests.app.referrals.house import DAY, Desk, at
from tests.app.referrals.test_returns import lay_in

NEXT = DAY + timedelta(days=7)
SIGNS = (
    Measured("temperature", 36.6),
    Measured("pulse", 82),
    Measured("respiration", 18),
    Measured("blood_pressure", 128, 76),
    Measured("spo2", 96),
)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


@pytest.fixture
def back(desk: Desk) -> Desk:
    """李桂兰 came back at 13:20 with a few papers."""
    desk.become(Role.NURSE)
    desk.treated()
    desk.put(13, 20, NEXT)
    desk.do(RecordReturn(desk.li, ReturnForm("paper", diagnoses="肺炎", course="抗感染 7 天")))
    return desk


def row(desk: Desk) -> ReturnRow:
    found = desk.ask(ReturnOf(desk.li)).row
    assert found is not None
    return found  # type: ignore[no-any-return]  # the desk of the test answers anything


def chase(desk: Desk) -> Chasing:
    found = row(desk).chase
    assert found is not None
    return found


def paper(desk: Desk, code: str) -> Any:
    return next(one for one in row(desk).papers if one.code == code)


def item(desk: Desk, code: str) -> Any:
    return next(one for one in row(desk).items if one.code == code)


@pytest.mark.parametrize(
    ("asked", "today", "on", "late"),
    [
        ((), 0, 1, False),
        ((), 1, 1, False),
        ((), 5, 1, True),
        ((0,), 0, 1, False),
        ((1,), 1, 3, False),
        ((2,), 2, 3, False),
        ((5,), 5, 7, False),
        ((1, 7), 8, 14, False),
        ((20,), 20, 21, False),
        ((21,), 40, 28, True),
    ],
)
def test_papers_are_asked_for_on_their_days_and_never_lapse(
    asked: tuple[int, ...], today: int, on: int, *, late: bool
) -> None:
    day = date(2026, 11, 21)
    found = next_chase(
        day, [day + timedelta(days=one) for one in asked], (1, 3, 7), 7, day + timedelta(days=today)
    )
    assert (found.on, found.late) == (day + timedelta(days=on), late)


def test_a_span_is_said_as_people_say_it() -> None:
    now = at(12)
    assert span_words(now + timedelta(hours=1, minutes=48), now) == "还有 1 小时 48 分"
    assert span_words(now - timedelta(minutes=35), now) == "超时 35 分"
    assert span_words(now - timedelta(days=3), now) == "超时 3 天"
    assert span_words(now + timedelta(hours=23, minutes=10), now) == "还有 23 小时"


def test_what_stands_in_the_form_is_here_and_the_rest_is_owed(back: Desk) -> None:
    here = {one.code for one in row(back).papers if not one.owed}
    assert here == {"diagnoses", "course"}
    assert paper(back, "diagnoses").by_itself
    rid = row(back).rid
    back.do(NotePaper(rid, ("record", "labs"), "here"))
    back.do(NotePaper(rid, ("operation",), "not_needed", "没有手术"))
    back.do(NotePaper(rid, ("medicines",), "missing", "科室说周三补"))
    assert (paper(back, "record").state, paper(back, "operation").note) == ("here", "没有手术")
    assert paper(back, "medicines").owed
    back.do(NotePaper(rid, ("labs",), "open"))
    assert paper(back, "labs").owed
    with pytest.raises(Refusal, match="没有变化"):
        back.do(NotePaper(rid, ("labs",), "open"))
    with pytest.raises(Refusal, match="清单里没有"):
        back.do(NotePaper(rid, ("nothing",), "here"))


def test_papers_are_chased_until_they_come(back: Desk) -> None:
    rid = row(back).rid
    assert chase(back).on == NEXT + timedelta(days=1)
    back.put(9, 0, NEXT + timedelta(days=2))
    assert chase(back).late
    with pytest.raises(Refusal, match="答复") as refused:
        back.do(Chase(rid, "phone", "呼吸科 刘志远", ""))
    assert refused.value.field == "answer"
    with pytest.raises(Refusal, match="早于返院"):
        back.do(Chase(rid, "phone", "刘志远", "周三寄", at(8, 0, NEXT)))
    back.do(Chase(rid, "phone", "呼吸科 刘志远", "周三前寄出"))
    chased = row(back).chased[0]
    assert (chased.how, chased.whom, chased.answer) == ("电话", "呼吸科 刘志远", "周三前寄出")
    assert chase(back).on == NEXT + timedelta(days=3)
    back.do(NotePaper(rid, tuple(lists().papers), "here"))
    assert row(back).chase is None


def test_a_photographed_paper_is_kept_once(back: Desk) -> None:
    rid = row(back).rid
    back.do(AddFile(rid, PNG, "出院小结"))
    [kept] = row(back).files
    assert kept.words == "出院小结"
    with pytest.raises(Refusal, match="已经存过"):
        back.do(AddFile(rid, PNG, "出院小结"))
    with pytest.raises(Refusal, match="PDF 文件，或 JPEG、PNG"):
        back.do(AddFile(rid, b"GIF89a", "出院小结"))
    with pytest.raises(Refusal, match="最多 8 MB") as large:
        back.do(AddFile(rid, b"%PDF-" + bytes(8_000_000), "影像报告"))
    assert large.value.field == "photo"
    back.do(AddFile(rid, b"%PDF-1.7", "出院小结"))
    assert len(row(back).files) == 2
    back.do(DropFile(rid, row(back).files[1].sha256))
    back.do(DropFile(rid, kept.sha256))
    assert row(back).files == ()


def test_the_chart_ticks_the_assessment_by_itself(back: Desk) -> None:
    assert {one.code for one in row(back).items if one.done} == set()
    back.put(13, 40, NEXT)
    back.do(RecordSet(back.li, at(13, 5, NEXT), SIGNS[:4]))
    assert not item(back, "vitals").done
    assert item(back, "vitals").missing == "血氧饱和度"
    back.do(RecordSet(back.li, at(13, 40, NEXT), (SIGNS[4], Measured("consciousness", words="A"))))
    vitals = item(back, "vitals")
    assert vitals.done
    assert "血压 128/76 mmHg" in vitals.words
    assert item(back, "consciousness").done
    back.do(AddEntry(back.li, "skin", {"site": ("sacrum",), "stage": "1"}))
    assert item(back, "skin").kind == "entry"
    assessed(back.station, back.li, "braden", NEXT, hour=6)
    assert item(back, "pressure").words == "Braden压疮 低风险"
    assert {one.code for one in row(back).items if one.done} == {
        "vitals",
        "consciousness",
        "skin",
        "pressure",
    }


def test_what_was_measured_before_the_hospital_counts_for_nothing(desk: Desk) -> None:
    desk.become(Role.NURSE)
    desk.put(9, 30)
    desk.do(RecordSet(desk.li, at(9, 20), SIGNS))
    desk.treated()
    desk.put(10)
    desk.do(RecordReturn(desk.li, ReturnForm("told")))
    assert not item(desk, "vitals").done


def test_deadlines_pass(back: Desk) -> None:
    assert not row(back).late
    back.put(15, 21, NEXT)
    late = {one.code for one in row(back).items if one.late}
    assert late == {"vitals", "consciousness", "skin", "tubes"}
    back.put(13, 21, NEXT + timedelta(days=1))
    assert all(one.late for one in row(back).items)


def test_the_assessment_ends_when_nothing_is_open_and_the_medicines_are_reconciled(back: Desk) -> None:
    rid = row(back).rid
    with pytest.raises(Refusal, match="生命体征、意识"):
        back.do(FinishAssessment(Seen(rid, row(back).revision)))
    listed = (Listed("头孢呋辛酯片", dose="0.25 g", frequency="bid"),)
    back.do(ListDischarge(back.li, lay_in(back), "list", listed, "安和市第一人民医院"))
    for one in row(back).items:
        if one.code != "reconcile":
            back.do(NoteAssessed(rid, one.code, one.says[0] if one.says else "看过"))
    assert row(back).reconciled == "open"
    with pytest.raises(Refusal, match="还没有完成：用药重整"):
        back.do(FinishAssessment(Seen(rid, row(back).revision)))
    with pytest.raises(Refusal, match="医师签名"):
        back.do(NoteAssessed(rid, "reconcile", "看过"))
    decided = Decide(back.li, lay_in(back), "drop", item="", why="已停", doctor_name="刘志远")
    key = back.ask(ReconciliationOf(back.li)).rows[0].key
    back.do(replace(decided, item=key))
    back.become(Role.DOCTOR)
    back.do(SignReconciliation(back.li, lay_in(back), back.proof(Role.DOCTOR)))
    back.become(Role.NURSE)
    back.put(16, 0, NEXT)
    back.do(FinishAssessment(Seen(rid, row(back).revision)))
    done = row(back)
    assert done.assessed_at == at(16, 0, NEXT)
    assert item(back, "tubes").words == "没有管路"
    assert item(back, "reconcile").words == "医师已签名"
    assert back.ask(ReturnOf(back.li)).sent.status == Status.ASSESSED
    assert not paper(back, "medicines").owed
    assert back.ask(CountOpenReturns()) == 0  # papers are asked for from tomorrow
    assert [one.row.rid for one in back.ask(OpenReturns())] == [rid]
    with pytest.raises(Refusal, match="已经完成"):
        back.do(FinishAssessment(Seen(rid, done.revision)))


def test_where_no_medicine_is_known_somebody_says_that_there_is_none(back: Desk) -> None:
    rid = row(back).rid
    assert not item(back, "reconcile").done
    back.do(NoteAssessed(rid, "reconcile", item(back, "reconcile").says[0]))
    assert item(back, "reconcile").done


def test_words_can_be_taken_back(back: Desk) -> None:
    rid = row(back).rid
    back.do(NoteAssessed(rid, "skin", "全身皮肤完整"))
    assert item(back, "skin").said
    back.do(NoteAssessed(rid, "skin", ""))
    assert not item(back, "skin").done


def test_the_workbench_and_the_timeline_tell_of_it(back: Desk) -> None:
    board = back.ask(Today())
    tile = next(one for one in board.tiles if one.key == "returns")
    assert (tile.number, tile.urgent) == ("1", False)
    todo = next(one for one in board.todos if one.title == "李桂兰 返院评估")
    assert (todo.when, todo.way.place) == ("还有 2 小时", "referral-return")
    back.put(15, 30, NEXT)
    todo = next(one for one in back.ask(Today()).todos if one.title == "李桂兰 返院评估")
    assert (todo.badge, todo.when) == ("超时", "超时 10 分")
    told = [one.title for one in back.ask(Timeline(back.li, at(0), at(0, 0, NEXT + timedelta(days=1))))]
    assert "返院回转" in told
