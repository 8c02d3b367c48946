"""What the lists of prescriptions say of each: whose, which medicines, how long still, what asks for attention."""

from __future__ import annotations

from app.medication.prescriptions import EXTENDED, FREE, LONG, PrescriptionRow
from ui.kit import Column, cells
from ui.style import Tone

SOON_DAYS = 7
_TONES = {LONG: Tone.INFO, EXTENDED: Tone.VIOLET, FREE: Tone.OK}


def running_columns() -> tuple[Column[PrescriptionRow], ...]:
    return (
        Column("老人", _who, least=160),
        Column("药品", _medicines, least=200),
        Column("到期", lambda row: cells.Text(f"{row.ends:%m-%d}" if row.ends else "—", "text"), 72, 2),
        Column("剩余", lambda row: cells.State(*left_of(row)), 128),
        Column("须办", lambda row: cells.State(*wanted_of(row)), 138, 1),
        Column("医师", lambda row: cells.Text(row.doctor), 84, 3),
    )


def free_columns() -> tuple[Column[PrescriptionRow], ...]:
    return (
        Column("老人", _who, least=160),
        Column("药品", _medicines, least=200),
        Column("领取", lambda row: cells.Text(f"{row.begins:%m-%d}", "text"), 80),
        Column("减免", lambda row: cells.Text(_money(row), "text"), 110, 1),
        Column("领取人", lambda row: cells.Text(row.signed_by), 150, 2),
    )


def left_of(row: PrescriptionRow) -> tuple[str, Tone]:
    """How long it still goes, and how loud that is."""
    if row.what == FREE:
        return ("已发放", Tone.OK)
    if row.ended or row.left is None:
        return ("已结束", Tone.NEUTRAL)
    if row.followed:
        return ("已续方", Tone.NEUTRAL)
    if row.left < 0:
        return (f"过期 {-row.left} 天", Tone.DANGER)
    if row.left == 0:
        return ("今天到期", Tone.ORANGE)
    return (f"{row.left} 天", Tone.WARN if row.left <= SOON_DAYS else Tone.OK)


def wanted_of(row: PrescriptionRow) -> tuple[str, Tone]:
    """What is to be done about it: to be assessed anew, to be fetched, back to the hospital."""
    if row.again:
        return ("须重新评估", Tone.ORANGE)
    if row.what == EXTENDED and not row.ended:
        return (f"可领 {row.remaining} 次", Tone.INFO) if row.remaining else ("次数已用完", Tone.WARN)
    return ("", Tone.NEUTRAL)


def quantity_words(quantity: str, unit: str, packs: int = 0, pack_unit: str = "") -> str:
    """`28 片 · 1 盒`; a dose that is not fixed has no quantity."""
    if not quantity:
        return "用量不固定，另算"
    whole = f" · {packs} {pack_unit}" if packs and pack_unit else ""
    return f"{quantity} {unit}{whole}"


def _who(row: PrescriptionRow) -> cells.Cell:
    return cells.Name(row.name, row.bed or "未安排床位")


def _medicines(row: PrescriptionRow) -> cells.Cell:
    many = f" · {len(row.items)} 种" if len(row.items) > 1 else ""
    return cells.What(row.medicines, f"{row.title} {row.number}{many}", "pill", _TONES[row.what])


def _money(row: PrescriptionRow) -> str:
    total = str(row.content.get("total", ""))
    return f"{total} 元" if total else "未计价"
