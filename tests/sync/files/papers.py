"""Notes with files attached: a kind that sends files, made of one that is there, with a station and a platform."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from app.core.blobs import BlobOf, keep_file, media_of
from app.core.unit import Reader, Unit
from app.fhir import Arrival, Held, House, Mapper, Part, Revision, Taken
from app.fhir.attached import attachment, file_of
from app.fhir.files import FileHere, FilesOf
from app.journals import AddEntry
from app.registry import MAPPERS
from app.sync.access import Access
from app.sync.round import Rounds
from tests.support.acts import Act
from tests.support.platform import Request, Resource
from tests.support.platform.binary import content_of
from tests.sync.joined import QUICK, Joined

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 40
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x01" * 2000
HTML = b"<!doctype html><html>%PDF-</html>"


@dataclass
class WithFiles:
    """The translator of entries; those that were given files name them behind their text."""

    inner: Mapper
    files: dict[UUID, tuple[bytes, ...]] = field(default_factory=dict)

    @property
    def types(self) -> tuple[str, ...]:
        return self.inner.types

    @property
    def takes(self) -> frozenset[str]:
        return self.inner.takes

    @property
    def apart(self) -> bool:
        return self.inner.apart

    @property
    def names_itself(self) -> bool:
        return self.inner.names_itself

    def claims(self, body: dict[str, Any]) -> bool:
        return self.inner.claims(body)

    def parts(self, reader: Reader, asked: Sequence[Revision]) -> dict[Revision, tuple[Part, ...] | Held]:
        house = House.of(reader.settings)
        return {
            revision: made
            if isinstance(made, Held)
            else tuple(self._with(house, reader, one) for one in made)
            for revision, made in self.inner.parts(reader, asked).items()
        }

    def take(self, unit: Unit, arrival: Arrival) -> Taken:
        return self.inner.take(unit, arrival)

    def _with(self, house: House, reader: Reader, part: Part) -> Part:
        contents = self.files.get(part.rid, ())
        if not contents:
            return part
        files = tuple(file_of(house, name_of(one), media_of(one)) for one in contents)
        attached = [
            {
                "attachment": attachment(
                    house, file, one, "转院小结", reader.now.replace(microsecond=0, second=0, minute=0)
                )
            }
            for file, one in zip(files, contents, strict=True)
        ]
        body = {**part.body, "content": [*part.body["content"], *attached]}
        return replace(part, body=body, files=files)


def name_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@dataclass
class Filing(Joined):
    """A station whose notes have files."""

    papers: WithFiles = field(default_factory=lambda: WithFiles(MAPPERS["entry"]))

    def restart(self) -> None:
        mappers = {**MAPPERS, "entry": self.papers}
        self.rounds = Rounds(self.station.desk, tempo=QUICK, mappers=mappers)

    def at(self, address: str) -> None:
        """With another address of the same platform."""
        self.access = Access(address)

    def write(self, resident: UUID, *contents: bytes) -> UUID:
        """A note with these files, which are kept here."""

        def keep(unit: Unit) -> None:
            for content in contents:
                keep_file(unit, content, "paper")

        self.station.desk.do_now(Act(keep))
        rid = self.station.desk.do_now(
            AddEntry(resident, "nursing-note", {"kind": "general", "text": "见附件。"})
        )
        self.papers.files[rid] = contents
        return rid

    def stored(self) -> list[bytes]:
        """What the platform's files hold."""
        return [content_of(one) for one in self.platform.resources("Binary")]

    def urls(self, rid: UUID) -> tuple[str, ...]:
        """What the note's attachments say at the platform."""
        (body,) = self.there(rid, "DocumentReference")
        return tuple(one["attachment"]["url"] for one in body["content"] if "url" in one["attachment"])

    def here(self, *urls: str) -> dict[str, FileHere]:
        found = self.station.desk.ask_now(FilesOf(urls))
        return dict(found)

    def content(self, url: str) -> bytes | None:
        """The file a url leads to, as it is kept here."""
        name = self.here(url)[url].sha256
        return None if name is None else self.station.desk.ask_now(BlobOf(name))


def puts(request: Request) -> bool:
    """Requests that carry a file to the platform."""
    return request.method == "PUT" and request.path.startswith("Binary/")


def gets(request: Request) -> bool:
    """Requests that ask for a file."""
    return request.method == "GET" and request.path.startswith("Binary/")


def shells(request: Request) -> bool:
    """Requests for an empty Binary."""
    return request.method == "POST" and request.path == "Binary"


def named(body: Resource) -> list[str]:
    return [one["attachment"]["url"] for one in body["content"] if "url" in one["attachment"]]
