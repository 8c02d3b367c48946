"""The code on a 用药执行单: what it says, and whether the month still is as it was printed.

    CS3:01-000001:202612:2612180900:5F1C2AB8:84E77D0C3A11B2C4      resident, month, when printed, fingerprint, seal

The fingerprint is of every order and dose of the month with its revision: what was recorded or corrected after printing
shows as a change, not as a forgery.
"""

from __future__ import annotations

import hmac
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from app.access.signing import digest
from app.core.audit import seal
from app.core.clock import local
from app.core.unit import Reader
from app.medication.queries.month import days_of
from app.printing.verdict import SheetVerdict
from db.models import Dose, MedOrder, Resident

MARK = "CS3"
_PARTS = 6
_SIGNS = 16


def month_code(reader: Reader, resident: UUID, number: str, month: date) -> str:
    """What the code of the sheet says that is printed now."""
    at = f"{local(reader.settings.zone, reader.now):%y%m%d%H%M}"
    fields = (number, f"{month:%Y%m}", at, _fingerprint(reader, resident, month))
    return ":".join((MARK, *fields, _mac(reader, fields)))


def verify_month(reader: Reader, code: str) -> SheetVerdict:
    """`code` as it was printed, without blanks."""
    parts = code.split(":")
    if len(parts) != _PARTS or not parts[2].isdigit() or len(parts[2]) != 6:
        return SheetVerdict("unknown", "这不是本程序用药执行单的核验码，请重新扫描。")
    row = reader.session.scalar(select(Resident).where(Resident.number == parts[1]))
    if row is None:
        return SheetVerdict("unknown", f"本站没有住养号 {parts[1]} 的老人，无法核验。")
    if not hmac.compare_digest(_mac(reader, tuple(parts[1:5])), parts[5]):
        return SheetVerdict("false", "核验不通过：校验码不符。执行单可能被改动，或不是本工作站打印的。")
    month = date(int(parts[2][:4]), int(parts[2][4:]), 1)
    printed = datetime.strptime(parts[3], "%y%m%d%H%M")  # noqa: DTZ007  # local time, as it was printed
    facts = (
        f"{row.name}　住养号 {row.number}",
        f"{month.year} 年 {month.month} 月用药执行单",
        f"打印于 {printed:%Y-%m-%d %H:%M}",
    )
    if _fingerprint(reader, row.rid, month) == parts[4]:
        return SheetVerdict("valid", "执行单有效，与本站记录一致。", facts, resident=row.rid)
    changed = "执行单属实，但打印后又有给药记录、更正或医嘱变动。请以新打印的为准。"
    return SheetVerdict("corrected", changed, facts, resident=row.rid)


def _fingerprint(reader: Reader, resident: UUID, month: date) -> str:
    days = days_of(month)
    doses = reader.session.execute(
        select(Dose.rid, Dose.station, Dose.revision).where(
            Dose.resident == resident, Dose.service_date.between(days[0], days[-1]), Dose.current
        )
    )
    orders = reader.session.execute(
        select(MedOrder.rid, MedOrder.station, MedOrder.revision).where(
            MedOrder.resident == resident, MedOrder.current
        )
    )
    said = sorted([str(rid), station, revision] for rid, station, revision in (*doses, *orders))
    return digest(said).hex()[:8].upper()


def _mac(reader: Reader, fields: tuple[str, ...]) -> str:
    return seal(reader.seals.sheet, (MARK, *fields)).hex()[:_SIGNS].upper()
