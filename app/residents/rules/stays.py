"""What a stay is and what may be done with it: modes, steps, ways it ends, and why a step is not allowed now."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.residents.rules.ages import age_on

MODES: Final = {
    "resident": "机构",
    "day": "日托",
    "week": "周托",
    "month": "月托",
    "home": "居家",
    "home_bed": "家庭病床",
}
"""服务方式."""
AT_HOME: Final = frozenset({"home", "home_bed"})
"""Modes in which people are cared for where they live: no bed of the house, but an address."""
OPEN: Final = ("enquiry", "reserved", "in")
STATUSES: Final = {
    "enquiry": "咨询",
    "reserved": "预留",
    "in": "在住",
    "ended": "已退住",
    "withdrawn": "已撤回",
}
OUTCOMES: Final = {
    "home": "回家",
    "institution": "转其他机构",
    "hospital": "转医院",
    "death": "去世",
    "other": "其他",
}
"""How a stay ended."""
ABSENCES: Final = {"leave": "请假外出", "hospital": "住院"}
AWAY: Final = {"leave": "外出", "hospital": "住院"}
"""The same where there is room for two characters."""
OF_AGE: Final = 18
"""民法典第十七条: whoever is younger needs a guardian."""

ENQUIRE, RESERVE, ADMIT, WITHDRAW = "enquire", "reserve", "admit", "withdraw"
LEAVE, HOSPITAL, RETURN, KEEP = "leave", "hospital", "return", "keep"
MODE, DISCHARGE = "mode", "discharge"
STEPS: Final = {
    ENQUIRE: "登记咨询",
    RESERVE: "预留床位",
    ADMIT: "办理入住",
    WITHDRAW: "撤回",
    LEAVE: "请假外出",
    HOSPITAL: "住院",
    RETURN: "返院",
    KEEP: "床位保留",
    MODE: "改服务方式",
    DISCHARGE: "退住",
}
"""Every step in words, in the order they are offered."""
_COMING = (ENQUIRE, RESERVE, ADMIT)


@dataclass(frozen=True)
class Position:
    """Where a resident is in a stay. `status`: one of OPEN, empty for none; `away`: leave, hospital, empty."""

    status: str = ""
    away: str = ""
    dead: bool = False

    @property
    def here(self) -> bool:
        return self.status == "in" and not self.away


def allowed(now: Position) -> tuple[str, ...]:
    """The steps that may be taken now."""
    return tuple(step for step in STEPS if refusal_of(step, now) is None)


def refusal_of(step: str, now: Position) -> str | None:
    """Why a step may not be taken now, as a sentence; None where it may."""
    if now.dead:
        return "这位老人已登记去世。登记有误时，请先更正那次退住。"
    if step in _COMING:
        return _coming_refused(step, now)
    if step == WITHDRAW:
        return None if now.status in {"enquiry", "reserved"} else "没有咨询或预留可以撤回。"
    return "这位老人现在不在住。" if now.status != "in" else _away_refused(step, now.away)


def _away_refused(step: str, away: str) -> str | None:
    """What may be done of somebody in a stay, by where they are."""
    gone = {"leave": "这位老人已经请假外出。", "hospital": "这位老人正在住院，不在院内。"}
    refused = {
        LEAVE: gone.get(away),
        HOSPITAL: "这位老人已经在住院。" if away == "hospital" else None,
        RETURN: None if away else "这位老人没有外出，也没有住院。",
        KEEP: None if away == "hospital" else "这位老人没有在住院。",
    }
    return refused.get(step)


def _coming_refused(step: str, now: Position) -> str | None:
    if now.status == "in":
        return "这位老人已经在住。"
    if step == ENQUIRE and now.status in {"enquiry", "reserved"}:
        return f"这位老人已经登记了{STATUSES[now.status]}。"
    return None


def mode_refused(mode: str, *, bed: bool, address: str) -> tuple[str, str] | None:
    """What is missing for a mode: the field and the sentence. 日托 needs no bed; at home there is an address."""
    if mode not in MODES:
        return "mode", "请选择服务方式。"
    if mode in AT_HOME and bed:
        return "bed", f"{MODES[mode]}不占机构床位。"
    if mode in AT_HOME and not address.strip():
        return "mode", f"{MODES[mode]}要有住址，请先在档案里填写。"
    return None


def guardian_missing(birth: date | None, day: date, guardians: Collection[str]) -> str | None:
    """The sentence where a child would be admitted without a guardian; None where nothing is missing."""
    if birth is None or age_on(birth, day) >= OF_AGE or any(name.strip() for name in guardians):
        return None
    return f"未满 {OF_AGE} 岁，入住前要登记监护人（联系人里标明“是监护人”）。"
