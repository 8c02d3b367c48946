"""The certificate of the one authority trusted for the district platform: read, judged, and shown before it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from app.core.errors import Refusal

LARGEST = 200_000
"""Bytes of a file that could be a certificate."""
FIELD = "platform_certificate"


@dataclass(frozen=True)
class CertificateFacts:
    """What a person compares with what the platform's people say. `fingerprint` is SHA-256, in pairs."""

    subject: str
    issuer: str
    begins: datetime
    ends: datetime
    fingerprint: str


def read_certificate(pem: str, now: datetime) -> CertificateFacts | None:
    """The facts of the first certificate in a PEM text; None of an empty one.

    Refuses, in words for the person: a private key, something else, a broken one, one that is expired or not yet valid.
    """
    if not pem.strip():
        return None
    if "PRIVATE KEY" in pem:
        raise Refusal("这是私钥，不是证书。私钥不要给任何人，请换成证书文件。", field=FIELD)
    if "BEGIN CERTIFICATE REQUEST" in pem:
        raise Refusal("这是证书申请，不是证书。", field=FIELD)
    if "BEGIN CERTIFICATE" not in pem:
        raise Refusal("这里没有证书。证书以 -----BEGIN CERTIFICATE----- 开头。", field=FIELD)
    try:
        found = [facts_of(one) for one in x509.load_pem_x509_certificates(pem.encode())]
    except (ValueError, x509.InvalidVersion) as error:
        raise Refusal("证书读不出来，可能没有复制完整。", field=FIELD) from error
    for one in found:
        if one.ends <= now:
            raise Refusal(f"证书已在 {one.ends:%Y-%m-%d} 过期，请向区平台要新的。", field=FIELD)
        if one.begins > now:
            raise Refusal(f"证书从 {one.begins:%Y-%m-%d} 起才有效，请核对本机时间。", field=FIELD)
    return found[0]


def certificate_in(content: bytes) -> str:
    """A chosen file as PEM text; a binary (DER) certificate is turned into one. Judged afterwards, like typed text."""
    if len(content) > LARGEST:
        raise Refusal("这个文件太大，不是证书。", field=FIELD)
    try:
        return x509.load_der_x509_certificate(content).public_bytes(Encoding.PEM).decode()
    except (ValueError, x509.InvalidVersion):
        pass
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refusal("这个文件不是证书。", field=FIELD) from error


def facts_of(one: x509.Certificate) -> CertificateFacts:
    """What a certificate says of itself."""
    mark = one.fingerprint(SHA256()).hex().upper()
    return CertificateFacts(
        subject=_named(one.subject),
        issuer=_named(one.issuer),
        begins=one.not_valid_before_utc,
        ends=one.not_valid_after_utc,
        fingerprint=":".join(mark[at : at + 2] for at in range(0, len(mark), 2)),
    )


def _named(name: x509.Name) -> str:
    """The common name, else the whole name."""
    common = name.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return str(common[0].value) if common else name.rfc4514_string()
