"""The reconciliation of the whole way by keys: the hospital's list typed in, every medicine decided."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from tests.ui.assessments.room import keys
from tests.ui.medication.order_room import choose, tap
from tests.ui.referrals.form_room import CTRL, hold
from tests.ui.referrals.room import Stage, back, hit, sheet, until
from tests.ui.referrals.way_room import Way, done
from ui.forms.act_sheet import ActSheet
from ui.medication.reconcile_list_sheet import DischargeSheet
from ui.medication.reconcile_order_sheet import ReconcileOrderSheet
from ui.medication.reconcile_view import ReconcileView

LIST = (("atftt", "20mg", "qd"), ("ejsg", "0.5g", "tid"), ("axs", "30mg", "tid"))
"""阿托伐他汀 as before, 二甲双胍 three times instead of twice, 氨溴索 new; warfarin and insulin are not written."""


async def list_typed(way: Way, stage: Stage, view: ReconcileView) -> None:
    """L, then medicine, dose and frequency of each, Ctrl+D between, Ctrl+Enter."""
    hit(stage, view, "l")
    form = await sheet(DischargeSheet)
    for place, (drug, dose, often) in enumerate(LIST):
        await until(form.drug.line.hasFocus)
        keys(drug)
        tap(Qt.Key.Key_Return)
        await until(lambda: form.drug.drug is not None)
        await until(form.line.input("dose").hasFocus)
        keys(dose)
        box = form.line.input("frequency")
        assert isinstance(box, QComboBox)
        await choose(stage, box, often)
        form.activateWindow()
        await until(form.isActiveWindow)
        tap(Qt.Key.Key_D, held=CTRL)
        await until(lambda place=place: len(form.items) == place + 1)  # type: ignore[misc]  # bound now
    tap(Qt.Key.Key_Return, held=CTRL)
    await until(lambda: len(way.medicines.rows) == len(LIST) + 2)
    await back(stage)


async def decide_all(way: Way, stage: Stage, view: ReconcileView) -> None:
    """Warfarin is kept, insulin stopped, what both sides write alike goes on, the rest is changed and taken."""
    for _number in range(5):
        row = view.list.current
        assert row is not None
        if not row.undecided:
            hit(stage, view, "n")
            row = view.list.current
        if row is None or not row.undecided:
            return
        await _decide(way, stage, view, row.words)


async def _decide(way: Way, stage: Stage, view: ReconcileView, words: str) -> None:
    left = len(way.medicines.undecided)
    if "华法林" in words:
        hit(stage, view, "1")
        await done(stage, ActSheet, doctor_name="刘志远")
    elif "胰岛素" in words:
        hit(stage, view, "3")
        await done(stage, ActSheet, why="进食少，血糖平稳")
    elif "阿托伐他汀" in words:
        hit(stage, view, "a")
    else:
        hit(stage, view, "2" if "二甲双胍" in words else "1")
        await _ordered(stage, why="出院医嘱" if "二甲双胍" in words else "")
    await until(lambda: len(way.medicines.undecided) == left - 1)
    await back(stage)


async def _ordered(stage: Stage, why: str) -> None:
    """The order is filled in already: why it changes, Ctrl+Enter."""
    form = await sheet(ReconcileOrderSheet)
    await until(lambda: form.fields.drug.drug is not None)
    await stage.settle()
    if why:
        form.why.setText(why)
    hold(stage, form, Qt.Key.Key_Return, CTRL)
    await until(lambda: not form.errands.running)
