"""The report of an incident: every word printed, laid out clean however long, the words of a sample as a golden."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from app.incidents.kinds import catalogue
from app.printing.registry import SHEETS
from app.printing.sheet import Tick
from app.printing.sheets.incident_report import IncidentReport, Step, draw
from tests.printing.test_layout import problems
from tests.printing.test_report import pages, words

GOLDEN = Path(__file__).with_name("incident_report.golden.txt")
LONG = "阿卜杜热依木·买买提吐尔逊·艾合买提江"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute)  # noqa: DTZ001 - local time as printed


def sample() -> IncidentReport:
    """An ordinary fall, closed."""
    known = catalogue()
    return IncidentReport(
        institution="安和市松鹤颐养中心",
        number="01-000012",
        status="已结案",
        name="李𬱖",
        sex="女",
        age="85岁",
        bed="2号楼 312-1",
        resident_number="01-000003",
        kinds=tuple(Tick(one.words, one.code == "fall") for one in known.kinds.values()),
        happened_at=at(11, 5, 7),
        place="卫生间",
        harms=tuple(Tick(one.words, one.code == "moderate") for one in known.harms.values()),
        harm_means=known.harms["moderate"].means,
        happened="清晨如厕时跌倒，枕部着地，约1厘米裂口，送医缝合2针，头颅CT未见出血。",
        done="不急于搬动，先检查、监测生命体征、送医检查；缝合后返院，专人看护24小时。",
        asked=tuple(
            (one.words, one.choices[0] if one.choices else "枕部") for one in known.kinds["fall"].asks
        ),
        family="2026-11-11 05:52 电话告知王建国（儿子），告知人林晓燕。答复：已知晓，上午来院。",
        causes="环境与设施；夜间灯光不足，地面有水。",
        measures="装感应夜灯，铺防滑垫，护士长11月30日前检查。",
        reported_by="林晓燕",
        reported_at=at(11, 5, 32),
        reviewed_by="周敏",
        steps=(
            Step(at(11, 5, 32), "上报", "林晓燕", ""),
            Step(at(11, 5, 52), "告知家属", "林晓燕", ""),
            Step(at(11, 9), "更正", "林晓燕", "其他：补充CT结果"),
            Step(at(12, 10), "审核", "周敏", ""),
            Step(at(13, 16, 30), "结案", "周敏", ""),
        ),
        printed_at=at(21, 10, 32),
        printed_by="陈思远",
    )


def extreme() -> IncidentReport:
    """Everything as long as it may be typed, and answers nobody gave."""
    text = "夜班巡视发现老人坐在地上，（神志清楚）“头痛”，对答切题；无呕吐、无抽搐，血压186/102 mmHg。"
    answer = "左侧股骨颈骨折伴疼痛、活动受限" * 6
    base = sample()
    return replace(
        base,
        institution="新疆维吾尔自治区巴音郭楞蒙古自治州若羌县社会福利中心综合养护服务指导中心第一养护院",
        name=LONG,
        bed="医养结合康复病房二十楼东侧 1203-12",
        place="三号楼二层东侧活动室与走廊之间的无障碍坡道靠近消防门的拐角处" * 3,
        happened=(text * 50)[:2000],
        done=(text * 50)[:2000],
        family=(text * 50)[:2100],
        causes=(text * 50)[:2000],
        measures=(text * 50)[:2000],
        asked=tuple((name, "" if place % 2 else answer) for place, (name, _said) in enumerate(base.asked)),
        reported_by=LONG,
        reviewed_by=LONG,
        steps=tuple(replace(base.steps[2], by=LONG, reason="其他：" + "家属补充" * 24) for _ in range(40)),
        retracted="误录：" + "记错人，改报到另一位老人" * 7,
        printed_by=LONG,
    )


def test_the_words_of_the_sample_are_the_golden() -> None:
    drawn = draw(sample())
    assert drawn.missing_glyphs == ()
    found = "\n".join(pages(drawn))
    assert found == GOLDEN.read_text(encoding="utf-8").strip()
    assert drawn.file_name == "不良事件报告 李𬱖 2026-11-11.pdf"


@pytest.mark.parametrize("data", [sample(), extreme()], ids=["sample", "extreme"])
def test_every_word_is_printed_and_nothing_lies_over_another(data: IncidentReport) -> None:
    drawn = draw(data)
    assert problems(drawn) == []
    text = "".join(re.sub(rf"文书编号：.*?{data.printed_by}", "", page) for page in pages(drawn))
    for repeated in ("经过", "当时处理", "告知情况", "原因分析", "整改措施", "时间步骤经办人说明"):
        text = text.replace(repeated, "")  # a cell cut by a page break repeats its label
    missing = [
        each
        for each in words(data)
        if each != data.printed_by
        and re.sub(r"\s|经过|当时处理|告知情况|原因分析|整改措施", "", each) not in text
    ]
    assert missing == []


def test_nothing_written_yet_leaves_room_and_a_dash() -> None:
    nobody = replace(sample(), name="", bed="", sex="", age="", asked=())
    data = replace(nobody, family="", causes="", measures="", reviewed_by="")
    drawn = draw(data)
    assert problems(drawn) == []
    assert drawn.pages <= 2


def test_it_is_listed_by_name() -> None:
    kind = SHEETS["incident-report"]
    assert kind.title == "不良事件报告"
    assert kind.draw(sample()).sha256 == draw(sample()).sha256
