"""Documents on the screens of referrals: PDFs and pictures of invented papers, and what the hospital left there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint
from PySide6.QtGui import QColor, QImage, QPageSize, QPainter, QPdfWriter
from PySide6.QtWidgets import QWidget

from app.core.blobs import keep_received
from app.core.unit import Unit
from db.models import RemoteFile
from tests.app.referrals.house import Desk
from tests.app.referrals.test_from_platform import written
from tests.support.acts import Act
from tests.ui.referrals.room import Stage, back, press, sheet, until
from ui.kit.file_sheet import FileSheet

ELSEWHERE = "文件在别的地址，没有去取"


def pdf(pages: int = 3, words: str = "出院小结") -> bytes:
    """A PDF of so many pages, each with its number."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    painter = QPainter(writer)
    font = painter.font()
    font.setPointSize(22)
    painter.setFont(font)
    for number in range(1, pages + 1):
        if number > 1:
            writer.newPage()
        painter.drawText(QPoint(900, 1400), f"{words} {number}")
    painter.end()
    buffer.close()
    return bytes(content.data())


def picture(wide: int = 640, high: int = 900) -> bytes:
    """A photographed paper."""
    image = QImage(wide, high, QImage.Format.Format_RGB32)
    image.fill(QColor("#F6F2E8"))
    painter = QPainter(image)
    painter.drawText(QPoint(60, 120), "CT 报告单")
    painter.end()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPG")  # type: ignore[call-overload]  # the stubs want bytes, Qt takes text
    return bytes(content.data())


def letter(title: str, url: str, media: str = "application/pdf", size: int = 0) -> dict[str, Any]:
    """What a hospital writes with a file."""
    attachment: dict[str, Any] = {"contentType": media, "url": url, "title": title}
    if size:
        attachment["size"] = size
    return {
        "resourceType": "DocumentReference", "status": "current", "description": title,
        "content": [{"attachment": attachment}],
    }  # fmt: skip


def brought(desk: Desk, resident: UUID) -> tuple[bytes, bytes]:
    """From the hospital: a PDF and a picture that are here, one at another address, one still on its way."""
    paper, photo = pdf(), picture()
    desk.do(
        written(
            resident,
            letter("出院小结", "Binary/11"),
            letter("胸部 CT 报告", "Binary/12", "image/jpeg"),
            letter("病理报告", "https://elsewhere.example/1.pdf"),
            letter("带药清单", "Binary/14", size=250_000),
        )
    )

    def keep(unit: Unit) -> None:
        for url, content, media in (
            ("Binary/11", paper, "application/pdf"),
            ("Binary/12", photo, "image/jpeg"),
        ):
            name = keep_received(unit, content)
            unit.session.add(RemoteFile(url=url, resident=resident, media=media, sha256=name))
        away = "https://elsewhere.example/1.pdf"
        unit.session.add(RemoteFile(url=away, resident=resident, media="application/pdf", words=ELSEWHERE))

    desk.do(Act(keep))
    return paper, photo


def arrived(desk: Desk, resident: UUID, url: str) -> None:
    """A file that was on its way is here."""

    def keep(unit: Unit) -> None:
        name = keep_received(unit, pdf(1, "带药清单"))
        unit.session.add(RemoteFile(url=url, resident=resident, media="application/pdf", sha256=name))
        unit.tell("file", resident)

    desk.do(Act(keep))


async def opened() -> FileSheet:
    """The pane that has just opened, once its first page is drawn."""
    pane = await sheet(FileSheet)
    await until(lambda: pane.stack.pages and pane.stack.pages[0].image is not None)
    return pane


async def closed(stage: Stage, pane: QWidget, key: Any) -> None:
    press(pane, key)
    await back(stage)
