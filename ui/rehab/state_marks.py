"""How the states of a session are said and coloured on every screen of rehab."""

from __future__ import annotations

from datetime import date

from app.rehab.rules.sessions import SessionState
from ui.kit.paint import Mark
from ui.style import Tone

STATES: dict[SessionState, Mark] = {
    SessionState.DONE: Mark("完成", Tone.OK, "check"),
    SessionState.PARTLY: Mark("部分完成", Tone.WARN, "circle-minus"),
    SessionState.REFUSED: Mark("拒绝", Tone.ORANGE, "ban"),
    SessionState.ABSENT: Mark("缺席", Tone.ORANGE, "user-round"),
    SessionState.SICK: Mark("因病暂停", Tone.ORANGE, "circle-pause"),
    SessionState.RUNNING: Mark("进行中", Tone.INFO, "circle-dot"),
    SessionState.CANCELLED: Mark("已取消", Tone.NEUTRAL, "x"),
    SessionState.AWAY: Mark("不在院", Tone.NEUTRAL, "log-out"),
    SessionState.PLANNED: Mark("待训练", Tone.NEUTRAL, "clock"),
    SessionState.DUE: Mark("待训练", Tone.NEUTRAL, "clock"),
    SessionState.UNRECORDED: Mark("未记录", Tone.DANGER, "circle-alert"),
}


def short_day(day: date, today: date) -> str:
    """`11-25` in this year, `2027-01-05` in another."""
    return f"{day:%m-%d}" if day.year == today.year else f"{day:%Y-%m-%d}"


def tone_of(words: str) -> Tone:
    """A tone kept as a word; neutral where it is none of ours."""
    return Tone(words) if words in set(Tone) else Tone.NEUTRAL
