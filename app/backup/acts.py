"""What backups leave in the database: notes in the audit chain, and what a restored station must know of itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from app.access.decisions import keep_settings
from app.access.service import keep_epoch
from app.backup.rules import MOST_HOURS, number_after_restore
from app.core.errors import Refusal
from app.core.orders import Order, Question, answers, performs
from app.core.roles import Right
from app.core.settings import Settings
from app.core.unit import Reader, Unit
from app.sync import marks
from db.base import to_number
from db.models import AuditLine, Draft, Sequence

BACKED_UP, DRILLED, RESTORED = "back_up", "drill_backup", "restore_backup"
_NO_NEWS = (BACKED_UP, DRILLED, "sign_in")


@dataclass(frozen=True)
class NoteBackup(Order[None]):
    """A backup was made and proved; `head` is the last audit line in it."""

    file: str
    head: int


@dataclass(frozen=True)
class NoteDrill(Order[None]):
    """A backup was restored for practice; `proof` says in words what was checked."""

    file: str
    proof: str


@dataclass(frozen=True)
class MarkRestored(Order[None]):
    """The first act in a restored station. `taken`: next numbers known from the station that was replaced."""

    file: str
    made_at: datetime
    head: tuple[int, bytes]
    epoch: int
    taken: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class ChangeBackups(Order[Settings]):
    """How often, and where the second copy goes (a folder, checked by whoever asks; empty: nowhere)."""

    every_hours: int
    second_place: str


@dataclass(frozen=True)
class ChangedSince(Question[bool]):
    """Whether there is anything that a backup with this audit head and this moment does not hold."""

    head: tuple[int, bytes]
    at: datetime


@performs(NoteBackup)
def note_backup(unit: Unit, order: NoteBackup) -> None:
    unit.note(BACKED_UP, "backup", None, f"{order.file}，到审计第 {order.head} 条")


@performs(NoteDrill)
def note_drill(unit: Unit, order: NoteDrill) -> None:
    unit.require(Right.BACK_UP)
    unit.note(DRILLED, "backup", None, f"{order.file}：{order.proof}")


@performs(ChangeBackups)
def change_backups(unit: Unit, order: ChangeBackups) -> Settings:
    """Refuses hours outside 1 to 24. Whoever holds the open station lets it take the new settings."""
    unit.require(Right.BACK_UP)
    if not 1 <= order.every_hours <= MOST_HOURS:
        raise Refusal(f"间隔是 1 到 {MOST_HOURS} 小时。", field="every_hours")
    settings = replace(
        unit.settings, backup_every_hours=order.every_hours, backup_second_place=order.second_place.strip()
    )
    return keep_settings(unit, settings, "change_backups")


@performs(MarkRestored)
def mark_restored(unit: Unit, order: MarkRestored) -> None:
    """Where the data come from, a new epoch, numbers that were never given, and a word for sync."""
    seq, mac = order.head
    made = order.made_at.isoformat()
    words = f"从备份 {order.file} 恢复（{made} 做的，到审计第 {seq} 条 {mac.hex()}）"
    unit.note(RESTORED, "backup", None, words)
    keep_epoch(unit, order.epoch)
    taken = dict(order.taken)
    for sequence in unit.session.scalars(select(Sequence)):
        sequence.next = number_after_restore(max(sequence.next, taken.pop(sequence.name, 0)))
    for name, number in taken.items():
        unit.session.add(Sequence(name=name, next=number_after_restore(number)))
    value = {"since": made, "restored_at": unit.now.isoformat(), "file": order.file, "epoch": order.epoch}
    before = (
        marks.read(unit.session, marks.RECONCILE) or {}
    )  # a station restored twice: since the earlier one
    marks.write(unit.session, marks.RECONCILE, {**value, "since": min(made, str(before.get("since", made)))})


@answers(ChangedSince)
def changed_since(reader: Reader, question: ChangedSince) -> bool:
    """Signing in and backing up are no news of their own; drafts leave no audit line and are asked for."""
    seq, mac = question.head
    session = reader.session
    if session.scalar(select(AuditLine.mac).where(AuditLine.seq == seq)) != mac:
        return True
    later = select(AuditLine.seq).where(AuditLine.seq > seq, AuditLine.act.not_in(_NO_NEWS)).limit(1)
    if session.scalar(later) is not None:
        return True
    saved = session.scalar(select(Draft.saved_at).order_by(Draft.saved_at.desc()).limit(1))
    return saved is not None and to_number(saved) >= to_number(question.at)
