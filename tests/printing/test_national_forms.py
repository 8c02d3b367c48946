"""The national referral forms word for word and in order, however little or much is filled in; nothing is ever cut."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

import pytest

from app.printing.drawn import Drawn
from app.printing.pdf import draw
from app.printing.sheets import referral_letter, referral_reply
from app.printing.sheets.heading import Whose
from app.printing.sheets.referral_letter import Letter, Patient
from app.printing.sheets.referral_parts import Paper
from app.printing.sheets.referral_reply import Reply
from tests.printing.test_layout import problems
from tests.printing.test_report import pages

# Typed from the form (国家基本公共卫生服务规范, 双向转诊单), not taken from the program.
OUT = (
    "双向转诊（转出）单", "存根", "患者姓名", "性别", "年龄", "档案编号", "家庭住址", "联系电话", "于", "年", "月",
    "日因病情需要，转入", "单位", "科室", "接诊医生。", "转诊医生（签字）：", "年", "月", "日", "双向转诊（转出）单",
    "（机构名称）：", "现有患者", "性别", "年龄", "因病情需要，需转入贵单位，请予以接诊。", "初步印象：",
    "主要现病史（转出原因）：", "主要既往史：", "治疗经过：", "转诊医生（签字）：", "联系电话：",
    "（转出机构名称）", "年", "月", "日",
)  # fmt: skip
BACK = (
    "双向转诊（回转）单", "存根", "患者姓名", "性别", "年龄", "病案号", "家庭住址", "联系电话", "于", "年", "月",
    "日因病情需要，转回", "单位", "接诊医生。", "转诊医生（签字）：", "年", "月", "日", "双向转诊（回转）单",
    "（机构名称）：", "现有患者", "因病情需要，现转回贵单位，请予以接诊。", "诊断结果：", "住院病案号：",
    "主要检查结果：", "治疗经过、下一步治疗方案及康复建议：", "转诊医生（签字）：", "联系电话：", "（机构名称）",
    "年", "月", "日",
)  # fmt: skip
PRINTED = datetime(2026, 11, 24, 13, 58)  # noqa: DTZ001 - local time as printed
PAPER = Paper(
    Whose("松鹤颐养中心", "欧阳淑华", "女", "85岁", "312-1", "01-000001"), "ZZ-01-000218", "", "急诊",
    PRINTED, "李娜", code="CS4:ZZ-01-000218:1:0123456789ABCDEF",
)  # fmt: skip
EMPTY = Letter(PAPER, Patient(), None, "", "", "", ("", "", "", ""), "", "")
PATIENT = Patient(
    "欧阳淑华", "女", "85岁", "330203-008-0041-07", "安和市北湖区文昌路 128 弄 6 号 301 室", "13800004412"
)
FULL = Letter(
    PAPER, PATIENT, date(2026, 11, 24), "安和市第一人民医院", "急诊科", "刘志远",
    ("肺炎？呼吸衰竭？", "咳嗽发热 2 天。", "高血压病。", "吸氧 3 L/min。"), "0592-5550188", "安和市松鹤颐养中心",
)  # fmt: skip


def in_order(page: str, words: Sequence[str]) -> list[str]:
    """The words that do not follow the one before them."""
    at, missing = 0, []
    for word in words:
        found = page.find(word, at)
        if found < 0:
            missing.append(word)
        else:
            at = found + len(word)
    return missing


def own_words(page: str) -> str:
    """The words of a page of a blank form, without the machine's footer."""
    return re.sub(r"(文书编号：|第1页).*", "", page).replace("·", "")


def one_page(drawn: Drawn) -> str:
    assert problems(drawn) == []
    assert drawn.missing_glyphs == ()
    assert drawn.pages == 1
    return pages(drawn)[0]


def test_the_blank_letter_is_the_form_and_nothing_else() -> None:
    page = one_page(draw(referral_letter.sheet(EMPTY)))
    assert own_words(page) == "".join(OUT)


def test_the_blank_reply_is_the_form_and_nothing_else() -> None:
    page = one_page(draw(referral_reply.sheet(Reply(PAPER, Patient()))))
    assert own_words(page) == "".join(BACK)


def test_a_letter_that_is_filled_in_keeps_every_word_in_its_place() -> None:
    page = one_page(draw(referral_letter.sheet(FULL)))
    assert in_order(page, OUT) == []
    filled = (
        "患者姓名欧阳淑华性别女年龄85岁档案编号330203-008-0041-07",
        "于2026年11月24日因病情需要，转入安和市第一人民医院单位",
    )
    assert all(words in page for words in filled)
    assert "安和市松鹤颐养中心（转出机构名称）" in page


def test_a_reply_that_is_filled_in_keeps_every_word_in_its_place() -> None:
    data = Reply(
        PAPER, PATIENT, date(2026, 12, 1), "安和市松鹤颐养中心", "陈永康", "肺炎 J18.9", "ZY202611240081",
        "胸部 CT：右下肺炎。", "抗感染 7 天。\n继续口服 3 天。", "0592-5550120", "安和市第一人民医院",
    )  # fmt: skip
    page = one_page(draw(referral_reply.sheet(data)))
    assert in_order(page, BACK) == []
    assert "继续口服3天。" in page


@pytest.mark.parametrize("length", [0, 40, 160, 300, 600, 800])
def test_texts_of_any_length_are_printed_whole(length: int) -> None:
    said = ["".join(f"{name}{n:03d}，" for n in range(1 + length // 5))[:length] for name in "印现既治"]
    data = replace(FULL, texts=(said[0], said[1], said[2], said[3]))
    drawn = draw(referral_letter.sheet(data))
    assert problems(drawn) == []
    page, *more = pages(drawn)
    assert in_order(page, OUT) == []
    behind = "".join(more)
    for text in said:
        assert text in page.replace("（下接附页）", "") or text in behind
    assert bool(more) == (length > 300)


def test_lines_end_as_a_person_typed_them() -> None:
    data = replace(FULL, texts=("1. 肺炎\n2. 呼吸衰竭\n\n3. 心房颤动", *FULL.texts[1:]))
    page = one_page(draw(referral_letter.sheet(data)))
    assert "初步印象：1.肺炎2.呼吸衰竭3.心房颤动" in page


@pytest.mark.parametrize(
    "word", ["W" * 300, "（" * 80, "，" * 120, "\n" * 20 + "末", "𬱖龦𫵷" * 60, "A&B<b>%s{}"]
)
def test_whatever_is_typed_is_laid_out(word: str) -> None:
    patient = Patient(word[:120], "女", "85岁", word[:60], word[:200], word[:40])
    data = replace(
        FULL, patient=patient, texts=(word,) * 4, to=word, department=word, receiver=word, sender=word
    )
    drawn = draw(referral_letter.sheet(data))
    assert problems(drawn) == []
    assert in_order(pages(drawn)[0], ("双向转诊（转出）单", "存根", "治疗经过：", "（转出机构名称）")) == []
