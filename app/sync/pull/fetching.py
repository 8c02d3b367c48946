"""Files that documents name are fetched behind everything else: a few a round, checked, kept as blobs.

Nothing waits for them: what goes wrong with a file is said in words beside it, and never of the sync.
"""

from __future__ import annotations

import hashlib
import logging
import time
from dataclasses import dataclass

from sqlalchemy import select

from app.core.blobs import keep_received, media_of
from app.core.ids import named
from app.core.orders import Order, Question, answers, performs
from app.core.unit import Reader, Unit
from app.fhir.attached import BINARY, id_in, rid_in, sha1
from app.sync.binary import Loaded, load
from app.sync.line import Line
from app.sync.patience import Lost, Spoilt, Stopped
from app.sync.pull.naming import NO_FILE
from app.sync.push.pace import Pace
from db.models import Remote, RemoteFile

MOST = 20
"""Files a round."""
TRIES = 5
"""So often by itself; then only when somebody presses 立即同步."""
FAILURES = 2
"""After so many that got lost or that the platform failed over the rest waits: whoever was tried less goes first."""
LONGEST = 60.0
"""Seconds in which another file may begin."""
NEWS = "file"
"""Kind of news: a file is here, or it is known why not; with the resident it is about."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Missing:
    """A file that is not here. `server_id`: of its Binary, where it is one of ours."""

    url: str
    server_id: str | None


@dataclass(frozen=True)
class FilesMissing(Question[tuple[Missing, ...]]):
    """Those to be fetched now, the least tried first."""


@dataclass(frozen=True)
class KeepFetched(Order[None]):
    """Keep a file that came, if it is what was said of it."""

    url: str
    content: bytes


@dataclass(frozen=True)
class NotFetched(Order[None]):
    """Say why it is not here. `is_final`: it is not asked for again by itself."""

    url: str
    words: str
    is_final: bool = False


@answers(FilesMissing)
def files_missing(reader: Reader, _question: FilesMissing) -> tuple[Missing, ...]:
    statement = (
        select(RemoteFile.url)
        .where(RemoteFile.received_at.is_(None), RemoteFile.tries < TRIES)
        .order_by(RemoteFile.tries, RemoteFile.url)
        .limit(MOST)
    )
    urls = list(reader.session.scalars(statement))
    rids = [rid for url in urls if (rid := rid_in(url))]
    known = select(Remote.rid, Remote.server_id).where(Remote.type == BINARY, Remote.rid.in_(rids))
    ids = {row.rid: row.server_id for row in reader.session.execute(known)}
    return tuple(Missing(url, ids.get(rid) if (rid := rid_in(url)) else None) for url in urls)


@performs(KeepFetched)
def keep_fetched(unit: Unit, order: KeepFetched) -> None:
    row = unit.session.get(RemoteFile, order.url)
    if row is None:
        return
    if words := _wrong(unit, row, order.content):
        row.tries, row.words = row.tries + 1, words
    else:
        row.sha256, row.media = keep_received(unit, order.content), media_of(order.content)
        row.words, row.received_at = None, unit.now
    unit.tell(NEWS, row.resident)


@performs(NotFetched)
def not_fetched(unit: Unit, order: NotFetched) -> None:
    row = unit.session.get(RemoteFile, order.url)
    if row is None:
        return
    row.tries, row.words = row.tries + 1, order.words
    row.received_at = unit.now if order.is_final else None
    unit.tell(NEWS, row.resident)


def _wrong(unit: Unit, row: RemoteFile, content: bytes) -> str:
    """Why what came is not what was named; empty if it is."""
    if row.size is not None and row.size != len(content):
        return f"文件大小不对（说是 {row.size} 字节，来了 {len(content)} 字节），没有采用。"
    if row.hash and row.hash != sha1(content):
        return "文件内容和校验值不符，没有采用。"
    if not media_of(content):
        return NO_FILE
    rid = rid_in(row.url)
    if rid and rid != named(unit.settings.institution_id, "file", hashlib.sha256(content).hexdigest()):
        return "文件内容和本机构发出的不一样，没有采用。"
    return ""


async def fetch_files(line: Line, pace: Pace) -> None:
    """What is missing, one after the other; never raises what the platform does."""
    begun, failed = time.monotonic(), 0
    missing = await line.ask(FilesMissing())
    for number, one in enumerate(missing):
        is_late = time.monotonic() - begun > LONGEST or (number > 0 and (pace.called or pace.pull_waits))
        if is_late or pace.ended or failed == FAILURES:
            return
        try:
            failed += not await pace.giving_way(_fetch(line, one), to_news=True)
        except Stopped as stopped:
            _log.info("files are not fetched: %s", stopped.words)
            return


async def _fetch(line: Line, one: Missing) -> bool:
    """False if the answer got lost, or was a failure of the platform."""
    server_id = one.server_id
    if server_id is None:
        below = line.wire.below(one.url)
        if below is None:
            await line.do(NotFetched(one.url, "文件在别的地址，没有去取。", is_final=True))
            return True
        server_id = id_in(below)
    if server_id is None or (rid_in(one.url) and one.server_id is None):
        await line.do(NotFetched(one.url, "不知道文件在区平台的哪里，没有去取。", is_final=True))
        return True
    try:
        loaded = await load(line.wire, server_id)
    except Lost:
        await line.do(NotFetched(one.url, "文件没有取到，稍后会再试。"))
        return False
    except Spoilt as spoilt:
        await line.do(NotFetched(one.url, spoilt.file))
        return False
    if loaded.content is not None:
        await line.do(KeepFetched(one.url, loaded.content))
    else:
        await line.do(_reason(one, loaded))
    return True


def _reason(one: Missing, loaded: Loaded) -> NotFetched:
    status = loaded.status
    if loaded.is_long:
        return NotFetched(one.url, "文件太大（超过 8 MB），没有取。", is_final=True)
    if 300 <= status < 400:
        return NotFetched(one.url, "区平台把文件转到了别的地址，没有去取。")
    if status in (404, 410):
        return NotFetched(one.url, f"区平台上没有这个文件（{status}）。")
    if status == 403:
        return NotFetched(one.url, "区平台不让本站取这个文件（403）。")
    return NotFetched(one.url, f"区平台没有给出这个文件（{status}）。")
