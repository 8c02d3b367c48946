"""设置→机构: the certificate packs are signed with is tried before it is kept."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from pytestqt.qtbot import QtBot

from app.core.roles import Role
from tests.printing.test_referral_signing import NOW, certificate
from tests.ui.access.test_account import LEFT, _view
from tests.ui.access.test_people import SETTINGS
from tests.ui.shell.opened import frame_of, opened, until


async def test_a_certificate_is_tried_then_kept_then_taken_away(
    home: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    held = certificate(tmp_path / "station.p12", NOW - timedelta(days=9), NOW + timedelta(days=300))
    async with opened(home, places=SETTINGS) as window:
        pane = (await _view(qtbot, window, "institution", Role.ADMINISTRATOR)).institution
        field = pane.signing.input("signing_certificate")
        qtbot.keyClicks(field, str(tmp_path / "none.p12"))
        qtbot.mouseClick(pane.save_signing, LEFT)
        await until(field.accessibleDescription, "a sentence")
        assert "找不到签名证书" in pane.signing.error("signing_certificate")
        assert str(pane.signing.values()["signing_certificate"]).endswith("none.p12"), "what was typed stays"
        pane.signing.set_values({"signing_certificate": str(held), "signing_password": "松鹤"})
        qtbot.mouseClick(pane.save_signing, LEFT)
        notice = frame_of(window).notice
        await until(lambda: notice.text() == "转诊包会用这张证书签名。", "kept")
        settings = pane.bench.station.settings
        assert (settings.signing_certificate, settings.signing_password) == (str(held), "松鹤")
        pane.signing.set_values({"signing_certificate": "", "signing_password": ""})
        qtbot.mouseClick(pane.save_signing, LEFT)
        await until(lambda: notice.text() == "转诊包不加数字签名。", "taken away")
        assert pane.bench.station.settings.signing_password == ""
