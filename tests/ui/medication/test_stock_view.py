"""The cupboard by keys: receipts, counts by two, boxes, own supply, temperatures; what is refused stays typed."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.core.roles import Role
from app.medication.stock.form import drug_label
from app.medication.stock.issuing import IssueMedicines
from app.medication.stock.queries import BoxState, SupplyOf
from tests.app.medication.house import drug
from tests.app.medication.test_stock import LATER, receive, shelf
from tests.support.layout import lint
from tests.support.station import PASSWORD, PEOPLE
from tests.ui.assessments.room import keys
from tests.ui.medication.room import DAY, Stage, Ward, back, press, sheet, standing_at, until
from ui.kit import Sheet
from ui.kit.why_sheet import WhySheet
from ui.medication.stock_agree_sheet import AgreeSheet
from ui.medication.stock_boxes_panel import BoxesPanel
from ui.medication.stock_count_sheet import CountSheet
from ui.medication.stock_issues_sheet import IssuesSheet
from ui.medication.stock_ledger_sheet import LedgerSheet
from ui.medication.stock_sheet import SecondSheet, StockSheet
from ui.medication.stock_shelves_panel import ShelvesPanel
from ui.medication.stock_view import StockView
from ui.printing.preview_view import PreviewView

ENTER = Qt.Key.Key_Return
CONTROL = Qt.KeyboardModifier.ControlModifier


async def sign(role: Role, secret: str = PASSWORD) -> None:
    """Number and password of a second person, by keys."""
    second = await sheet(SecondSheet)
    second.number.setFocus()
    keys(PEOPLE[role].number)
    second.secret.setFocus()
    keys(secret)
    press(second.secret, ENTER)


async def save(opened: Sheet) -> None:
    QTest.keyClick(opened, ENTER, CONTROL)


def ward_panel(view: StockView) -> ShelvesPanel:
    panel = view.panels["ward"]
    assert isinstance(panel, ShelvesPanel)
    return panel


def notice(stage: Stage) -> str:
    return stage.frame.notice.text()


def says(stage: Stage, words: str) -> bool:
    return words in notice(stage)


async def test_an_empty_cupboard_says_how_it_fills_and_a_receipt_is_typed(ward: Ward) -> None:
    async with standing_at(ward, "cupboard") as (stage, view):
        assert view.panel.state.words == "病区药柜还没有药"
        press(view, "n")
        await stage.settle()
        asked = await sheet(StockSheet)
        await save(asked)
        await until(lambda: asked.form.error("drug") != "")
        asked.form.set_values({"drug": "不是药", "packs": "2", "lot": "A1", "expires": "2028-06-30"})
        await save(asked)
        await until(lambda: "请从列表选择药品" in asked.form.error("drug"))
        asked.form.set_values({"drug": drug_label(drug("氨氯地平"))})
        assert asked.form.values()["packs"] == "2"
        await save(asked)
        await back(stage)
        assert notice(stage) == "已入库。"
        assert shelf(ward, "氨氯地平").balance == 2 * drug("氨氯地平").pack
        await until(lambda: view.panel.table.current() is not None)


async def test_a_count_that_differs_asks_why_and_its_book_says_it(ward: Ward) -> None:
    receive(ward, "氨氯地平", "28")
    ward.put(7)
    async with standing_at(ward, "cupboard") as (stage, view):
        press(view.panel.table, "c")
        counting = await sheet(CountSheet)
        keys("27")
        assert counting.lines[0].said.text() == "少 1"
        press(counting.lines[0].counted, ENTER)
        part = counting.parts[0]
        assert part.why is not None
        await until(lambda: part.why is not None and "差异原因" in part.why.error.text())
        keys("破损")
        await save(counting)
        await back(stage)
        assert "1 种与账面不符" in notice(stage)
        press(view.panel.table, ENTER)
        book = await sheet(LedgerSheet)
        await until(lambda: len(book.table.rows_model.rows) == 2)
        assert book.table.rows_model.rows[0].about == "账面 28，破损"
        press(book.table, "x")
        why = await sheet(WhySheet)
        keys("数错了")
        press(why, ENTER)
        await until(lambda: "已作废" in book.notice.text())
        await until(lambda: len(book.table.rows_model.rows) == 1)
        press(book, Qt.Key.Key_Escape)
        await back(stage)
        assert shelf(ward, "氨氯地平").balance == 28


async def test_a_disposal_is_signed_by_another_and_a_wrong_one_loses_nothing(ward: Ward) -> None:
    receive(ward, "氨氯地平", "28")
    async with standing_at(ward, "cupboard") as (stage, view):
        press(view.panel.table, "d")
        asked = await sheet(StockSheet)
        asked.form.focus_on("quantity")
        keys("2")
        asked.form.focus_on("why")
        keys("破损")
        await save(asked)
        await sign(Role.NURSE)
        second = await sheet(SecondSheet)
        await until(lambda: "另一位" in second.wrong)
        assert asked.form.values()["quantity"] == "2"
        second.number.clear()
        second.secret.clear()
        await sign(Role.HEAD_NURSE)
        await back(stage)
        assert notice(stage) == "已报损，账面已减。"
        assert shelf(ward, "氨氯地平").balance == 26
        press(view.panel.table, "d")
        asked = await sheet(StockSheet)
        asked.form.set_values({"quantity": "99", "why": "破损"})
        await save(asked)
        await sign(Role.HEAD_NURSE)
        await until(lambda: "只有 26 片" in asked.form.error("quantity"))
        asked.reject()
        await back(stage)


async def test_a_barcode_leads_to_its_row_or_to_the_receipt(ward: Ward) -> None:
    receive(ward, "氨氯地平", "28")
    receive(ward, "二甲双胍", "60")
    async with standing_at(ward, "cupboard") as (stage, view):
        panel = ward_panel(view)
        QTest.keyClick(panel.table, Qt.Key.Key_F, CONTROL)
        keys("ejsg")
        await until(lambda: len(panel.table.rows_model.rows) == 1)
        press(panel.search, ENTER)
        assert panel.table.hasFocus()
        row = panel.table.current()
        assert row is not None
        assert row.words.startswith("二甲双胍")
        panel.search.clear()
        panel.search.setFocus()
        keys("xyzxyz")
        await until(lambda: "没有找到" in panel.state.words)
        await stage.settle()


async def test_controlled_medicines_are_counted_by_two_in_one_sheet(ward: Ward) -> None:
    receive(ward, "艾司唑仑", "20", lot="E1")
    receive(ward, "哌替啶", "5", lot="P1")
    ward.put(7)
    async with standing_at(ward, "cupboard") as (stage, view):
        press(view.panel.table, "3")
        await stage.settle()
        assert [row.row.control for row in view.panel.table.rows_model.rows] == ["麻", "精二"]
        assert "还有 2 种待清点" in view.panel.count.text()
        press(view.panel.table, "j")
        counting = await sheet(CountSheet)
        keys("5")
        press(counting.lines[0].counted, ENTER)
        assert counting.lines[1].counted.hasFocus()
        keys("20")
        press(counting.lines[1].counted, ENTER)
        await sign(Role.HEAD_NURSE)
        await back(stage)
        assert notice(stage) == "已清点，与账面一致。"
        await until(lambda: view.panel.count.text() == "本班已清点")


async def test_boxes_of_a_floor_are_filled_by_space_and_checked_with_one_signature(ward: Ward) -> None:
    for resident in (ward.li, ward.wang):
        ward.order("阿托伐他汀", "20", resident=resident)
    ward.put(7)
    async with standing_at(ward, "cupboard", {"part": "boxes"}) as (stage, view):
        panel = view.panels["boxes"]
        assert isinstance(panel, BoxesPanel)
        assert panel.sheet is not None
        assert panel.sheet.round.key == "morning"
        for name in ("李桂兰", "王素芬"):
            press(panel.table, Qt.Key.Key_Space)
            await until(partial(says, stage, f"{name} 的药盒已摆好"))
            await stage.settle()
        assert [row.state for row in panel.table.rows_model.rows] == [BoxState.FILLED] * 2
        press(panel.table, "k")
        await sign(Role.NURSE)
        second = await sheet(SecondSheet)
        await until(lambda: "另一位" in second.wrong)
        second.number.clear()
        second.secret.clear()
        await sign(Role.HEAD_NURSE)
        await back(stage)
        assert notice(stage) == "2 个药盒已核对。"
        await until(lambda: {row.state for row in panel.table.rows_model.rows} == {BoxState.CHECKED})
        press(panel.table, "]")
        await stage.settle()
        assert "没有要摆的药" in panel.state.words


async def test_own_supply_is_agreed_received_and_given_back(ward: Ward) -> None:
    ward.order("氨氯地平", "5", own_supply=True)
    async with standing_at(ward, "cupboard", {"part": "own"}) as (stage, view):
        row = view.panel.table.current()
        assert (row.name, row.note) == ("李桂兰", "没有自备药协议")
        press(view.panel.table, "g")
        agreeing = await sheet(AgreeSheet)
        keys("李伟")
        agreeing.form.focus_on("relation")
        keys("儿子")
        await save(agreeing)
        await back(stage)
        assert ward.ask(SupplyOf(ward.li)).agreement is not None
        press(view.panel.table, "n")
        await stage.settle()
        asked = await sheet(StockSheet)
        asked.form.set_values({"owner": "李桂兰", "units": "28", "lot": "A1", "expires": str(LATER)})
        await save(asked)
        await back(stage)
        assert shelf(ward, "氨氯地平", ward.li).balance == 28
        await until(lambda: view.panel.table.current() is not None and bool(view.panel.table.current().lots))
        press(view.panel.table, "b")
        asked = await sheet(StockSheet)
        asked.form.set_values({"quantity": "28", "receiver": "李伟"})
        await save(asked)
        await back(stage)
        assert shelf(ward, "氨氯地平", ward.li).balance == 0


async def test_a_temperature_out_of_range_asks_for_an_act(ward: Ward) -> None:
    ward.put(8, 5)
    async with standing_at(ward, "cupboard", {"part": "stores"}) as (stage, view):
        assert "还有 3 次没记录" in view.panel.count.text()
        press(view.panel.table, ENTER)
        asked = await sheet(StockSheet)
        keys("9.2")
        await save(asked)
        await until(lambda: "温度偏高（应为 2–8 ℃）" in asked.form.error("act"))
        assert asked.form.values()["celsius"] == "9.2"
        keys("检查门封")
        await save(asked)
        await back(stage)
        await until(lambda: "还有 2 次没记录" in view.panel.count.text())
        view.panel.readings.pick_first()
        press(view.panel.table, "x")
        why = await sheet(WhySheet)
        keys("看错")
        press(why, ENTER)
        await back(stage)
        await until(lambda: "还有 3 次没记录" in view.panel.count.text())


async def test_nothing_is_clipped_on_a_small_screen(ward: Ward) -> None:
    ward.order("门冬胰岛素", "6", "tid")
    receive(ward, "门冬胰岛素", "3", lot="NV33210", expires=date(2026, 12, 20))
    receive(ward, "哌替啶", "5", lot="P1", owner=ward.wang)
    assert DAY < LATER
    async with standing_at(ward, "cupboard", size=(1366, 768)) as (stage, view):
        for place in "12345":
            press(view.panel.table, place)
            await stage.settle()
            await until(lambda: not lint(view))


async def test_a_person_without_the_right_is_not_led_here(ward: Ward) -> None:
    ward.become(Role.CAREGIVER)
    async with standing_at(ward, "residents") as (stage, _view):
        stage.frame.go("cupboard", {})
        assert stage.place != "cupboard"
        assert "管理药品库存" in notice(stage)


async def test_p_prints_the_counts_of_the_month(ward: Ward) -> None:
    async with standing_at(ward, "cupboard") as (stage, view):
        press(ward_panel(view).table, "p")
        await until(lambda: stage.place == "preview")
        await stage.settle()
        preview = stage.frame.pages.view
        assert isinstance(preview, PreviewView)
        assert preview.drawn is not None


async def test_p_prints_what_a_resident_was_handed_and_the_agreement_of_a_family(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    receive(ward, "阿托伐他汀", "28", owner=ward.li)
    ward.put(8, 5)
    ward.do(IssueMedicines(ward.li, DAY + timedelta(days=1), 3, "李伟（儿子）"))
    for part, title in (("boxes", "发药单"), ("own", "自备药协议")):
        async with standing_at(ward, "cupboard", {"part": part}) as (stage, view):
            press(view.panels[part].table, "p")
            await until(lambda: stage.place == "preview")
            await stage.settle()
            preview = stage.frame.pages.view
            assert isinstance(preview, PreviewView)
            assert preview.drawn is not None
            assert any(title in crumb.words for crumb in preview.crumbs)


async def test_what_was_handed_over_by_mistake_is_taken_back_whole(ward: Ward) -> None:
    for name, amount in (("阿托伐他汀", "20"), ("氨氯地平", "5")):
        ward.order(name, amount)
        receive(ward, name, "28")
    ward.put(8, 5)
    ward.do(IssueMedicines(ward.li, DAY + timedelta(days=1), 3, "李伟（儿子）"))
    assert shelf(ward, "氨氯地平").balance == 25
    async with standing_at(ward, "cupboard", {"part": "boxes"}) as (stage, view):
        press(view.panels["boxes"].table, "l")
        book = await sheet(IssuesSheet)
        await until(lambda: len(book.table.rows_model.rows) == 1)
        assert lint(book) == []
        assert len(book.table.rows_model.rows[0].medicines) == 2
        press(book.table, "x")
        why = await sheet(WhySheet)
        keys("没有外出")
        press(why, ENTER)
        await until(lambda: "已作废" in book.notice.text())
        await until(lambda: book.state.words == "最近 31 天没有发药")
        press(book, Qt.Key.Key_Escape)
        await back(stage)
    assert [shelf(ward, name).balance for name in ("阿托伐他汀", "氨氯地平")] == [28, 28]


async def test_the_book_of_a_shelf_takes_back_all_that_was_handed_over_with_it(ward: Ward) -> None:
    for name, amount in (("阿托伐他汀", "20"), ("氨氯地平", "5")):
        ward.order(name, amount)
        receive(ward, name, "28")
    ward.put(8, 5)
    ward.do(IssueMedicines(ward.li, DAY + timedelta(days=1), 3, "李伟（儿子）"))
    async with standing_at(ward, "cupboard") as (stage, view):
        press(view.panel.table, ENTER)
        book = await sheet(LedgerSheet)
        await until(lambda: len(book.table.rows_model.rows) == 2)
        press(book.table, "x")
        why = await sheet(WhySheet)
        keys("没有外出")
        press(why, ENTER)
        await until(lambda: len(book.table.rows_model.rows) == 1)
        press(book, Qt.Key.Key_Escape)
        await back(stage)
    assert [shelf(ward, name).balance for name in ("阿托伐他汀", "氨氯地平")] == [28, 28]


async def test_p_in_the_book_prints_the_sheet_of_that_handing_over(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    ward.put(8, 5)
    for receiver in ("李伟（儿子）", "本人"):
        ward.do(IssueMedicines(ward.li, DAY + timedelta(days=1), 3, receiver))
    async with standing_at(ward, "cupboard", {"part": "boxes"}) as (stage, view):
        press(view.panels["boxes"].table, "l")
        book = await sheet(IssuesSheet)
        await until(lambda: len(book.table.rows_model.rows) == 2)
        book.table.pick(book.table.rows_model.rows[1].seen.rid)
        press(book.table, "p")
        await until(lambda: stage.place == "preview")
        await stage.settle()
        preview = stage.frame.pages.view
        assert isinstance(preview, PreviewView)
        assert preview.drawn is not None
