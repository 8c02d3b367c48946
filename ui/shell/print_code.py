"""Prints a few PDF pages held in memory: the recovery code must never lie on the disk as a file."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

DPI = 300


def page_images(pdf: bytes) -> list[QImage]:
    """Every page of a PDF at 300 dpi."""
    import pypdfium2

    images = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            bitmap = page.render(scale=DPI / 72)
            stride, size = bitmap.stride, (bitmap.width, bitmap.height)
            image = QImage(bytes(bitmap.buffer), *size, stride, QImage.Format.Format_BGR888)
            images.append(image.copy())
    return images


def paint_pages(printer: QPrinter, images: list[QImage]) -> None:
    """The pages onto paper, as large as the sheet."""
    painter = QPainter(printer)
    for number, image in enumerate(images):
        if number:
            printer.newPage()
        paper = printer.paperRect(QPrinter.Unit.DevicePixel)
        page = printer.pageRect(QPrinter.Unit.DevicePixel)
        painter.drawImage(QRectF(paper).translated(-page.topLeft()), image)
    painter.end()


def ask_printer(parent: QWidget, images: list[QImage]) -> QPrintDialog:
    """Let the person choose a printer; prints when they agree."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle("打印恢复码")
    dialog.accepted.connect(lambda: paint_pages(printer, images))
    dialog.finished.connect(dialog.deleteLater)
    dialog.show()
    return dialog
