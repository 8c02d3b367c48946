"""The inventory: ids and versions there against what is known here, nightly and after any doubt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select

from app.core.clock import local
from app.core.orders import Question, answers
from app.core.unit import Reader
from app.fhir.part import FOREIGN
from app.sync import marks
from app.sync.line import Line
from app.sync.marks import KeepMarks
from app.sync.patience import Stopped
from app.sync.pull.files_there import check_files
from app.sync.pull.pages import Row, ours, read_rows, row_of, searchset, walk
from app.sync.pull.receive import Received
from app.sync.pull.types import Type, land
from app.sync.vanished import MarkGone
from db.models import Remote

MARK = "inventory"
CHUNK = 50
FEW = 20
NIGHT = range(6)
"""Hours of the institution's clock in which nobody minds a long question."""
_FEW_WORDS = "区平台上本机构的资料少了很多，可能恢复过旧数据。没有再上传，请系统管理员在同步页决定。"


@dataclass(frozen=True)
class Standing:
    """What is known of one resource: its identity, and the versions of it that are here."""

    rid: UUID
    versions: frozenset[str]


@dataclass(frozen=True)
class Standings(Question[dict[str, Standing]]):
    """What the platform is known to hold of one type, by its id there."""

    type: str


@answers(Standings)
def standings(reader: Reader, question: Standings) -> dict[str, Standing]:
    theirs = func.json_extract(Remote.theirs, "$.meta.versionId")
    statement = select(Remote.server_id, Remote.rid, Remote.version, theirs).where(
        Remote.type == question.type, Remote.kind != FOREIGN
    )
    return {
        id_: Standing(rid, frozenset(filter(None, versions)))
        for id_, rid, *versions in reader.session.execute(statement)
    }


@dataclass(frozen=True)
class InventoryDue(Question[bool | None]):
    """Whether it is time: a day has passed and it is night, or there is doubt. None if stock was never taken."""


@answers(InventoryDue)
def inventory_due(reader: Reader, _question: InventoryDue) -> bool | None:
    kept = marks.read(reader.session, MARK)
    if kept is None or kept.get("doubt"):
        return None if kept is None else True
    passed = reader.now - datetime.fromisoformat(str(kept["at"]))
    is_night = local(reader.settings.zone, reader.now).hour in NIGHT
    return (passed > timedelta(hours=20) and is_night) or passed > timedelta(hours=30)


async def take_stock(line: Line, types: Iterable[Type]) -> Received:
    """Every type; remembers when it was done."""
    found = Received()
    for one in types:
        found += await inventory(line, one)
    await check_files(line)
    await line.do(KeepMarks({MARK: noted(line.desk.clock.now())}))
    return found


def noted(at: datetime, *, doubt: bool = False) -> dict[str, object]:
    """The mark: when stock was taken last, and whether something has happened since that asks for it anew."""
    return {"at": at.isoformat(timespec="milliseconds"), "doubt": doubt}


async def inventory(line: Line, one: Type) -> Received:
    """What was missed is brought in; what is not listed is asked for by its id, and marked if it is gone.

    Refuses (Stopped) to believe that more than half of everything has gone.
    """
    count = await _count(line, one)
    there: dict[str, Row] = {}
    async for page in walk(line.wire, one.name, [*ours(line.house), ("_elements", "id,meta")]):
        there.update((row.id, row) for row in page.rows)
    here = await line.ask(Standings(one.name))
    missed = [row for row in there.values() if row.id not in here or row.version not in here[row.id].versions]
    found = await _bring(line, one, missed)
    vanished = [id_ for id_ in here if id_ not in there]
    if count is not None and len(there) < count:
        return found  # the list was not whole: what it does not name may well be there
    if len(vanished) > max(FEW, len(here) // 2):
        raise Stopped("strange", _FEW_WORDS)
    for id_ in vanished:
        found += await _ask_for(line, one, id_, here[id_].rid)
    return found


async def _count(line: Line, one: Type) -> int | None:
    answer = await line.wire.ask(one.name, [*ours(line.house), ("_summary", "count")])
    total = (answer.body or {}).get("total")
    return total if isinstance(total, int) else None


async def _bring(line: Line, one: Type, rows: list[Row]) -> Received:
    found = Received()
    for start in range(0, len(rows), CHUNK):
        wanted = {row.id for row in rows[start : start + CHUNK]}
        asked = [("_id", ",".join(sorted(wanted))), ("_count", str(CHUNK))]
        listed = read_rows(searchset(await line.wire.ask(one.name, asked), one.name), one.name)
        found += await land(line, one, [row for row in listed if row.id in wanted])
    return found


async def _ask_for(line: Line, one: Type, id_: str, rid: UUID) -> Received:
    answer = await line.wire.ask(f"{one.name}/{id_}")
    if answer.status == 200 and answer.body is not None:
        return await land(line, one, [row_of(answer.body)])
    if answer.status in (404, 410) and await line.do(MarkGone(one.name, rid)):
        return Received(conflicts=1)
    return Received()
