"""The pack drawn in the background while somebody types: the newest words win, nothing waits for a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import QElapsedTimer, QObject, QTimer

from app.core.errors import Refusal, Trouble
from app.printing.drawn import Drawn
from ui.kit.pages import PageSize, draw_page, page_sizes
from ui.kit.view import View
from ui.referrals.form_pack import PackCard

PACK = "referral-pack"
AFTER_MS = 350


class LivePack(QObject):
    """`touch()` after every edit. `asked` answers with the resident and what the question of the sheet takes."""

    def __init__(
        self, view: View, card: PackCard, asked: Callable[[], tuple[UUID, dict[str, Any]] | None]
    ) -> None:
        super().__init__(view)
        self._view, self._card, self._asked = view, card, asked
        self.drawn: Drawn | None = None
        self.sizes: tuple[PageSize, ...] = ()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AFTER_MS)
        self._timer.timeout.connect(self.draw)
        card.preview.paged.connect(self.show_page)
        card.preview.board.wanted.connect(self.show_page)

    def touch(self) -> None:
        """Something was edited: draw once the keys rest."""
        self._timer.start()

    def forget(self) -> None:
        """Another resident: nothing of the last one is shown."""
        self._timer.stop()
        self.drawn, self.sizes = None, ()
        self._card.parts.show_pages({})
        self._card.preview.page = 0
        self._card.preview.show_count(0)
        self._card.preview.board.say("")
        self._card.fact.setText("")

    def draw(self) -> None:
        if not self._card.preview.isHidden():
            self._view.errands.start("preview", self._draw, replace=True)

    def show_page(self) -> None:
        """The picture of the page now wanted."""
        if self.drawn is not None:
            self._view.errands.start("page", self._page, replace=True)

    async def _draw(self) -> None:
        wanted = self._asked()
        if wanted is None:
            return
        clock = QElapsedTimer()
        clock.start()
        try:
            drawn, codes = await self._drawn(*wanted)
        except (Refusal, Trouble) as error:  # the form goes on: why there is no page stands where it would be
            self.drawn = None
            self._card.parts.show_pages({})
            self._card.preview.show_count(0)
            self._card.preview.board.say(error.text)
            return
        self.sizes = await self._view.bench.station.aside(page_sizes, drawn.pdf)
        self.drawn = drawn
        self._card.preview.show_count(len(self.sizes))
        self._card.parts.show_pages(dict(zip(codes, drawn.each, strict=False)))
        self._card.fact.say(f"离线可用 · {max(0.1, clock.elapsed() / 1000):.1f} 秒", "ok")
        self.show_page()

    async def _drawn(self, resident: UUID, params: dict[str, Any]) -> tuple[Drawn, list[str]]:
        """The pack, and which papers lie in it before what is attached."""
        from app.printing.service import sheet_called  # the fonts' library loads with it

        kind = sheet_called(PACK)
        data = await self._view.errands.ask(kind.question(resident, **params))
        return await self._view.bench.station.aside(kind.draw, data), [code for code, _ in data.papers]

    async def _page(self) -> None:
        drawn, pane = self.drawn, self._card.preview
        if drawn is None or pane.page >= len(self.sizes):
            return
        size = self.sizes[pane.page]
        pane.board.size_points = size
        dots = pane.board.dots_per_inch()
        image = await self._view.bench.station.aside(draw_page, drawn.pdf, pane.page, dots)
        if drawn is self.drawn:
            pane.board.show_page(size, image)
