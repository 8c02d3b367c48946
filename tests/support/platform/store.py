"""What the platform keeps: every version of every resource, and the lists searches walk along."""

from __future__ import annotations

import uuid
from bisect import bisect_left, insort
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tests.support.platform.exchange import Resource

Key = tuple[datetime, int]  # when it was written, and a running number that makes it unique

REFERENCES = (
    "subject",
    "patient",
    "owner",
    "for",
    "managingOrganization",
    "organization",
    "encounter",
    "target",
)


@dataclass(frozen=True)
class Version:
    """One version of one resource; `resource` is None where it was deleted."""

    type: str
    id: str
    number: str
    at: datetime
    sequence: int
    method: str  # POST, PUT or DELETE
    resource: Resource | None

    @property
    def key(self) -> Key:
        """Its place in the lists."""
        return self.at, self.sequence

    @property
    def reference(self) -> str:
        """How others refer to it: Patient/12."""
        return f"{self.type}/{self.id}"


@dataclass
class Rows:
    """What searches of one type know: the order of writing, and who carries which identifier, tag, reference."""

    order: list[Key] = field(default_factory=list)
    ids: dict[int, str] = field(default_factory=dict)  # running number → id
    shown: dict[str, Version] = field(default_factory=dict)
    values: dict[str, set[str]] = field(default_factory=dict)
    tags: dict[str, set[str]] = field(default_factory=dict)
    references: dict[str, set[str]] = field(default_factory=dict)

    def show(self, version: Version) -> None:
        """Let searches see this version instead of the one before."""
        if before := self.shown.pop(version.id, None):
            del self.order[bisect_left(self.order, before.key)]
            del self.ids[before.sequence]
            for index, words in self._words(before):
                for word in words:
                    index[word].discard(version.id)
        if version.resource is None:
            return
        self.shown[version.id] = version
        self.ids[version.sequence] = version.id
        insort(self.order, version.key)
        for index, words in self._words(version):
            for word in words:
                index.setdefault(word, set()).add(version.id)

    def _words(self, version: Version) -> Iterator[tuple[dict[str, set[str]], list[str]]]:
        resource = version.resource or {}
        yield self.values, [str(each.get("value")) for each in identifiers(resource)]
        yield self.tags, [str(tag.get("code")) for tag in resource.get("meta", {}).get("tag", ())]
        yield self.references, list(referred(resource, REFERENCES))


class Store:
    """Type → id → versions. Rows may appear late: they are kept at once and shown to searches after `lag`."""

    def __init__(self, now: Callable[[], datetime], *, numbers: bool, whole_seconds: bool) -> None:
        self._now = now
        self._numbers = numbers
        self._whole_seconds = whole_seconds
        self.on_write: Callable[[Version], None] | None = None
        self.lag: timedelta | None = timedelta(0)  # None: until somebody sets it anew
        self.empty()

    def empty(self) -> None:
        """Forget everything; ids go on being new."""
        self._versions: dict[str, dict[str, list[Version]]] = {}
        self._rows: dict[str, Rows] = {}
        self._late: deque[tuple[datetime | None, Version]] = deque()
        self._sequence = getattr(self, "_sequence", 1000)
        self.log: list[Version] = []

    def new_id(self) -> str:
        """An id of the platform's own making."""
        self._sequence += 1
        return str(self._sequence) if self._numbers else str(uuid.uuid4())

    def current(self, type_: str, id_: str) -> Version | None:
        """The last version, a deleted one too."""
        versions = self._versions.get(type_, {}).get(id_)
        return versions[-1] if versions else None

    def is_there(self, reference: str) -> bool:
        """Whether `Type/id` can be referred to."""
        type_, _, id_ = reference.partition("/")
        version = self.current(type_, id_.partition("/")[0])
        return version is not None and version.resource is not None

    def versions(self, type_: str, id_: str) -> list[Version]:
        """All versions, the oldest first."""
        return list(self._versions.get(type_, {}).get(id_, ()))

    def types(self) -> list[str]:
        """Every type that was ever written."""
        return sorted(self._versions)

    def living(self, type_: str) -> list[Version]:
        """The current versions of a type, in the order of their last change."""
        found = [versions[-1] for versions in self._versions.get(type_, {}).values()]
        return sorted((v for v in found if v.resource is not None), key=lambda version: version.key)

    def write(self, type_: str, id_: str, resource: Resource | None, method: str) -> Version:
        """Keep a new version; sets id, versionId and lastUpdated in `resource` itself."""
        before = self._versions.get(type_, {}).get(id_, ())
        self._sequence += 1
        number = str(len(before) + 1) if self._numbers or self._whole_seconds else str(uuid.uuid4())
        at = self._now()
        if resource is not None:
            meta = {**resource.get("meta", {}), "versionId": number, "lastUpdated": self.written(at)}
            resource.update(id=id_, meta=meta)
        version = Version(type_, id_, number, at, self._sequence, method, resource)
        self.keep(version)
        self._show_or_wait(version)
        if self.on_write:
            self.on_write(version)
        return version

    def keep(self, version: Version) -> None:
        """Take a version in as it is, unseen by searches until `show_now`; for reading a kept store back."""
        self._versions.setdefault(version.type, {}).setdefault(version.id, []).append(version)
        self.log.append(version)
        self._sequence = max(self._sequence, version.sequence)

    def show_now(self, version: Version) -> None:
        """Let searches see it."""
        self._rows.setdefault(version.type, Rows()).show(version)

    def rows(self, type_: str) -> Rows:
        """What searches of this type see at this moment."""
        while self._late and self._is_due(self._late[0][0]):
            self.show_now(self._late.popleft()[1])
        return self._rows.setdefault(type_, Rows())

    def written(self, at: datetime) -> str:
        """An instant as this server shows it."""
        if self._whole_seconds:
            return at.strftime("%Y-%m-%dT%H:%M:%SZ")
        return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def _show_or_wait(self, version: Version) -> None:
        if self.lag == timedelta(0) and not self._late:
            self.show_now(version)
        else:
            self._late.append((None if self.lag is None else self._now() + self.lag, version))

    def _is_due(self, due: datetime | None) -> bool:
        return self.lag is not None if due is None else due <= self._now()


def identifiers(resource: Resource) -> list[dict[str, Any]]:
    """The identifiers of a resource: a list, or the single one of a QuestionnaireResponse or Bundle."""
    found = resource.get("identifier", [])
    return found if isinstance(found, list) else [found]


def referred(resource: Resource, elements: tuple[str, ...]) -> Iterator[str]:
    """What the named top-level elements refer to: Patient/12."""
    for element in elements:
        held = resource.get(element)
        for each in held if isinstance(held, list) else [held]:
            if isinstance(each, dict) and isinstance(each.get("reference"), str):
                yield each["reference"].partition("/_history/")[0]
