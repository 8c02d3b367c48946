"""A signature that is cancelled while the password is looked at: nothing is signed, and nothing breaks."""

from __future__ import annotations

from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.core.roles import Role
from tests.app.medication.house import Ward
from tests.app.medication.reconcile_house import Back
from tests.support.station import PASSWORD, PEOPLE
from tests.ui.assessments.room import keys
from tests.ui.medication.room import press, sheet, standing_at, until
from tests.ui.medication.test_reconcile_view import closed
from ui.kit.proof_sheet import ProofSheet


@pytest.mark.parametrize("password", [PASSWORD, "not-that-one"])
async def test_what_is_cancelled_while_it_is_proved_is_not_signed(
    ward: Ward, monkeypatch: pytest.MonkeyPatch, password: str
) -> None:
    back = Back(ward).go(("华法林", "2.5", "qd"))
    ward.put(7)
    back.decide("华法林", "keep")
    async with standing_at(back.ward, "reconcile", {"resident": back.ward.li}) as (stage, view):
        await until(lambda: len(view.list.rows) == 1)
        view.list.go_to(str(back.orders["华法林"]))
        press(stage.focus(view), Qt.Key.Key_S)
        proof = await sheet(ProofSheet)
        station = view.bench.station
        real, tried, gone = station.prove, [], Event()

        def slow(*typed: str) -> Any:
            gone.wait(10)
            tried.append(typed)
            return real(*typed)

        monkeypatch.setattr(station, "prove", slow)
        proof.number.setText(PEOPLE[Role.DOCTOR].number)
        proof.secret.setFocus()
        keys(password)
        QTest.keyClick(proof.secret, Qt.Key.Key_Return)
        await until(proof.secret.isReadOnly)
        assert proof.main is not None
        assert not proof.main.isEnabled()
        QTest.keyClick(proof, Qt.Key.Key_Escape)
        await until(lambda: closed(proof))
        gone.set()
        await until(lambda: bool(tried) and not view.signing.errands.running)
        decided = back.row("华法林").decision
        assert decided is not None
        assert decided.sign_by is not None
        assert "签名" not in stage.frame.notice.text()
