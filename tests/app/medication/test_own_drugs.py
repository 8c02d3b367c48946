"""The institution's own medicines: added, changed, withdrawn without loss."""

from __future__ import annotations

import pytest

from app.compose import Station
from app.core.errors import Refusal
from app.core.roles import Role
from app.medication.drugs.catalogue import drugs
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
