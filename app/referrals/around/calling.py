"""120: what is read out to it, to the minute, and what was handed over to the people of the ambulance."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.referrals.around.resuscitated import NOT_DONE, Resuscitation, kept_resuscitation
from app.referrals.moving.move import minute, refuse_disorder, with_times
from app.referrals.revising import Seen, follow, standing
from app.referrals.rules.states import OVER, Status
from app.residents.stays.forms import words
from db.models import Referral

LONGEST_LINE, LONGEST_TEXT = 120, 400
SIGNS = {"yes": "有", "no": "没有", "unknown": "不清楚"}
"""Answers to 120's first two questions: conscious, breathing."""


GOODS = ("病历和转诊包", "用药清单", "身份证", "医保卡", "衣物", "助听器", "义齿", "眼镜", "手机", "现金")
"""What usually goes along, as screens ask and papers print it."""
HANDED = ("plate", "crew", "vitals", "companion", "whither", "said")
"""What of a hand-over is text."""


@dataclass(frozen=True)
class Script:
    """What 120 asks, in the order it asks. `conscious` and `breathing`: of SIGNS, empty where nobody looked yet."""

    address: str = ""
    meeting: str = ""  # 接应人和电梯
    phone: str = ""
    conscious: str = ""
    breathing: str = ""
    symptoms: str = ""
    since: str = ""
    done: str = ""  # CPR, AED, 吸氧, 给药
    background: str = ""  # 基础病、抗凝、过敏
    infectious: str = ""
    whither: str = ""  # 目标医院意向
    companion: str = ""  # 家属是否随车


@dataclass(frozen=True)
class HandOver:
    """What the crew took over. `items`: 病历, 用药清单, 身份证 …; the times stand among the times of the referral.
    `cpr`: only where somebody was resuscitated; `no_cpr`: said that nobody was, not just left blank."""

    plate: str = ""
    crew: str = ""
    vitals: str = ""
    items: tuple[str, ...] = ()
    companion: str = ""
    whither: str = ""
    said: str = ""
    cpr: Resuscitation | None = None
    no_cpr: bool = False


@dataclass(frozen=True)
class KeepScript(Order[Seen]):
    """The script as it is read out; `called`: when 120 was called, if that is told with it."""

    seen: Seen
    script: Script
    called: datetime | None = None


@dataclass(frozen=True)
class KeepHandOver(Order[Seen]):
    """What was handed over; `here` and `at`: when the ambulance came, and when the resident was handed over."""

    seen: Seen
    hand_over: HandOver
    here: datetime | None = None
    at: datetime | None = None


@performs(KeepScript)
def keep_script(unit: Unit, order: KeepScript) -> Seen:
    """Refuses an answer there is none of, and a call in the future."""
    row = _row(unit, order.seen)
    said = order.script
    for name in ("conscious", "breathing"):
        if getattr(said, name) not in ("", *SIGNS):
            raise Refusal("请选择有、没有或不清楚。", field=name)
    kept = {name: _text(text, name) for name, text in asdict(said).items()}
    changes: dict[str, Any] = {"call": {**row.call, "script": kept}}
    if order.called is not None:
        called = _past(unit, order.called, "called")
        refuse_disorder(unit, row, {"ambulance_called": called}, "called")
        changes["times"] = with_times(row, ambulance_called=called)
    return follow(unit, row, "120 呼救内容", changes)


@performs(KeepHandOver)
def keep_hand_over(unit: Unit, order: KeepHandOver) -> Seen:
    """Refuses a hand-over of nothing, and times to come or in the wrong order."""
    row = _row(unit, order.seen)
    said = order.hand_over
    here, at = _past(unit, order.here, "here"), _past(unit, order.at, "done")
    if here is not None and at is not None and at < here:
        raise Refusal("交接时间早于 120 到场，请核对。", field="done")
    refuse_disorder(unit, row, {"ambulance_here": here}, "here")
    kept: dict[str, Any] = {name: _text(getattr(said, name), name) for name in HANDED}
    kept["items"] = [one for item in said.items if (one := words(item, "items", "交接物品"))]
    kept["cpr"] = kept_resuscitation(unit, said.cpr)
    if not any(kept.values()):
        raise Refusal("请至少填写一项交接内容。", field="plate")
    if said.no_cpr and said.cpr is None:
        kept["cpr"] = dict(NOT_DONE)
    kept |= {"at": at.isoformat() if at else "", "by": str(unit.actor.rid), "by_name": unit.actor.name}
    escort = {**row.escort, **({"plate": kept["plate"]} if kept["plate"] else {})}
    times = with_times(row, ambulance_here=here, ambulance_here_whom=kept["plate"], handed_over=at)
    changes = {"call": {**row.call, "hand_over": kept}, "escort": escort, "times": times}
    return follow(unit, row, f"与 120 交接：{kept['plate'] or kept['crew'] or unit.actor.name}"[:80], changes)


def _row(unit: Unit, seen: Seen) -> Referral:
    unit.require(Right.REFER)
    row = standing(unit, Referral, seen)
    if Status(row.status) in OVER:
        raise Refusal(f"这份转诊{Status(row.status).words}，不能再改。")
    return row


def _text(said: str, name: str) -> str:
    trimmed = said.strip()
    longest = LONGEST_TEXT if name in ("symptoms", "done", "background", "vitals", "said") else LONGEST_LINE
    if len(trimmed) > longest:
        raise Refusal(f"最多 {longest} 个字，现在 {len(trimmed)} 个。", field=name)
    return trimmed


def _past(unit: Unit, at: datetime | None, name: str) -> datetime | None:
    if at is None:
        return None
    if minute(at) > unit.now:
        raise Refusal("时间在现在之后，请核对。", field=name)
    return minute(at)
