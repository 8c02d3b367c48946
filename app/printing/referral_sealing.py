"""The code on the papers of a referral: what it says, and whether what was sent still is what stands here.

    CS4:ZZ-01-000218:3:84E77D0C3A11B2C4      number, revision, seal

The seal covers what was said and sent, not where the referral stands: an accepted referral is no corrected one. A
green channel that was started, another hospital and fresh facts of the chart are told as where it stands, too.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from app.access.signing import digest
from app.core.audit import seal
from app.core.clock import local
from app.core.unit import Reader
from app.printing.verdict import SheetVerdict
from app.referrals.rules.states import Status
from db.models import Referral, Resident

MARK = "CS4"
_PARTS = 4
_SIGNS = 16
_SAID = (
    "number", "urgency", "impression", "history", "past", "course", "criteria", "sbar", "green", "partner_words",
    "department", "doctor_name", "attachments", "belongings",
)  # fmt: skip
"""The columns that are printed and sent."""
_STANDS = ("green", "partner_words", "department")
"""Those of them that a move or the green channel writes: other ones make no corrected letter."""


def referral_code(reader: Reader, row: Referral) -> str:
    """What the code of papers of this revision says."""
    mac = seal(reader.seals.sheet, (MARK, row.rid, row.revision, digest(_said(row)))).hex()[:_SIGNS].upper()
    return f"{MARK}:{row.number}:{row.revision}:{mac}"


def verify_referral(reader: Reader, code: str) -> SheetVerdict:
    """`code` as it was printed, without blanks."""
    parts = code.split(":")
    if len(parts) != _PARTS or not parts[2].isdigit():
        return SheetVerdict("unknown", "这不是本程序转诊单的核验码，请重新扫描。")
    rows = reader.session.scalars(
        select(Referral).where(Referral.number == parts[1], Referral.revision == int(parts[2][:9]))
    ).all()
    if not rows:
        return SheetVerdict("unknown", f"本站没有编号 {parts[1]} 第 {parts[2]} 版的转诊单，无法核验。")
    row = next((one for one in rows if hmac.compare_digest(referral_code(reader, one), code)), None)
    if row is None:
        return SheetVerdict("false", "核验不通过：校验码不符。转诊单可能被改动，或不是本工作站打印的。")
    return _found(reader, row)


def _found(reader: Reader, row: Referral) -> SheetVerdict:
    current = reader.session.scalar(select(Referral).where(Referral.rid == row.rid, Referral.current))
    facts = _facts(reader, row)
    if current is None:
        return SheetVerdict("valid", "转诊单有效，与本站记录一致。", facts, resident=row.resident)
    standing = Status(current.status).words
    when = f"{local(reader.settings.zone, current.recorded_at):%Y-%m-%d %H:%M}"
    if current.state == "retracted":
        reason = f"，原因：{current.reason}" if current.reason else ""
        sentence = f"转诊单属实，但已作废（{when}{reason}）。"
        return SheetVerdict("retracted", sentence, facts, resident=row.resident)
    if digest(_written(current)) != digest(_written(row)):
        sentence = f"转诊单属实，但内容已被更正：第 {current.revision} 版 {when}。请以新打印的为准。"
        return SheetVerdict("corrected", sentence, facts, resident=row.resident)
    sentence = f"转诊单有效，与本站记录一致；现在状态：{'，'.join((standing, *_since(row, current)))}。"
    return SheetVerdict("valid", sentence, facts, resident=row.resident)


def _facts(reader: Reader, row: Referral) -> tuple[str, ...]:
    """What the paper in hand must say."""
    person = reader.session.get_one(Resident, row.resident)
    born = f"　{person.birth_date:%Y-%m-%d} 出生" if person.birth_date else ""
    return (
        f"{person.name}{born}",
        f"转诊单 {row.number}，第 {row.revision} 版",
        f"转往：{row.partner_words}{row.department}",
        f"初步印象：{row.impression}",
    )


def _since(row: Referral, current: Referral) -> Iterator[str]:
    """What holds now that the paper in hand does not say."""
    if current.green and not row.green:
        yield "已启用绿色通道"
    to, was = (f"{one.partner_words}{one.department}" for one in (current, row))
    if to != was:
        yield f"现转往{to}"


def _written(row: Referral) -> dict[str, Any]:
    """What only a correction changes."""
    said = {name: one for name, one in _said(row).items() if name not in _STANDS}
    return said | {"attachments": row.attachments.get("all", [])}


def _said(row: Referral) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _SAID}
