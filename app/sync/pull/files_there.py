"""Whether files of ours still stand there, asked nightly and after any doubt; one that is gone is sent again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import String, cast, select, update

from app.core.orders import Order, Question, answers, performs
from app.core.unit import Reader, Unit
from app.fhir.attached import BINARY, named_files, url_of
from app.sync.binary import is_there
from app.sync.line import Line
from app.sync.patience import Lost, Spoilt, Stopped
from db.models import Blob, Outbox, Remote, RemoteFile

MOST = 200
"""Files asked for in one night, those first that were not asked for longest."""
FAILURES = 2
"""After so many that got no answer the rest waits for the next night."""


@dataclass(frozen=True)
class OurFiles(Question[tuple[tuple[UUID, str], ...]]):
    """(identity, id there) of files that can be sent again: they are here."""


@dataclass(frozen=True)
class FilesAsked(Order[None]):
    """These were asked for, and are not known to be gone."""

    rids: tuple[UUID, ...]


@dataclass(frozen=True)
class FileGone(Order[int]):
    """It does not stand there any more: what of ours names it goes again, and takes it along. Returns how much."""

    rid: UUID


@answers(OurFiles)
def our_files(reader: Reader, _question: OurFiles) -> tuple[tuple[UUID, str], ...]:
    statement = (
        select(Remote.rid, Remote.server_id)
        .where(Remote.type == BINARY)
        .order_by(Remote.received_at)
        .limit(MOST)
    )
    found = [(rid, id_) for rid, id_ in reader.session.execute(statement)]
    here = select(RemoteFile.url).join(Blob, Blob.sha256 == RemoteFile.sha256)
    urls = set(reader.session.scalars(here.where(RemoteFile.url.in_([url_of(rid) for rid, _ in found]))))
    return tuple((rid, id_) for rid, id_ in found if url_of(rid) in urls)


@performs(FilesAsked)
def files_asked(unit: Unit, order: FilesAsked) -> None:
    asked = update(Remote).where(Remote.type == BINARY, Remote.rid.in_(order.rids))
    unit.session.connection().execute(asked.values(received_at=unit.now))


@performs(FileGone)
def file_gone(unit: Unit, order: FileGone) -> int:
    row = unit.session.get(Remote, (BINARY, order.rid))
    if row is None:
        return 0
    name = f"{BINARY}/{row.server_id}"
    unit.session.delete(row)
    naming = select(Remote).where(
        Remote.type == "DocumentReference", cast(Remote.body, String).contains(f'"{name}')
    )
    again = [_queue(unit, one) for one in unit.session.scalars(naming) if name in _urls(one.body)]
    unit.tell("sync", unit.settings.institution_id)
    return sum(again)


def _queue(unit: Unit, document: Remote) -> bool:
    """Its newest line goes again, if it was this station's: what stands there of it already is not sent anew."""
    mine = (Outbox.kind == document.kind, Outbox.record == document.record)
    last = unit.session.scalar(select(Outbox).where(*mine).order_by(Outbox.id.desc()).limit(1))
    if last is None or last.state != "acked":
        return False
    last.state, last.words, last.next_at = "pending", "区平台丢了附件，重新上传。", None
    return True


def _urls(body: dict[str, Any]) -> set[str]:
    return {one.url.partition("/_history/")[0] for one in named_files(body)}


async def check_files(line: Line) -> None:
    """Asks for each by its id, without reading it. One that gets no answer has had its turn, and keeps no other from
    being asked for."""
    asked, failed = [], 0
    for rid, server_id in await line.ask(OurFiles()):
        try:
            stands = await is_there(line.wire, server_id)
        except (Lost, Spoilt):
            stands, failed = None, failed + 1
        except Stopped:  # the records were asked for already, and answered: this can wait
            break
        if stands is False:
            await line.do(FileGone(rid))
        else:
            asked.append(rid)
        if failed == FAILURES:
            break
    if asked:
        await line.do(FilesAsked(tuple(asked)))
