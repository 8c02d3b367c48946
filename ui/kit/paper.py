"""Sending a PDF to a printer: the file itself where CUPS takes it, page pictures at 300 dpi elsewhere."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrinter

from app.core.errors import Trouble
from ui.kit.pages import PageSize, draw_page, page_sizes

DOTS_PER_INCH = 300
LONGEST = 120
"""Seconds until a print service that says nothing is given up."""


def send(pdf: bytes, printer: QPrinter) -> None:
    """Print all pages; off the screen's thread. Trouble where the printer does not take them."""
    if printer.outputFormat() is QPrinter.OutputFormat.NativeFormat and (command := shutil.which("lp")):
        _hand_over(pdf, printer, command)
    else:
        _paint(pdf, printer)


def send_picture(content: bytes, printer: QPrinter) -> None:
    """Print a picture on one page, as large as it fits; off the screen's thread."""
    image = QImage.fromData(content)
    printer.setFullPage(True)
    _turn(printer, PageSize(image.width(), image.height()))
    painter = QPainter()
    if not painter.begin(printer):
        raise Trouble("打印机没有准备好。", remedy="请检查打印机后再试，或先另存。")
    try:
        room = printer.paperRect(QPrinter.Unit.DevicePixel)
        size = QSizeF(image.size()).scaled(room.size() * 0.94, Qt.AspectRatioMode.KeepAspectRatio)
        corner = QPointF((room.width() - size.width()) / 2, (room.height() - size.height()) / 2)
        painter.drawImage(QRectF(corner, size), image)
    finally:
        painter.end()


def _hand_over(pdf: bytes, printer: QPrinter, command: str) -> None:
    """CUPS keeps the vectors and prints faster than pictures."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "sheet.pdf"
        file.write_bytes(pdf)
        words = [command, "-n", str(max(1, printer.copyCount()))]
        words += ["-d", printer.printerName()] if printer.printerName() else []
        try:
            done = subprocess.run(  # noqa: S603  # fixed words, our own file
                [*words, str(file)], capture_output=True, text=True, check=False, timeout=LONGEST
            )
        except subprocess.TimeoutExpired as late:
            raise Trouble(
                "打印服务没有回应。", remedy="请先看打印机有没有出纸，再决定要不要重打，或先存成 PDF。"
            ) from late
    if done.returncode:
        raise Trouble(
            f"打印机没有接收：{done.stderr.strip() or '原因不明'}",
            remedy="请检查打印机后再试，或先存成 PDF。",
        )


def _paint(pdf: bytes, printer: QPrinter) -> None:
    printer.setFullPage(True)
    sizes = page_sizes(pdf)
    _turn(printer, sizes[0])
    painter = QPainter()
    if not painter.begin(printer):
        raise Trouble("打印机没有准备好。", remedy="请检查打印机后再试，或先存成 PDF。")
    try:
        for index, size in enumerate(sizes):
            if index:
                _turn(printer, size)
            if index and not printer.newPage():
                raise Trouble("打印中断了。", remedy="请检查打印机里的纸张，再打印一次。")
            room = printer.paperRect(QPrinter.Unit.DevicePixel)
            painter.drawImage(QRectF(0, 0, room.width(), room.height()), draw_page(pdf, index, DOTS_PER_INCH))
    finally:
        painter.end()


def _turn(printer: QPrinter, size: PageSize) -> None:
    """A page laid across is printed across."""
    across = size.width > size.height
    printer.setPageOrientation(
        QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait
    )
