"""A kept file over the window: the pages of a PDF, or a picture; read, made larger, printed, saved. Esc closes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from app.core.blobs import PDF, BlobOf, media_of
from app.core.errors import Trouble
from app.core.roles import Right
from ui.kit import paper
from ui.kit.buttons import Button, IconButton
from ui.kit.errands import Errands, errand, latest
from ui.kit.keys import Key, bind
from ui.kit.leaving import KINDS, choose_file, choose_printer
from ui.kit.page_stack import PageStack
from ui.kit.pages import PageSize, draw_page, page_sizes
from ui.kit.pictures import picture_of
from ui.kit.sheet import Sheet
from ui.kit.states import StateView
from ui.kit.view import Bench
from ui.kit.words import ElidedWords, Words, size_words
from ui.style import Role, Tone, look

MOST_PAGES = 300
_ROOM = QSize(48, 32)
_WIDEST = 1120
_AS_KEPT = "打印和另存的就是这份原件，不加“补打”字样"


@dataclass(frozen=True)
class ShownFile:
    """`sha256`: its name among the blobs. `sheet`, `record`, `about`: how it stands in the audit chain when it is
    printed or saved. `missing`: why it is not here; `content`: its bytes where they are no blob yet; `marks`: of the
    pages of one this program drew, so that the next ones like them say 补打."""

    title: str
    sha256: str
    record: UUID
    about: str = "resident"
    sheet: str = "document"
    missing: str = ""
    content: bytes = b""
    marks: tuple[tuple[str, ...], ...] = ()


class FileSheet(Sheet):
    """As large as the window allows. It needs nothing but the file: what is here is read without the platform."""

    def __init__(self, bench: Bench, parent: QWidget, file: ShownFile) -> None:
        super().__init__(parent, file.title, width=360)
        self._bench, self.file = bench, file
        self.errands = Errands(bench.desk, self, notice=self.notice)
        self.content = b""
        self._image: QImage | None = None
        self._leaving: Button | None = None
        self.facts = ElidedWords("", Role.HINT, ink="text3")
        self.before = ElidedWords("", Role.HINT, ink="warn.text")
        self.as_kept = Words("", Role.HINT)
        self.place = Words("", Role.HINT)
        self.smaller = IconButton("minus", "缩小（-）", size=34, framed=True)
        self.larger = IconButton("plus", "放大（+）", size=34, framed=True)
        self.close_button = IconButton("x", "关闭（Esc）", size=34)
        self.save_button = Button("另存", icon="download")
        self.print_button = Button("打印", icon="printer")
        self.stack = PageStack(self._draw)
        self.stack.setAccessibleName(file.title)
        self.state = StateView(self.stack)
        self._lay_out()
        self._connect()

    def open(self) -> None:
        super().open()
        parent = self.parentWidget()
        if parent is not None:
            window = parent.window()
            room = window.size() - _ROOM
            self.resize(min(look.sp(_WIDEST), room.width()), room.height())
            corner = window.mapToGlobal(window.rect().center()) - self.rect().center()
            self.move(corner)
        self.load()

    @latest
    async def load(self) -> None:
        """The bytes from the file of the station, then their pages."""
        self._enable()
        self.state.loading()
        file = self.file
        content: bytes | None = file.content
        if file.sha256:
            content = await self.errands.ask(BlobOf(file.sha256))
        if not content:
            self.state.empty("这份文件不在这台电脑上", file.missing or "还没有下载过来。")
            self.close_button.setFocus()
            return
        self.content = content
        self._enable()
        self.look_before()
        try:
            sizes = await self._pages(content)
        except Trouble as trouble:
            self.state.error(trouble.text, trouble.remedy)
            self.save_button.setFocus()  # keys of the sheet work from inside it
            return
        cut = f"，只显示前 {MOST_PAGES} 页，全部请另存" if len(sizes) > MOST_PAGES else ""
        self.facts.setText(f"{len(sizes)} 页 · {size_words(len(content))}{cut}")
        self.stack.show_pages(sizes[:MOST_PAGES])
        self.state.content()
        self.stack.setFocus()
        self._say_place()

    @latest
    async def look_before(self) -> None:
        """The file itself leaves, as it was signed, without 补打 on it: that it left before is said here."""
        if not self._bench.actor.may(Right.PRINT_RECORDS):
            return
        from app.printing.again import FilePrinted  # the fonts' library loads with it

        summed = hashlib.sha256(self.content).hexdigest()
        told = await self.errands.ask(FilePrinted(self.file.record, summed, self.file.marks))
        self.before.setText(told)
        self.before.setVisible(bool(told))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """+ and - stand on different keys on different keyboards: what they type counts."""
        step = {"+": 1, "=": 1, "-": -1, "_": -1}.get(event.text())
        if step is not None and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(step)
        else:
            super().keyPressEvent(event)

    def zoom(self, step: int) -> None:
        self.stack.zoom_by(step)
        self._say_place()

    # ways out -----------------------------------------------------------------------------------------------------

    def choose_printer(self) -> None:
        """Ctrl+P."""
        if self._may_leave(self.print_button):
            choose_printer(self, self.file.title, self.print_on)

    def choose_file(self) -> None:
        """Ctrl+S."""
        if self._may_leave(self.save_button):
            kind = KINDS[media_of(self.content)]
            choose_file(self, f"{_plain(self.file.title)}.{kind.suffix}", kind, self.save_to)

    def print_on(self, printer: QPrinter) -> None:
        """Send the pages."""
        send = paper.send if self._image is None else paper.send_picture
        self._leave(self.print_button, partial(send, self.content, printer), "已送到打印机")

    def save_to(self, path: str) -> None:
        """Write the very bytes."""
        from app.printing.service import write  # the fonts' library loads with it

        self._leave(self.save_button, partial(write, self.content, Path(path)), f"已存为 {Path(path).name}")

    def reject(self) -> None:
        """Nothing leaves unnoted: the sheet stays until the line of audit is written."""
        if self._leaving is None:
            super().reject()
        else:
            self.notice.say(
                f"正在{self._leaving.accessibleName()}，完成并记下后才能关闭，请稍候。", Tone.WARN
            )

    @errand
    async def _leave(self, button: Button, send: Callable[[], None], said: str) -> None:
        """One way out at a time; it is noted only once the file is out."""
        self._leaving = button
        self._enable()
        button.set_busy(True)
        (self.stack if self.stack.pages else self.close_button).setFocus()
        try:
            await self.errands.carry(self._send(send))
        finally:
            if not self.errands.gone:
                self._leaving = None
                button.set_busy(False)
                self._enable()
        self.look_before()
        self.notice.done(said)

    async def _send(self, send: Callable[[], None]) -> None:
        from app.printing.service import NotePrinted

        file, summed = self.file, hashlib.sha256(self.content).hexdigest()
        note = NotePrinted(file.sheet, file.record, summed, file.about, file.marks)
        await self._bench.station.aside(send)
        await self._bench.desk.do(note)

    def _may_leave(self, button: Button) -> bool:
        """A second press asks no second time."""
        return bool(self.content) and button.isEnabled() and QApplication.activeModalWidget() is self

    # inside -------------------------------------------------------------------------------------------------------

    async def _pages(self, content: bytes) -> tuple[PageSize, ...]:
        aside = self._bench.station.aside
        if media_of(content) == PDF:
            self._image = None
            return await aside(page_sizes, content)
        self._image = await aside(picture_of, content)
        if self._image is None:
            raise Trouble("这个文件打不开，可能已损坏。", remedy="可以按 Ctrl+S 存出来，用别的程序打开看看。")
        return (PageSize(self._image.width(), self._image.height()),)

    def _draw(self, index: int, dots_per_inch: float) -> None:
        self.errands.start(f"page {index}", partial(self._show_page, index, dots_per_inch), replace=True)

    async def _show_page(self, index: int, dots_per_inch: float) -> None:
        content, image = self.content, self._image
        if image is None:
            image = await self._bench.station.aside(draw_page, content, index, dots_per_inch)
        if content is self.content and index < len(self.stack.pages):
            self.stack.pages[index].show_image(image)

    def _say_place(self) -> None:
        count = len(self.stack.pages)
        self.place.setText(f"第 {self.stack.here + 1} 页，共 {count} 页" if count > 1 else "")

    def _enable(self) -> None:
        may = self._bench.actor.may(Right.PRINT_RECORDS)
        self.as_kept.setText(_AS_KEPT if self.content and may else "")
        for button in (self.save_button, self.print_button):
            button.setEnabled(bool(self.content) and may and self._leaving is None)
            button.setToolTip("" if may else "没有“打印照护记录”的权限")

    def _connect(self) -> None:
        self.smaller.clicked.connect(partial(self.zoom, -1))
        self.larger.clicked.connect(partial(self.zoom, 1))
        self.close_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self.choose_file)
        self.print_button.clicked.connect(self.choose_printer)
        self.stack.verticalScrollBar().valueChanged.connect(self._say_place)
        self.finished.connect(self.deleteLater)
        bind(
            self,
            Key("Ctrl+P", "打印", self.choose_printer),
            Key("Ctrl+S", "另存", self.choose_file),
            Key("PgDown", "下一页", partial(self.stack.turn, 1)),
            Key("PgUp", "上一页", partial(self.stack.turn, -1)),
            Key("+ -", "放大、缩小"),
            Key("Esc", "关闭", self.reject),
        )

    def _lay_out(self) -> None:
        """One bar over the pages: they have all the room there is."""
        self.title.hide()
        bar = QHBoxLayout()
        bar.setSpacing(10)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(ElidedWords(self.file.title, Role.CARD_TITLE))
        words.addWidget(self.facts)
        bar.addLayout(words, 1)
        pieces = (self.smaller, self.larger, self.save_button, self.print_button, self.close_button)
        for piece in (self.place, *pieces):
            bar.addWidget(piece)
        told = QHBoxLayout()
        told.setSpacing(16)
        told.addWidget(self.before, 1)
        told.addStretch(1)
        told.addWidget(self.as_kept)
        self.body.addLayout(bar)
        self.body.addLayout(told)
        self.body.addWidget(self.state, 1)
        for button in (self.save_button, self.print_button):
            button.setAutoDefault(False)


def show_file(bench: Bench, parent: QWidget, file: ShownFile) -> FileSheet:
    """Open a file over a window."""
    sheet = FileSheet(bench, parent, file)
    sheet.open()
    return sheet


def _plain(title: str) -> str:
    """A title as a file's name."""
    return "".join("_" if sign in '\\/:*?"<>|\n' else sign for sign in title).strip() or "文件"
