"""The whole way, there and back, by real keys in the real window, with nothing but this computer: what each leg leaves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.care.rules.slots import SlotState
from app.core.roles import Role
from app.medication.reconciling import OpenReconciliations
from app.medication.rules.slots import DoseState
from app.referrals.coming_back import ReturnOf, ReturnRow
from app.referrals.rules.states import Status
from app.rehab.rules.sessions import SessionState
from app.residents.queries.beds import BedBoard
from app.vitals.service import RecordSet
from tests.app.referrals.house import DAY, Desk, at
from tests.app.referrals.test_returned import SIGNS
from tests.ui.assessments.room import keys
from tests.ui.medication.order_room import prove
from tests.ui.referrals.form_room import ALT, CTRL, hold
from tests.ui.referrals.paper_room import saved_as_pdf, to_the_paper
from tests.ui.referrals.room import Stage, back, hit, sheet, until
from tests.ui.referrals.way_reconciling import decide_all, list_typed
from tests.ui.referrals.way_room import BACK, NEXT, Way, done, led, way_of
from ui.forms.act_sheet import ActSheet
from ui.kit import Sheet
from ui.medication.reconcile_view import ReconcileView
from ui.medication.round_view import RoundView
from ui.referrals.follow_signed_sheet import SignedSheet
from ui.referrals.follow_view import FollowView
from ui.referrals.return_view import ReturnView
from ui.residents.chart_view import ChartView

K = Qt.Key
MOST = {"pack": 5, "there": 8, "return": 5, "assessed": 26, "archive": 2}
"""Keys beside typing that a leg takes at most."""


async def test_there_and_back_again(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    way = way_of(desk)
    await _sent(way, tmp_path)
    await _approved(way)
    await _away(way)
    await _returned(way)
    await _held(way)
    await _reconciled(way)
    await _given_again(way)
    await _assessed(way)
    assert {leg: way.keys[leg] for leg, most in MOST.items() if way.keys[leg] > most} == {}


async def _sent(way: Way, folder: Path) -> None:
    """From the chart to the pack as a PDF, then out of the house and into other hands."""
    async with way.at(Role.NURSE, "chart", ChartView, resident=way.desk.li) as (stage, chart):
        await until(lambda: chart.chart is not None)
        count = await to_the_paper(stage, chart, green=True)
        way.keys["pack"] = count + await saved_as_pdf(stage, chart)
        await stage.settle()
        (pdf,) = folder.glob("*.pdf")  # noqa: ASYNC240  # a folder of one file
        assert pdf.read_bytes().startswith(b"%PDF")
        row = way.referral
        assert (row.status, row.line.green, row.line.partner) == (Status.SUBMITTED, True, way.desk.hospital)
        await _moved(way, stage)


async def _moved(way: Way, stage: Stage) -> None:
    """G, Space, Space, each with its sheet, and Y for the consent on paper."""
    view = stage.frame.pages.view
    assert isinstance(view, FollowView)
    steps: tuple[tuple[Any, tuple[int, int], Status, dict[str, Any]], ...] = (
        ("g", (14, 12), Status.DEPARTED, {"escort": "林晓燕", "transport": "120 救护车"}),
        (K.Key_Space, (14, 29), Status.ARRIVED, {}),
        (K.Key_Space, (14, 33), Status.TREATING, {"by": "刘志远"}),
    )
    for key, clock, to, values in steps:
        way.desk.put(*clock)
        hit(stage, view, key)
        await done(stage, ActSheet, **values)
        assert way.referral.status is to
    hit(stage, view, "y")
    await done(stage, SignedSheet, agreed="yes", signed="paper", name="王建国", relation="儿子")
    way.keys["there"] = 2 * 4
    row = way.referral
    assert row.consent is not None
    moments = {line.code: line.at for line in row.times}
    assert (moments["left"], moments["taken_over"]) == (at(14, 12), at(14, 33))


async def _approved(way: Way) -> None:
    """The doctor approves afterwards what was sent without."""
    way.desk.put(15)
    rid = way.referral.line.rid
    async with way.at(Role.DOCTOR, "referral-follow", FollowView, referral=rid) as (stage, view):
        hit(stage, view, "a")
        await done(stage, ActSheet)
        assert way.referral.approval is not None


async def _away(way: Way) -> None:
    """Doses, care and training stand still by themselves; the round shows it and gives nothing; the bed is kept."""
    way.desk.put(17, 40)
    assert way.dose("17:30", "二甲双胍") is DoseState.AWAY
    assert way.dose("21:00", "甘精胰岛素") is DoseState.AWAY
    assert way.desk.home.slot("20:00 喂水").state is SlotState.AWAY
    before = way.doses
    async with way.at(Role.NURSE, "medication", RoundView) as (stage, view):
        hit(stage, view, K.Key_Space)
        await stage.settle()
        assert way.doses == before
    way.desk.put(8, 50, BACK)
    assert way.training() == [SessionState.AWAY]
    board = way.desk.ask(BedBoard())
    (lying,) = [
        bed.who for room in board.rooms for bed in room.beds if bed.who and bed.who.rid == way.desk.li
    ]
    assert (lying.state, lying.until) == ("hospital", way.referral.bed_until)


async def _returned(way: Way) -> None:
    """Space on the referral leads to the return; papers are ticked."""
    way.desk.put(13, 20, BACK)
    rid = way.referral.line.rid
    async with way.at(Role.NURSE, "referral-follow", FollowView, referral=rid) as (stage, followed):
        view = await led(stage, followed, K.Key_Space, ReturnView)
        await until(lambda: view.whole is not None and not view.page.state.words)
        hit(stage, view, K.Key_1)
        keys("肺炎，已控制")
        hold(stage, view, K.Key_S, CTRL)
        await until(lambda: view.lists.row is not None)
        await stage.settle()
        hold(stage, view, K.Key_3, ALT)
        hit(stage, view, "a")
        await until(lambda: _row(way).chase is None)
        await stage.settle()
        way.keys["return"] = 5
    assert way.referral.status is Status.RETURNED
    assert _row(way).form.came_with == "paper"


async def _held(way: Way) -> None:
    """The round says 待重整; Space gives nothing; W leads to where it is decided."""
    way.desk.put(17, 40, BACK)
    before = way.doses
    assert way.dose("17:30", "二甲双胍") is DoseState.UNRECONCILED
    async with way.at(Role.NURSE, "medication", RoundView) as (stage, view):
        await until(lambda: "李桂兰" in view.pieces.unreconciled.text())
        hit(stage, view, K.Key_Space)
        await stage.settle()
        assert "待重整" in stage.frame.notice.text()
        assert way.doses == before
        there = await led(stage, view, "w", ReconcileView)
        await until(lambda: len(there.list.rows) == 4)
        await list_typed(way, stage, there)


async def _reconciled(way: Way) -> None:
    """Kept, changed, stopped, taken, the same one with A; a doctor signs beside the nurse."""
    async with way.at(Role.NURSE, "reconcile", ReconcileView, resident=way.desk.li) as (stage, view):
        await until(lambda: len(view.list.rows) == 5)
        await decide_all(way, stage, view)
        hold(stage, view, K.Key_Return, CTRL)
        await prove(stage, Role.DOCTOR)
        await until(lambda: way.medicines.signed_at is not None)
        await stage.settle()
    said = {one.words: one.decision.decision for one in way.medicines.rows if one.decision is not None}
    assert sorted(said.values()) == ["change", "keep", "keep", "stop", "take"]
    assert way.desk.ask(OpenReconciliations()) == ()


async def _given_again(way: Way) -> None:
    """The next morning Space gives what was kept; what was stopped asks for nothing."""
    way.desk.put(8, 5, NEXT)
    assert way.dose("08:00", "阿托伐他汀") is DoseState.DUE
    assert not [one for one in way.ward.slots() if "甘精胰岛素" in one.words]
    async with way.at(Role.NURSE, "medication", RoundView) as (stage, view):
        await until(lambda: bool(view.grid.sheet.lines))
        hit(stage, view, K.Key_Space)
        await until(lambda: way.dose("08:00", "阿托伐他汀") is DoseState.GIVEN)
        await stage.settle()
    assert way.dose("08:00", "华法林") is DoseState.DUE  # it asks first, as ever


async def _assessed(way: Way) -> None:
    """What the chart does not prove is said; then the referral is archived."""
    way.desk.do(RecordSet(way.desk.li, at(8, 4, NEXT), SIGNS))
    async with way.at(Role.NURSE, "referral-return", ReturnView, resident=way.desk.li) as (stage, view):
        await until(lambda: view.whole is not None and view.lists.items.hasFocus())
        way.keys["assessed"] = await _said(way, stage, view)
        hold(stage, view, K.Key_Return, CTRL)
        await until(lambda: _row(way).assessed_at is not None)
        await stage.settle()
    assert way.referral.status is Status.ASSESSED
    rid = way.referral.line.rid
    async with way.at(Role.NURSE, "referral-follow", FollowView, referral=rid) as (stage, followed):
        hit(stage, followed, K.Key_Space)
        asked = await sheet(Sheet)
        QTest.keyClick(asked, K.Key_Return)
        await until(lambda: way.referral.status is Status.ARCHIVED)
        await back(stage)
        way.keys["archive"] = 2
    row = way.referral
    assert [one.to for one in row.moves] == [
        Status.SUBMITTED, Status.DEPARTED, Status.ARRIVED, Status.TREATING, Status.RETURNED, Status.ASSESSED,
        Status.ARCHIVED,
    ]  # fmt: skip
    assert row.moves[0].at.date() == DAY


async def _said(way: Way, stage: Stage, view: ReturnView) -> int:
    """1 where a sentence is offered, Space and words where none is; how many keys it took."""
    count = 1
    for line in [one for one in _row(way).items if not one.done]:
        view.lists.items.pick(line.code)
        if line.says:
            hit(stage, view, K.Key_1)
        else:
            hit(stage, view, K.Key_Space)
            said = await sheet(ActSheet)
            keys("同住院前")
            QTest.keyClick(said.focusWidget(), K.Key_Return)
        await until(lambda code=line.code: next(one.done for one in _row(way).items if one.code == code))  # type: ignore[misc]  # bound now
        await back(stage)
        count += 2 if line.says else 3
    return count


def _row(way: Way) -> ReturnRow:
    found = way.desk.ask(ReturnOf(way.desk.li)).row
    assert isinstance(found, ReturnRow)
    return found
