"""返院用药重整单: three sides of each medicine, who decided; dangerous ones boxed, what is unfinished said loudly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from app.compose import Station
from app.core.errors import Refusal
from app.core.roles import Role
from app.medication.orders.forms import Prn
from app.medication.reconciling import SignReconciliation
from app.printing.drawn import Drawn
from app.printing.reconciliation_data import ReconciliationSheetOf
from app.printing.registry import SHEETS
from app.printing.sheets.reconciliation import MedicineLine, ReconciliationPaper, Side
from app.referrals.filling import FillReferral
from tests.app.medication.house import DAY, Ward, at, ward_of
from tests.app.medication.reconcile_house import OUT, Back, item
from tests.printing.test_layout import problems
from tests.printing.test_report import pages
from tests.printing.test_vital_sheets import lines_of, same_as_kept

LONG = "精蛋白生物合成人胰岛素注射液（预混 30R）（秀霖笔芯装）"


@pytest.fixture
def ward(station: Station) -> Iterator[Ward]:
    yield from ward_of(station)


@pytest.fixture
def back(ward: Ward) -> Back:
    """Came back at 06:30 with a list: one the same, one changed, one not written, one new."""
    one = Back(ward).go(("阿托伐他汀", "20", "qd"), ("华法林", "2.5", "qd"), ("二甲双胍", "0.5", "bid"))
    ward.put(7)
    one.lists(
        item("阿托伐他汀", "20mg"), item("二甲双胍", "0.5g", "tid"), item("氨溴索", "30mg", "tid", days="7")
    )
    return one


def paper(ward: Ward, record: UUID | None = None) -> ReconciliationPaper:
    found: ReconciliationPaper = ward.ask(ReconciliationSheetOf(ward.li, record))
    return found


def printed(data: ReconciliationPaper) -> Drawn:
    made = SHEETS["reconciliation"].draw(data)
    assert made.missing_glyphs == ()
    assert problems(made) == []
    return made


def decided(back: Back) -> None:
    """A nurse writes down what 刘志远 decided."""
    back.ward.put(8, 20)
    back.decide("阿托伐他汀", "keep")
    back.decide("华法林", "stop", "INR 4.2，消化道出血风险")
    back.decide("二甲双胍", "change", "出院改量", change=back.form("二甲双胍", "0.5", "tid"))
    back.decide("氨溴索", "drop", "咳痰已好")


def finished(back: Back) -> None:
    ward = back.ward
    ward.put(9, 10)
    proof = ward.proof(Role.DOCTOR)
    ward.do(SignReconciliation(ward.li, back.absence, proof))


def test_an_unfinished_one_says_what_is_missing(back: Back) -> None:
    data = paper(back.ward)
    assert {one.decision for one in data.lines} == {""}
    assert (data.held, data.signed) == (3, "")
    text = pages(printed(data))[0]
    assert "还没有完成：" in text
    assert "其中3种定时药决定之前不给" in text
    assert "清单未写没写不等于停" in text


def test_the_words_of_a_finished_one(back: Back) -> None:
    decided(back)
    finished(back)
    data = paper(back.ward)
    assert data.undecided == ()
    assert data.signed.endswith("医师　2026-11-24 09:10 签名完成本次重整")
    assert data.counted == "共 4 种药：保留 1，更改 1，停用 1，不用 1。"
    same_as_kept("reconciliation", lines_of(printed(data).pdf))


def test_anticoagulants_insulin_and_opioids_are_boxed(back: Back) -> None:
    marks = {one.words: one.marks for one in paper(back.ward).lines if one.marks}
    assert list(marks) == ["华法林片"]
    text = pages(printed(paper(back.ward)))[0]
    assert "必须逐字核对：抗凝药、胰岛素、阿片类" in text


def test_one_for_when_it_is_needed_says_so(ward: Ward) -> None:
    ward.put(5, 0, OUT)
    ward.order("对乙酰氨基酚", "0.5", kind="prn", prn=Prn("发热 ≥38.5 ℃", 240, 4))
    Back(ward).go(("阿托伐他汀", "20", "qd"))
    one = paper(ward).lines[-1]
    assert one.under.startswith("0.5 g/片　必要时用（发热 ≥38.5 ℃）")
    assert one.before.more == "必要时 间隔≥4小时 24小时最多4次"
    assert one.after.more == "用之前要写原因"


def test_an_earlier_return_is_told_as_it_was_decided(back: Back) -> None:
    decided(back)
    ward, first = back.ward, back.absence
    was = paper(ward)
    ward.put(6, day=DAY + timedelta(days=9))
    ward.away("hospital", at(9, 0, DAY + timedelta(days=3)), at(6, 0, DAY + timedelta(days=9)))
    assert back.absence != first
    then = paper(ward, first)
    assert then.number == was.number
    assert [(one.words, one.decision, one.why) for one in then.lines] == [
        (one.words, one.decision, one.why) for one in was.lines
    ]
    assert paper(ward).number != was.number


def test_nobody_came_back(ward: Ward) -> None:
    with pytest.raises(Refusal, match="没有住院返回"):
        paper(ward)


def test_another_stay_is_not_theirs(back: Back) -> None:
    with pytest.raises(Refusal, match="没有找到这次返院"):
        paper(back.ward, UUID(int=5))


def test_forty_with_the_longest_words_are_laid_out_clean(back: Back) -> None:
    more = "每日三次 07:00 11:00 17:00 餐前；皮下注射，注射部位轮换\n11-21 14:20 起"
    side = Side("早 12 U、午 8 U、晚 10 U（按血糖增减）", more, alarm=True)
    line = MedicineLine(
        LONG, "300 U/3 ml　必要时用　01-000153", ("抗凝", "胰岛素"), side, side, side, "更改",
        "低血糖两次（3.2、2.9 mmol/L），出院时内分泌科会诊建议减量，家属已告知" * 2,
        "阿卜杜热依木·买买提吐尔逊 医师　11-21 14:20；林晓燕 记录；待医师签名（11-22 14:20 前）",
    )  # fmt: skip
    data = paper(back.ward)
    long = replace(data, lines=(line,) * 40, undecided=(LONG,) * 12, note="出院小结" * 60, signed="陈永康")
    assert printed(long).pages >= 6


def test_it_may_go_along_with_the_next_referral(back: Back) -> None:
    decided(back)
    ward = back.ward
    (one,) = [each for each in ward.ask(FillReferral(ward.li)).attachments if each.what == "reconciliation"]
    assert (one.sheet, one.offered) == ("reconciliation", False)
    kind: Any = SHEETS[one.sheet]
    assert printed(ward.ask(kind.question(ward.li, **one.params))).pages == 1


def test_an_earlier_return_nobody_finished_is_printed_as_unfinished(back: Back) -> None:
    ward, first = back.ward, back.absence
    back.decide("华法林", "keep")
    before = paper(ward, first)
    ward.put(9)
    ward.away("hospital", at(8), at(9))
    again = paper(ward, first)
    assert (again.undecided, again.counted, len(again.lines)) == (before.undecided, before.counted, 4)
    assert len(again.undecided) == 3
    assert again.signed == ""
    ward.put(9, 30)
    back.decide("阿托伐他汀", "stop", "转氨酶升高")
    later = paper(ward, first)
    assert later.undecided == before.undecided, (
        "what was stopped at the second return was undecided at the first"
    )
    assert "还没有完成" in "".join(lines_of(printed(later).pdf))
