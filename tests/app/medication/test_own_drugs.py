"""The institution's own medicines: added, changed, withdrawn without loss; a list of them taken in from a table."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from app.compose import Station
from app.core.errors import Refusal
from app.core.roles import Role
from app.medication.drugs.catalogue import drugs
from app.medication.drugs.importing import DrugsOutcome, Fate, ImportDrugs, PreviewDrugs
from app.medication.drugs.own import AddDrug, ChangeDrug, WithdrawDrug
from app.medication.drugs.queries import DrugCalled, FindDrugs
from app.medication.drugs.writing import content_of
from tests.app.medication.house import Ward
from tests.support.station import become

CAPSULE = {
    "name": "枸橼酸铁铵",
    "form": "胶囊",
    "unit": "粒",
    "strength": "0.2",
    "strength_unit": "g",
    "pack": 20,
    "pack_unit": "盒",
    "classes": ["iron"],
}


def test_a_medicine_of_the_house_is_added_found_and_told(station: Station) -> None:
    desk = station.desk
    code = desk.do_now(AddDrug(CAPSULE))
    assert code == "own-01-000001"
    found = desk.ask_now(FindDrugs("jysta"))[0]
    assert (found.code, found.title, found.own, found.group) == (code, "枸橼酸铁铵胶囊", True, code)
    assert "polyvalent-cation" in found.classes
    assert found.ingredients == ("枸橼酸铁铵",)


def test_a_wrong_medicine_is_refused_at_its_field(station: Station) -> None:
    for change, field, says in (
        ({"name": ""}, "name", "通用名：缺少这一项"),
        ({"strength_unit": ""}, "strength_unit", "没有写含量单位"),
        ({"strength": "很多"}, "strength", "大于 0"),
        ({"atc": "ABC"}, "atc", "ATC 编码"),
        ({"limit": {"unit": "g", "low": "2", "high": "1"}}, "limit.high", "最大单次剂量：小于最小单次剂量"),
    ):
        with pytest.raises(Refusal, match=says) as refused:
            station.desk.do_now(AddDrug({**CAPSULE, **change}))
        assert refused.value.field == field


def test_the_same_product_is_not_added_twice(station: Station) -> None:
    station.desk.do_now(AddDrug(CAPSULE))
    with pytest.raises(Refusal, match="目录里已有“枸橼酸铁铵胶囊”"):
        station.desk.do_now(AddDrug(CAPSULE))


def test_only_who_may_changes_the_list(station: Station) -> None:
    become(station, Role.NURSE)
    with pytest.raises(Refusal, match="维护药品目录"):
        station.desk.do_now(AddDrug(CAPSULE))
    assert station.desk.ask_now(FindDrugs("aldp"))


def test_a_shipped_medicine_is_said_otherwise_and_back(station: Station) -> None:
    desk = station.desk
    shipped = drugs()["amlodipine-tab-5"]
    content = {**content_of(shipped), "pack": 14, "barcodes": ["6901234567892"], "essential": True}
    with pytest.raises(Refusal, match="没有改动"):
        desk.do_now(ChangeDrug(shipped.code, content_of(shipped), "换包装"))
    desk.do_now(ChangeDrug(shipped.code, content, "换包装"))
    own = desk.ask_now(FindDrugs("6901234567892"))[0]
    assert (own.code, own.pack, own.essential, own.own, own.classes) == (
        shipped.code,
        14,
        True,
        True,
        shipped.classes,
    )
    assert desk.ask_now(DrugCalled(shipped.code)).shipped == shipped
    with pytest.raises(Refusal, match="条码 6901234567892 已是“氨氯地平片”的"):
        desk.do_now(AddDrug({**CAPSULE, "barcodes": ["6901234567892"]}))
    desk.do_now(ChangeDrug(shipped.code, {**content, "pack": 7}, "又换"))
    desk.do_now(WithdrawDrug(shipped.code, "不再用"))
    assert desk.ask_now(DrugCalled(shipped.code)).drug == shipped
    with pytest.raises(Refusal, match="没有本院版本"):
        desk.do_now(WithdrawDrug(shipped.code, "不再用"))


def test_a_withdrawn_medicine_is_ordered_no_more_and_old_orders_stay(ward: Ward) -> None:
    ward.become(Role.HEAD_NURSE)
    code = ward.do(AddDrug({**CAPSULE, "group": "amlodipine"}))
    from app.medication.orders import OrderForm

    dosing = {"way": "same", "amount": "0.2"}
    ward.issue(OrderForm(code, dosing, frequency="qd"))
    ward.become(Role.HEAD_NURSE)
    ward.do(WithdrawDrug(code, "停产"))
    assert code not in {one.code for one in ward.ask(FindDrugs("jysta"))}
    known = ward.ask(DrugCalled(code))
    assert (known.drug.title, known.offered) == ("枸橼酸铁铵胶囊", False)
    assert ward.slot("08:00", "枸橼酸铁铵")
    with pytest.raises(Refusal, match="药品目录里没有这个药"):
        ward.issue(OrderForm(code, dosing, frequency="qd"))


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


def test_a_list_is_looked_at_then_taken_in_and_the_same_again_changes_nothing(
    station: Station, tmp_path: Path
) -> None:
    file = table(
        tmp_path / "药品.xlsx",
        HEADINGS,
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
    desk = station.desk
    seen: DrugsOutcome = desk.ask_now(PreviewDrugs(file))
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
