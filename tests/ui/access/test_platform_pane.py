"""设置→区平台: what is refused and why, what is kept, what is never shown again, tried against a real server."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.access.decisions import ChangePlatform
from app.access.rules import platform_address_problem
from app.compose import Station
from app.core.errors import Refusal
from app.core.roles import Role
from tests.support.acts import rows
from tests.support.station import MORNING, become
from tests.ui.residents.stage import Stage, on_stage, until
from tests.ui.sync.room import clean
from ui.access.platform_pane import PlatformPane
from ui.access.settings_view import SettingsView
from ui.style import look

KEY = ec.generate_private_key(ec.SECP256R1())


def certificate(name: str = "示范区卫生信息根证书", *, days: int = 365, since: int = -1) -> bytes:
    """A certificate of an invented authority, as PEM."""
    who = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    made = x509.CertificateBuilder().subject_name(who).issuer_name(who).public_key(KEY.public_key())
    made = made.serial_number(7).not_valid_before(MORNING + timedelta(days=since))
    return made.not_valid_after(MORNING + timedelta(days=days)).sign(KEY, SHA256()).public_bytes(Encoding.PEM)


@pytest.fixture
def administered(station: Station, monkeypatch: pytest.MonkeyPatch) -> Station:
    monkeypatch.delenv("CARESTATION_PLATFORM", raising=False)
    become(station, Role.ADMINISTRATOR)
    return station


@pytest.fixture
def web_page() -> Iterator[str]:
    """A server that answers everything with a web page, as a login portal does."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the name the library calls
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.end_headers()
            self.wfile.write(b"<html>login</html>")

        def log_message(self, *said: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Page)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/fhir"
    server.shutdown()
    thread.join()
    server.server_close()


def pane_of(stage: Stage) -> PlatformPane:
    view = stage.view("settings", {"page": "platform"})
    assert isinstance(view, SettingsView)
    return view.platform


def field(pane: PlatformPane, key: str) -> QLineEdit:
    for form in (pane.where, pane.whom):
        if any(one.key == key for one in form.form.fields):
            widget = form.input(key)
            assert isinstance(widget, QLineEdit)
            return widget
    raise AssertionError(key)


def retype(qtbot: QtBot, pane: PlatformPane, key: str, text: str) -> None:
    widget = field(pane, key)
    widget.setFocus()
    widget.selectAll()
    qtbot.keyClick(widget, Qt.Key.Key_Delete)
    qtbot.keyClicks(widget, text)


@pytest.mark.parametrize(
    ("address", "part"),
    [
        ("fhir.example.cn/r4", "https://"),
        ("ftp://fhir.example.cn", "https://"),
        ("http://fhir.example.cn/r4", "本机"),
        ("https://fhir. example.cn", "空格"),
        ("https://", "服务器名"),
        ("https://u:p@fhir.example.cn", "用户名"),
        ("https://fhir.example.cn/r4?a=1", "?"),
        ("https://fhir.example.cn/r4#x", "#"),
        ("https://fhir.example.cn:99999/r4", "端口"),
        ("https://[::1", "端口"),
    ],
)
async def test_a_bad_address_is_refused_beside_its_field_and_stays_typed(
    administered: Station, qtbot: QtBot, address: str, part: str
) -> None:
    async with on_stage(administered) as stage:
        pane = pane_of(stage)
        retype(qtbot, pane, "platform_address", address)
        qtbot.mouseClick(pane.save, Qt.MouseButton.LeftButton)
        await stage.settle()
        assert part in pane.where.error("platform_address")
        assert field(pane, "platform_address").text() == address
        assert administered.settings.platform_address == ""


def test_this_computer_may_be_spoken_to_without_encryption() -> None:
    for address in (
        "http://127.0.0.1:8080/fhir",
        "http://localhost/r4",
        "http://[::1]:80",
        "https://fhir.cn",
    ):
        assert platform_address_problem(address) is None
    with pytest.raises(AssertionError):
        assert platform_address_problem("http://127.0.0.1.evil.example/") is None


async def test_saved_with_full_width_signs_folded(administered: Station, qtbot: QtBot) -> None:
    async with on_stage(administered) as stage:
        pane = pane_of(stage)
        pane.where.set_values({"platform_address": "ｈttps：//fhir.example.cn/r4/ "})
        retype(qtbot, pane, "sync_every_minutes", "15")
        qtbot.mouseClick(pane.save, Qt.MouseButton.LeftButton)
        await until(lambda: administered.settings.platform_address == "https://fhir.example.cn/r4")
        assert administered.settings.sync_every_minutes == 15
        assert "已保存" in stage.frame.notice.text()


async def test_the_secret_is_asked_for_kept_and_never_shown_again(
    administered: Station, qtbot: QtBot
) -> None:
    async with on_stage(administered) as stage:
        pane = pane_of(stage)
        retype(qtbot, pane, "platform_address", "https://fhir.example.cn/r4")
        assert not pane.whom.isVisible()
        pane.where.set_values({"platform_auth": "client_credentials"})
        pane.where.changed.emit()
        assert pane.whom.isVisible()
        qtbot.mouseClick(pane.save, Qt.MouseButton.LeftButton)
        await stage.settle()
        assert pane.whom.error("platform_client") == "请填写客户端编号。"
        retype(qtbot, pane, "platform_client", "station-01")
        qtbot.mouseClick(pane.save, Qt.MouseButton.LeftButton)
        await until(lambda: pane.whom.error("platform_secret") == "请填写密钥。")
        await stage.settle()  # a press while the one before is under way does nothing
        retype(qtbot, pane, "platform_secret", "s3cret-value")
        qtbot.mouseClick(pane.save, Qt.MouseButton.LeftButton)
        await until(lambda: administered.settings.platform_secret == "s3cret-value")
        await stage.settle()
        assert field(pane, "platform_secret").text() == ""
        assert field(pane, "platform_secret").placeholderText() == "已保存，留空就不变"
        retype(qtbot, pane, "platform_scope", "system/*.cruds")
        qtbot.mouseClick(pane.save, Qt.MouseButton.LeftButton)
        await until(lambda: administered.settings.platform_scope == "system/*.cruds")
        assert administered.settings.platform_secret == "s3cret-value"
        acts = [row[0] for row in rows(administered, "select act from audit where act = 'change_platform'")]
        assert len(acts) == 2


async def test_a_certificate_file_is_shown_for_comparing(administered: Station, tmp_path: Path) -> None:
    file = tmp_path / "root.crt"
    file.write_bytes(x509.load_pem_x509_certificate(certificate()).public_bytes(Encoding.DER))
    async with on_stage(administered) as stage:
        pane = pane_of(stage)
        assert not pane.facts.isVisible()
        pane.take_file(file)
        assert pane.facts.isVisible()
        assert pane.facts.values["发给"].text() == "示范区卫生信息根证书"
        assert pane.facts.values["有效期"].text() == "2026-11-23 至 2027-11-24"
        mark = x509.load_pem_x509_certificate(certificate()).fingerprint(SHA256())
        assert len(mark.hex()) == len(pane.facts.values["SHA-256"].text().replace(":", "").replace("\n", ""))


@pytest.mark.parametrize(
    ("pem", "part"),
    [
        (b"hello", "没有证书"),
        (b"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n", "没有复制完整"),
        (KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), "私钥"),
        (certificate(days=-1, since=-30), "过期"),
        (certificate(since=3), "起才有效"),
        (b"\xff\xfe\x00\x01", "不是证书"),
    ],
)
async def test_what_is_no_good_certificate_is_refused_beside_its_field(
    administered: Station, tmp_path: Path, qtbot: QtBot, pem: bytes, part: str
) -> None:
    file = tmp_path / "some.pem"
    file.write_bytes(pem)
    async with on_stage(administered) as stage:
        pane = pane_of(stage)
        pane.take_file(file)
        await stage.settle()
        assert part in pane.trust.error("platform_certificate")
        assert not pane.facts.isVisible()
        if part != "不是证书":  # what cannot be text is not put into the field
            qtbot.mouseClick(pane.save, Qt.MouseButton.LeftButton)
            await stage.settle()
            assert administered.settings.platform_certificate == ""


async def test_trying_says_in_words_what_is_there(administered: Station, qtbot: QtBot, web_page: str) -> None:
    async with on_stage(administered) as stage:
        pane = pane_of(stage)
        qtbot.mouseClick(pane.trial.button, Qt.MouseButton.LeftButton)
        await stage.settle()
        assert pane.where.error("platform_address") == "请先填写区平台地址。"
        retype(qtbot, pane, "platform_address", web_page)
        qtbot.mouseClick(pane.trial.button, Qt.MouseButton.LeftButton)
        await until(pane.trial.words.text)
        assert "不是 FHIR" in pane.trial.words.text()
        assert not pane.trial.button.busy
        assert administered.settings.platform_address == ""  # tried, not kept
        retype(qtbot, pane, "platform_address", "http://127.0.0.1:9/")
        assert pane.trial.words.text() == ""
        qtbot.mouseClick(pane.trial.button, Qt.MouseButton.LeftButton)
        await until(lambda: "拒绝连接" in pane.trial.words.text())


async def test_the_environment_wins_and_is_shown_as_such(
    administered: Station, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setenv("CARESTATION_PLATFORM", "http://127.0.0.1:8080/fhir")
    async with on_stage(administered) as stage:
        pane = pane_of(stage)
        assert field(pane, "platform_address").isReadOnly()
        assert field(pane, "platform_address").text() == "http://127.0.0.1:8080/fhir"
        assert "CARESTATION_PLATFORM" in pane.override.text()
        retype(qtbot, pane, "sync_every_minutes", "9")
        qtbot.mouseClick(pane.save, Qt.MouseButton.LeftButton)
        await until(lambda: administered.settings.sync_every_minutes == 9)
        assert administered.settings.platform_address == ""  # the trial's address is not kept


async def test_what_was_typed_survives_a_look_at_another_page(administered: Station, qtbot: QtBot) -> None:
    async with on_stage(administered) as stage:
        pane = pane_of(stage)
        retype(qtbot, pane, "platform_address", "https://half.typed")
        stage.view("settings", {"page": "account"})
        assert pane_of(stage) is pane
        assert field(pane, "platform_address").text() == "https://half.typed"


async def test_others_read_and_learn_whom_to_ask(station: Station) -> None:
    async with on_stage(station) as stage:
        pane = pane_of(stage)
        assert not pane.where.isEnabled()
        assert not pane.save.isVisible()
        assert not pane.trial.isVisible()
    with pytest.raises(Refusal, match="修改设置"):
        station.desk.do_now(ChangePlatform("https://fhir.example.cn", "none", 5))


@pytest.fixture(params=[(False, 1.0), (True, 1.0), (False, 1.3)], ids=["light", "dark", "130"])
def dressed_as(request: pytest.FixtureRequest, qapp: QApplication) -> None:
    dark, scale = request.param
    look.apply(qapp, dark=dark, scale=scale)


async def test_nothing_is_clipped(administered: Station, dressed_as: None) -> None:
    async with on_stage(administered) as stage:
        pane = pane_of(stage)
        pane.where.set_values(
            {
                "platform_address": "https://fhir.qu-yiyang.example/very/long/r4",
                "platform_auth": "client_credentials",
            }
        )
        pane.where.changed.emit()
        pane.trust.set_values({"platform_certificate": certificate().decode()})
        pane.trust.changed.emit()
        pane.trial.end(
            "不认得给 fhir.qu-yiyang.example 签发证书的机构，请在设置里填入区平台给的证书。", good=False
        )
        for size in ((1440, 900), (1366, 768), (900, 500)):
            await clean(stage, size)
