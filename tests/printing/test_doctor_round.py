"""The record of a round: every word printed, laid out clean however long, and taken from the round itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.compose import Station
from app.core.roles import Role
from app.printing.doctor_round_data import DoctorRoundOf
from app.printing.pdf import draw
from app.printing.registry import SHEETS
from app.printing.sheets.doctor_round import RoundRecord, SeenPerson, Signature, sheet
from app.referrals.rounds import AskAbout, CosignVisits, EndRound, SettleLine, SignVisits
from tests.app.referrals.house import DAY, desk_of
from tests.app.referrals.rounding import DRAWN, FOUND, Rounding, rounding
from tests.printing.test_layout import problems
from tests.printing.test_report import pages

GOLDEN = Path(__file__).with_name("doctor-round.golden.txt")
LONG = "阿卜杜热依木·买买提吐尔逊·艾合买提江"


@pytest.fixture
def house(station: Station) -> Iterator[Rounding]:
    for desk in desk_of(station):
        yield rounding(desk)


def sample() -> RoundRecord:
    """Two were seen, one by video was not."""
    told = (
        ("问题", "近 3 天头晕，血压偏高，是否加药？"),
        ("体征", "BP 158/92 mmHg"),
        ("病情评估", "高血压控制不佳"),
        ("用药调整", "氨氯地平 5 mg 改为 10 mg（医嘱 01-000123）\n停用布洛芬（待转医嘱）"),
        ("护理建议", "监测血压，每日 2 次"),
    )
    return RoundRecord(
        institution="安和市松鹤颐养中心",
        number="01-000007",
        partner="安和市第一人民医院",
        doctor="欧阳志强",
        on="2026-11-25",
        way="现场",
        arrived="09:10",
        left="11:00",
        seen=2,
        problems=1,
        referred=0,
        next_on="2026-12-09",
        note="请备好近一周血压记录",
        people=(
            SeenPerson("李𬱖　女　85 岁　2号楼 312-1　01-000003", "09:20", told),
            SeenPerson("王素芬　女　88 岁　2号楼 312-2　01-000004", "09:40", (("病情评估", "病情平稳"),)),
        ),
        unseen=("赵树仁（便秘 5 天）",),
        signatures=(
            Signature(
                "巡诊医师", "欧阳志强", "2026-11-25", (((10, 10), (300, 200)),), "签名确认 2026-11-25 11:00"
            ),
            Signature("站点护士"),
        ),
        printed_at=datetime(2026, 11, 25, 11, 5),  # noqa: DTZ001 - local time as printed
        printed_by="林晓燕",
    )


def extreme() -> RoundRecord:
    """Many people, and everything as long as it may be typed."""
    base = sample()
    text = "夜班巡视发现老人坐在地上，神志清楚，对答切题；无呕吐、无抽搐，血压 186/102 mmHg。"
    told = tuple((title, (text * 20)[:500]) for title, _said in base.people[0].told)
    people = tuple(
        SeenPerson(f"{LONG}　女　101 岁　医养结合康复病房二十楼东侧 1203-12", "09:20", told) for _ in range(8)
    )
    unseen = tuple(f"{LONG}（{text}）" for _ in range(12))
    return replace(base, people=people, unseen=unseen, doctor=LONG, partner=LONG * 3, note=text)


def test_the_words_of_the_sample_are_the_golden() -> None:
    drawn = draw(sheet(sample()))
    assert drawn.missing_glyphs == ()
    assert "\n".join(pages(drawn)) == GOLDEN.read_text(encoding="utf-8").strip()
    assert drawn.file_name == "巡诊记录 2026-11-25 欧阳志强.pdf"


@pytest.mark.parametrize("data", [sample(), extreme()], ids=["sample", "extreme"])
def test_nothing_lies_over_another(data: RoundRecord) -> None:
    drawn = draw(sheet(data))
    assert problems(drawn) == []
    text = "".join(pages(drawn))
    for one in data.people:
        assert re.sub(r"\s", "", one.whose)[:10] in text


def test_it_is_taken_from_the_round(house: Rounding) -> None:
    desk = house.desk
    desk.do(AskAbout(desk.wang, "皮肤瘙痒 1 周", house.planned))
    house.begin()
    visit = house.visited()
    desk.do(SettleLine(visit.rid, FOUND.orders[1], "已停药"))
    desk.do(SignVisits(house.planned, drawn=DRAWN))
    desk.do(CosignVisits(house.planned, desk.proof(Role.NURSE)))
    desk.put(11, 0, DAY + timedelta(days=1))
    desk.do(EndRound(house.seen, None, DAY + timedelta(days=15)))
    data = desk.ask(DoctorRoundOf(house.planned, house.planned))
    assert (data.doctor, data.arrived, data.left, data.seen) == ("欧阳志强", "09:10", "11:00", 1)
    assert data.unseen == ("王素芬（皮肤瘙痒 1 周）",)
    told = dict(data.people[0].told)
    assert told["用药调整"] == f"{FOUND.orders[0]}（待转医嘱）\n{FOUND.orders[1]}（已停药）"
    assert [(one.part, one.name) for one in data.signatures] == [
        ("巡诊医师", "欧阳志强"),
        ("站点护士", "林晓燕"),
    ]
    assert data.signatures[0].strokes
    assert SHEETS["doctor-round"].draw(data).pages == 1
