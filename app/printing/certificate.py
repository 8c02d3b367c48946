"""The station's certificate under a PDF: signed where there is one that holds, printed all the same without.

A PKCS#12 file and its password, from the settings. What is wrong with it is said in a sentence, never by an exception:
a pack that cannot be signed still has to leave with the ambulance.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.serialization import pkcs12

from app.access.certificates import CertificateFacts, facts_of
from app.printing.drawn import Drawn

FIELD = "CareStation"


@dataclass(frozen=True, slots=True)
class Certificate:
    """Where the certificate is; `at`: the time it is asked for, `place`: the institution."""

    path: str
    at: datetime
    place: str
    password: str = field(default="", repr=False)


def signed(drawn: Drawn, certificate: Certificate | None) -> Drawn:
    """The file with a signature, or as it was; `Drawn.signature` says in words what became of it."""
    if certificate is None:
        return drawn
    wrong, content, until = _read(certificate)
    if wrong:
        return replace(drawn, signature=f"未加数字签名：{wrong}")
    pdf = _sign(drawn.pdf, content, certificate)
    if pdf is None:
        return replace(drawn, signature="未加数字签名：这种证书不能用来签 PDF。")
    words = f"已加数字签名（证书有效至 {until}）。"
    return replace(drawn, pdf=pdf, sha256=hashlib.sha256(pdf).hexdigest(), signature=words)


def problem_of(certificate: Certificate) -> str:
    """Why it cannot sign now, in a sentence; empty if it can."""
    return _read(certificate)[0]


def told_by(certificate: Certificate) -> tuple[CertificateFacts | None, str]:
    """What it says of itself as far as it opens, and why it cannot sign now."""
    wrong, content, _until = _read(certificate)
    try:
        _key, found, _more = pkcs12.load_key_and_certificates(content, certificate.password.encode())
    except ValueError:
        return None, wrong
    return (facts_of(found) if found is not None else None), wrong


def _read(certificate: Certificate) -> tuple[str, bytes, str]:
    """What is wrong with it, its file, and until when it holds."""
    try:
        content = Path(certificate.path).expanduser().read_bytes()
    except OSError:
        return f"找不到签名证书 {certificate.path}。", b"", ""
    wrong, until = _held(content, certificate)
    return wrong, content, until


def _held(content: bytes, certificate: Certificate) -> tuple[str, str]:
    """What is wrong with a certificate, in words, and until when it holds."""
    try:
        key, found, _more = pkcs12.load_key_and_certificates(content, certificate.password.encode())
    except ValueError:
        return "证书文件打不开，请核对文件和密码。", ""
    if key is None or found is None:
        return "证书文件里没有私钥。", ""
    at, begins, ends = certificate.at.astimezone(UTC), found.not_valid_before_utc, found.not_valid_after_utc
    if at > ends:
        return f"证书已于 {ends:%Y-%m-%d} 过期。", ""
    if at < begins:
        return f"证书从 {begins:%Y-%m-%d} 起才有效。", ""
    return "", f"{ends:%Y-%m-%d}"


def _sign(pdf: bytes, content: bytes, certificate: Certificate) -> bytes | None:
    """An incremental update with an invisible signature; None for a key that cannot sign."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # half a second that few need
    from pyhanko.sign import signers
    from pyhanko.sign.general import SigningError

    signer = signers.SimpleSigner.load_pkcs12_data(content, (), certificate.password.encode())
    if signer is None:
        return None
    about = signers.PdfSignatureMetadata(field_name=FIELD, reason="转诊资料", location=certificate.place)
    try:
        out = signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), about, signer=signer)
    except (SigningError, ValueError, NotImplementedError):
        return None
    return bytes(out.getvalue())
