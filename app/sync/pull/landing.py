"""One arrival lands: it is ours coming back, is taken in, stands beside unsent work, or is left alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Any
from uuid import UUID

from app.core.ids import NAMED
from app.core.unit import Unit
from app.fhir import Arrival, Mapper, Ref, claimant, envelope_of, references, resolved
from app.fhir.clinicals import ClinicalMapper
from app.fhir.elements import referred
from app.sync.doubted import note
from app.sync.pull import judge
from app.sync.pull.elements import differing, without_meta
from app.sync.pull.judge import Beside, Proved
from app.sync.pull.known import Known, record_of
from app.sync.pull.naming import is_document, name_files
from app.sync.pull.pages import row_of, updated_at
from app.sync.pull.uniting import unite, united
from db.models import Remote

Body = dict[str, Any]


class Fate(Enum):
    """What became of an arrival."""

    TAKEN = auto()  # something new stands in the record
    NOTHING = auto()  # it said nothing new
    CONFLICT = auto()  # both sides changed the same thing
    ASIDE = auto()  # it does not fit here
    FOREIGN = auto()  # a stranger's: left alone
    DOUBLED = auto()  # a second resource with an identity we know
    LOST = auto()  # the resource we knew was replaced by another


@dataclass(frozen=True)
class _Came:
    """An arrival and whose it is: `here` with local references, the identity, the record and its kind."""

    body: Body
    here: Body
    rid: UUID
    record: UUID
    kind: str
    mapper: Mapper


class Landing:
    """Lands the arrivals of one order. `acked`: outbox rows that arrivals confirmed; `lost`: identities by id;
    `has_news`: whether what is said of waiting rows has changed.
    """

    def __init__(
        self, unit: Unit, mappers: Mapping[str, Mapper], known: Known, since: datetime | None
    ) -> None:
        self._unit = unit
        self._mappers = mappers
        self._known = known
        self._since = since
        self.acked = 0
        self.has_news = False
        self.lost: dict[str, UUID] = {}

    def land(self, body: Body) -> Fate:
        """Raises Refusal or IntegrityError where it does not fit."""
        rid = self._known.rid(body)
        if rid is None:
            return Fate.FOREIGN
        row = self._known.row(body)
        if row is not None and (fate := self._set_apart(row, body, rid)):
            return fate
        kind = self._kind(body)
        if kind is None:
            return Fate.FOREIGN
        here = self._known.localised(body)
        came = _Came(body, here, rid, self._record(kind, here, rid), kind, self._mappers[kind])
        if self._comes_back(row, body):
            return self._only_kept(came)
        if self._known.waiting(kind, came.record) and self._meets(came):
            return self._beside(came)
        return self._take(came, None)

    def _meets(self, came: _Came) -> bool:
        """Whether it is about what waits here: of a kind whose stations keep apart, only what this station wrote."""
        if not came.mapper.apart:
            return True
        said, row = envelope_of(came.body), self._known.row(came.body)
        return (said.station if said else row.station if row else "") == self._unit.station

    def _kind(self, body: Body) -> str | None:
        """Whose it is of the kinds that share its type: as it is known here, else by what it says."""
        row = self._known.row(body)
        return row.kind if row is not None and row.kind in self._mappers else claimant(self._mappers, body)

    def _set_apart(self, row: Remote, body: Body, rid: UUID) -> Fate | None:
        """What is not the newest word on the resource we know; None if it is."""
        if row.body and row.server_id != body["id"]:
            note(self._unit.session, Ref(str(body["resourceType"]), rid), self._unit.now)
            return Fate.DOUBLED
        if not self._known.has_identity(body) and self._is_superseded(body, rid):
            self.lost[str(body["id"])] = rid
            self._unit.session.delete(row)
            self._known.forget(row)
            return Fate.LOST
        return Fate.NOTHING if _is_older(row, body) else None

    def put_aside(self, body: Body, words: str) -> Fate:
        """Keep what came beside what was known, with the reason why it was not taken; no news if that is known."""
        rid, kind = self._known.rid(body), self._kind(body)
        if rid is None or kind is None:
            return Fate.FOREIGN
        row = self._known.row(body) or self._new_row(body, rid, kind, rid)
        if (row.words, row.theirs) == (words, body):
            return Fate.NOTHING
        row.words, row.theirs, row.received_at = words, body, self._unit.now
        return Fate.ASIDE

    # ours comes back --------------------------------------------------------------------------------------------

    def _is_superseded(self, body: Body, rid: UUID) -> bool:
        """Two resources had one identity; this one gave it up for the other."""
        found = body.get("identifier") or []
        wanted = (f"{self._known.house.system}:superseded", str(rid))
        marks = found if isinstance(found, list) else [found]
        tags = (body.get("meta") or {}).get("tag") or []
        return wanted in {(one.get("system"), one.get("value") or one.get("code")) for one in [*marks, *tags]}

    def _comes_back(self, row: Remote | None, body: Body) -> bool:
        """Whether this is what is already known to stand there."""
        if row is None or not row.body:
            return False
        if row.version is not None:
            return row.version == row_of(body).version
        envelope = envelope_of(body)
        same = envelope is not None and (envelope.revision, envelope.station) == (row.revision, row.station)
        return same and without_meta({**row.body, "id": body["id"]}) == without_meta(body)

    def _only_kept(self, came: _Came) -> Fate:
        row = self._known.row(came.body)
        if row is None or row.body != came.body or row.words is not None or row.theirs is not None:
            self._keep(came, came.rid, came.record)
        self.acked += judge.settle(self._unit, came.mapper, self._known.waiting(came.kind, came.record))
        return Fate.NOTHING

    # beside unsent work -----------------------------------------------------------------------------------------

    def _beside(self, came: _Came) -> Fate:
        waiting = self._known.waiting(came.kind, came.record)
        row = self._known.row(came.body)
        base = self._known.localised(row.body) if row is not None and row.body else None
        beside = Beside(self._unit, came.mapper, waiting, self._since)
        verdict = beside.judged(came.here, base, row, came.rid)
        if verdict.aside:
            return self.put_aside(came.body, verdict.aside)
        if verdict.proved is not None:
            self._keep_proved(came, verdict.proved)
        self.acked += judge.settle(self._unit, came.mapper, waiting)
        if verdict.gives_way:
            judge.confirm(self._unit, waiting)
            self.acked += len(waiting)
        if not self._known.waiting(came.kind, came.record):
            return self._take(came, verdict.base)
        if verdict.words:
            return self._united(came) or self._conflict(came, verdict.words)
        if not judge.others_differ(self._unit, came.kind, came.record, came.rid):
            self.has_news |= judge.reopen(self._known.waiting(came.kind, came.record))
        self._keep(came, came.rid, came.record)
        return Fate.NOTHING

    def _keep_proved(self, came: _Came, proved: Proved) -> None:
        """What we had sent stood there, whatever others have made of it since."""
        changed = differing(proved.part, came.here, proved.part.body)
        row = self._keep(came, proved.part.rid, came.record)
        row.revision, row.station = proved.revision.revision, proved.revision.station
        if changed:
            before = {key: value for key, value in proved.part.body.items() if key in changed}
            others = {key: value for key, value in came.body.items() if key not in changed}
            row.body = {**others, **resolved(before, self._known.server_id)}
            row.version = row.updated_at = None

    def _united(self, came: _Came) -> Fate | None:
        """Both sides in one, of a kind that may be united; None where a person is to decide."""
        mapper, unit = came.mapper, self._unit
        if not (isinstance(mapper, ClinicalMapper) and mapper.unites and came.record.version == NAMED):
            return None
        row = self._known.row(came.body)
        type_ = str(came.body["resourceType"])
        arrival = Arrival(type_, came.rid, came.here, row_of(came.body).updated_at, None, 0)
        found = united(unit, mapper, arrival, row)
        if found is None:
            return None
        waiting = self._known.waiting(came.kind, came.record)
        unite(unit, mapper, found, waiting, lambda: self._take(came, None))
        self.acked += len(waiting)
        return Fate.TAKEN

    def _conflict(self, came: _Came, words: str) -> Fate:
        """Both sides stay: ours in the record, theirs beside what was last known to stand there."""
        body = came.body
        row = self._known.row(body) or self._new_row(body, came.rid, came.kind, came.record)
        if row.theirs != body:
            row.theirs, row.words, row.received_at = body, None, self._unit.now
        waiting = self._known.waiting(came.kind, came.record)
        is_new = any(one.state != "conflict" for one in waiting)
        self.has_news |= any(one.words != words for one in waiting)
        for one in waiting:
            one.state, one.words, one.next_at = "conflict", words, None
        return Fate.CONFLICT if is_new else Fate.NOTHING

    # taken in ---------------------------------------------------------------------------------------------------

    def _take(self, came: _Came, base: Body | None) -> Fate:
        row = self._known.row(came.body)
        type_ = str(came.body["resourceType"])
        if type_ not in came.mapper.takes:
            return self._remember(came)
        if base is None and row is not None and row.body:
            base = self._known.localised(row.body)
        stands = row.revision if row is not None else 0
        arrival = Arrival(type_, came.rid, came.here, row_of(came.body).updated_at, base, stands)
        taken = came.mapper.take(self._unit, arrival)
        kept = self._keep(came, came.rid, taken.record)
        kept.record, kept.revision, kept.station = taken.record, taken.revision, taken.station
        return Fate.TAKEN if taken.changed else Fate.NOTHING

    def _remember(self, came: _Came) -> Fate:
        """A resource that no record is rebuilt from; whoever corrects its record must know that it is there."""
        kept = self._keep(came, came.rid, came.record)
        if (envelope := envelope_of(came.body)) is not None:
            kept.revision, kept.station = envelope.revision, envelope.station
        return Fate.NOTHING

    def _record(self, kind: str, here: Body, rid: UUID) -> UUID:
        """The record it belongs to."""
        row = self._known.row(here)
        return (
            row.record if row is not None else record_of(references(here), self._mappers[kind].types[0], rid)
        )

    def _keep(self, came: _Came, rid: UUID, record: UUID) -> Remote:
        """What the platform holds now, as it says it itself."""
        body = came.body
        row = self._known.row(body) or self._new_row(body, rid, came.kind, record)
        row.body, row.server_id, row.theirs, row.words = body, str(body["id"]), None, None
        row.version, row.updated_at = row_of(body).version or None, row_of(body).updated_at
        row.received_at = self._unit.now
        resident = referred(came.here.get("subject"), "Patient") if is_document(body) else None
        if resident is not None:
            name_files(self._unit, body, resident)
        return row

    def _new_row(self, body: Body, rid: UUID, kind: str, record: UUID) -> Remote:
        """A resource seen for the first time; its empty body says that nothing of it was taken yet."""
        row = Remote(
            type=str(body["resourceType"]), rid=rid, kind=kind, record=record, revision=0, station="",
            server_id=str(body["id"]), body={}, received_at=self._unit.now,
        )  # fmt: skip
        self._known.keep(row)
        return row


def _is_older(row: Remote, body: Body) -> bool:
    """Searches may lag: a version older than the one known says nothing."""
    if (row_of(body).version == row.version and row.theirs is None) or _is_counted_later(row, body):
        return False
    at = row_of(body).updated_at
    last = max(filter(None, (row.updated_at, updated_at(row.theirs or {}))), default=None)
    if at is not None and last is not None:
        return at < last
    envelope = envelope_of(body)
    return row.version is None and envelope is not None and 0 < envelope.revision < row.revision


def _is_counted_later(row: Remote, body: Body) -> bool:
    """By the number of its version, where a server counts them: its clock may have been put back meanwhile."""
    said = str((body.get("meta") or {}).get("versionId") or "")
    theirs = str(((row.theirs or {}).get("meta") or {}).get("versionId") or "")
    known = [one for one in (row.version or "", theirs) if one]
    if not known or not all(one.isascii() and one.isdigit() for one in (said, *known)):
        return False
    return int(said) > max(map(int, known))
