"""A table of medicines taken in: every row judged and told, the good ones written, the same again changes nothing."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from app.compose import Station
from app.core.errors import Refusal
from app.medication.drugs.forms import form_within
from app.medication.drugs.importing import DrugsOutcome, Fate, ImportDrugs, PreviewDrugs
from app.medication.drugs.queries import FindDrugs
from app.medication.drugs.sizes import read_size
from app.medication.drugs.table import bare_name


def table(path: Path, *rows: tuple[str | int, ...]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("康宁养护院药品目录",), *rows):
        sheet.append(row)
    book.save(path)
    return path


HEADINGS = (
    "序号",
    "药品名称",
    "剂 型",
    "规格",
    "商品名",
    "商品条码",
    "是否基药",
    "高警示",
    "储存条件",
    "特殊药品",
)
ROWS = (
    (1, "苯磺酸氨氯地平片", "片剂", "5mg*28片/盒", "络活喜", "6901234567892", "是", "", "常温", ""),
    (2, "盐酸二甲双胍片", "", "0.85g×30片", "", "", "", "是", "", ""),
    (3, "甘精胰岛素注射液", "注射液", "3ml:300单位", "长秀霖", "", "", "", "2-8℃冷藏", ""),
    (4, "某新药片", "片剂", "10mg*10片", "", "", "", "", "", "精二"),
    (5, "某新药片", "片剂", "20mg*10片", "", "", "", "", "", ""),
    (6, "阿司匹林肠溶片", "", "100mg*30片", "拜阿司匹灵", "", "", "", "", ""),
    (7, "", "片剂", "5mg*10片", "", "", "", "", "", ""),
    (8, "缬沙坦胶囊", "胶囊", "很多", "", "", "", "", "", ""),
    (9, "奇怪", "", "5mg", "", "", "", "", "", ""),
    (10, "某药丙片", "飞片", "5mg", "", "", "", "", "", ""),
    (11, "某药丁片", "", "5mg", "", "12", "", "", "", ""),
    (12, "苯磺酸氨氯地平片", "片剂", "5mg*28片/盒", "络活喜", "", "", "", "", ""),
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return table(tmp_path / "药品.xlsx", HEADINGS, *ROWS)


def test_every_row_is_judged_and_told(station: Station, file: Path) -> None:
    seen: DrugsOutcome = station.desk.ask_now(PreviewDrugs(file))
    told = {line.row - 2: (line.fate, line.words) for line in seen.lines}
    assert told[1] == (Fate.CHANGED, "条码改为 6901234567892；标为基本药物")
    assert told[2] == (Fate.NEW, "")
    assert told[3][0] is Fate.CHANGED
    assert told[4][0] is Fate.NEW
    assert "补全成分和类别" in told[4][1]
    assert told[6] == (Fate.UNCHANGED, "目录里已有")
    rejected = {row: words for row, (fate, words) in told.items() if fate is Fate.REJECTED}
    assert rejected == {
        7: "没有写通用名",
        8: "读不出规格“很多”，请写成 5mg*28片/盒 这样",
        9: "名称里看不出剂型，请加一列“剂型”",
        10: "不认识的剂型“飞片”",
        11: "条码“12”不是 8、12–14 或 20 位数字",
        12: "和第 3 行是同一个药品",
    }


def test_the_good_rows_are_taken_in_and_the_same_again_changes_nothing(station: Station, file: Path) -> None:
    desk = station.desk
    seen: DrugsOutcome = desk.ask_now(PreviewDrugs(file))
    assert desk.ask_now(FindDrugs("某新药")) == ()
    desk.do_now(ImportDrugs(file, seen))
    assert desk.ask_now(FindDrugs("6901234567892"))[0].code == "amlodipine-tab-5"
    metformin = desk.ask_now(FindDrugs("二甲双胍 0.85"))[0]
    assert (metformin.group, metformin.pack, metformin.meal) == ("metformin", 30, "with")
    assert "biguanide" in metformin.classes
    new = desk.ask_now(FindDrugs("某新药"))
    assert [(one.size, one.control) for one in new] == [("10 mg", "精二"), ("20 mg", "")]
    assert new[0].group == new[1].group == new[0].code
    glargine = desk.ask_now(FindDrugs("长秀霖"))[0]
    assert (glargine.code, glargine.storage) == ("insulin-glargine-pen-300u", "fridge")
    again = desk.ask_now(PreviewDrugs(file))
    assert {line.fate for line in again.lines} == {Fate.UNCHANGED, Fate.REJECTED}
    with pytest.raises(Refusal, match="预览之后又改过"):
        desk.do_now(ImportDrugs(table(file, HEADINGS), seen))


def test_what_is_no_list_of_medicines_is_refused_in_words(station: Station, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="没有找到表头"):
        station.desk.ask_now(PreviewDrugs(table(tmp_path / "人.xlsx", ("姓名", "床号"), ("李", "1"))))
    picture = tmp_path / "图.xlsx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    with pytest.raises(Refusal, match="一张图片"):
        station.desk.ask_now(PreviewDrugs(picture))


@pytest.mark.parametrize(
    ("said", "strength", "unit", "words", "pack"),
    [
        ("5mg*28片/盒", "5", "mg", "", "28 盒"),
        ("5mg×7片×2板", "5", "mg", "", "14 盒"),
        ("５ＭＧ x １４片", "5", "mg", "", "14 盒"),
        ("10ml:1g", "1", "g", "10 mL:1 g", "0 "),
        ("2ml：20mg*10支", "20", "mg", "2 mL:20 mg", "10 盒"),
        ("300单位/3ml", "300", "U", "300 U/3 mL", "0 "),
        ("80万单位", "800000", "U", "", "0 "),
        ("50μg(按无水物计)*100片/瓶", "50", "µg", "", "100 瓶"),
        ("150mg/12.5mg*7片", None, "", "150 mg/12.5 mg", "7 盒"),
        ("复方*100片", None, "", "复方", "100 盒"),
        ("100片/瓶", None, "", "", "100 瓶"),
    ],
)
def test_sizes_are_read_as_they_are_written(
    said: str, strength: str | None, unit: str, words: str, pack: str
) -> None:
    size = read_size(said)
    assert size is not None
    assert size.strength == (None if strength is None else Decimal(strength))
    assert (size.strength_unit, size.words, f"{size.pack} {size.pack_unit}") == (unit, words, pack)


def test_a_size_nobody_can_read_is_none() -> None:
    assert read_size("大号") is None


@pytest.mark.parametrize(
    ("said", "name", "form"),
    [
        ("阿托伐他汀钙片", "阿托伐他汀钙", "片"),
        ("琥珀酸美托洛尔缓释片", "琥珀酸美托洛尔", "缓释片"),
        ("注射用美罗培南", "美罗培南", "粉针剂"),
        ("硫酸沙丁胺醇吸入气雾剂", "硫酸沙丁胺醇", "气雾剂"),
    ],
)
def test_a_name_is_parted_from_its_form(said: str, name: str, form: str) -> None:
    parted = form_within(said)
    assert parted is not None
    assert (parted[0], parted[1].words) == (name, form)


def test_a_salt_is_left_out_when_a_substance_is_looked_for() -> None:
    assert bare_name("盐酸二甲双胍") == "二甲双胍"
    assert bare_name("阿托伐他汀钙") == "阿托伐他汀"
    assert bare_name("氯化钠") == "氯化钠"
