"""How incidents are said on every screen: state and harm in their colours, when it happened, how late a review is."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.core.clock import local
from app.incidents.kinds import catalogue
from app.incidents.queries import IncidentRow
from app.incidents.rules import STATUSES
from ui.style import Tone

TONES = {"reported": Tone.WARN, "reviewed": Tone.INFO, "closed": Tone.OK}


def kind_words(code: str) -> str:
    return catalogue().kind(code).words


def kind_icon(code: str) -> str:
    return catalogue().kind(code).icon


def harm_words(code: str) -> str:
    return catalogue().harm(code).words


def harm_tone(code: str) -> Tone:
    return Tone(catalogue().harm(code).tone)


def status_words(row: IncidentRow) -> str:
    return "已作废" if row.retracted else STATUSES[row.status]


def status_tone(row: IncidentRow) -> Tone:
    return Tone.NEUTRAL if row.retracted else TONES[row.status]


def when(zone: str, at: datetime, now: datetime) -> str:
    """11-20 15:40 within the year, 2025-11-20 15:40 before."""
    shown = local(zone, at)
    return f"{shown:%m-%d %H:%M}" if shown.year == local(zone, now).year else f"{shown:%Y-%m-%d %H:%M}"


def late_words(row: IncidentRow, now: datetime) -> str:
    """逾期 3 小时, 逾期 2 天; empty where nothing is late."""
    if not row.overdue:
        return ""
    late = now - row.due_at
    return (
        f"逾期 {late.days} 天" if late >= timedelta(days=1) else f"逾期 {max(1, late.seconds // 3600)} 小时"
    )


def about(row: IncidentRow) -> str:
    """王桂芳 2号楼 312-1; without a resident what it concerns."""
    return f"{row.name} {row.bed}".strip() or "不涉及老人"


def missing_words(row: IncidentRow) -> str:
    """What closing waits for, in the fewest words: 告知家属、审核."""
    if row.retracted or row.status == "closed":
        return ""
    return "、".join(part.partition("（")[0] for part in row.missing)
