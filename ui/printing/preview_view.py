"""打印预览: the sheet as it will leave the printer; print it, or save it as a PDF file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.core.errors import Refusal, Trouble
from app.printing import service
from app.printing.again import PrintedBefore
from app.printing.drawn import Drawn
from app.printing.referral_keeping import PACK, PackToKeep, drawn_document
from app.printing.service import NotePrinted
from ui.kit import Button, Card, Words, paper
from ui.kit.errands import errand, latest
from ui.kit.keys import Key, bind
from ui.kit.leaving import PDF, choose_file, choose_printer
from ui.kit.page_stack import PageStack
from ui.kit.pages import draw_page, page_sizes
from ui.kit.states import StateView
from ui.kit.view import Bench, Crumb, View
from ui.style import Role, Tone

ASKED = ("record", "other", "draft", "instrument", "first", "last", "sorts", "wanted", "parts", "facts")
"""What of the params a sheet's question takes."""


class PreviewView(View):
    """Opened with `sheet`, `resident`, for assessments `record` (compared with `other`) or `draft` and `instrument`,
    for a span of days `first` and `last`. A sheet of a floor has that floor as `resident`, and `about` says so.
    `straight`: the printer is asked for at once, and what was printed or saved leads back by itself."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "打印预览")
        self.drawn: Drawn | None = None
        self._params: Mapping[str, Any] = {}
        self.print_button = Button("打印", "primary", icon="printer")
        self.save_button = Button("存为 PDF", icon="download")
        self.facts = Words("", Role.HINT)
        self.missing = Words("", Role.BODY, ink="danger", wrap=True)
        self.stack = PageStack(self._draw_page)
        self.state = StateView(self.stack)
        self._lay_out()
        self.print_button.clicked.connect(self.choose_printer)
        self.save_button.clicked.connect(self.choose_file)
        bind(
            self,
            Key("Ctrl+P", "打印", self.choose_printer),
            Key("Ctrl+S", "存为 PDF", self.choose_file),
            Key("Esc", "返回", self.go_back),
        )

    def opened(self, params: Mapping[str, Any]) -> None:
        self._params = dict(params)
        kind = service.sheet_called(str(params["sheet"]))
        self.say_title(Crumb("老人", "residents"), Crumb(kind.title))
        self.load()

    def go_back(self) -> None:
        """To where the sheet was asked for."""
        place, params = self._params.get("back", ("residents", {}))
        self.bench.go(place, params)

    @latest
    async def load(self) -> None:
        """Ask, draw off the screen's thread, show."""
        self.drawn = None
        self._enable()
        self.state.loading()
        try:
            drawn = await self._drawn()
        except Refusal as refusal:
            self.state.refused(refusal.text)
            return
        except Trouble as trouble:
            self.state.error(trouble.text, trouble.remedy, self.load)
            return
        self.drawn = drawn
        self.facts.say(f"共 {drawn.pages} 页 · A4 · {drawn.file_name}　{drawn.signature}".strip())
        unknown = "、".join(drawn.missing_glyphs)
        self.missing.setText(
            f"有字印不出来，已用〓代替：{unknown}。请手写补上，并告诉系统管理员。" if unknown else ""
        )
        self.missing.setVisible(bool(unknown))
        self.stack.show_pages(await self.bench.station.aside(page_sizes, drawn.pdf))
        self.state.content()
        self.stack.setFocus()
        self._enable()
        if self._params.get("straight"):
            self._ask_at_once()

    async def _drawn(self) -> Drawn:
        kind = service.sheet_called(str(self._params["sheet"]))
        asked = {key: self._params[key] for key in ASKED if key in self._params}
        data = await self.errands.ask(kind.question(self._resident, **asked))
        before = await self.errands.ask(PrintedBefore((self._resident,)))
        return await self.bench.station.aside(kind.draw, data, before)

    @property
    def _resident(self) -> UUID:
        found = self._params["resident"]
        if not isinstance(found, UUID):
            raise TypeError("a resident is named by its UUID")
        return found

    def _draw_page(self, index: int, dots_per_inch: float) -> None:
        self.errands.start(f"page {index}", lambda: self._show_page(index, dots_per_inch), replace=True)

    async def _show_page(self, index: int, dots_per_inch: float) -> None:
        drawn = self.drawn
        if drawn is None:
            return
        image = await self.bench.station.aside(draw_page, drawn.pdf, index, dots_per_inch)
        if drawn is self.drawn:
            self.stack.pages[index].show_image(image)

    def _ask_at_once(self) -> None:
        """The printer is all that is still to be said; without one the file is."""
        if QPrinterInfo.availablePrinterNames():
            self.choose_printer()
        else:
            self.bench.notice.say("没有找到打印机，可以按 Ctrl+S 存为 PDF，拷到能打印的电脑。", Tone.WARN)

    def choose_printer(self) -> None:
        if self.drawn is None:
            return
        choose_printer(self, self.drawn.file_name, self.print_on)

    @errand
    async def print_on(self, printer: QPrinter) -> None:
        """Send the sheet; it is noted only once the printer has it."""
        if self.drawn is None:
            return
        self.print_button.set_busy(True)
        try:
            await self.bench.station.aside(paper.send, self.drawn.pdf, printer)
        finally:
            self.print_button.set_busy(False)
        await self._note(self.drawn)
        self._left("已送到打印机")

    def choose_file(self) -> None:
        if self.drawn is None:
            return
        choose_file(self, self.drawn.file_name, PDF, self.save_to)

    @errand
    async def save_to(self, path: str) -> None:
        """Write the file whole; it is noted once it is there."""
        if self.drawn is None:
            return
        await self.bench.station.aside(service.save, self.drawn, Path(path))
        await self._note(self.drawn)
        self._left(f"已存为 {Path(path).name}")

    def _left(self, words: str) -> None:
        """The sheet is out: say so, and go back where printing was all that was left to do."""
        if self._params.get("straight"):
            self.go_back()
        else:
            self._renew()
        self.bench.notice.done(words)

    def _renew(self) -> None:
        """Whatever is printed from here on is a copy, and says so."""
        self.load()

    async def _note(self, drawn: Drawn) -> None:
        about = str(self._params.get("about", "resident"))
        sheet = str(self._params["sheet"])
        await self.errands.do(NotePrinted(sheet, self._resident, drawn.sha256, about, drawn.marks))
        if sheet == PACK and "record" in self._params:
            self.errands.start("keep", partial(self._keep, self._params["record"]))

    async def _keep(self, referral: UUID) -> None:
        """The pack of a sent referral that says something else than the one that is kept is kept as well."""
        wanted = await self.errands.ask(PackToKeep(referral))
        if wanted is not None:
            await self.errands.do(await self.bench.station.aside(drawn_document, wanted))

    def _enable(self) -> None:
        for button in (self.print_button, self.save_button):
            button.setEnabled(self.drawn is not None)

    def _lay_out(self) -> None:
        card = Card(flush=True)
        bar = QHBoxLayout()
        bar.setContentsMargins(20, 12, 20, 12)
        bar.setSpacing(12)
        bar.addWidget(self.facts)
        bar.addStretch(1)
        bar.addWidget(self.save_button)
        bar.addWidget(self.print_button)
        card.body.addLayout(bar)
        self.missing.setContentsMargins(20, 0, 20, 8)
        self.missing.hide()
        card.body.addWidget(self.missing)
        card.body.addWidget(self.state, 1)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(20)
        self.column.addWidget(card)
