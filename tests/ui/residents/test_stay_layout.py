"""The sheets of stays and levels and what the chart and board show of them, with the longest data: nothing clipped."""

from __future__ import annotations

import asyncio
import functools
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtWidgets import QWidget

from app.compose import Station
from app.residents.places import AddBeds
from app.residents.queries import FreeBeds
from app.residents.rules.stays import STEPS, allowed
from app.residents.service import CreateResident
from app.residents.stays import AwayForm, DecideGrade, GoToHospital, GradeForm, Reserve
from tests.app.residents.test_chart import OUYANG
from tests.support.layout import lint
from tests.ui.residents.stage import TODAY, assessed, on_stage, until
from tests.ui.residents.test_layout import dressed_as

__all__ = ["dressed_as"]
LONG = AwayForm(
    "新疆维吾尔自治区伊犁哈萨克自治州友谊医院心血管内科二病区",
    "慢性阻塞性肺疾病伴急性下呼吸道感染、心力衰竭加重",
    "女儿、女婿、护理员马丽",
    keep_until=TODAY + timedelta(days=40),
)


@pytest.fixture
def ouyang(station: Station) -> UUID:
    """欧阳淑华 in hospital, with levels; a bed beside hers reserved."""
    station.desk.do_now(AddBeds("2号楼", "", "312", "1-3", "nursing"))
    form = replace(OUYANG, id_number="", place=None)
    rid = station.desk.do_now(CreateResident(replace(form, admitted_on=TODAY - timedelta(days=300))))
    assessed(station, rid, 38)
    for what, value in (("care_level", "full"), ("care_stage", "rehabilitation")):
        said = GradeForm(value, TODAY - timedelta(days=3), TODAY, "按最近一次能力评估和家属意见共同确定")
        station.desk.do_now(DecideGrade(rid, what, said))
    station.desk.do_now(GoToHospital(rid, LONG))
    other = station.desk.do_now(
        CreateResident(replace(form, name="阿卜杜热依木·买买提吐尔逊", admitted_on=None), enquiry=True)
    )
    bed = next(one for one in _beds(station))
    station.desk.do_now(Reserve(other, bed, TODAY))
    return rid


def _beds(station: Station) -> list[UUID]:
    return [one.rid for one in station.desk.ask_now(FreeBeds())]


async def _clean(widget: QWidget, where: str) -> None:
    found = lint(widget)
    for _ in range(12):  # widths settle before heights, and each turn of the loop settles one level
        if not found:
            break
        await asyncio.sleep(0.02)
        found = lint(widget)
    assert not found, "\n".join([where, *found])


@pytest.mark.parametrize("size", [(1440, 900), (1366, 768), (900, 500)])
async def test_sheets(station: Station, ouyang: UUID, dressed_as: None, size: tuple[int, int]) -> None:
    async with on_stage(station, size) as stage:
        view = stage.view("chart", {"resident": ouyang})
        await stage.settle()
        await _clean(view, f"chart at {size}")
        for open_sheet in (view.open_stay, view.open_grades):
            open_sheet()
            sheet: Any = view.course.sheet
            await until(functools.partial(_quiet, sheet, False))
            await _clean(sheet, f"{sheet.title.text()} at {size}")
            for act in _acts(sheet):
                act()
                await until(functools.partial(_quiet, sheet, True))
                sheet.form.check()
                await _clean(sheet, f"{sheet.title.text()} at {size}")
                await until(lambda: not view.errands.running)
                sheet.show_list()
            sheet.reject()
        await stage.settle()
        board = stage.view("beds")
        await stage.settle()
        await _clean(board, f"beds at {size}")


def _quiet(sheet: Any, writing: bool) -> bool:  # noqa: FBT001  # which of two pages shows
    return sheet.isVisible() and not sheet.errands.running and (sheet.task is not None) == writing


def _acts(sheet: Any) -> list[Any]:
    """What can be begun on a sheet."""
    if not hasattr(sheet, "course"):
        return [lambda: sheet._begin("care_level"), sheet._begin_correct, sheet._begin_retract]
    steps = [functools.partial(sheet._begin_step, step) for step in allowed(sheet.course.position)]
    assert set(allowed(sheet.course.position)) <= set(STEPS)
    return [*steps, sheet._begin_record, sheet._begin_correct, sheet._begin_retract]
