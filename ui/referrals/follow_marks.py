"""How states, urgency, clocks and acts of referrals are said, coloured and keyed on every screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from app.core.clock import date_in, local
from app.referrals.queries.rows import URGENCIES, ReferralLine
from app.referrals.rules.acts import Act
from app.referrals.rules.legs import Leg
from app.referrals.rules.states import Status
from app.referrals.rules.waiting import LATE, RED, TOLD, Wait, span
from ui.kit.paint import Mark
from ui.style import Tone

TICK_MS = 30_000
"""The clocks of what waits are read anew so often."""
WAY = (
    Status.DRAFT, Status.PENDING, Status.SUBMITTED, Status.ACCEPTED, Status.DEPARTED, Status.ARRIVED, Status.TREATING,
    Status.RETURNED, Status.ASSESSED, Status.ARCHIVED,
)  # fmt: skip
"""The straight way through the machine."""
_STANDS_AT = {
    Status.REJECTED: Status.PENDING,
    Status.DECLINED: Status.SUBMITTED,
    Status.MOVED: Status.DEPARTED,
    Status.NO_SHOW: Status.DEPARTED,
}
"""Where a side step stands beside the way."""
TONES = {
    Status.DRAFT: Tone.NEUTRAL,
    Status.PENDING: Tone.WARN,
    Status.REJECTED: Tone.ORANGE,
    Status.SUBMITTED: Tone.INFO,
    Status.DECLINED: Tone.ORANGE,
    Status.ACCEPTED: Tone.INFO,
    Status.DEPARTED: Tone.VIOLET,
    Status.ARRIVED: Tone.VIOLET,
    Status.TREATING: Tone.VIOLET,
    Status.MOVED: Tone.VIOLET,
    Status.NO_SHOW: Tone.ORANGE,
    Status.RETURNED: Tone.WARN,
    Status.ASSESSED: Tone.OK,
    Status.ARCHIVED: Tone.NEUTRAL,
    Status.WITHDRAWN: Tone.NEUTRAL,
    Status.CANCELLED: Tone.NEUTRAL,
    Status.DIED: Tone.DANGER,
}
_URGENT = {"emergency": Tone.DANGER, "h48": Tone.ORANGE, "elective": Tone.NEUTRAL}
LETTERS = {
    Act.ASK: "Q",
    Act.APPROVE: "A",
    Act.APPROVE_AFTER: "A",
    Act.REJECT: "J",
    Act.SUBMIT: "S",
    Act.ACCEPT: "C",
    Act.DECLINE: "D",
    Act.DEPART: "G",
    Act.ARRIVE: "R",
    Act.TAKE_OVER: "T",
    Act.MOVE_ON: "M",
    Act.NO_SHOW: "N",
    Act.RETURN: "B",
    Act.ASSESS: "B",
    Act.ARCHIVE: "H",
    Act.WITHDRAW: "W",
    Act.CANCEL: "K",
    Act.DIED: "X",
    Act.CONSENT: "Y",
    Act.STRIKE: "Z",
}
"""The key of each act where one referral is looked at."""
ICONS = {
    Act.ASK: "clipboard-check",
    Act.APPROVE: "check",
    Act.APPROVE_AFTER: "check",
    Act.REJECT: "x",
    Act.SUBMIT: "arrow-up",
    Act.ACCEPT: "circle-check",
    Act.DECLINE: "circle-x",
    Act.DEPART: "ambulance",
    Act.ARRIVE: "building-2",
    Act.TAKE_OVER: "stethoscope",
    Act.MOVE_ON: "arrow-left-right",
    Act.NO_SHOW: "circle-minus",
    Act.RETURN: "house",
    Act.ASSESS: "clipboard-pen",
    Act.ARCHIVE: "inbox",
    Act.WITHDRAW: "undo-2",
    Act.CANCEL: "ban",
    Act.DIED: "circle-alert",
    Act.CONSENT: "square-pen",
    Act.STRIKE: "undo-2",
}


def place_on_way(status: Status) -> int:
    """Which node of the way a state stands at; -1 of one that left it."""
    there = _STANDS_AT.get(status, status)
    return WAY.index(there) if there in WAY else -1


def urgency_mark(line: ReferralLine) -> Mark:
    words = "绿色通道" if line.green else URGENCIES.get(line.urgency, line.urgency)
    return Mark(words, _URGENT.get(line.urgency, Tone.NEUTRAL), "zap" if line.urgent else "")


def wait_tone(wait: Wait) -> Tone:
    return Tone.DANGER if wait.late >= RED else Tone.ORANGE if wait.late >= LATE else Tone.WARN


def wait_words(wait: Wait, now: datetime) -> str:
    """What the clock says; who is told of what is very late."""
    return wait.words(now) + ("，已提醒医生和院长" if wait.late >= TOLD else "")


def clock_words(line: ReferralLine, now: datetime) -> tuple[str, str]:
    """The clock of a line and its ink: what waits the longest, else how long it has stood so."""
    if line.waits:
        wait = line.waits[0]
        return wait.words(now), f"{wait_tone(wait)}.text" if wait.late or wait.by else "text2"
    if line.status.over:
        return "—", "text3"
    since = line.moved_at or line.begun_at
    return f"已 {span(now - since)}", "text2"


def leg_words(leg: Leg, told: Callable[[datetime], str]) -> str:
    """A hospital somebody was moved on from: 安和市第一人民医院：08:20 到达，08:33 接诊（刘志远），09:00 转往他院."""
    steps = [
        (leg.arrived, "到达"),
        (leg.taken_over, f"接诊（{leg.whom}）" if leg.whom else "接诊"),
        (leg.until, "转往他院"),
    ]
    return f"{leg.hospital}：{'，'.join(f'{told(at)} {words}' for at, words in steps if at is not None)}"


def when(zone: str, moment: datetime, now: datetime) -> str:
    """13:52 today, 11-20 13:52 in this year."""
    shown = local(zone, moment)
    if date_in(zone, moment) == date_in(zone, now):
        return f"{shown:%H:%M}"
    return f"{shown:%m-%d %H:%M}" if shown.year == local(zone, now).year else f"{shown:%Y-%m-%d %H:%M}"
