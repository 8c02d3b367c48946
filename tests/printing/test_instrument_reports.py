"""The report of every shipped instrument: each worked case printed whole, each word held against file and golden."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from app.assessments.instruments import Case, Instrument, shipped
from app.assessments.queries import ABILITY
from app.compose import Station
from app.printing.assessment_data import AssessmentReportOf, sheet_of
from app.printing.drawn import Drawn
from app.printing.pdf import draw
from tests.app.assessments.people import Admit
from tests.printing.assessing import content, save, sign, whole
from tests.printing.test_layout import problems
from tests.printing.test_report import pages

GOLDEN = Path(__file__).with_name("reports")
EVERY = [pytest.param(one, id=one.code) for one in shipped().values()]
LONG = "老人与家属均知晓，夜间须两人协助，使用防滑垫与床栏，每两小时巡视一次并记录；" * 4
ADDRESS = "2号楼二层东侧第三护理站评估室（新疆维吾尔自治区若羌县社会福利中心综合养护楼）"


@pytest.fixture
def resident(station: Station) -> UUID:
    return station.desk.do_now(Admit(name="欧阳淑华", codes=("I10", "E11")))


def printed(station: Station, resident: UUID, instrument: Instrument, record: UUID | None = None) -> Drawn:
    """The draft of an instrument, or a record."""
    question = AssessmentReportOf(resident, record, instrument.code, draft=record is None)
    return draw(sheet_of(station.desk.ask_now(question)))


def squeezed(words: str) -> str:
    return re.sub(r"\s", "", words)


def whole_cases(instrument: Instrument) -> list[Case]:
    """Cases that can be signed, the gravest first."""
    done = [case for case in instrument.cases if case.expected.answered == instrument.wanted]
    return sorted(done, key=lambda case: case.expected.level or 0, reverse=True)


def played(instrument: Instrument) -> list[Case]:
    """Every case; of the many measures of rehab and palliative care the ends, and one without a result."""
    if instrument.group not in ("康复", "安宁"):
        return list(instrument.cases)
    return [*whole_cases(instrument)[:: max(1, len(whole_cases(instrument)) - 1)], instrument.cases[-1]]


@pytest.mark.parametrize("instrument", EVERY)
def test_every_worked_case_prints_in_the_words_of_the_file(
    station: Station, resident: UUID, instrument: Instrument
) -> None:
    seen = set()
    for case in played(instrument):
        save(station, resident, instrument, content(station, instrument, case))
        drawn = printed(station, resident, instrument)
        text = squeezed("".join(pages(drawn)))
        assert drawn.missing_glyphs == ()
        chosen = [
            option.text if option is not None else instrument.unable_words(digit)
            for code, digit in case.answers.items()
            for option in [instrument.items[code].option(digit)]
        ]
        names = [instrument.items[code].name for code in case.answers]
        level = () if case.expected.level is None else (instrument.level(case.expected.level).short,)
        missing = [each for each in (*chosen, *names, *level) if squeezed(each) not in text]
        assert missing == [], case.name
        for code, verdict in case.expected.verdicts.items():
            name = next(scale.name for scale in instrument.scales if scale.code == code)
            assert re.search(rf"{name}\d+／\d+{verdict}", text), case.name
        shape = (case.expected.level, case.expected.answered == instrument.wanted)
        if shape not in seen:  # the lint takes its time: once for each way a page can look
            seen.add(shape)
            assert problems(drawn) == [], case.name


@pytest.mark.parametrize("instrument", EVERY)
def test_the_words_of_a_signed_report_are_the_golden(
    station: Station, resident: UUID, instrument: Instrument
) -> None:
    filled = whole(instrument, content(station, instrument, whole_cases(instrument)[0]))
    save(station, resident, instrument, filled)
    drawn = printed(station, resident, instrument, sign(station, resident, instrument))
    found = "\n".join(pages(drawn))
    golden = GOLDEN / f"{instrument.code}.golden.txt"
    assert found == golden.read_text(encoding="utf-8").strip()
    wanted = [instrument.report, instrument.notice, instrument.standard]
    wanted += [level.short for level in instrument.levels]
    if instrument.code != ABILITY:  # the official report has labels of its own
        wanted += [instrument.source, instrument.version, instrument.title]
        wanted += [field.name for field in instrument.fields.values() if not field.known_from]
    assert [each for each in wanted if squeezed(each) not in squeezed(found)] == []
    assert problems(drawn) == []


@pytest.mark.parametrize("instrument", EVERY)
def test_the_longest_words_stay_on_the_paper(
    station: Station, resident: UUID, instrument: Instrument
) -> None:
    filled = whole(instrument, content(station, instrument, whole_cases(instrument)[0]), LONG[:200])
    filled = replace(filled, conclusion=(LONG * 20)[:2000], place=ADDRESS)
    save(station, resident, instrument, filled)
    drawn = printed(station, resident, instrument)
    assert problems(drawn) == []
    text = squeezed("".join(pages(drawn)))
    assert squeezed(ADDRESS) in text
    assert all("草稿" in page for page in pages(drawn))


def test_paper_is_read_the_same_tomorrow(station: Station, resident: UUID) -> None:
    instrument = shipped()["morse"]
    save(station, resident, instrument, content(station, instrument, whole_cases(instrument)[0]))
    record = sign(station, resident, instrument)
    first = printed(station, resident, instrument, record)
    assert first.sha256 == printed(station, resident, instrument, record).sha256
    assert first.file_name == f"Morse跌倒风险评估表 欧阳淑华 {date(2026, 11, 24)}.pdf"
    assert first.pages == 1
