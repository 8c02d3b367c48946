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
        field = pane.signing.form.input("signing_certificate")
        qtbot.keyClicks(field, str(tmp_path / "none.p12"))
        qtbot.mouseClick(pane.signing.save, LEFT)
        await until(field.accessibleDescription, "a sentence")
        assert "找不到签名证书" in pane.signing.form.error("signing_certificate")
        assert str(pane.signing.form.values()["signing_certificate"]).endswith("none.p12"), (
            "what was typed stays"
        )
        pane.signing.form.set_values({"signing_certificate": str(held), "signing_password": "松鹤"})
        qtbot.mouseClick(pane.signing.save, LEFT)
        notice = frame_of(window).notice
        await until(lambda: notice.text() == "转诊包会用这张证书签名。", "kept")
        settings = pane.bench.station.settings
        assert (settings.signing_certificate, settings.signing_password) == (str(held), "松鹤")
        card = pane.signing
        await until(card.facts.isVisible, "what it says of itself")
        assert card.facts.values["发给"].text() == "Anhe Songhe"
        assert card.state.text().startswith("有效至 ")
        pane.signing.form.set_values({"signing_certificate": "", "signing_password": ""})
        qtbot.mouseClick(pane.signing.save, LEFT)
        await until(lambda: notice.text() == "转诊包不加数字签名。", "taken away")
        assert pane.bench.station.settings.signing_password == ""
        await until(lambda: not card.facts.isVisible(), "nothing of it")
        assert card.state.text() == "没有设置，打印不签名"


async def test_a_chosen_file_is_shown_and_its_password_asked(
    home: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    async with opened(home, places=SETTINGS) as window:
        card = (await _view(qtbot, window, "institution", Role.ADMINISTRATOR)).institution.signing
        card.take_file(tmp_path / "station.p12")
        assert card.form.values()["signing_certificate"] == str(tmp_path / "station.p12")
        password = card.form.input("signing_password")
        assert password.hasFocus() or password.isAncestorOf(window.focusWidget())


async def test_who_may_not_change_it_reads_whether_there_is_one(home: Path, qtbot: QtBot) -> None:
    async with opened(home, places=SETTINGS) as window:
        card = (await _view(qtbot, window, "institution", Role.HEAD_NURSE)).institution.signing
        await until(lambda: card.state.text() == "没有设置，打印不签名", "what is in force")
        assert not card.form.isVisible()
        assert not card.save.isVisible()
