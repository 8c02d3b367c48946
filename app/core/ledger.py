"""What every commit leaves behind: register versions, outbox lines and audit lines, seen from the session itself.

Nobody can forget them, since nobody writes them by hand: the unit's session is watched, and bulk writes (import,
sync) say what they wrote with `Unit.announce`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import ORMExecuteState, Session

from app.core import audit
from app.core.unit import Entry, Note, Unit
from db.base import Clinical, Register, to_number
from db.models import RegisterVersion

STRETCH = 2_000
"""Lines written between two looks at the watch: a few hundredths of a second."""

CHANGEABLE = frozenset({"current", "state"})
"""Columns of a clinical row that may change after it was signed; anything else is a new revision."""

# Bare SQL for the lines every single act writes: through the ORM they cost twice as much as the act itself.
_WAIT = (
    "INSERT INTO outbox (kind, record, revision, station, created_at, state, attempt)"
    " VALUES (?, ?, ?, ?, ?, 'pending', 0)"
)
_SQUASH = (
    "UPDATE outbox SET revision = ? WHERE id ="
    " (SELECT id FROM outbox WHERE kind = ? AND record = ? AND state = 'pending' ORDER BY id LIMIT 1)"
)
_HEAD = "SELECT seq, mac FROM audit ORDER BY seq DESC LIMIT 1"
_LINK = (
    "INSERT INTO audit (seq, who, role, at, offset_ms, station, act, kind, record, revision, reason, mac)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)

_LATER = {
    "draft": frozenset({"signed", "retracted"}),
    "signed": frozenset({"corrected", "retracted"}),
    "corrected": frozenset({"retracted"}),
    "retracted": frozenset[str](),
}
"""Which states may follow; nothing signed ever becomes a draft again, nothing retracted comes back."""


def watch(unit: Unit) -> None:
    """See every record row the unit's session writes; guard what must not be rewritten or erased."""
    event.listen(unit.session, "before_flush", lambda session, _context, _rows: _before_flush(unit, session))
    event.listen(unit.session, "do_orm_execute", _refuse_bulk)


def close(unit: Unit, act: str) -> tuple[int, bytes] | None:
    """Write the outbox and audit lines of everything the unit wrote; returns the chain's new head. The desk commits."""
    unit.session.flush()
    unit.entries = list(dict.fromkeys(unit.entries))
    _queue(unit, [entry for entry in unit.entries if entry.syncs])
    written = [Note(act, entry.kind, entry.record, entry.revision, entry.reason) for entry in unit.entries]
    return _chain(unit, [*written, *unit.notes])


def _refuse_bulk(state: ORMExecuteState) -> None:
    """A bulk change of record rows passes by the session, so no version, outbox or audit line could be written."""
    if not (state.is_update or state.is_delete):
        return
    mapper = state.bind_mapper
    if mapper is not None and issubclass(mapper.class_, (Clinical, Register)):
        raise TypeError(f"records are changed one by one: {mapper.class_.__kind__}")


def _before_flush(unit: Unit, session: Session) -> None:
    for row in session.new:
        if isinstance(row, (Clinical, Register)):
            unit.entries.append(_entry(unit, row))
    for row in list(session.dirty):
        if isinstance(row, Register) and session.is_modified(row):
            if (row.__kind__, row.rid) not in {(entry.kind, entry.record) for entry in unit.entries}:
                _keep_version(unit, row)
                unit.entries.append(_entry(unit, row))
        elif isinstance(row, Clinical) and session.is_modified(row) and _content_changed(row):
            unit.entries.append(_entry(unit, row))
    for row in session.deleted:
        if isinstance(row, Clinical) and _before(row, "state") == "draft":
            continue
        if isinstance(row, (Clinical, Register)):
            raise TypeError(f"a record is never erased: {row.__kind__}")


def _keep_version(unit: Unit, row: Register) -> None:
    """Keep the old content readable, and put the new author on the row."""
    old = {column.key: _before(row, column.key) for column in inspect(row).mapper.column_attrs}
    unit.session.add(
        RegisterVersion(
            kind=row.__kind__,
            record=row.rid,
            revision=old["revision"],  # what came from elsewhere has set its own already
            station=old["station"],
            content=old,
            replaced_at=unit.now,
        )
    )
    if unit.receiving:
        return  # who wrote it there, and which revision it is, came with it
    row.revision += 1
    if not inspect(row).attrs.source.history.has_changes():
        row.source = "manual"  # whatever brought it here, a person writes it now
    row.author, row.author_role = unit.actor.rid, unit.actor.role_code
    row.station, row.at, row.recorded_at = unit.station, unit.now, unit.now
    row.clock_offset_ms = unit.clock_offset_ms


def _content_changed(row: Clinical) -> bool:
    """Whether a changed row says something new (not merely that a newer revision came); refuses overwriting."""
    attributes = inspect(row).attrs
    touched = {name for name, attribute in attributes.items() if attribute.history.has_changes()}
    before = _before(row, "state")
    if before != "draft" and touched - CHANGEABLE:
        raise TypeError(f"a signed {row.__kind__} is never overwritten: {sorted(touched - CHANGEABLE)}")
    if "state" in touched and row.state != before and row.state not in _LATER[before]:
        raise TypeError(f"a {row.__kind__} never goes from {before} to {row.state}")
    return touched != {"current"}


def _before(row: Clinical | Register, column: str) -> Any:
    """What a column held in the file, whether or not it was loaded before it was set."""
    state = inspect(row)
    history = state.attrs[column].history
    if history.deleted:
        return history.deleted[0]
    if not history.added:
        return getattr(row, column)
    session = state.session
    table = state.mapper.local_table
    if session is None:
        raise TypeError("a row outside a session")
    key = zip(state.mapper.primary_key, state.identity or (), strict=True)
    return session.connection().scalar(select(table.c[column]).where(*(name == value for name, value in key)))


def _entry(unit: Unit, row: Clinical | Register) -> Entry:
    signed = not isinstance(row, Clinical) or row.state != "draft"
    squashes = isinstance(row, Register)
    syncs = row.goes and signed and not unit.receiving
    return Entry(row.__kind__, row.rid, row.revision, row.reason, syncs, squashes)


def _queue(unit: Unit, entries: list[Entry]) -> None:
    """Outbox lines. An unsent edit of a register row is squashed into the line that already waits."""
    run = unit.session.connection().exec_driver_sql
    now = to_number(unit.now)
    fresh = []
    for entry in entries:
        record = entry.record.bytes
        if entry.revision > 1 and entry.squashes:
            squashed = run(_SQUASH, (entry.revision, entry.kind, record))
            if squashed.rowcount:
                continue
        fresh.append((entry.kind, record, entry.revision, unit.station, now))
    for some in _stretches(unit, fresh):
        run(_WAIT, some)


def _chain(unit: Unit, notes: list[Note]) -> tuple[int, bytes] | None:
    """Audit lines, each sealed over the one before it; the new head, or None if there was nothing to say."""
    if not notes:
        return None
    run = unit.session.connection().exec_driver_sql
    head = run(_HEAD).first()
    seq, mac = (0, audit.START) if head is None else head
    who, role, now = unit.actor.rid, unit.actor.role_code, unit.now
    rows = []
    for note in notes:
        seq += 1
        if seq % STRETCH == 0:
            unit.watch.check()
        fields = (note.act, note.kind, note.record, note.revision, note.reason)
        offset = unit.clock_offset_ms
        mac = audit.seal(unit.seals.audit, (mac, seq, who, role, now, offset, unit.station, *fields))
        record = None if note.record is None else note.record.bytes
        plain = (note.act, note.kind, record, note.revision, note.reason, mac)
        rows.append((seq, who.bytes, role, to_number(now), offset, unit.station, *plain))
    for some in _stretches(unit, rows):
        run(_LINK, some)
    return seq, mac


def _stretches(unit: Unit, rows: list[Any]) -> Iterator[list[Any]]:
    """Rows in stretches, with a look between them whether a person has cancelled: nothing is committed yet."""
    for start in range(0, len(rows), STRETCH):
        unit.watch.check()
        yield rows[start : start + STRETCH]
