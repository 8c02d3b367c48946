"""Documents by real keys: kept after the sending, opened over the window, saved; the hospital's papers; PDF scans."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from app.core.blobs import BlobOf
from app.core.roles import Role
from app.printing.again import words_of_print
from app.referrals.documents import DocumentOf, DocumentRow, OwedDocuments
from app.referrals.moving import SubmitReferral
from app.referrals.partners import AddPartner
from app.referrals.partners.forms import PartnerForm
from app.referrals.revising import Seen
from tests.app.referrals.house import DAY, Desk
from tests.app.referrals.partnered import agreed
from tests.support.acts import rows
from tests.ui.referrals.document_room import ELSEWHERE, arrived, brought, closed, opened, pdf
from tests.ui.referrals.form_room import CTRL, hold
from tests.ui.referrals.room import back, hit, press, sheet, standing_at, until
from tests.ui.residents.stage import on_stage
from ui.forms.fields.photos import PhotosInput
from ui.forms.task_sheet import TaskSheet
from ui.kit.file_sheet import FileSheet

K = Qt.Key


@pytest.fixture(autouse=True)
def _nurse(desk: Desk) -> None:
    desk.become(Role.NURSE)


def kept(desk: Desk, seen: Seen) -> DocumentRow | None:
    found: DocumentRow | None = desk.ask(DocumentOf(seen.rid))
    return found


async def test_what_is_sent_is_kept_by_itself_and_read_in_the_program(desk: Desk, tmp_path: Path) -> None:
    seen = desk.begun()
    async with standing_at(desk, "referral-follow", {"referral": seen.rid}) as (stage, view):
        card = view.pieces.documents
        assert card.lines == []
        hit(stage, view, K.Key_Space)
        await until(lambda: kept(desk, seen) is not None)
        await until(lambda: card.lines and card.lines[0].state == "待上传")
        assert "PDF · " in card.lines[0].under
        await stage.settle()
        hit(stage, view, "1")
        pane = await opened()
        pages = len(pane.stack.pages)
        assert f"{pages} 页" in pane.facts.text()
        press(pane, K.Key_PageDown)
        await until(lambda: pane.place.text() == f"第 2 页，共 {pages} 页")
        press(pane.stack, K.Key_Down, K.Key_PageUp)
        assert pane.stack.here == 0
        wide = pane.stack.pages[0].width()
        QTest.keyClicks(pane.stack, "+")
        assert pane.stack.pages[0].width() > wide
        QTest.keyClicks(pane.stack, "--")
        assert pane.stack.pages[0].width() < wide
        pane.save_to(str(tmp_path / "kept.pdf"))
        await until((tmp_path / "kept.pdf").exists)
        await until(lambda: "kept.pdf" in pane.notice.text())
        await closed(stage, pane, K.Key_Escape)
    document = kept(desk, seen)
    assert document is not None
    assert (tmp_path / "kept.pdf").stat().st_size == document.size
    printed = rows(desk.station, "select reason from audit where act = 'print' order by seq desc limit 1")
    assert document.marks
    assert printed == [(words_of_print("referral-pack", document.sha256, document.marks),)]


async def test_what_a_dead_program_left_is_caught_up_at_the_next_sign_in(desk: Desk) -> None:
    seen = desk.do(SubmitReferral(desk.begun()))  # and there it ended
    assert desk.ask(OwedDocuments()) == (seen.rid,)
    async with on_stage(desk.station) as stage:
        stage.frame.go_first()
        await until(lambda: kept(desk, seen) is not None)
    assert desk.ask(OwedDocuments()) == ()


async def test_whoever_may_not_print_keeps_nothing(desk: Desk) -> None:
    seen = desk.do(SubmitReferral(desk.begun()))
    desk.become(Role.ADMINISTRATOR)
    async with on_stage(desk.station) as stage:
        stage.frame.go_first()
        await stage.settle()
    desk.become(Role.NURSE)
    assert kept(desk, seen) is None


async def test_the_papers_of_the_hospital_open_and_say_why_they_are_not_here(desk: Desk) -> None:
    seen = desk.treated()
    paper, _photo = brought(desk, desk.li)
    async with standing_at(desk, "referral-follow", {"referral": seen.rid}) as (stage, view):
        card = view.pieces.documents
        await until(lambda: len(card.lines) == 4)
        lines = {one.title: one for one in card.lines}
        assert lines["病理报告"].state == ELSEWHERE
        assert lines["带药清单"].state == "还在下载"
        assert "250 kB" in lines["带药清单"].under
        assert not lines["带药清单"].opens
        lines["出院小结"].setFocus()
        press(lines["出院小结"], K.Key_Return)
        pane = await opened()
        assert pane.content == paper
        assert len(pane.stack.pages) == 3
        await closed(stage, pane, K.Key_Escape)
        QTest.mouseClick(lines["胸部 CT 报告"], Qt.MouseButton.LeftButton)
        pane = await opened()
        assert len(pane.stack.pages) == 1
        await closed(stage, pane, K.Key_Escape)
        assert view.hasFocus()
        arrived(desk, desk.li, "Binary/14")
        await until(lambda: [one.state for one in card.lines if one.title == "带药清单"] == ["可离线看"])


async def test_they_stand_beside_the_return_too(desk: Desk) -> None:
    desk.treated()
    brought(desk, desk.li)
    async with standing_at(desk, "referral-return", {"resident": desk.li}) as (stage, view):
        there = view.lists.there
        await until(lambda: there.lines)
        assert there.title.text() == "平台来件"
        press(there.lines[[one.opens for one in there.lines].index(True)], K.Key_Return)
        pane = await opened()
        await closed(stage, pane, K.Key_Escape)


async def test_a_pdf_goes_into_the_return_and_a_large_one_is_refused_beside(
    desk: Desk, tmp_path: Path
) -> None:
    letter = pdf(2)
    (tmp_path / "letter.pdf").write_bytes(letter)
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.7" + bytes(8_100_000))
    (tmp_path / "page.html").write_text("<html>")
    desk.treated()
    async with standing_at(desk, "referral-return", {"resident": desk.li}) as (stage, view):
        hit(stage, view, K.Key_1)
        photos = view.card.form.input("photos")
        assert isinstance(photos, PhotosInput)
        for name, words in (("scan.pdf", "最多 8 MB"), ("page.html", "不是能读的图片或 PDF")):
            photos.add_files([str(tmp_path / name)])
            assert words in photos._said.text()
        photos.add_files([str(tmp_path / "letter.pdf")])
        assert photos._said.text() == ""
        (thumb,) = photos._thumbs.values()
        press(thumb, K.Key_Return)
        pane = await opened()
        assert len(pane.stack.pages) == 2
        await closed(stage, pane, K.Key_Escape)
        hold(stage, view, K.Key_S, CTRL)
        await until(lambda: view.lists.row is not None and view.lists.row.files)
        await stage.settle()
        assert desk.ask(BlobOf(view.lists.row.files[0].sha256)) == letter


async def test_an_agreement_takes_a_pdf_and_shows_it(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "agreement.pdf").write_bytes(pdf(4, "合作协议"))
    desk.become(Role.MANAGER)
    rid = desk.do(AddPartner(PartnerForm("扫描医院")))
    agreed(desk, rid, "green", DAY, DAY + timedelta(days=300))
    async with standing_at(desk, "partners", {"partner": rid}) as (stage, view):
        await until(lambda: view.page is not None and view.page.seen.rid == rid)
        hit(stage, view, K.Key_Right, "e")
        task = await sheet(TaskSheet)
        scan = task.form.input("paper")
        assert isinstance(scan, PhotosInput)
        scan.add_files([str(tmp_path / "agreement.pdf")])
        task.form.set_values({**task.form.draft(), "reason": "补充"})
        QTest.keyClick(task, K.Key_Return, CTRL)
        await back(stage)
        hit(stage, view, "p")
        pane = await opened()
        assert len(pane.stack.pages) == 4
        await closed(stage, pane, K.Key_Escape)


async def test_a_broken_file_says_so_and_can_be_saved(desk: Desk, tmp_path: Path) -> None:
    desk.become(Role.MANAGER)
    rid = desk.do(AddPartner(PartnerForm("扫描医院")))
    broken = "data:application/pdf;base64,JVBERi0xLjcKYnJva2Vu"
    agreed(desk, rid, "green", DAY, DAY + timedelta(days=300), paper=broken)
    async with standing_at(desk, "partners", {"partner": rid}) as (stage, view):
        await until(lambda: view.page is not None and view.page.seen.rid == rid)
        hit(stage, view, K.Key_Right, "p")
        pane = await sheet(FileSheet)
        await until(lambda: "打不开" in pane.state.words)
        QTest.keyClick(pane.focusWidget() or pane, K.Key_S, CTRL)
        await until(lambda: isinstance(QApplication.activeWindow(), QFileDialog))
        asked = QApplication.activeWindow()
        assert asked is not None
        press(asked.focusWidget() or asked, K.Key_Escape)
        await until(asked.isHidden)
        pane.activateWindow()
        await until(pane.isActiveWindow)
        assert pane.stack.pages == []
        await closed(stage, pane, K.Key_Escape)


async def test_a_file_is_printed_on_the_pages_it_has(desk: Desk, tmp_path: Path) -> None:
    seen = desk.treated()
    brought(desk, desk.li)
    async with standing_at(desk, "referral-follow", {"referral": seen.rid}) as (stage, view):
        await until(lambda: len(view.pieces.documents.lines) == 4)
        for digit in "12":
            hit(stage, view, digit)
            pane = await opened()
            printer = QPrinter()
            printer.setOutputFileName(str(tmp_path / f"{digit}.pdf"))
            pane.print_on(printer)
            await until(partial(said, pane, "已送到打印机"))
            await closed(stage, pane, K.Key_Escape)
            assert (tmp_path / f"{digit}.pdf").read_bytes().startswith(b"%PDF")


def said(pane: FileSheet, words: str) -> bool:
    return words in pane.notice.text()
