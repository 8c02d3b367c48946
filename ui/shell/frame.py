"""The frame round every view of a signed-in person: sidebar, top bar, banner, the view, the notice line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from app.core.errors import Refusal
from app.sync.queries import SyncOverview
from ui.history.history_sheet import show_history
from ui.kit.bulletin import Bulletin
from ui.kit.errands import Errands, latest
from ui.kit.focus_home import FocusHome
from ui.kit.keys import Key, KeySheet, bind, keys_here
from ui.kit.notice import Notice
from ui.kit.view import Bench, Crumb, StationLike
from ui.places.place import Place
from ui.referrals.document_keeping import DocumentKeeping
from ui.shell.banner import Banner
from ui.shell.pages import Pages
from ui.shell.sidebar import PRESSES, Sidebar
from ui.shell.sync_foot import state_of
from ui.shell.top_bar import TopBar
from ui.style import look
from ui.sync.trace_sheet import show_story

NARROW = 1400
SEARCH_PLACE = "residents"
_NEWS_MS = 400  # many commits in a row (an import) ask once


class Frame(QWidget):
    """Lives as long as one person is signed in. What it cannot do alone it asks of the window."""

    lock_asked = Signal()
    theme_asked = Signal()
    menu_asked = Signal(QMenu)

    def __init__(self, station: StationLike, places: Sequence[Place]) -> None:
        super().__init__()
        desk = station.desk
        if desk.actor is None:
            raise ValueError("a frame without a person")
        actor = desk.actor
        self.notice = Notice()
        self.bulletin = Bulletin(desk, self)
        self.bench = Bench(station, desk, actor, self.bulletin, self.notice, self.go)
        self.errands = Errands(desk, self, notice=self.notice)
        self.places = tuple(place for place in places if place.open_to(actor))
        self.entries = tuple(place for place in self.places if not place.hidden)
        settings = station.settings
        self.sidebar = Sidebar(self.entries, ("医养工作站", settings.institution_name))
        self.top = TopBar(actor)
        self.top.search.setVisible(any(place.key == SEARCH_PLACE for place in self.places))
        self.banner = Banner()
        self.pages = Pages(places)
        self.focus_home = FocusHome(self, lambda: self.pages.view)
        self.keeping = DocumentKeeping(self.bench, self, self.errands)
        self._lay_out()
        self._connect()
        self._bind_keys()

    # going about --------------------------------------------------------------------------------------------------

    def go(self, key: str, params: Mapping[str, Any] | None = None) -> None:
        """Show a place. A refusal appears in the notice line."""
        try:
            self.pages.go(self.bench, key, params or {})
        except Refusal as refusal:
            self.notice.refused(refusal.text)

    def go_first(self) -> None:
        """The first place this person may see."""
        self.go(self.entries[0].key)
        self.ask_counts()
        self.keeping.look()

    async def leave(self) -> None:
        """Let every view save what is typed, still as this person."""
        for view in self.pages.made:
            await view.leave()

    def close_all(self) -> None:
        """Stop hearing news and end what waits, before another person or the door comes."""
        self._news.stop()
        self.bulletin.close()
        self.errands.close()
        self.pages.close_all()

    # look ---------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def dress(self) -> None:
        """Theme or text size changed: take the sizes that go with it."""
        self.sidebar.fit()
        self.top.fit()
        self._fit()

    # inside -------------------------------------------------------------------------------------------------------

    def _fit(self) -> None:
        self.sidebar.set_rail(rail=self.width() < look.sp(NARROW))

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(0)
        for piece in (self.top, self.banner):
            column.addWidget(piece)
        column.addWidget(self.pages, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(24, 0, 24, 12)
        foot.addWidget(self.notice)
        column.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addLayout(column, 1)

    def _connect(self) -> None:
        self.sidebar.chosen.connect(self.go)
        self.pages.shown.connect(self._note_place)
        self.pages.titled.connect(self._retitle)
        self.top.searched.connect(self._search)
        self.top.crumb_chosen.connect(self._follow)
        self.top.theme_asked.connect(self.theme_asked)
        self.top.keys_asked.connect(self.show_keys)
        self.top.menu_asked.connect(self.menu_asked)
        self._news = QTimer(self)
        self._news.setSingleShot(True)
        self._news.setInterval(_NEWS_MS)
        self._news.timeout.connect(self.ask_counts)
        self.bulletin.news.connect(self._hear)

    def _bind_keys(self) -> None:
        places = [
            Key(press, place.words, partial(self.go, place.key))
            for press, place in zip(PRESSES, self.entries, strict=False)
        ]
        search = (
            [
                Key("Ctrl+K", "全局搜索", self.top.begin_search),
                Key("F7", "核验报告", self.verify),
            ]
            if self.top.search.isVisibleTo(self)
            else []
        )
        bind(
            self,
            *search,
            Key("Ctrl+L", "锁定", self.lock_asked.emit),
            Key("F8", "这条记录的同步经过", self.show_trace),
            Key("F9", "这条记录的变更历史", self.show_history),
            Key("F1", "这一页的快捷键", self.show_keys),
            *places,
        )

    def verify(self, text: str = "") -> None:
        """F7: is a printed report genuine, and does it still hold?"""
        from ui.printing.verify_sheet import verify_report

        verify_report(self.bench, self, text)

    def _search(self, text: str) -> None:
        """Ctrl+K: a name, a bed, a number; or the code of a report that a scanner typed there."""
        from app.printing.sealing import is_code

        if is_code(text):
            self.top.search.clear()
            self.verify(text)
        else:
            self.go(SEARCH_PLACE, {"search": text})

    def show_keys(self) -> None:
        """F1: the keys that work where the focus is."""
        focused = QApplication.focusWidget()
        inside = focused if focused is not None and self.isAncestorOf(focused) else self.pages.view
        sheet = KeySheet(self, keys_here(inside))
        sheet.finished.connect(sheet.deleteLater)
        sheet.open()

    def show_trace(self) -> None:
        """F8: how the record on screen fares with the district platform."""
        record = self._record_shown("F8 看它的同步经过")
        if record is not None:
            show_story(self.bench, self, *record)

    def show_history(self) -> None:
        """F9: every version of the record on screen."""
        record = self._record_shown("F9 看它的变更历史")
        if record is not None:
            show_history(self.bench, self, *record)

    def _record_shown(self, what: str) -> tuple[str, UUID] | None:
        view = self.pages.view
        record = view.record_shown() if view is not None else None
        if record is None:
            self.notice.say(f"这里没有选中记录。选中一条，再按 {what}。")
        return record

    def _note_place(self, key: str) -> None:
        shown = next(place for place in self.places if place.key == key)
        self.sidebar.show_place(shown.under or key)
        self.notice.clear()

    def _retitle(self, path: object) -> None:
        if isinstance(path, tuple):
            self.top.show_path(path)

    def _follow(self, crumb: object) -> None:
        if isinstance(crumb, Crumb) and crumb.place:
            self.go(crumb.place, crumb.params)

    def _hear(self, _changes: object) -> None:
        if not self._news.isActive():  # news that never ends (a long upload) must not put it off for ever
            self._news.start()

    @latest
    async def ask_counts(self) -> None:
        """Ask again what waits: for the platform, and beside each entry."""
        self.sidebar.foot.say(state_of(self.bench, await self.errands.ask(SyncOverview())))
        for place in self.entries:
            if place.count is not None:
                self.sidebar.show_count(place.key, await self.errands.ask(place.count.question()))
