"""The screens of incidents with the longest data a house has: nothing clipped, squeezed or pale, in every dress."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtWidgets import QWidget

from app.compose import Station
from app.core.roles import Role
from app.incidents.kinds import catalogue
from app.incidents.rules import Review
from app.incidents.service import CorrectIncident, ReviewIncident, TellFamily
from tests.app.incidents.cases import fall, report, seen, told, whole
from tests.support.layout import lint
from tests.support.station import become
from tests.ui.residents.stage import Stage, on_stage, people, until
from tests.ui.residents.test_layout import dressed_as

__all__ = ["dressed_as"]
SIZES = [(1440, 900), (1366, 768), (900, 500)]
LONG = "夜班巡视发现老人坐在地上，神志清楚，诉右髋部疼痛，活动受限，无呕吐、无抽搐，血压186/102 mmHg。" * 6
PLACE = "三号楼二层东侧活动室与走廊之间的无障碍坡道靠近消防门的拐角处"


@pytest.fixture
def longest(station: Station) -> tuple[UUID, UUID]:
    """A resident with a long name and the longest incident there can be, overdue; and a proposal."""
    rids = people(station, 12)
    become(station, Role.NURSE)
    asked = {one.key: one.choices[-1] if one.choices else PLACE for one in catalogue().kinds["fall"].asks}
    at = station.clock.now() - timedelta(days=20)
    more = {"place": PLACE, "happened": LONG, "done": LONG, "asked": asked, "harm": "severe", "at": at}
    record = report(station, rids[1], measures=catalogue().kinds["fall"].measures, **more)
    report(station, rids[1])
    station.desk.do_now(TellFamily(seen(station, record), told(station, answer=LONG, whom=PLACE)))
    correction = fall(station, rids[1], **{**more, "place": PLACE[:20], "happened": LONG[:200]})
    station.desk.do_now(CorrectIncident(seen(station, record), correction, "其他：" + PLACE))
    become(station, Role.HEAD_NURSE)
    review = Review(catalogue().causes, LONG, LONG)
    station.desk.do_now(ReviewIncident(seen(station, record), review))
    assert whole(station, record).row.name.startswith("阿卜杜热依木")
    return rids[1], record


async def _clean(stage: Stage, what: QWidget, where: str) -> None:
    found = lint(what)
    for _ in range(12):  # widths settle before heights, and each turn of the loop settles one level
        if not found:
            break
        await asyncio.sleep(0.02)
        found = lint(what)
    assert not found, "\n".join([where, *found])


async def _drawn(view: Any, kind: str) -> None:
    await until(lambda: view._kind == kind and "measures" in view.form.values())


async def _open(view: Any) -> None:
    await until(lambda: view.sheet is not None and view.sheet.isVisible())


async def test_list_incident_and_chart(
    station: Station, longest: tuple[UUID, UUID], dressed_as: None
) -> None:
    resident, record = longest
    shown: tuple[tuple[str, dict[str, Any]], ...] = (
        ("incidents", {"view": "all"}),
        ("incidents", {"view": "proposals"}),
        ("incident", {"incident": record}),
        ("incident-report", {"resident": resident}),
        ("chart", {"resident": resident}),
        ("chart", {"resident": resident, "tab": "incidents"}),
    )
    async with on_stage(station) as stage:
        for size in SIZES:
            stage.frame.resize(*size)
            for place, params in shown:
                view = stage.view(place, params)
                await stage.settle()
                await _clean(stage, view, f"{place} {params.get('view', params.get('tab', ''))} at {size}")


async def test_the_form_with_every_sentence(
    station: Station, longest: tuple[UUID, UUID], dressed_as: None
) -> None:
    async with on_stage(station) as stage:
        view = stage.view("incident-report")
        await stage.settle()
        for kind in ("fall", "violence", "infection"):
            view.form.set_values({"kind": kind})
            view._kind_left()
            await _drawn(view, kind)
            view.form.check()
            for size in SIZES:
                stage.frame.resize(*size)
                await stage.settle()
                await _clean(stage, view, f"report of {kind} at {size}")
        await view.draft.drop()


async def test_sheets(station: Station, longest: tuple[UUID, UUID], dressed_as: None) -> None:
    _resident, record = longest
    async with on_stage(station) as stage:
        for size in SIZES:
            stage.frame.resize(*size)
            view = stage.view("incident", {"incident": record})
            await stage.settle()
            for start in (
                view.start_correcting,
                view.start_telling,
                view.start_review,
                view.start_moving,
                view.start_retracting,
            ):
                start()
                await _open(view)
                view.sheet.form.check()
                await _clean(stage, view.sheet, f"{view.sheet.task.title} at {size}")
                view.sheet.reject()
                await stage.settle()
