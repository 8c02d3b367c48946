"""Nothing clipped, squeezed or pale on any of the residents' screens, with the longest data a house has."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtWidgets import QApplication

from app.compose import Station
from app.residents.forms import ContactForm
from app.residents.places import AddBeds
from app.residents.queries import BedBoard, FormOf, WayTo
from app.residents.rules import AllergyEntry, AllergyStatement
from app.residents.service import EditResident
from tests.support.layout import lint
from tests.ui.residents.stage import Stage, assessed, on_stage, people, until
from ui.residents.move_sheet import MoveSheet
from ui.residents.places_sheets import AddBedsSheet, ChangePlaceSheet
from ui.style import look

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
SIZES = [(1440, 900), (1366, 768), (900, 500)]
LOOKS = [(False, 1.0), (True, 1.0), (False, 1.3)]


@pytest.fixture
def longest(station: Station) -> UUID:
    """The resident with the longest of everything."""
    rids = people(station, 12)
    for place, rid in enumerate(rids[:6]):
        assessed(station, rid, (58, 72, 12, 90, 38, 64)[place], due_in=(0, 22, -3, 400, 1, -30)[place])
    seen = station.desk.ask_now(FormOf(rids[1]))
    substances = ("青霉素", "磺胺类", "碘造影剂", "头孢类", "海鲜")
    form = replace(
        seen.form,
        address="新疆维吾尔自治区伊犁哈萨克自治州伊宁市解放西路街道文昌社区松鹤花园十六号楼三单元一千二百零三室",
        allergies=AllergyStatement(
            entries=tuple(AllergyEntry(one, "剥脱性皮炎、呼吸困难") for one in substances)
        ),
        diagnoses=(
            "高血压病3级（极高危）",
            "脑梗死后遗症（左侧肢体活动不利）",
            *(f"慢性阻塞性肺疾病第{one}次急性加重" for one in range(1, 8)),
        ),
        contacts=(
            ContactForm("买买提江·阿卜杜热依木", "40", "13800138000、0991-55550000转1203", guardian=True),
            ContactForm("古丽娜尔", "干女儿", ""),
        ),
    )
    station.desk.do_now(EditResident(rids[1], form, seen.revision, "登记重写"))
    return rids[1]


@pytest.fixture(params=LOOKS, ids=["light", "dark", "130"])
def dressed_as(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[None]:
    dark, scale = request.param
    look.apply(qapp, dark=dark, scale=scale)
    yield
    look.apply(qapp)


async def _clean(stage: Stage, size: tuple[int, int]) -> None:
    stage.frame.resize(*size)
    await stage.settle()
    view = stage.frame.pages.view
    assert view is not None
    found = lint(view)
    for _ in range(8):  # widths settle before heights, and each turn of the loop settles one level
        if not found:
            break
        await asyncio.sleep(0.02)
        found = lint(view)
    assert not found, "\n".join([f"{stage.place} at {size}", *found])


async def test_list_and_chart(station: Station, longest: UUID, dressed_as: None) -> None:
    async with on_stage(station) as stage:
        for size in SIZES:
            listing = stage.view("residents")
            await stage.settle()
            listing.table.pick(longest)
            await _clean(stage, size)
            chart = stage.view("chart", {"resident": longest})
            for _ in range(3):
                await _clean(stage, size)
                chart.head.turn(1)


async def test_form_with_every_sentence(station: Station, longest: UUID, dressed_as: None) -> None:
    async with on_stage(station) as stage:
        view = stage.view("resident", {"resident": longest})
        await stage.settle()
        for size in SIZES:
            await _clean(stage, size)
        view.form.set_values(
            {"name": "李桂兰", "id_number": "310", "bed": "待定", "phone": "12", "allergy": ""}
        )
        view.form.check()
        view.partner.ask_now()
        for size in SIZES:
            await _clean(stage, size)


async def test_import(station: Station, dressed_as: None) -> None:
    async with on_stage(station) as stage:
        view = stage.view("import")
        for size in SIZES:
            await _clean(stage, size)
        view.read(SAMPLES / "roster.xlsx")
        await until(lambda: view.outcome is not None)
        for size in SIZES:
            await _clean(stage, size)


async def test_bed_board_and_its_sheets(station: Station, longest: UUID, dressed_as: None) -> None:
    station.desk.do_now(AddBeds("1号楼", "2层", "医养结合康复病房二十", "1-7", "observation"))
    async with on_stage(station) as stage:
        view = stage.view("beds")
        await stage.settle()
        view.change_bed.ask()
        for size in SIZES:
            await _clean(stage, size)
        board = station.desk.ask_now(BedBoard())
        who, free = board.rooms[0].beds[1].who, board.rooms[-1].beds[0]
        assert who is not None
        for sheet in (
            MoveSheet(view, who, "1号楼 201-2", free),
            AddBedsSheet(view, view.bench, board.floors[0]),
            ChangePlaceSheet(view, view.bench, station.desk.ask_now(WayTo(free.rid))),
        ):
            sheet.open()
            await until(sheet.isVisible)
            await asyncio.sleep(0.02)
            found = lint(sheet)
            sheet.reject()
            assert not found, "\n".join(found)
