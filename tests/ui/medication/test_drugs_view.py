"""The drug list on screen: found by keys, read in full, added, changed, withdrawn, imported; nothing typed is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.compose import Station
from app.core.roles import Role
from app.medication.drugs.catalogue import drugs
from app.medication.drugs.importing import Fate
from app.medication.drugs.own import AddDrug
from app.medication.drugs.queries import FindDrugs
from tests.app.medication.test_drug_import import HEADINGS, table
from tests.app.medication.test_own_drugs import CAPSULE
from tests.support.hands import type_text
from tests.support.layout import lint
from tests.support.station import become
from tests.ui.care.floor import back, press, sheet
from tests.ui.residents.stage import Stage, on_stage, until
from ui.kit import Button, Fact
from ui.kit.why_sheet import WhySheet
from ui.medication.drug_sheet import DrugSheet
from ui.medication.drugs_import_sheet import DrugsImportSheet
from ui.medication.drugs_view import DrugsView
from ui.style import look


async def opened(stage: Stage) -> DrugsView:
    view = stage.view("drugs")
    assert isinstance(view, DrugsView)
    await stage.settle()
    await until(view.search.hasFocus)
    return view


async def typed(stage: Stage, view: DrugsView, text: str) -> None:
    """Type into the search line and see what is found."""
    view.search.selectAll()
    type_text(view.search, text)
    await until(lambda: 0 < len(view.table.rows_model.rows) < 100)
    await stage.settle()


def chip(view: DrugsView, words: str) -> None:
    next(one for one in view.chips.group.buttons() if one.text() == words).click()


def facts(view: DrugsView) -> str:
    return "\n".join(fact.accessibleName() for fact in view.card.findChildren(Fact) if fact.isVisible())


async def test_settings_lead_to_the_list(station: Station) -> None:
    async with on_stage(station) as stage:
        view = stage.view("settings")
        button = next(
            one for one in view.findChildren(Button) if one.text().strip() in ("维护药品目录", "查看药品目录")
        )
        button.click()
        await stage.settle()
        assert stage.place == "drugs"


async def test_a_medicine_is_found_and_read_in_full(station: Station) -> None:
    async with on_stage(station) as stage:
        view = await opened(stage)
        await typed(stage, view, "glmn")
        press(view.search, Qt.Key.Key_Down)
        await until(lambda: "glimepiride" in facts(view))
        await stage.settle()
        said = facts(view)
        assert "每日一次 · 餐前" in said
        assert "血糖低于 4.4 mmol/L 暂缓、未进餐暂缓" in said
        assert "须由机构药师按说明书核对" in said
        chosen = view.table.current()
        assert chosen is not None
        assert chosen.code == "glimepiride-tab-2"


async def test_chips_narrow_the_list_and_tell_how_many(station: Station) -> None:
    async with on_stage(station) as stage:
        view = await opened(stage)
        every = len(drugs())
        assert len(view.table.rows_model.rows) == every
        chip(view, "含西药 9")
        assert {bool(one.hidden) for one in view.table.rows_model.rows} == {True}
        chip(view, "本院 0")
        assert not view.table.rows_model.rows
        assert view.card.isHidden()


async def test_another_strength_is_added_with_the_facts_of_its_kind(station: Station) -> None:
    async with on_stage(station) as stage:
        view = await opened(stage)
        await typed(stage, view, "阿托伐他汀")
        press(view.search, Qt.Key.Key_Down)
        QTest.keyClick(view, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
        form = await sheet(DrugSheet)
        await until(form.form.input("strength").hasFocus)
        QTest.keyClicks(form.form.input("strength"), "40")
        QTest.keyClick(form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        await back(stage)
        added = station.desk.ask_now(FindDrugs("阿托伐他汀 40"))[0]
        assert (added.own, added.group, added.size) == (True, "atorvastatin", "40 mg")
        assert "statin" in added.classes
        await until(lambda: view.table.current() == added)


async def test_a_shipped_medicine_is_changed_with_a_reason(station: Station) -> None:
    async with on_stage(station) as stage:
        view = await opened(stage)
        await typed(stage, view, "华法林")
        QTest.keyClick(view, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
        form = await sheet(DrugSheet)
        form.form.set_values({"barcodes": "690123"})
        form.save()
        await until(lambda: "不是" in form.form.error("barcodes") or "不对" in form.form.error("barcodes"))
        form.form.set_values({"barcodes": "6901234567892"})
        form.save()
        await until(lambda: "为什么修改" in form.form.error("reason"))
        form.form.set_values({"reason": "录入条码"})
        form.save()
        await back(stage)
        changed = station.desk.ask_now(FindDrugs("6901234567892"))[0]
        assert (changed.name, changed.own, changed.time_critical) == ("华法林", True, True)
        await until(lambda: "本院版本" in facts(view))
        assert not view.withdraw_button.isHidden()


async def test_what_a_rule_refuses_stays_as_typed_with_a_sentence_beside_it(station: Station) -> None:
    station.desk.do_now(AddDrug(CAPSULE))
    async with on_stage(station) as stage:
        view = await opened(stage)
        QTest.keyClick(view, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        form = await sheet(DrugSheet)
        form.save()
        await until(lambda: bool(form.form.error("name")))
        values = {
            **{key: str(CAPSULE[key]) for key in ("name", "form", "unit", "strength", "pack", "pack_unit")}
        }
        form.form.set_values({**values, "classes": "他汀"})
        form.save()
        await until(lambda: "可以写：他汀类" in form.form.error("classes"))
        form.form.set_values({"classes": "铁剂"})
        form.save()
        await until(lambda: "没有写含量单位" in form.form.error("strength_unit"))
        form.form.set_values({"strength_unit": "g"})
        form.save()
        await until(lambda: "目录里已有“枸橼酸铁铵胶囊”" in form.form.error("strength_words"))
        assert form.form.values()["name"] == "枸橼酸铁铵"
        form.reject()
        await back(stage)


async def test_an_own_medicine_is_withdrawn_with_a_reason(station: Station) -> None:
    station.desk.do_now(AddDrug(CAPSULE))
    async with on_stage(station) as stage:
        view = await opened(stage)
        await typed(stage, view, "jysta")
        view.withdraw_button.ask()
        why = await sheet(WhySheet)
        why.words.setText("停产")
        why.done_with.emit()
        await back(stage)
        await until(lambda: not view.table.rows_model.rows)
        assert not station.desk.ask_now(FindDrugs("jysta"))


async def test_a_list_is_looked_at_and_taken_in(station: Station, tmp_path: Path) -> None:
    file = table(
        tmp_path / "药品.xlsx",
        HEADINGS,
        (1, "盐酸二甲双胍片", "", "0.85g×30片", "", "", "", "是", "", ""),
        (2, "缬沙坦胶囊", "胶囊", "很多", "", "", "", "", "", ""),
    )
    async with on_stage(station) as stage:
        view = await opened(stage)
        view.read(str(file))
        preview = await sheet(DrugsImportSheet)
        assert [line.fate for line in preview.lines] == [Fate.REJECTED, Fate.NEW]
        preview.chips.choose("rejected")
        preview.show_lines()
        assert len(preview.table.rows_model.rows) == 1
        preview.done_with.emit()
        await back(stage)
        assert station.desk.ask_now(FindDrugs("二甲双胍 0.85"))


async def test_a_nurse_reads_and_is_told_who_may_change(station: Station) -> None:
    become(station, Role.NURSE)
    async with on_stage(station) as stage:
        view = await opened(stage)
        QTest.keyClick(view, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        await stage.settle()
        assert QApplication.activeModalWidget() is None
        assert "维护药品目录" in view.bench.notice.text()
        assert view.table.rows_model.rows


@pytest.mark.parametrize(("size", "scale"), [((1366, 768), 1.0), ((900, 500), 1.0), ((1440, 900), 1.3)])
async def test_the_list_stands_in_every_window(station: Station, size: tuple[int, int], scale: float) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    look.apply(app, dark=False, scale=scale)
    try:
        async with on_stage(station, size) as stage:
            view = await opened(stage)
            await typed(stage, view, "胰岛素")
            assert lint(stage.frame) == []
            view.change()
            form = await sheet(DrugSheet)
            assert lint(form) == []
            form.reject()
            await back(stage)
    finally:
        look.apply(app, dark=False, scale=1.0)
