"""What an arrival means where unsent work stands: a receipt, nothing of ours, newer work, or a conflict in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.clock import local
from app.core.unit import Unit
from app.fhir import Held, Mapper, Part, Revision, envelope_of
from app.registry import RECORDS
from app.sync.pull import elements
from app.sync.pull.pages import updated_at
from app.sync.pull.receipts import acked as settle
from app.sync.pull.receipts import confirm, of, part_of
from db.base import Clinical
from db.models import Outbox, Remote

Body = dict[str, Any]
__all__ = ["Beside", "Verdict", "confirm", "others_differ", "reopen", "settle"]


@dataclass(frozen=True)
class Proved:
    """A revision whose envelope came back, and what was sent of it."""

    revision: Revision
    part: Part


@dataclass(frozen=True)
class Verdict:
    """`proved`: the revision that proves to have come there. `base`: what stood there before others changed it.

    `gives_way`: newer work stands there and nothing was edited here since the restore. `aside` and `words` say why
    it is not taken, and what differs.
    """

    proved: Proved | None = None
    base: Body | None = None
    gives_way: bool = False
    aside: str = ""
    words: str = ""


class Beside:
    """Unsent revisions of one record, `waiting`, and what comes beside them."""

    def __init__(self, unit: Unit, mapper: Mapper, waiting: Sequence[Outbox], since: datetime | None) -> None:
        self._unit = unit
        self._mapper = mapper
        self._newest = max(waiting, key=lambda row: (row.revision, row.id))
        self._since = since

    def judged(self, theirs: Body, base: Body | None, row: Remote | None, rid: UUID) -> Verdict:
        """`theirs` and `base` with local references; `base` None if nothing was known of it."""
        said = envelope_of(theirs)
        newest = of(self._newest)
        sent = None
        if said is not None and said.revision <= newest.revision:
            sent = Revision(newest.kind, newest.record, said.revision, said.station)
        made = self._mapper.parts(self._unit, list(dict.fromkeys((newest, sent or newest))))
        if isinstance(made.get(newest), Held):
            return Verdict(aside=f"{_held(made[newest])}，区平台上的修改没有采用。")
        ours = part_of(made.get(newest), str(theirs["resourceType"]), rid)
        before = part_of(made.get(sent), str(theirs["resourceType"]), rid) if sent else None
        proved = None
        if sent is not None and before is not None and not _knows(row, sent):
            proved, base = Proved(sent, before), before.body
        if said is not None and said.revision > newest.revision and self._is_untouched(newest):
            return Verdict(base=base, gives_way=True)
        if ours is None:
            return Verdict(proved, base, aside=self._later(theirs, base))
        return Verdict(proved, base, words=self._words(theirs, base, ours))

    def _later(self, theirs: Body, base: Body | None) -> str:
        """What another program said at a resource that the unsent work leaves alone is taken once that is sent."""
        takes = str(theirs["resourceType"]) in self._mapper.takes
        if not takes or base is None or elements.without_meta(theirs) == elements.without_meta(base):
            return ""
        return "本站还有修改没有上传，上传后再采用区平台上的内容。"

    def _is_untouched(self, newest: Revision) -> bool:
        """After a restore: nobody edited the record here since."""
        model = RECORDS[newest.kind].model
        if self._since is None or model is None:
            return False
        written = self._unit.session.scalars(select(model.recorded_at).where(model.rid == newest.record))
        return all(at < self._since for at in written)

    def _words(self, theirs: Body, base: Body | None, ours: Part) -> str:
        """What both sides changed; empty if nothing that we answer for was changed there, or ours answers it."""
        if ours.answers is not None and ours.answers(theirs):
            return ""
        changed = elements.differing(ours, theirs, ours.body)
        if base is not None:
            changed &= elements.differing(ours, theirs, base)
        when = self._when(theirs)
        said = envelope_of(theirs)
        if changed and (apart := self._apart(theirs, ours)):
            return apart
        if changed:
            return f"与区平台{when}的修改在 {len(changed)} 个要素上不同：{elements.names(changed)}"
        model = RECORDS[self._newest.kind].model
        if (
            said is not None
            and model is not None
            and issubclass(model, Clinical)
            and said.station != self._newest.station
            and said.revision >= self._newest.revision
        ):
            return f"{said.station} 站{when}也更正过这份记录，请决定以哪一份为准"
        return ""

    def _apart(self, theirs: Body, ours: Part) -> str:
        """What two stations did, as their kind tells it; most kinds leave it to the names of the elements."""
        tell = getattr(self._mapper, "told_apart", None)
        return str(tell(theirs, ours.body, self._when(theirs))) if tell is not None else ""

    def _when(self, theirs: Body) -> str:
        at = updated_at(theirs)
        if at is None:
            return "上"
        there, now = local(self._unit.settings.zone, at), local(self._unit.settings.zone, self._unit.now)
        return f" {there:%H:%M} " if there.date() == now.date() else f" {there:%m-%d %H:%M} "


def others_differ(unit: Unit, kind: str, record: UUID, but: UUID) -> bool:
    """Whether another resource of a record waits for a decision: that this one does not says nothing of it."""
    mine = (Remote.kind == kind, Remote.record == record, Remote.rid != but, Remote.theirs.is_not(None))
    return unit.session.scalar(select(Remote.rid).where(*mine).limit(1)) is not None


def reopen(waiting: Iterable[Outbox]) -> bool:
    """Nothing differs any more: what waited for a decision waits for the platform again. False if nothing did."""
    undecided = [row for row in waiting if row.state == "conflict"]
    for row in undecided:
        row.state, row.words = "pending", None
    return bool(undecided)


def _knows(row: Remote | None, sent: Revision) -> bool:
    """Whether it was known already that this revision, or a later one, stood there."""
    return row is not None and bool(row.body) and row.revision >= sent.revision


def _held(made: object) -> str:
    return made.words if isinstance(made, Held) else ""
