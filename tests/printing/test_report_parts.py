"""What may stand on any report besides its items: corrections, what was not done, sources, who said what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from app.assessments.instruments import UNABLE, shipped
from app.assessments.service import Correct, Retract
from app.compose import Station
from app.core.errors import Refusal
from app.printing.assessment_data import AssessmentReportOf
from app.printing.sheets.ability_report import AbilityReport
from app.printing.sheets.instrument_report import InstrumentReport
from db.models import AssessmentStatement
from tests.app.assessments.people import Admit, filled, signed
from tests.printing.assessing import content, save, sign
from tests.printing.test_instrument_reports import printed, squeezed, whole_cases
from tests.printing.test_layout import problems
from tests.printing.test_report import pages
from tests.support.acts import Act

MORSE = shipped()["morse"]
BARTHEL = shipped()["barthel"]
MOST = max(MORSE.cases, key=lambda case: case.expected.total or 0)
WAVE = {"strokes": [[[40 + 9 * n, 60 + (n * 53) % 180] for n in range(60)], [[800, 200]]]}


@pytest.fixture
def resident(station: Station) -> UUID:
    return station.desk.do_now(Admit(name="欧阳淑华"))


def said(record: UUID, resident: UUID, what: str, **values: Any) -> Callable[[Any], None]:
    """A statement as branch `care` keeps it."""

    def work(unit: Any) -> None:
        row = AssessmentStatement(
            **unit.stamp(), revision=1, resident=resident, assessment=record, what=what, **values
        )
        unit.session.add(row)

    return work


def morse(station: Station, resident: UUID) -> UUID:
    save(station, resident, MORSE, content(station, MORSE, MOST))
    return sign(station, resident, MORSE)


def report(station: Station, resident: UUID, record: UUID) -> InstrumentReport:
    found = station.desk.ask_now(AssessmentReportOf(resident, record))
    assert isinstance(found, InstrumentReport)
    return found


def test_a_correction_is_lined_out_item_by_item(station: Station, resident: UUID) -> None:
    record = morse(station, resident)
    station.desk.do_now(Correct(record, "笔误"))
    fresh = content(station, MORSE, MOST)
    code = next(iter(fresh.answers))
    fresh = replace(fresh, answers={**fresh.answers, code: 0}, conclusion="已与家属核对。")
    save(station, resident, MORSE, fresh)
    sign(station, resident, MORSE)
    found = report(station, resident, record)
    assert (found.revision, found.correction) == (2, "笔误")
    assert [item.old for item in found.groups[0].items if item.old] == ["25　有"]
    assert {"总分", "评估结论"} <= {one.label for one in found.corrections}
    drawn = printed(station, resident, MORSE, record)
    text = squeezed("".join(pages(drawn)))
    assert "第2版（更正）更正原因：笔误" in text
    assert "更正对照" in text
    lined_out = "on a rule"  # what is lined out has lines through it
    assert [each for each in problems(drawn) if lined_out not in each] == []


def test_a_retracted_one_is_not_printed(station: Station, resident: UUID) -> None:
    record = morse(station, resident)
    station.desk.do_now(Retract(record, "其他：记错人"))
    with pytest.raises(Refusal, match="已作废"):
        station.desk.ask_now(AssessmentReportOf(resident, record))


def test_what_was_not_done_says_so_and_why(station: Station, resident: UUID) -> None:
    undone = replace(content(station, MORSE, MORSE.cases[0]), answers={}, undone="拒绝评估：情绪激动")
    save(station, resident, MORSE, undone)
    record = sign(station, resident, MORSE)
    text = squeezed("".join(pages(printed(station, resident, MORSE, record))))
    assert "未评" in text
    assert "拒绝评估：情绪激动" in text
    assert "评估项目" not in text
    assert report(station, resident, record).code.startswith("CS2:")


def test_an_item_nobody_could_answer_leaves_no_total(station: Station, resident: UUID) -> None:
    some = content(station, BARTHEL, whole_cases(BARTHEL)[0])
    some = replace(some, answers={**some.answers, "1": UNABLE})
    save(station, resident, BARTHEL, some)
    record = sign(station, resident, BARTHEL)
    found = report(station, resident, record)
    assert found.came.total is not None
    assert found.came.total.points is None
    assert (found.groups[0].items[0].score, found.groups[0].items[0].text) == (None, "无法完成")
    text = squeezed("".join(pages(printed(station, resident, BARTHEL, record))))
    assert "1项未能评，不计总分" in text
    assert "合计" not in text


def test_an_answer_from_the_chart_says_whence_it_came(station: Station, resident: UUID) -> None:
    some = content(station, MORSE, MOST)
    some = replace(some, sources={"1": "不良事件 11-20 跌倒", "2": "档案诊断 3 项", "5": "档案诊断 3 项"})
    save(station, resident, MORSE, some)
    record = sign(station, resident, MORSE)
    assert report(station, resident, record).footnotes == ("① 不良事件 11-20 跌倒", "② 档案诊断 3 项")
    text = squeezed("".join(pages(printed(station, resident, MORSE, record))))
    assert "有①25" in text
    assert text.count("②") == 3


def test_what_people_said_stands_beside_the_signatures(station: Station, resident: UUID) -> None:
    record = morse(station, resident)
    told = {"name": "王建国", "relation": "儿子"}
    for what, more in (
        ("informant", {"drawn": WAVE, **told}),
        ("agree", told),
        ("doubt", {"words": "夜间不止一次", **told}),
        ("care", {"name": "周敏", "words": "采纳：如厕协助；不采纳：安全巡视（家属陪护）"}),
        ("assessor", {"name": "沈思远", "relation": "评估员", "words": "行走辅助宜按 15 分计"}),
    ):
        station.desk.do_now(Act(said(record, resident, what, **more)))
    signing = report(station, resident, record).signing
    informant, consent = signing.others
    assert (informant.part, informant.name, len(informant.strokes)) == ("信息提供者", "王建国", 2)
    assert [tick.text for tick in consent.choices if tick.chosen] == ["有疑问，申请复评"]
    assert [one.label.replace("\n", "") for one in signing.remarks] == [
        "老年人或代理人意见",
        "评估员其他意见",
    ]
    drawn = printed(station, resident, MORSE, record)
    assert problems(drawn) == []
    text = squeezed("".join(pages(drawn)))
    assert "行走辅助宜按15分计" in text
    assert "夜间不止一次" in text
    assert "照护安排采纳：如厕协助；不采纳：安全巡视（家属陪护）周敏2026-11-24" in text


def test_each_assessor_stands_with_profession_and_certificate(station: Station, resident: UUID) -> None:
    record = signed(station, resident, filled(station))
    found = station.desk.ask_now(AssessmentReportOf(resident, record))
    assert isinstance(found, AbilityReport)  # the official report, not the general one
    assert [(one.profession, bool(one.certificate)) for one in found.signing.assessors] == [
        ("护士", True),
        ("评估员", True),
    ]
    assert found.place == "2号楼护理站"
    assert found.subject.drugs_asked is False  # nobody asked, so nobody may read "无"
