"""Orders and questions of files on their way: how this server takes them, what was tried, what stands there now."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from uuid import UUID

from app.core.blobs import BlobOf, blob_of, media_of
from app.core.orders import Order, Question, answers, performs
from app.core.unit import Reader, Unit
from app.fhir.attached import BINARY, File, url_of
from app.sync import marks
from db.models import Remote, RemoteFile

KIND = "file"
"""The kind under which a Binary of ours is remembered: it is no record of its own."""
TRIED = "file/"
"""How the marks begin of files that were on their way."""


@dataclass(frozen=True)
class Manner:
    """How this server takes files, as far as it was tried: an id of our making, content as it is (else as JSON)."""

    own_ids: bool | None = None
    raw: bool | None = None


@dataclass(frozen=True)
class Trail:
    """What was done about one file so far. `sent`: its content went out. `shell`: the id the server gave it, empty
    while that is not known; `asked`: a Binary was asked for; `looked`: how often it was searched and not found."""

    sent: bool = False
    shell: str = ""
    asked: bool = False
    looked: int = 0


@dataclass(frozen=True)
class AtHand:
    """One file as it is here: `content` is None where it is not (yet)."""

    content: bytes | None
    trail: Trail
    manner: Manner


@dataclass(frozen=True)
class FileAtHand(Question[AtHand]):
    """A file that is to go out."""

    file: File


@dataclass(frozen=True)
class KeepTrail(Order[None]):
    """Remember what is being done, before it is done."""

    rid: UUID
    trail: Trail


@dataclass(frozen=True)
class KeepManner(Order[None]):
    """Remember what was learned of this server."""

    manner: Manner


@dataclass(frozen=True)
class FileThere(Order[None]):
    """It stands there, read back and found the same."""

    file: File
    server_id: str
    resident: UUID
    title: str


@answers(FileAtHand)
def file_at_hand(reader: Reader, question: FileAtHand) -> AtHand:
    trail = marks.read(reader.session, f"{TRIED}{question.file.rid}") or {}
    manner = marks.read(reader.session, marks.FILES) or {}
    content = blob_of(reader, BlobOf(question.file.sha256))
    return AtHand(content, Trail(**trail), Manner(**manner))


@performs(KeepTrail)
def keep_trail(unit: Unit, order: KeepTrail) -> None:
    marks.write(unit.session, f"{TRIED}{order.rid}", asdict(order.trail))


@performs(KeepManner)
def keep_manner(unit: Unit, order: KeepManner) -> None:
    known = Manner(**(marks.read(unit.session, marks.FILES) or {}))
    learned = {key: value for key, value in asdict(order.manner).items() if value is not None}
    marks.write(unit.session, marks.FILES, asdict(replace(known, **learned)))


@performs(FileThere)
def file_there(unit: Unit, order: FileThere) -> None:
    """The receipt of a file, and its line among the files documents name, in one act."""
    file, session = order.file, unit.session
    row = session.get(Remote, (BINARY, file.rid))
    if row is None:
        row = Remote(
            type=BINARY, rid=file.rid, kind=KIND, record=file.rid, revision=0, station=unit.station,
            server_id=order.server_id, body={}, received_at=unit.now,
        )  # fmt: skip
        session.add(row)
    row.server_id, row.received_at = order.server_id, unit.now
    url = url_of(file.rid)
    named = session.get(RemoteFile, url)
    if named is None:
        named = RemoteFile(url=url, resident=order.resident, media=file.media, title=order.title)
        session.add(named)
    content = blob_of(unit, BlobOf(file.sha256)) or b""
    named.sha256, named.media, named.words = file.sha256, media_of(content) or file.media, None
    named.received_at = named.received_at or unit.now
    marks.forget(session, f"{TRIED}{file.rid}")
    unit.tell("sync", unit.settings.institution_id)
