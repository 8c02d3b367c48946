"""What a person may do about sync: try at once, send again what was put aside, begin anew with another platform."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, or_, update

from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.fhir.attached import OURS
from app.sync import marks
from db.models import Outbox, Remote, RemoteFile, SyncMark

PRESSED = "sync.now"
"""Kind of news by which the engine hears that a person pressed 立即同步."""


@dataclass(frozen=True)
class SyncNow(Order[None]):
    """立即同步: a whole round at once, whatever the engine was waiting for."""


@dataclass(frozen=True)
class SendAgain(Order[None]):
    """One revision that was put aside is sent again, as it is."""

    outbox: int


@dataclass(frozen=True)
class ForgetPlatform(Order[int]):
    """The platform is empty, or another one: all that was confirmed is to be looked for there, and sent if it is not
    there. Nothing doubles on a platform that has it after all. Returns how many revisions that is."""


@performs(SyncNow)
def sync_now(unit: Unit, _order: SyncNow) -> None:
    unit.require(Right.SYNC)
    given_up = (RemoteFile.sha256.is_(None), RemoteFile.received_at.is_(None))  # and not decided for good
    unit.session.connection().execute(update(RemoteFile).where(*given_up).values(tries=0))
    unit.tell(PRESSED, unit.settings.institution_id)


@performs(SendAgain)
def send_again(unit: Unit, order: SendAgain) -> None:
    """Refuses what is not put aside (any more)."""
    unit.require(Right.SYNC)
    row = unit.session.get(Outbox, order.outbox)
    if row is None or row.state != "quarantined":
        raise Refusal("这一条已经不在搁置里了。")
    row.state, row.words, row.next_at = "pending", None, None
    unit.note("send_again", row.kind, row.record)
    unit.tell("sync", unit.settings.institution_id)
    unit.tell(PRESSED, unit.settings.institution_id)


@performs(ForgetPlatform)
def forget_platform(unit: Unit, _order: ForgetPlatform) -> int:
    """Administrators only. Cursors go too: what stands there is pulled from the beginning; of files only ours are
    known by what they hold, and not by an id that is another file's elsewhere."""
    unit.require(Right.CHANGE_SETTINGS)
    run = unit.session.connection()
    statement = (
        update(Outbox)
        .where(Outbox.state.in_(("acked", "sending")))
        .values(
            state="unknown",
            acked_at=None,
            next_at=None,
            looked=0,
            tried_at=None,
            words="区平台换了，先核对那里有没有。",
        )
    )
    again: int = run.execute(statement).rowcount
    run.execute(delete(Remote))
    run.execute(delete(RemoteFile).where(~RemoteFile.url.startswith(OURS)))
    lost = or_(*(SyncMark.key.startswith(begin) for begin in ("cursor/", "identity/", "file/")))
    gone = (marks.SUCCESS, marks.NEXT, marks.STATE, marks.FILES)
    run.execute(delete(SyncMark).where(lost | SyncMark.key.in_(gone)))
    unit.note("forget_platform", "setting", None)
    unit.tell("sync", unit.settings.institution_id)
    unit.tell(PRESSED, unit.settings.institution_id)
    return again
