"""Where a roster is chosen: dropped here, or found with the file dialog."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from ui.kit import Button, Card, IconTile, Words
from ui.style import Role

ROSTERS = "名册 (*.xlsx *.csv *.txt);;所有文件 (*)"


class ImportChoice(Card):
    """Takes one file; what it is, is found by looking into it."""

    chosen = Signal(object)
    """The file's path."""

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self.button = Button("选择文件", "primary", icon="file-spreadsheet", large=True)
        self.button.clicked.connect(self.ask)
        centre = Qt.AlignmentFlag.AlignHCenter
        box = QVBoxLayout()
        box.setSpacing(10)
        box.addStretch(1)
        box.addWidget(IconTile("upload", size=64, drawing=30), 0, centre)
        for words, role in (
            ("把名册拖到这里，或选择文件", Role.CARD_TITLE),
            ("Excel（.xlsx）或 CSV，列名按平时的写法就行，有“姓名”列就能认。", Role.HINT),
            ("先看每一行的结果，确认后才写入；已有的老人不会改动。", Role.HINT),
        ):
            label = Words(words, role, wrap=True)
            label.setAlignment(centre)
            box.addWidget(label)
        box.addSpacing(8)
        box.addWidget(self.button, 0, centre)
        box.addStretch(2)
        self.body.addLayout(box)

    def ask(self) -> None:
        """Open the file dialog; the window goes on living."""
        dialog = QFileDialog(self, "选择名册", "", ROSTERS)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.chosen.emit(Path(path)))
        dialog.open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _file(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _file(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.chosen.emit(path)


def ask_where(parent: QWidget, name: str) -> QFileDialog:
    """A dialog, already open, for where to keep a table; connect its `fileSelected`."""
    dialog = QFileDialog(parent, "把问题行存成表格", name, "Excel 表格 (*.xlsx);;CSV (*.csv)")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("xlsx")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog


def _file(data: QMimeData) -> Path | None:
    urls = data.urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
