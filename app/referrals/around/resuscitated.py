"""What was done when somebody's heart stood still, for the crew that takes over: times, who began, AED, outcome."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from functools import cache
from typing import Any

from app.core.errors import Refusal
from app.core.resources import resource
from app.core.unit import Unit
from app.referrals.moving.move import minute
from app.residents.stays.forms import words

LISTS = ("witnessed", "aed", "rhythm", "outcome")
TIMES = {"collapsed": "倒地或发现", "begun": "开始心肺复苏", "aed_at": "AED 接通", "rosc": "自主循环恢复"}
"""In the order they can have happened."""
MOST_SHOCKS = 30
NOT_DONE: Mapping[str, Any] = {"done": False}
"""What is kept of the answer that nobody was resuscitated; nothing is kept where nobody answered."""
_AFTER = {"begun": ("collapsed",), "aed_at": ("collapsed",), "rosc": ("collapsed", "begun")}
"""What cannot have happened later than each; a heart may beat again before the AED is there."""


@dataclass(frozen=True)
class Resuscitation:
    """`witnessed`, `aed`, `rhythm` and `outcome` are keys of resuscitation.toml; what nobody knows stays empty."""

    collapsed: datetime | None = None
    witnessed: str = ""
    begun: datetime | None = None
    by: str = ""
    aed: str = ""
    aed_at: datetime | None = None
    rhythm: str = ""
    shocks: int | None = None
    drugs: str = ""
    rosc: datetime | None = None
    outcome: str = ""


@cache
def resuscitation_lists() -> Mapping[str, Mapping[str, str]]:
    """The answers of each list, key → words."""
    read = tomllib.loads(resource("referrals", "resuscitation.toml").read_text("utf-8"))
    return {name: dict(read[name]) for name in LISTS}


def kept_resuscitation(unit: Unit, said: Resuscitation | None) -> dict[str, Any]:
    """As it is kept, instants in ISO; empty where there was none. Refuses a time to come, or before what it follows."""
    if said is None:
        return {}
    kept: dict[str, Any] = asdict(said)
    for name, title in TIMES.items():
        kept[name] = _instant(unit, said, name, title)
    for name, answers in resuscitation_lists().items():
        if kept[name] not in ("", *answers):
            raise Refusal("请从列出的选项里选。", field=name)
    if said.shocks is not None and not 0 <= said.shocks <= MOST_SHOCKS:
        raise Refusal(f"除颤次数请填 0 到 {MOST_SHOCKS}。", field="shocks")
    if said.aed == "none" and said.shocks:
        raise Refusal("没有用 AED，却填了除颤次数，请核对。", field="shocks")
    kept["by"] = words(said.by, "by", "由谁开始", longest=40)
    kept["drugs"] = words(said.drugs, "drugs", "用药", longest=80)
    return {"done": True, **kept}


def resuscitation_of(kept: Mapping[str, Any]) -> Resuscitation | None:
    """What was kept, read back; None where there was none."""
    if not kept or said_not_done(kept):
        return None
    known = {
        one.name: kept[one.name] for one in fields(Resuscitation) if kept.get(one.name) not in (None, "")
    }
    times = {name: datetime.fromisoformat(known[name]) for name in TIMES if name in known}
    return Resuscitation(**{**known, **times})


def said_not_done(kept: Mapping[str, Any]) -> bool:
    """Whether somebody answered that nobody was resuscitated."""
    return kept.get("done") is False


def _instant(unit: Unit, said: Resuscitation, name: str, title: str) -> str:
    at: datetime | None = getattr(said, name)
    if at is None:
        return ""
    if minute(at) > unit.now:
        raise Refusal("时间在现在之后，请核对。", field=name)
    known = {one: earlier for one in _AFTER.get(name, ()) if (earlier := getattr(said, one)) is not None}
    latest = max(known, key=lambda one: minute(known[one]), default=None)
    if latest is not None and minute(at) < minute(known[latest]):
        raise Refusal(f"{title}早于{TIMES[latest]}，请核对。", field=name)
    return minute(at).isoformat()
