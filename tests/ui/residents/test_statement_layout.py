"""The sheets of allergies and diagnoses with the longest data a house has: nothing clipped, squeezed or pale."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from uuid import UUID

import pytest

from app.compose import Station
from app.residents.service import CreateResident
from app.residents.stating import AddAllergy, AddDiagnosis, AllergyForm, DiagnosisForm
from tests.app.residents.test_chart import OUYANG
from tests.support.layout import lint
from tests.ui.residents.stage import on_stage, until
from tests.ui.residents.test_layout import dressed_as
from ui.residents.statement_sheet import Sheets

__all__ = ["dressed_as"]
ILLNESSES = (
    "脑梗死后遗症（左侧肢体活动不利、言语不清）",
    "慢性阻塞性肺疾病伴急性下呼吸道感染",
    "冠状动脉粥样硬化性心脏病（支架术后）",
    *(f"慢性肾脏病{stage}期" for stage in range(1, 7)),
)


@pytest.fixture
def ouyang(station: Station) -> UUID:
    """欧阳淑华 with 11 diagnoses and allergies that fill three lines."""
    rid = station.desk.do_now(CreateResident(replace(OUYANG, id_number="")))
    for place, words in enumerate(ILLNESSES):
        said = DiagnosisForm(words, "J44.0" if place else "", "2019-05-12", ("active", "resolved")[place % 2])
        station.desk.do_now(AddDiagnosis(rid, said))
    for substance in ("磺胺类", "碘造影剂", "头孢类", "海鲜"):
        said_of = AllergyForm(substance, "剥脱性皮炎、呼吸困难", "severe", "unconfirmed", "外院出院小结")
        station.desk.do_now(AddAllergy(rid, said_of))
    return rid


async def _clean(sheet: Sheets, where: str) -> None:
    found = lint(sheet)
    for _ in range(8):  # widths settle before heights, and each turn of the loop settles one level
        if not found:
            break
        await asyncio.sleep(0.02)
        found = lint(sheet)
    assert not found, "\n".join([where, *found])


async def _settled(sheet: Sheets) -> None:
    await until(lambda: not sheet.errands.running)


@pytest.mark.parametrize("size", [(1440, 900), (1366, 768), (900, 500)])
async def test_list_and_forms(
    station: Station, ouyang: UUID, dressed_as: None, size: tuple[int, int]
) -> None:
    async with on_stage(station, size) as stage:
        view = stage.view("chart", {"resident": ouyang})
        await stage.settle()
        assert len(view.chart.diagnoses) == 11
        for open_sheet in (view.state_allergies, view.state_diagnoses):
            open_sheet()
            sheet: Sheets = view.statements.sheet
            await until(sheet.isVisible)
            await _clean(sheet, f"list at {size}")
            for start in (sheet.start_adding, sheet.start_correcting, sheet.start_retracting):
                sheet.show_list()
                start()
                assert sheet.form is not None
                sheet.form.check()
                await _clean(sheet, f"{sheet.title.text()} at {size}")
            await _settled(sheet)
            sheet.reject()
            sheet.reject()
