"""The columns of lists of referrals: whose, how urgent, how far, where to, what the clock says, what comes next."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from app.referrals.queries.rows import ReferralLine
from ui.kit import Column, cells
from ui.referrals.follow_marks import TONES, WAY, clock_words, place_on_way, urgency_mark, when


def referral_columns(
    zone: str, now: Callable[[], datetime], *, whose: bool = True
) -> tuple[Column[ReferralLine], ...]:
    """What gives way first when the table is narrow: when it was begun, then where to, then how urgent."""
    who: tuple[Column[ReferralLine], ...] = (
        Column("老人", lambda row: cells.Name(row.name, _under(row)), None, 0, 150),
    )
    if not whose:
        who = (Column("转诊单", lambda row: cells.Text(row.number, "text"), None, 0, 140),)
    return (
        *who,
        Column("紧急度", lambda row: cells.Marks((urgency_mark(row),)), 124, 2),
        Column("进程", _stages, 150),
        Column("接收医院", _whither, None, 1, 230),
        Column("时钟", lambda row: _clock(row, now()), 216),
        Column("开始", lambda row: cells.Text(when(zone, row.begun_at, now())), 104, 3),
    )


def _under(row: ReferralLine) -> str:
    return " · ".join(filter(None, (row.bed or "未在院", row.number)))


def _stages(row: ReferralLine) -> cells.Cell:
    return cells.Stages(row.status.words, place_on_way(row.status), len(WAY), TONES[row.status])


def _whither(row: ReferralLine) -> cells.Cell:
    if not row.partner_words:
        return cells.Text("未选接收机构", "warn.text")
    return cells.Text(" · ".join(filter(None, (row.partner_words, row.department))), "text")


def _clock(row: ReferralLine, now: datetime) -> cells.Cell:
    words, ink = clock_words(row, now)
    more = len(row.waits) - 1
    return cells.Text(words + (f" 等 {more + 1} 项" if more > 0 else ""), ink, strong=row.late > 0)
