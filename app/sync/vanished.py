"""Whether it is still the server that holds our institution, and what becomes of a resource that is gone there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.clock import local
from app.core.orders import Order, Question, answers, performs
from app.core.unit import Reader, Unit
from app.fhir import rid_of
from app.fhir.identity import INSTITUTION
from app.sync.line import Line
from app.sync.patience import Stopped
from app.sync.wire import Answer
from db.models import Outbox, Remote

EMPTIED = "区平台里找不到本机构的资料，可能被清空或换了服务器。没有再上传，请系统管理员在同步页决定。"
MOVED = "区平台里本机构的编号变了，可能换了服务器或恢复过旧数据。没有再上传，请系统管理员在同步页决定。"


async def check(line: Line) -> None:
    """Refuses (Stopped, strange) a server that was emptied or is another one; nothing is sent and nothing forgotten.

    A station that has never sent anything finds every server right.
    """
    known = await line.ask(OurOrganization())
    if known is None:
        return
    answer = await line.wire.ask(f"Organization/{known}")
    if answer.status == 200 and _is_ours(line, answer.body):
        return
    if answer.status not in (200, 404, 410):
        raise Stopped("strange", f"区平台没有给出本机构的资料（{answer.status}），稍后会再试。", answer.wait)
    keys = (
        ("identifier", f"{line.house.system}|{line.house.institution}"),
        ("_tag", f"{INSTITUTION}|{line.house.institution}"),
    )
    for key in keys:
        if any(_is_ours(line, body) for body in _listed(await line.wire.ask("Organization", [key]))):
            raise Stopped("strange", MOVED)
    raise Stopped("strange", EMPTIED)


@dataclass(frozen=True)
class OurOrganization(Question[str | None]):
    """The id our Organization has at the platform, once something of ours is known to stand there."""


@answers(OurOrganization)
def our_organization(reader: Reader, _question: OurOrganization) -> str | None:
    mine = (Remote.type == "Organization", Remote.rid == reader.settings.institution_id)
    found: str | None = reader.session.scalar(select(Remote.server_id).where(*mine))
    return found


@dataclass(frozen=True)
class MarkGone(Order[bool]):
    """A resource was asked for by its id and is not there any more (404, 410): a person decides what that means."""

    type: str
    rid: UUID


@performs(MarkGone)
def mark_gone(unit: Unit, order: MarkGone) -> bool:
    """A conflict in words: never silently made anew, never silently dropped. False if that is known already."""
    row = unit.session.get(Remote, (order.type, order.rid))
    if row is None or (row.words is not None and row.theirs is None):
        return False
    now = local(unit.settings.zone, unit.now)
    words = f"区平台上已经没有这份资料（{now:%m-%d %H:%M} 发现），没有重新上传，请决定"
    row.words, row.theirs = words, None
    mine = (Outbox.kind == row.kind, Outbox.record == row.record)
    waiting = list(unit.session.scalars(select(Outbox).where(*mine, Outbox.state != "acked")))
    last = select(Outbox).where(*mine).order_by(Outbox.id.desc()).limit(1)
    for one in waiting or unit.session.scalars(last):
        one.state, one.words, one.next_at = "conflict", words, None
    unit.tell("sync", unit.settings.institution_id)
    return True


def _is_ours(line: Line, body: dict[str, Any] | None) -> bool:
    return body is not None and rid_of(line.house, body) == line.house.institution


def _listed(answer: Answer) -> list[dict[str, Any]]:
    """The Organizations of a searchset; none of anything else."""
    if answer.status != 200 or answer.body is None:
        return []
    found = [entry.get("resource") or {} for entry in answer.body.get("entry") or []]
    return [body for body in found if body.get("resourceType") == "Organization"]
