"""The admission form: every word of its data on paper, nothing on a rule, a 40-character address whole."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pypdfium2
import pytest

from app.printing.drawn import Drawn
from app.printing.sheets.admission_form import TITLE, AdmissionForm, Kin, draw
from tests.printing.test_layout import problems

LONG = "安和市北湖区梧桐街道文昌路一千二百八十八弄松鹤花园二期十六号楼三单元一千二百零三室东侧"
PRINTED = datetime(2026, 11, 27, 18, 40)  # noqa: DTZ001 - local time as printed
PLAIN = AdmissionForm(
    institution="康宁养护院", number="01-000001", name="李𬱖", sex="女", born=date(1936, 7, 19), age=90,
    id_type="居民身份证", id_number="310199193607190044", ethnicity="汉族", education="小学教育", marriage="丧偶",
    occupation="专业技术人员", phone="021-55550002", address=LONG, household_address=LONG, residence="户籍",
    living="独居", archive_number="31019900200300003", blood="A型 RH阳性", insurance="城镇职工基本医疗保险",
    admitted_on=date(2024, 8, 31), bed="1号楼 201-3", care_level="全护理", ability="完全失能（2026-11-22）",
    nurse="周敏", doctor="陈永康", platform="", allergies="无已知过敏", diagnoses="阿尔茨海默病（G30.9，2019）",
    kin=(Kin("王建国", "子", "紧急联系人、法定监护人", "13800138000", LONG, "晚上打座机", first=True),),
    printed_at=PRINTED, printed_by="周敏",
)  # fmt: skip
EXTREME = replace(
    PLAIN,
    name="阿卜杜热依木·买买提吐尔逊",
    id_type="港澳居民来往内地通行证",
    occupation="生产、运输设备操作人员及有关人员",
    living="与非亲属关系的人居住",
    marriage="未说明的婚姻状况",
    phone="021-55550000、13800138000",
    insurance="城镇职工基本医疗保险、公务员补助、企业补充保险、大病保险",
    platform="不上传（未同意）",
    allergies="；".join(f"青霉素类{n}（剥脱性皮炎、呼吸困难，重度，可能）" for n in range(9)),
    diagnoses="；".join(f"慢性阻塞性肺疾病第{n}次急性加重（J44.1，2018）" for n in range(30)),
    kin=tuple(
        Kin(
            f"买买提江·阿卜杜热依木{n}",
            "孙女婿或外孙女婿",
            "法定监护人、委托代理人、费用担保人",
            "13800138000\n0991-55550000转1203\n021-55550000",
            LONG,
            "工作日晚上 7 点后方便接电话，白天打她单位的总机转三科",
        )
        for n in range(8)
    ),
)
_NOTHING: dict[str, Any] = {
    one.name: "" for one in dataclasses.fields(PLAIN) if isinstance(getattr(PLAIN, one.name), str)
}
EMPTY = replace(PLAIN, **_NOTHING | {"born": None, "age": None, "admitted_on": None, "kin": ()})


def _words(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _words(each)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for each in dataclasses.fields(value):
            yield from _words(getattr(value, each.name))


def _on_paper(drawn: Drawn) -> str:
    document = pypdfium2.PdfDocument(drawn.pdf)
    try:
        pages = [document[at].get_textpage().get_text_bounded() for at in range(len(document))]
    finally:
        document.close()
    return re.sub(r"第\d+页共\d+页打印：[\d:-]{15}周敏", "", re.sub(r"\s", "", "".join(pages)))


@pytest.mark.parametrize("data", [PLAIN, EXTREME], ids=["plain", "extreme"])
def test_every_word_is_printed(data: AdmissionForm) -> None:
    drawn = draw(data)
    text = _on_paper(drawn)
    assert TITLE in text
    text = text.replace("诊断", "")  # a cell cut by a page break has its label twice
    assert [said for said in _words(data) if re.sub(r"\s|诊断", "", said) not in text] == []
    assert "紧急时先联系" in _on_paper(draw(PLAIN))
    assert drawn.missing_glyphs == ()


@pytest.mark.parametrize("data", [PLAIN, EXTREME, EMPTY], ids=["plain", "extreme", "empty"])
def test_it_is_laid_out_clean(data: AdmissionForm) -> None:
    assert problems(draw(data)) == []


def test_one_page_as_a_rule_with_a_line_for_another_contact() -> None:
    assert draw(PLAIN).pages == 1
    assert draw(EMPTY).pages == 1


def test_its_words_in_order_are_the_golden() -> None:
    labels = (
        "康宁养护院入住登记表老人编号：01-000001入住日期：2024-08-31一、基本信息姓名李𬱖性别女照片出生日期1936-07-19年龄90岁"
        "证件类型居民身份证民族汉族证件号码310199193607190044电话021-55550002文化程度小学教育婚姻状况丧偶职业专业技术人员"
        f"常住类型户籍居住情况独居血型A型RH阳性现住址{LONG}户籍地址{LONG}健康档案编号31019900200300003"
        "医保类型城镇职工基本医疗保险二、入住情况床位1号楼201-3护理等级全护理能力评估完全失能（2026-11-22）责任护士周敏"
        "责任医生陈永康区平台—三、健康状况过敏史无已知过敏诊断阿尔茨海默病（G30.9，2019）四、联系人与监护人"
        "姓名与老人关系身份电话住址与备注王建国紧急时先联系子紧急联系人、法定监护人13800138000"
        f"{LONG}；晚上打座机五、签名老人或监护人日期机构（盖章）年月日经办人日期"
    )
    assert _on_paper(draw(PLAIN)) == labels
