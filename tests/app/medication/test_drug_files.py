"""The drug files of the program: every one is read, and what is known of medicines stands in them."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from app.core.errors import Refusal
from app.core.resources import resource
from app.medication.drugs.catalogue import DrugList, drugs
from app.medication.drugs.classes import classes, substances, widened
from app.medication.drugs.own import sold_as
from app.medication.drugs.reading import parse_drug, parse_drugs
from app.medication.drugs.writing import content_of
from app.medication.rules.drug import Drug
from app.residents.vocabulary import allergens

FILE = """title = "试验"
source = ["说明书"]

[[drug]]
group = "amlodipine"
name = "氨氯地平"
inn = "amlodipine"
atc = "C08CA01"
classes = ["ccb-dhp"]
limit = { unit = "mg", low = 2.5, high = 10, day = 10 }

[[drug.product]]
code = "amlodipine-tab-5"
form = "片"
unit = "片"
strength = 5
strength_unit = "mg"
"""


def named(name: str) -> list[Drug]:
    found = [one for one in drugs().values() if one.name == name]
    assert found, name
    return found


def codes(*names: str) -> set[str]:
    return {one.code for name in names for one in named(name)}


def test_every_file_is_read_and_no_product_stands_in_it_twice() -> None:
    every = drugs()
    assert len(every) > 300
    twice: dict[tuple[object, ...], str] = {}
    for code, drug in every.items():
        assert sold_as(drug) not in twice, (code, twice.get(sold_as(drug)))
        twice[sold_as(drug)] = code
        assert drug.source, code
        assert drug.strength is not None or drug.strength_words, code
        assert drug.atc or drug.tcm, code


def test_a_medicine_written_out_and_read_again_is_the_same() -> None:
    from dataclasses import replace

    for drug in drugs().values():
        assert parse_drug(content_of(drug)) == replace(drug, source=""), drug.code


def test_look_alikes_know_each_other() -> None:
    groups: dict[str, set[str]] = {}
    for drug in drugs().values():
        groups.setdefault(drug.group, set()).update(drug.look_alike)
    for group, others in groups.items():
        for other in others:
            assert group in groups[other], (group, other)


def test_a_wider_class_holds_whatever_is_of_a_narrower_one() -> None:
    assert set(widened(["ace-inhibitor"])) >= {
        "ace-inhibitor",
        "raas",
        "antihypertensive",
        "hyperkalaemia-causing",
    }
    assert "anticholinergic" in named("氯苯那敏")[0].classes
    assert "bleeding-risk" in named("利伐沙班")[0].classes


def test_words_of_allergy_in_the_classes_are_those_staff_write() -> None:
    known = {one.words for one in allergens()}
    said = {word for one in classes().values() for word in (*one.allergens, *one.cross)} | set(substances())
    assert said <= known, said - known


@pytest.mark.parametrize(
    "name",
    [
        "格列美脲",
        "格列齐特",
        "瑞格列奈",
        "阿卡波糖",
        "吡格列酮",
        "西格列汀",
        "达格列净",
        "恩格列净",
        "二甲双胍",
        "消渴丸",
        "门冬胰岛素",
        "甘精胰岛素",
        "华法林",
        "利伐沙班",
        "依诺肝素",
        "曲马多",
        "氨酚曲马多",
        "吗啡",
        "芬太尼",
        "甲氨蝶呤",
    ],
)
def test_high_alert_medicines(name: str) -> None:
    """corrections S13, D6; medication §3."""
    assert all(one.high_alert for one in named(name))


def test_what_is_high_alert_only_as_an_injection() -> None:
    potassium = {one.form: one.high_alert for one in named("氯化钾")}
    assert potassium == {"缓释片": False, "注射液": True, "口服溶液": False}


@pytest.mark.parametrize(
    ("control", "names"),
    [
        ("麻", ["羟考酮", "吗啡", "芬太尼", "哌替啶"]),
        ("精一", ["咪达唑仑"]),
        (
            "精二",
            [
                "右美沙芬",
                "曲马多",
                "氨酚曲马多",
                "复方地芬诺酯",
                "艾司唑仑",
                "阿普唑仑",
                "劳拉西泮",
                "地西泮",
            ],
        ),
        ("精二", ["唑吡坦", "右佐匹克隆"]),
        ("", ["喹硫平", "加巴喷丁", "氯苯那敏"]),
    ],
)
def test_how_the_law_controls(control: str, names: list[str]) -> None:
    """corrections S14: 右美沙芬 and 复方地芬诺酯 since 2024-07-01, 曲马多复方制剂 since 2023-07-01."""
    assert {one.control for name in names for one in named(name)} == {control}


def test_patent_medicines_tell_what_they_hide() -> None:
    hidden = {one.name: set(one.hidden) for one in drugs().values() if one.hidden}
    assert hidden["消渴丸"] == {"glibenclamide"}
    assert hidden["珍菊降压"] == {"clonidine", "hydrochlorothiazide"}
    assert hidden["血脂康"] == {"lovastatin"}
    assert hidden["维C银翘"] >= {"paracetamol", "chlorphenamine"}
    assert hidden["感冒灵"] >= {"paracetamol", "chlorphenamine", "caffeine"}
    assert hidden["鼻炎康"] == {"chlorphenamine"}
    assert hidden["新癀片"] == {"indometacin"}
    assert hidden["藿香正气水"] == {"ethanol"}
    assert "hydrochlorothiazide" in hidden["复方罗布麻"]
    assert "sulfonylurea" in named("消渴丸")[0].classes
    assert "statin" in named("血脂康")[0].classes
    pill = named("消渴丸")[0]
    assert (pill.contains[0].amount * 10, pill.contains[0].unit) == (Decimal("2.5"), "mg")


def test_old_compound_tells_its_parts() -> None:
    """corrections S10, D2."""
    old = named("复方利血平氨苯蝶啶")[0]
    assert old.atc == "C02LA51"
    assert {"thiazide", "potassium-sparing", "reserpine-containing"} <= set(old.classes)
    assert set(old.ingredients) == {"reserpine", "triamterene", "hydrochlorothiazide", "dihydralazine"}


def test_weekly_medicines_are_given_weekly() -> None:
    weekly = {one.code for one in drugs().values() if one.weekly}
    assert weekly == {"alendronate-tab-70", *codes("甲氨蝶呤")}
    assert all(drugs()[code].usual == "qw" for code in weekly)


def test_a_second_person_checks_injections_and_opioids() -> None:
    for drug in drugs().values():
        injected = any(route in ("sc", "im", "iv", "ivgtt", "id") for route in drug.routes)
        assert drug.second or not (injected or "opioid" in drug.classes), drug.code


def test_what_is_looked_at_before_giving() -> None:
    """medication §3; corrections D4."""
    assert named("氨氯地平")[0].holds == ("sbp",)
    assert named("比索洛尔")[0].holds == ("sbp", "pulse")
    assert named("地高辛")[0].holds == ("pulse",)
    assert named("呋塞米")[0].holds == ("sbp-90",)
    assert named("伊伐布雷定")[0].holds == ("pulse-50",)
    assert named("格列美脲")[0].holds == ("glucose", "meal")
    assert {"rr", "drowsy"} <= set(named("艾司唑仑")[0].holds)
    assert {"rr-10", "drowsy"} <= set(named("吗啡")[0].holds)


def test_other_corrections() -> None:
    """D1 gel under its own code, D3, D5, S12, P4."""
    assert {one.form: one.atc for one in named("双氯芬酸")} == {"缓释片": "M01AB05", "凝胶": "M02AA15"}
    assert "1/4–1/3" in named("别嘌醇")[0].note
    assert "20" in named("苯溴马隆")[0].note
    paracetamol = named("对乙酰氨基酚")[0].limit
    assert paracetamol is not None
    assert (paracetamol.day, paracetamol.unit) == (Decimal(2), "g")
    special = {one.name for one in drugs().values() if one.storage_special}
    assert {"门冬胰岛素", "甘精胰岛素", "拉坦前列素", "双歧杆菌三联活菌"} <= special
    assert named("复方氨酚烷胺")[0].contains[0].amount == 250


def test_a_dose_is_reckoned_in_units_of_the_pack() -> None:
    pen = named("门冬胰岛素")[0]
    assert (pen.units_of(Decimal(12), "U"), pen.unit, pen.packed) == (Decimal("0.12"), "mL", "3 mL/支")
    tablet = drugs()["metformin-tab-0.5g"]
    assert tablet.units_of(Decimal(250), "mg") == Decimal("0.5")
    assert (tablet.title, tablet.size, tablet.packed) == ("二甲双胍片", "0.5 g", "20 片/盒")


def test_what_it_is_mistaken_for_is_told_in_the_same_strength() -> None:
    known = DrugList(drugs())
    assert [one.code for one in known.look_alikes(drugs()["amlodipine-tab-2.5"])] == ["levamlodipine-tab-2.5"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('["ccb-dhp"]', '["ccb-dph"]', r"drug\[1\]\.product\[1\]\.classes.*没有“ccb-dph”.*第9行"),
        ('"C08CA01"', '"C08-1"', r"atc.*“C08-1”不对.*第8行"),
        ('strength_unit = "mg"', "", "写了含量，没有写含量单位"),
        ("strength = 5", 'strength = "五"', "应是大于 0 的数字.*第16行"),
        ("strength = 5", "strenght = 5", "不认识这一项|写了含量单位，没有写含量"),
        ('unit = "片"', 'unit = "颗"', "没有“颗”.*第15行"),
        ("low = 2.5", "low = 25", "小于最小单次剂量"),
        ("high = 10", "hihg = 10", "不认识这一项"),
        ('name = "氨氯地平"', "", "name：缺少这一项"),
        ("[[drug.product]]", 'control = "麻精"\n[[drug.product]]', "没有“麻精”"),
        ("[[drug.product]]", 'usual = "每天"\n[[drug.product]]', "没有“每天”"),
        ("[[drug.product]]", 'holds = ["sbp-80"]\n[[drug.product]]', "没有“sbp-80”这一项"),
        ("[[drug.product]]", 'weekly = true\nusual = "qd"\n[[drug.product]]', "每周一次的药"),
        ("[[drug.product]]", 'hidden = ["x"]\n[[drug.product]]', "藏有的成分也要写在成分里"),
        ("[[drug.product]]", "pack = 7\n[[drug.product]]", "包装数量和包装单位要同时写"),
        ("[[drug.product]]", 'barcodes = ["123"]\n[[drug.product]]', "“123”不是"),
        ('"片"\nstrength = 5', '"片"\nstrength = true', "应是大于 0 的数字"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_with_place_and_reason(old: str, new: str, says: str) -> None:
    assert old in FILE
    with pytest.raises(Refusal) as refused:
        parse_drugs(FILE.replace(old, new, 1), "试验.toml")
    assert refused.value.text.startswith("药品文件 试验.toml")
    assert re.search(says, refused.value.text), refused.value.text


def test_a_code_stands_in_a_file_once() -> None:
    again = FILE + FILE[FILE.index("[[drug.product]]") :]
    with pytest.raises(Refusal, match="“amlodipine-tab-5”在本文件里重复"):
        parse_drugs(again, "试验.toml")


def test_the_sources_of_every_list_are_told() -> None:
    for path in resource("drugs").glob("*.toml"):
        assert re.search(r"^source = ", path.read_text("utf-8"), re.MULTILINE), path.name
