"""What an answer of the platform means, in words, and how long to wait before the next try."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from enum import Enum, auto
from typing import Any

LONGEST_WORDS = 300
FIRST_WAIT = 1.0
LONGEST_WAIT = 300.0


class Stopped(Exception):
    """No use going on with this round. `phase` is what the station then is: offline, refused, forbidden, strange, busy.

    `wait`: seconds the platform asked for. `unsure`: a request may have been carried out all the same.
    `sent`: revisions that were confirmed before it came to this.
    """

    def __init__(self, phase: str, words: str, wait: float | None = None, *, unsure: bool = False) -> None:
        super().__init__(words)
        self.phase = phase
        self.words = words
        self.wait = wait
        self.unsure = unsure
        self.sent = 0


class Spoilt(Stopped):
    """The platform fails over one file: maybe over all, maybe over this one alone. `file`: what then is said of it."""

    def __init__(self, phase: str, words: str, wait: float | None = None, *, file: str) -> None:
        super().__init__(phase, words, wait)
        self.file = file


class Lost(Exception):
    """A request was sent and no whole answer came: nobody here knows whether it was carried out."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


def stopped_by(status: int, wait: float | None = None) -> Stopped | None:
    """Statuses, of an answer or of one entry in it, after which no other request makes sense either."""
    if status == 401:
        return Stopped("refused", "区平台要求登录或不认本站的令牌（401），请核对设置里的认证。")
    if status == 403:
        return Stopped("forbidden", "区平台不允许本站这样做（403），请联系区平台开通权限。")
    if status == 429:
        return Stopped("busy", "区平台请本站慢一点（429），稍后会再试。", wait)
    return None


class Verdict(Enum):
    """What to do about one answer, or one entry of a bundle's answer."""

    DONE = auto()
    AGAIN = auto()  # it collided with another transaction: soon again, alone
    CHANGED = auto()  # somebody changed the resource meanwhile
    GONE = auto()  # the resource is not there any more
    LATER = auto()  # the platform asks to slow down
    BARRED = auto()  # not allowed, or not signed in any more
    LARGE = auto()  # too much at once
    FAILED = auto()  # the server failed: maybe it, maybe this record
    POISON = auto()  # this will never be taken as it is


_SMALLER = re.compile(
    r"too (large|big|costly|many)|too-costly|exceed|more (update )?operations than|strict isolation",
    re.IGNORECASE,
)
_COLLIDED = re.compile(r"seriali[sz]|concurrent|deadlock", re.IGNORECASE)


def judged(status: int, body: Any, *, update: bool = False) -> Verdict:
    """What a status and its OperationOutcome mean for a create, or for an update of a known version."""
    if 200 <= status < 300:
        return Verdict.DONE
    if status in _PLAIN:
        return _PLAIN[status]
    if status in (404, 410):
        return Verdict.GONE if update else Verdict.POISON
    said = raw_words(body)
    if status in (409, 412):
        collided = status == 409 and (not update or _COLLIDED.search(said))
        return Verdict.AGAIN if collided else Verdict.CHANGED
    if status >= 500:
        return Verdict.FAILED
    return Verdict.LARGE if status == 413 or _SMALLER.search(said) else Verdict.POISON


_PLAIN = {429: Verdict.LATER, 401: Verdict.BARRED, 403: Verdict.BARRED}


def raw_words(body: Any) -> str:
    """Everything an OperationOutcome says, codes too."""
    issues = body.get("issue") if isinstance(body, dict) else None
    said = []
    for issue in issues if isinstance(issues, list) else []:
        details = issue.get("details") or {}
        codes = [one.get("code", "") for one in details.get("coding") or []]
        said += [issue.get("code", ""), issue.get("diagnostics", ""), details.get("text", ""), *codes]
    return " ".join(str(one) for one in said if one)


def outcome_words(body: Any) -> str:
    """An OperationOutcome as a person can read it: what, and where; empty if it says nothing."""
    issues = body.get("issue") if isinstance(body, dict) else None
    lines = []
    for issue in issues if isinstance(issues, list) else []:
        if issue.get("severity") in ("information", "warning"):
            continue
        text = (issue.get("details") or {}).get("text") or issue.get("diagnostics") or issue.get("code") or ""
        place = "、".join(issue.get("expression") or [])
        lines.append(f"{text}（{place}）" if place else str(text))
    words = "；".join(line for line in lines if line)
    return words if len(words) <= LONGEST_WORDS else words[: LONGEST_WORDS - 1] + "…"


def refusal_words(status: int, body: Any) -> str:
    """Why a record was put aside, with the server's own words."""
    return f"区平台不收：{outcome_words(body) or f'回答 {status}，没有说明原因'}"


_RESET = re.compile(r"\b(?:t|reset)=(\d+)")


def asked_wait(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds the server asks to wait: Retry-After (seconds or date), RateLimit (`t=`), RateLimit-Reset."""
    after = headers.get("retry-after", "").strip()
    if after.isdigit():
        return float(after)
    if after:
        try:
            return max(0.0, (parsedate_to_datetime(after) - now).total_seconds())
        except (ValueError, TypeError):
            pass
    limit = headers.get("ratelimit", "")
    if "r=0" in limit.replace(" ", "") or "remaining=0" in limit.replace(" ", ""):
        found = _RESET.search(limit)
        return float(found[1]) if found else None
    reset = headers.get("ratelimit-reset", "").strip()
    if reset.isdigit() and headers.get("ratelimit-remaining", "").strip() == "0":
        return float(reset)
    return None


def back_off(failures: int, chance: random.Random) -> float:
    """Seconds until the next try after so many failures in a row: full jitter under 1 s, 2 s, 4 s … 5 min."""
    ceiling = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(failures, 20))
    return chance.uniform(0.2 * FIRST_WAIT, ceiling)
