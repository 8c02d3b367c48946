"""How sync stands: confirmed state, what waits, what was put aside, what came through today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, text

from app.core.orders import Question, answers
from app.core.unit import Reader
from app.sync import marks
from app.sync.access import Access
from app.sync.words import HELD, PHASES, Standing, stale, waiting
from db.models import Outbox, Remote

WAITING = text("outbox.state <> 'acked'")
"""Written out, or SQLite would not see that the small index of waiting rows answers it."""


_CALM = ("online", "unset", "unchecked", "off")
REFUSED = (Remote.words.is_not(None), Remote.theirs.is_not(None))
"""What came from there and did not fit here; words alone belong to a conflict."""


@dataclass(frozen=True)
class Overview:
    """`waiting` counts what may still be sent, `held` what stays here by a rule, `aside` what the platform refused.

    `quarantined` are our rows among `aside`; the rest came from there and did not fit here. `at` is when `phase` was
    confirmed, `success` the last time everything was. `emptied`: that server no longer holds our institution as before.
    """

    phase: str
    words: str
    host: str
    latency_ms: int | None
    at: datetime | None
    waiting: int
    held: int
    quarantined: int
    aside: int
    conflicts: int
    received_today: int
    success: datetime | None
    next_try: datetime | None
    reconciling: bool
    emptied: bool

    @property
    def named(self) -> bool:
        """Whether a platform is named at all."""
        return self.phase != "unset"

    @property
    def title(self) -> str:
        """The state in two to five characters."""
        return PHASES[self.phase]


@dataclass(frozen=True)
class SyncOverview(Question[Overview]):
    """How things stand with the district platform, as far as it is confirmed."""


@dataclass(frozen=True)
class SyncAlarms(Question[int]):
    """How many records need a person: conflicts and what was put aside."""


def standing(reader: Reader) -> Standing:
    """Where the platform stands now; what was confirmed of another address, or long ago, is not said of this one."""
    access = Access.of(reader.settings, reader.environ)
    state = marks.state(reader.session)
    phase, words = state.phase, state.words
    if access is None:
        phase, words = "unset", ""
    elif not _is_of(state, access) or _outdated(reader, state):
        phase, words = "unchecked", ""
    return Standing(phase, words, marks.next_try(reader.session), reader.now, reader.settings.zone)


def _is_of(state: marks.State, access: Access) -> bool:
    """Whether a remembered state is of this platform: rounds remember its host."""
    return state.address == access.host


def _outdated(reader: Reader, state: marks.State) -> bool:
    return state.phase == "online" and stale(state.at, reader.now, reader.settings.sync_every_minutes)


@answers(SyncOverview)
def overview(reader: Reader, _question: SyncOverview) -> Overview:
    now = standing(reader)
    state = marks.state(reader.session)
    access = Access.of(reader.settings, reader.environ)
    known = now.phase not in ("unset", "unchecked")
    counts = _counts(reader)
    aside = counts["quarantined"] + _aside(reader)
    return Overview(
        phase=now.phase,
        words=now.words or ("" if now.phase in _CALM else waiting(now)),
        host=access.host if access else "",
        latency_ms=state.latency_ms if known else None,
        at=state.at if access is not None and _is_of(state, access) else None,
        waiting=counts["pending"] + counts["sending"] + counts["unknown"],
        held=counts["held"],
        quarantined=counts["quarantined"],
        aside=aside,
        conflicts=counts["conflict"],
        received_today=_received_since(reader, _midnight(reader)),
        success=marks.success(reader.session),
        next_try=now.next_try,
        reconciling=marks.read(reader.session, marks.RECONCILE) is not None,
        emptied=now.phase == "strange" and _vanished(now.words),
    )


def _vanished(words: str) -> bool:
    from app.sync.vanished import (  # with it comes httpx: not before the first window is painted
        EMPTIED,
        MOVED,
    )

    return words in (EMPTIED, MOVED)


@answers(SyncAlarms)
def alarms(reader: Reader, _question: SyncAlarms) -> int:
    counts = _counts(reader)
    return counts["quarantined"] + counts["conflict"] + _aside(reader)


def _counts(reader: Reader) -> dict[str, int]:
    """Rows not yet acknowledged, by state; `held` apart from what waits."""
    held = func.coalesce(Outbox.words, "").startswith(HELD, autoescape=True) & (Outbox.state == "pending")
    statement = select(Outbox.state, held, func.count()).where(WAITING).group_by(Outbox.state, held)
    counts = dict.fromkeys(("pending", "held", "sending", "unknown", "conflict", "quarantined"), 0)
    for state, is_held, count in reader.session.execute(statement):
        counts["held" if is_held else state] += count
    return counts


def _aside(reader: Reader) -> int:
    """What came from there and was put aside."""
    statement = select(func.count()).select_from(Remote).where(*REFUSED)
    return reader.session.execute(statement).scalar_one()


def _received_since(reader: Reader, since: datetime) -> int:
    """Receipts kept since then; a version that a later one stood in for is none."""
    statement = select(func.count()).select_from(Outbox).where(text("outbox.state = 'acked'"))
    return reader.session.execute(
        statement.where(Outbox.acked_at >= since, Outbox.words.is_(None))
    ).scalar_one()


def _midnight(reader: Reader) -> datetime:
    """When the institution's day began."""
    return datetime.combine(reader.today, time(), ZoneInfo(reader.settings.zone))
