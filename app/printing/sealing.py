"""The code on a report: what it says, the seal that only this station can make, and the question whether it is genuine.

    CS2:01-000123:1:20261118:2:5F1C2AB84E77D0C3      number, revision, day, level (- for none), seal

The seal covers the whole signed content of that revision and its signatures, so a code copied from one report onto
another, or a report whose record was changed behind the program's back, does not verify. Only letters a scanner
types and a QR code packs densely.
"""

from __future__ import annotations

import hmac
import unicodedata
from dataclasses import dataclass

from sqlalchemy import select

from app.access.signing import digest, signatures
from app.assessments.record import STANDING, signable, signed_content
from app.assessments.shelf import instruments
from app.core.audit import seal
from app.core.clock import local
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.printing.mar_sealing import MARK as MONTH_MARK
from app.printing.mar_sealing import verify_month
from app.printing.referral_sealing import MARK as REFERRAL_MARK
from app.printing.referral_sealing import verify_referral
from app.printing.verdict import SheetVerdict, Standing
from db.models import Assessment, Resident

__all__ = ["SheetVerdict", "Standing", "VerifySheet", "code_of", "is_code", "verify_sheet"]

MARK = "CS2"
_PARTS = 6
_SIGNS = 16


@dataclass(frozen=True)
class VerifySheet(Question[SheetVerdict]):
    """Is the report genuine whose code was scanned or typed? Case, width of letters and blanks do not matter."""

    text: str


def is_code(text: str) -> bool:
    """Whether a text looks like the code of a sheet."""
    return _squeezed(text).startswith((f"{MARK}:", f"{MONTH_MARK}:", f"{REFERRAL_MARK}:"))


def code_of(reader: Reader, row: Assessment) -> str:
    """What the code of a report of this revision says."""
    given = signatures(reader, signable(row), signed_content(row))
    fields = (row.rid, row.revision, digest(signed_content(row)))
    people = tuple(part for one in given for part in (one.signer, one.at))
    mac = seal(reader.seals.sheet, (*fields, *people)).hex()[:_SIGNS].upper()
    level = "-" if row.level is None else str(row.level)
    return f"{MARK}:{row.number}:{row.revision}:{row.assessed_on:%Y%m%d}:{level}:{mac}"


@answers(VerifySheet)
def verify_sheet(reader: Reader, question: VerifySheet) -> SheetVerdict:
    reader.require(Right.READ_RESIDENTS)
    code = _squeezed(question.text)
    if code.startswith(f"{MONTH_MARK}:"):
        return verify_month(reader, code)
    if code.startswith(f"{REFERRAL_MARK}:"):
        return verify_referral(reader, code)
    parts = code.split(":")
    if not code.startswith(f"{MARK}:") or len(parts) != _PARTS or not parts[2].isdigit():
        return SheetVerdict(
            "unknown", "这不是本程序的报告码。请扫描或抄录报告或转诊单上的核验码，以 CS2、CS3 或 CS4 开头。"
        )
    rows = reader.session.scalars(
        select(Assessment).where(Assessment.number == parts[1], Assessment.revision == int(parts[2][:9]))
    ).all()
    if not rows:
        return SheetVerdict("unknown", f"本站没有编号 {parts[1]} 第 {parts[2]} 版的评估，无法核验。")
    row = next((one for one in rows if hmac.compare_digest(code_of(reader, one), code)), None)
    if row is None:
        return SheetVerdict("false", "核验不通过：校验码不符。报告可能被改动，或不是本工作站打印的。")
    return _found(reader, row)


def _found(reader: Reader, row: Assessment) -> SheetVerdict:
    """The revision is genuine: what it said, and what became of it."""
    current = reader.session.scalar(select(Assessment).where(Assessment.rid == row.rid, Assessment.current))
    standing: Standing = "valid"
    sentence = "报告有效，与本站记录一致。"
    if current is not None and current.revision != row.revision:
        when = f"{local(reader.settings.zone, current.recorded_at):%Y-%m-%d}"
        reason = f"，原因：{current.reason}" if current.reason else ""
        if current.state in STANDING:
            standing = "corrected"
            now = f"，现为“{current.finding}”" if current.finding != row.finding else ""
            sentence = f"报告属实，但已被更正：第 {current.revision} 版 {when}{reason}{now}。请以新版为准。"
        else:
            standing = "retracted"
            sentence = f"报告属实，但这份评估已作废（{when}{reason}）。"
    return SheetVerdict(standing, sentence, _facts(reader, row), row.rid, row.resident)


def _facts(reader: Reader, row: Assessment) -> tuple[str, ...]:
    """What the paper in hand must say, to be compared with it."""
    person = reader.session.get_one(Resident, row.resident)
    instrument = instruments(reader.session).get(row.instrument)
    born = f"　{person.birth_date:%Y-%m-%d} 出生" if person.birth_date else ""
    total = f"，总分 {row.total} 分" if row.total is not None else ""
    return (
        f"{person.name}{born}",
        instrument.title if instrument else row.instrument,
        f"编号 {row.number}，第 {row.revision} 版，{row.assessed_on:%Y-%m-%d} 评估",
        f"结果：{row.finding or '无等级'}{total}",
    )


def _squeezed(text: str) -> str:
    """As printed: full-width letters of an input method, blanks and small letters put right."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()
