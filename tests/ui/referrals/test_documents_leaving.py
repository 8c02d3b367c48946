"""What leaves from the pane of a file is noted, whatever is pressed meanwhile, and leaves once."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from app.core.roles import Role
from app.printing.referral_pack_data import ReferralPackOf
from app.printing.service import draw
from app.referrals.partners import AddLicence, AddPartner
from app.referrals.partners.forms import LicenceForm, PartnerForm
from tests.app.referrals.house import DAY, Desk
from tests.app.referrals.partnered import PHOTO, agreed
from tests.printing.test_report import pages
from tests.support.acts import rows
from tests.support.layout import lint
from tests.ui.referrals.document_room import brought, closed, opened
from tests.ui.referrals.room import back, hit, press, sheet, standing_at, until
from ui.forms.fields.photos import PhotosInput
from ui.forms.task_sheet import TaskSheet
from ui.kit.file_sheet import FileSheet

K = Qt.Key


@pytest.fixture(autouse=True)
def _nurse(desk: Desk) -> None:
    desk.become(Role.NURSE)


def printer_to(path: Path) -> QPrinter:
    printer = QPrinter()
    printer.setOutputFileName(str(path))
    return printer


def noted(desk: Desk) -> list[str]:
    return [
        reason
        for (reason,) in rows(desk.station, "select reason from audit where act = 'print' order by seq")
    ]


def out_of(folder: Path) -> list[str]:
    return [one.name for one in folder.iterdir() if one.suffix == ".pdf"]


def said(pane: FileSheet, words: str) -> bool:
    return words in pane.notice.text()


async def test_esc_while_it_is_printed_waits_until_it_is_noted(desk: Desk, tmp_path: Path) -> None:
    seen = desk.treated()
    brought(desk, desk.li)
    async with standing_at(desk, "referral-follow", {"referral": seen.rid}) as (stage, view):
        await until(lambda: len(view.pieces.documents.lines) == 4)
        hit(stage, view, "1")
        pane = await opened()
        pane.print_on(printer_to(tmp_path / "a.pdf"))
        await asyncio.sleep(0)
        assert pane.print_button.busy
        assert not pane.save_button.isEnabled()
        press(pane, K.Key_Escape)
        QTest.mouseClick(pane.close_button, Qt.MouseButton.LeftButton)
        pane.close()
        assert pane.isVisible()
        assert said(pane, "正在打印")
        await until(partial(said, pane, "已送到打印机"))
        assert len(noted(desk)) == 1
        assert pane.print_button.isEnabled()
        assert pane.save_button.isEnabled()
        await closed(stage, pane, K.Key_Escape)


async def test_it_is_noted_although_the_pane_goes_with_its_window(desk: Desk, tmp_path: Path) -> None:
    seen = desk.treated()
    brought(desk, desk.li)
    async with standing_at(desk, "referral-follow", {"referral": seen.rid}) as (stage, view):
        await until(lambda: len(view.pieces.documents.lines) == 4)
        hit(stage, view, "1")
        pane = await opened()
        pane.print_on(printer_to(tmp_path / "a.pdf"))
        await asyncio.sleep(0)
        pane.done(0)
        await until(lambda: noted(desk))
        assert len(noted(desk)) == 1


async def test_pressed_twice_it_leaves_once(desk: Desk, tmp_path: Path) -> None:
    seen = desk.treated()
    brought(desk, desk.li)
    async with standing_at(desk, "referral-follow", {"referral": seen.rid}) as (stage, view):
        await until(lambda: len(view.pieces.documents.lines) == 4)
        hit(stage, view, "1")
        pane = await opened()
        for _ in range(2):
            pane.save_button.click()
        dialogs = [one for one in pane.findChildren(QFileDialog) if one.isVisible()]
        assert len(dialogs) == 1
        await until(dialogs[0].isActiveWindow)
        press(QApplication.focusWidget() or dialogs[0], K.Key_Escape)
        await until(dialogs[0].isHidden)
        pane.activateWindow()
        await until(pane.isActiveWindow)
        for name in ("a.pdf", "b.pdf"):
            pane.print_on(printer_to(tmp_path / name))
        pane.save_to(str(tmp_path / "c.pdf"))
        await until(partial(said, pane, "已送到打印机"))
        assert len(noted(desk)) == 1
        await closed(stage, pane, K.Key_Escape)
    assert out_of(tmp_path) == ["a.pdf"]


async def test_what_left_before_is_said_and_the_next_preview_is_a_copy(desk: Desk, tmp_path: Path) -> None:
    seen = desk.begun()
    async with standing_at(desk, "referral-follow", {"referral": seen.rid}) as (stage, view):
        card = view.pieces.documents
        hit(stage, view, K.Key_Space)
        await until(lambda: card.lines and card.lines[0].state == "待上传")
        await stage.settle()
        hit(stage, view, "1")
        pane = await opened()
        assert "原件" in pane.as_kept.text()
        assert pane.before.text() == ""
        pane.print_on(printer_to(tmp_path / "a.pdf"))
        await until(partial(said, pane, "已送到打印机"))
        await until(lambda: pane.before.text().startswith("打印过，首次打印："))
        actor = desk.station.desk.actor
        assert actor is not None
        assert actor.name in pane.before.text()
        await closed(stage, pane, K.Key_Escape)
        await stage.settle()
        hit(stage, view, "1")
        pane = await opened()
        await until(lambda: pane.before.text().startswith("打印过，首次打印："))
        assert lint(pane) == []
        await closed(stage, pane, K.Key_Escape)
    again = draw(desk.station.desk, "referral-pack", ReferralPackOf(desk.li, seen.rid), desk.li)
    assert all("补打" in text for text in pages(again))


@pytest.mark.parametrize("kind", ["agreement", "licence"])
async def test_a_scan_that_leaves_from_a_form_is_noted_as_what_it_is(
    desk: Desk, tmp_path: Path, kind: str
) -> None:
    desk.become(Role.MANAGER)
    partner = desk.do(AddPartner(PartnerForm("扫描医院")))
    if kind == "agreement":
        paper = agreed(desk, partner, "green", DAY, DAY + timedelta(days=300), paper=PHOTO)
    else:
        form = LicenceForm("practice", "PDY1100", "区卫生健康委", DAY, DAY + timedelta(days=300), paper=PHOTO)
        paper = desk.do(AddLicence(form))
    async with standing_at(desk, "partners", {"partner": partner}) as (stage, view):
        await until(lambda: view.page is not None)
        if kind == "licence":
            hit(stage, view, "2")
            await until(lambda: view.shows_licences and view.licence is not None)
        else:
            hit(stage, view, K.Key_Right)
        hit(stage, view, "e")
        task = await sheet(TaskSheet)
        scan = task.form.input("paper")
        assert isinstance(scan, PhotosInput)
        (thumb,) = scan._thumbs.values()
        press(thumb, K.Key_Return)
        pane = await opened()
        pane.print_on(printer_to(tmp_path / "a.pdf"))
        await until(partial(said, pane, "已送到打印机"))
        press(pane, K.Key_Escape)
        task.activateWindow()
        await until(task.isActiveWindow)
        press(task, K.Key_Escape)
        await back(stage)
    (line,) = rows(desk.station, "select kind, record from audit where act = 'print'")
    assert line == (kind, paper.bytes)
