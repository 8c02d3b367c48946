"""The signature of the station on a pack: with a certificate, without one, with one that is broken or over."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.status import SignatureCoverageLevel

from app.compose import Station
from app.core.errors import Refusal
from app.core.roles import Role
from app.printing.certificate import Certificate, signed
from app.printing.certificate_setting import ChangeSigning
from app.printing.referral_pack_data import ReferralPackOf
from app.printing.registry import SHEETS
from tests.app.referrals.house import Desk, desk_of
from tests.printing.test_referral_sent import printed, sent
from tests.printing.test_report import pages


@pytest.fixture
def desk(station: Station) -> Iterator[Desk]:
    yield from desk_of(station)


def certificate(path: Path, begins: datetime, ends: datetime) -> Path:
    """A station's certificate, made for this test, with the password 松鹤."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Anhe Songhe")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(begins)
        .not_valid_after(ends)
        .sign(key, hashes.SHA256())
    )
    encryption = BestAvailableEncryption("松鹤".encode())
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"station", key, made, None, encryption))
    return path


NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def holds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("certificate") / "station.p12"
    return certificate(path, NOW - timedelta(days=9), NOW + timedelta(days=300))


def test_a_certificate_that_holds_signs_the_pack(desk: Desk, holds: Path) -> None:
    plain = printed(desk, sent(desk), "letter")
    made = signed(plain, Certificate(str(holds), NOW, "松鹤颐养中心", "松鹤"))
    assert made.signature == "已加数字签名（证书有效至 2027-09-20）。"
    assert made.pdf.startswith(plain.pdf)
    assert made.sha256 != plain.sha256
    (found,) = PdfFileReader(io.BytesIO(made.pdf)).embedded_signatures
    found.compute_integrity_info()
    assert found.evaluate_signature_coverage() is SignatureCoverageLevel.ENTIRE_FILE
    assert pages(made) == pages(plain)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"path": "/nowhere/station.p12"}, "找不到签名证书"),
        ({"password": "别的"}, "请核对文件和密码"),
        ({"at": NOW + timedelta(days=400)}, "已于 2027-09-20 过期"),
        ({"at": NOW - timedelta(days=30)}, "起才有效"),
    ],
)
def test_a_certificate_that_does_not_hold_keeps_no_paper_back(
    desk: Desk, holds: Path, change: dict[str, Any], words: str
) -> None:
    plain = printed(desk, sent(desk), "letter")
    made = signed(plain, replace(Certificate(str(holds), NOW, "松鹤颐养中心", "松鹤"), **change))
    assert words in made.signature
    assert made.pdf == plain.pdf


def test_a_file_that_is_no_certificate_is_said(desk: Desk, tmp_path: Path) -> None:
    broken = tmp_path / "station.p12"
    broken.write_bytes(b"no certificate")
    plain = printed(desk, sent(desk), "letter")
    made = signed(plain, Certificate(str(broken), NOW, "松鹤颐养中心"))
    assert made.signature == "未加数字签名：证书文件打不开，请核对文件和密码。"
    assert made.pdf == plain.pdf


def test_what_the_institution_decided_signs_the_pack(desk: Desk, holds: Path) -> None:
    with pytest.raises(Refusal):
        desk.do(ChangeSigning(str(holds), "松鹤"))
    desk.become(Role.ADMINISTRATOR)
    with pytest.raises(Refusal, match="请核对文件和密码"):
        desk.do(ChangeSigning(str(holds), "别的"))
    settings = desk.do(ChangeSigning(str(holds), "松鹤"))
    assert "松鹤" not in repr(settings)
    inner = desk.station.desk
    inner.surroundings = replace(inner.surroundings, settings=settings)
    desk.become(Role.HEAD_NURSE)
    made = printed(desk, sent(desk), "letter")
    assert made.signature.startswith("已加数字签名")
    assert desk.ask(ReferralPackOf(desk.li, draft=desk.form())).certificate is not None
    draft = SHEETS["referral-pack"].draw(
        desk.ask(ReferralPackOf(desk.li, draft=desk.form(), parts=("letter",)))
    )
    assert draft.signature == "", "a draft is not signed"
