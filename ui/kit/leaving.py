"""Ways out of the program for what is on screen: the system's own dialogs for a printer and for a file, opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget


@dataclass(frozen=True)
class FileKind:
    """What a file is saved as. `words` for the dialog's list; `suffix` without the dot."""

    words: str
    suffix: str


PDF = FileKind("PDF", "pdf")
KINDS = {
    "application/pdf": PDF,
    "image/jpeg": FileKind("JPEG 图片", "jpg"),
    "image/png": FileKind("PNG 图片", "png"),
}
"""By content type."""


def choose_printer(parent: QWidget, name: str, then: Callable[[QPrinter], object]) -> None:
    """Ask which printer; `then` gets it."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    dialog = QPrintDialog(printer, parent)
    dialog.accepted.connect(lambda: then(printer))
    QDialog.open(dialog)  # QPrintDialog hides it behind a version for old-style slots


def choose_file(parent: QWidget, name: str, kind: FileKind, then: Callable[[str], object]) -> None:
    """Ask where a file is to lie; `then` gets its path."""
    dialog = QFileDialog(parent, f"存为 {kind.words}", name, f"{kind.words} (*.{kind.suffix})")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(kind.suffix)
    dialog.selectFile(name)
    dialog.fileSelected.connect(then)
    dialog.open()
