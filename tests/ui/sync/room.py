"""A station whose sync stands somewhere: rows in every state the engine leaves them in, shown in the real frame."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from app.compose import Station
from app.sync.queries import SyncRow
from tests.support.acts import NoteAllergy
from tests.support.layout import lint
from tests.support.outbox import ADDRESS, put, put_all, receipt, stands
from tests.support.station import MORNING
from tests.ui.residents.stage import Stage, assessed, people, until
from ui.sync.items_model import Section
from ui.sync.sync_view import SyncView

__all__ = ["ADDRESS", "Busy", "busy", "clean", "keys_of", "pick", "shown", "until"]

LONG = (
    "区平台不收：身份证件号码与区人口库登记的姓名不一致，请核对后重新提交（Patient.identifier[1].value、"
    "Patient.name[0].text）；联系电话不是有效号码（Patient.telecom[0].value）"
)


@dataclass(frozen=True)
class Busy:
    """Residents whose records stand in one state each."""

    conflict: UUID
    aside: UUID
    waiting: UUID
    unknown: UUID
    held: UUID
    received: UUID


def busy(station: Station) -> Busy:
    """An ordinary morning: one conflict, one put aside, a few waiting, the rest confirmed."""
    rids = people(station, 12)
    for rid in rids[:3]:
        assessed(station, rid, 58)
    allergy = station.desk.do_now(NoteAllergy(rids[3], "青霉素"))
    put_all(station, "acked", acked_at=MORNING - timedelta(minutes=27))
    for place, rid in enumerate(rids):
        receipt(station, "resident", rid, f"Patient/{5500 + place}", str(place % 3 + 1))
    put_all(station, "pending", kind="stay")
    put_all(station, "pending", kind="assessment", words="等“老人档案 欧阳淑华”先上传")
    put(station, "allergy", allergy, "unknown", tried_at=MORNING, attempt=1, looked=1)
    put(station, "resident", rids[0], "conflict", words="电话两边都改了，等人来定", acked_at=None)
    put(station, "resident", rids[1], "quarantined", words=LONG, acked_at=None)
    put(station, "resident", rids[4], "pending", words="不上传（未同意）", acked_at=None)
    stands(station, "online", success=MORNING - timedelta(minutes=27), again=480)
    return Busy(rids[0], rids[1], rids[2], rids[3], rids[4], rids[5])


def pick(view: SyncView, group: str, kind: str = "", **fields: object) -> SyncRow:
    """Select the first row of a group (and kind) by its key, as a click would."""
    for item in view.list.items.items:
        if not isinstance(item, SyncRow) or item.group != group or kind not in ("", item.kind):
            continue
        if all(getattr(item, name) == value for name, value in fields.items()):
            assert view.list.pick(item.key)
            return item
    raise AssertionError(f"no row of {group} {kind} {fields}")


async def shown(stage: Stage) -> SyncView:
    """同步, with its first answer on screen."""
    view = stage.view("sync")
    assert isinstance(view, SyncView)
    await stage.settle()
    stage.frame.ask_counts()
    await until(lambda: not stage.frame.errands.running)
    return view


def keys_of(view: SyncView) -> list[str]:
    """Headings and titles as they stand in the list."""
    return [
        f"# {item.words} {item.count}" if isinstance(item, Section) else getattr(item, "title", item.key)
        for item in view.list.items.items
    ]


async def clean(stage: Stage, size: tuple[int, int]) -> None:
    """No fault of layout at a size; widths settle before heights, each turn of the loop one level."""
    stage.frame.resize(*size)
    await stage.settle()
    view = stage.frame.pages.view
    assert view is not None
    found = lint(view)
    for _ in range(8):
        if not found:
            break
        await asyncio.sleep(0.02)
        found = lint(view)
    assert not found, "\n".join([f"{stage.place} at {size}", *found])
