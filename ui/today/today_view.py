"""工作台: numbers of the shift, what is to do, and the levels of the people in the house."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtCore import QElapsedTimer, QTimer
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.core.changes import Changes
from app.registry import RECORDS
from app.today.board import Board, Today
from app.today.tiles import Tile, Todo, Way
from ui.kit import Card, Column, Foot, Key, RowsTable, StateView, Words, bind, cells, latest
from ui.kit.referring import offer_referral
from ui.kit.view import Bench, View
from ui.style import Role, Tone, look
from ui.today.levels_card import LevelsCard
from ui.today.number_tile import NumberTile
from ui.today.progress_card import ProgressCard

ACROSS, NARROW = 4, 900
"""Tiles in one row at most, and below which width there are two."""
_EVERY_MS = 60_000
_AFTER_NEWS_MS, _SHARE = 700, 10
"""A round saves line after line: the whole house is asked now and then, at most a tenth of the time."""


class TodayView(View):
    """A digit opens the worklist of its number; Enter in the list opens what is to do."""

    kinds: ClassVar[frozenset[str]] = frozenset({*RECORDS, "sync"})

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "工作台")
        self.tiles: dict[str, NumberTile] = {}
        self._grid = QGridLayout()
        self._grid.setSpacing(20)
        self._across = 0
        self.levels = LevelsCard()
        self.progress = ProgressCard()
        self.todos: RowsTable[Todo] = RowsTable(
            self._columns(), lambda todo: (todo.title, todo.badge, todo.when), words="今日待办"
        )
        self.nothing = StateView(self.todos)
        whole = QWidget()
        box = QVBoxLayout(whole)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(20)
        box.addLayout(self._grid)
        box.addLayout(self._below(), 1)
        self.state = StateView(whole)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.state)
        self.todos.on_opened(lambda todo: self._go(todo.way))
        self._bind_keys()
        self._news = QTimer(self)
        self._news.setSingleShot(True)
        self._news.setInterval(_AFTER_NEWS_MS)
        self._news.timeout.connect(self._tick)
        self._clock = QTimer(self)
        self._clock.setInterval(_EVERY_MS)  # what is due changes by itself
        self._clock.timeout.connect(self._tick)
        self._clock.start()

    def _bind_keys(self) -> None:
        offer_referral(self, self._whose, lambda: ("today", {}))
        bind(
            self,
            *(
                Key(str(number), f"打开第 {number} 个数字", partial(self._press, number))
                for number in range(1, 10)
            ),
            Key("Up Down", "选择待办"),
            Key("Return", "去办"),
        )

    def opened(self, params: Mapping[str, Any]) -> None:
        self.refresh()
        self.todos.setFocus()

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        with self.state.asking(self.refresh):
            taken = QElapsedTimer()
            taken.start()
            self._show(await self.errands.ask(Today()))
            self.state.content()
            self._news.setInterval(max(_AFTER_NEWS_MS, _SHARE * taken.elapsed()))

    def _hear(self, changes: Changes) -> None:
        if not self._news.isActive():  # news that never ends must not put it off for ever
            self._news.start()

    # inside -------------------------------------------------------------------------------------------------------

    def _show(self, board: Board) -> None:
        if [tile.key for tile in board.tiles] != list(self.tiles):
            self._make_tiles(board.tiles)
        for tile in board.tiles:
            self.tiles[tile.key].show_tile(tile)
        self.levels.show_levels(board.levels)
        self.levels.setVisible(bool(board.levels))
        self.progress.show_progress(board.progress)
        self.todos.set_rows(board.todos)
        self._count.setText(f"{len(board.todos)} 项" if board.todos else "")
        if board.todos:
            self.nothing.content()
            if self.todos.current() is None:
                self.todos.pick_first()
        else:
            self.nothing.empty("没有要办的事", "到期、逾期和要复核的会列在这里。")

    def _make_tiles(self, tiles: tuple[Tile, ...]) -> None:
        for old in self.tiles.values():
            old.deleteLater()
        self.tiles = {}
        for number, tile in enumerate(tiles, 1):
            made = self.tiles[tile.key] = NumberTile(tile, str(number) if number < 10 else "")
            made.opened.connect(self._go)
        self._across = 0
        self._fit()

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        count = max(len(self.tiles), 1)
        rows = -(-count // ACROSS)  # as few rows as they need, filled evenly
        across = -(-count // rows) if self.width() >= look.sp(NARROW) else min(count, 2)
        if across == self._across:
            return
        self._across = across
        for place, tile in enumerate(self.tiles.values()):
            self._grid.addWidget(tile, place // across, place % across)
        for column in range(ACROSS):
            self._grid.setColumnStretch(column, 1 if column < across else 0)

    def _press(self, number: int) -> None:
        if number <= len(self.tiles):
            list(self.tiles.values())[number - 1].go()

    def _go(self, way: object) -> None:
        if isinstance(way, Way):
            self.bench.go(way.place, way.params)

    def _whose(self) -> UUID | None:
        """F6: whom the line under the cursor is about."""
        todo = self.todos.current()
        about = todo.way.params.get("resident") if todo is not None else None
        return about if isinstance(about, UUID) else None

    def _tick(self) -> None:
        if self.isVisible():
            self.refresh()

    def _columns(self) -> tuple[Column[Todo], ...]:
        return (
            Column("时间", lambda todo: cells.Text(todo.when, "text2"), 108),
            Column(
                "事项", lambda todo: cells.What(todo.title, todo.words, todo.icon, Tone(todo.tone)), least=220
            ),
            Column("", lambda todo: cells.State(todo.badge, Tone(todo.tone)), 110),
        )

    def _below(self) -> QGridLayout:
        card = Card(flush=True)
        title = Foot()
        title.setProperty("surface", "plain")
        title.row.addWidget(Words("今日待办", Role.CARD_TITLE))
        title.row.addStretch(1)
        self._count = Words("", Role.HINT)
        title.row.addWidget(self._count)
        card.body.addWidget(title)
        card.body.addWidget(self.nothing, 1)
        grid = QGridLayout()
        grid.setSpacing(20)
        grid.addWidget(card, 0, 0, 3, 1)
        grid.addWidget(self.progress, 0, 1)
        grid.addWidget(self.levels, 1, 1)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(2, 1)
        return grid
