"""What the state of sync is called: short Chinese words for a nurse, none of which claims more than was confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.core.clock import local

HELD = "不上传"
"""How the words of a revision begin that stays here by a rule or a wish, and waits for nobody."""
NOT_ANSWERED = "没等到回答，正在核对是否已收，不会重发"
NO_PLATFORM = "还没有连区平台，先留在本机"
VERSION_UNKNOWN = "版本未说明"


@dataclass(frozen=True)
class Standing:
    """How things stand with the platform now. `phase` as in the marks, or `unset` (no platform is named) or
    `unchecked` (named, but nothing was confirmed lately)."""

    phase: str
    words: str
    next_try: datetime | None
    now: datetime
    zone: str


@dataclass(frozen=True)
class Line:
    """What an outbox row says of itself."""

    state: str
    words: str | None
    next_at: datetime | None
    tried_at: datetime | None
    acked_at: datetime | None


PHASES = {
    "unset": "未连区平台",
    "unchecked": "等待连接",
    "off": "等待连接",
    "online": "在线",
    "offline": "离线",
    "refused": "登录被拒",
    "forbidden": "没有权限",
    "strange": "回答异常",
    "busy": "对方繁忙",
}
STATES = {
    "pending": "待上传",
    "held": "不上传",
    "sending": "在路上",
    "unknown": "核对中",
    "conflict": "冲突",
    "quarantined": "搁置",
    "acked": "已收",
    "replaced": "已代替",
    "refused": "没有收下",
}
_ALWAYS = {
    "quarantined": "区平台不收，没有说明原因",
    "conflict": "两边都改了，等人来定",
    "sending": "正在路上，等区平台回答",
    "acked": "区平台已收",
}
_STOPPED = {
    "offline": "区平台联系不上",
    "busy": "区平台请稍候",
    "refused": "区平台不认本站的登录",
    "forbidden": "区平台没有给本站权限",
    "strange": "区平台的回答不对，先停下了",
}


def when(standing: Standing, instant: datetime) -> str:
    """`14:03` today, `11-23 14:03` this year, else with its year; the institution's clock."""
    here, today = local(standing.zone, instant), local(standing.zone, standing.now)
    if here.date() == today.date():
        return f"{here:%H:%M}"
    return f"{here:%m-%d %H:%M}" if here.year == today.year else f"{here:%Y-%m-%d %H:%M}"


def exactly(standing: Standing, instant: datetime) -> str:
    """As `when`, with seconds: for receipts."""
    return f"{when(standing, instant)}:{local(standing.zone, instant):%S}"


def again(standing: Standing, instant: datetime | None) -> str:
    """`，14:08 再试`; nothing where no try is planned or its time is over."""
    if instant is None or instant <= standing.now:
        return ""
    return f"，{when(standing, instant)} 再试"


def state_of(state: str, words: str | None) -> str:
    """An outbox state; `held` is a pending row that waits for nobody, `replaced` one a later version stood in for."""
    if state == "acked" and words:
        return "replaced"
    return "held" if state == "pending" and (words or "").startswith(HELD) else state


def reason(line: Line, standing: Standing) -> str:
    """Why a revision is not there yet."""
    words = (line.words or "").rstrip("。")
    if line.state in _ALWAYS:
        return words or _ALWAYS[line.state]
    if line.state == "unknown":
        return NOT_ANSWERED + again(standing, line.next_at)
    if words.startswith(HELD):
        return words
    if words and standing.phase != "unset":
        return words + again(standing, line.next_at)
    return waiting(standing, line.next_at)


def waiting(standing: Standing, next_at: datetime | None = None) -> str:
    """Why everything waits that has no reason of its own."""
    if standing.phase == "unset":
        return NO_PLATFORM
    stopped = _STOPPED.get(standing.phase)
    return f"{stopped}{again(standing, next_at or standing.next_try)}" if stopped else "等下一批"


def version(text: str | None, *, short: bool = False) -> str:
    """The version a server gave: counted, or a name of its own."""
    if text is None:
        return VERSION_UNKNOWN
    if text.isdecimal():
        return f"第{text}版"
    return f"版本 {text[:8]}…" if short and len(text) > 9 else f"版本 {text}"


def stale(at: datetime | None, now: datetime, every_minutes: int) -> bool:
    """Whether what was confirmed at `at` is too old to be said of now: two rounds and a minute were missed."""
    return at is None or now - at > timedelta(minutes=2 * every_minutes + 1)
