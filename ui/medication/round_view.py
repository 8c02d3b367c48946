"""用药: a floor on one day, residents by rounds; one key gives all that is due of a cell, a few say anything else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtCore import QTimer

from app.core.changes import Changes
from app.core.roles import Right
from app.medication.queries import RoundBoard, RoundSheet
from ui.kit import latest
from ui.kit.view import Bench, View
from ui.medication.round_acts import RoundActs
from ui.medication.round_cells import arrange
from ui.medication.round_keys import bind_keys
from ui.medication.round_layout import RoundPieces, lay_out
from ui.medication.round_words import cell_words


class RoundView(View):
    """Opened with `{"floor": rid, "day": date, "resident": rid, "round": key}`, each as wanted; otherwise today.

    `{"close": True}` opens the sheet that closes the shift at once.
    """

    kinds: ClassVar[frozenset[str]] = frozenset(
        {
            "dose",
            "med_order",
            "vital",
            "resident",
            "stay",
            "place",
            "absence",
            "allergy",
            "skin_test",
            "med_decision",
        }
    )

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "用药")
        self.board: RoundSheet | None = None
        self._zone = bench.station.settings.zone
        self.pieces = RoundPieces(self)
        self.grid, self.state = self.pieces.grid, self.pieces.state
        self._floor: UUID | None = None
        self._day: date | None = None
        self._to: tuple[UUID, str] | None = None
        self._arriving, self._closing = True, False
        self.acts = RoundActs(self)
        lay_out(self, self.pieces)
        self._connect()
        bind_keys(self)
        self.pieces.say_acts(may=bench.actor.may(Right.GIVE_MEDICINES))

    # going about --------------------------------------------------------------------------------------------------

    def opened(self, params: Mapping[str, Any]) -> None:
        """A day that was looked up before gives way to today."""
        self._floor = params.get("floor", self._floor)
        self._day = params.get("day")
        resident = params.get("resident")
        self._to = (resident, params.get("round", "")) if resident is not None else None
        self._arriving, self._closing = True, bool(params.get("close"))
        self.refresh()
        self._take_keys()

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        """Ask again for the floor and the day shown."""
        with self.state.asking(self.refresh, self._forget):
            question = RoundBoard(self._floor, self._day, earlier=changes is None)
            self._show(await self.errands.ask(question))

    def go_to_floor(self, floor: UUID) -> None:
        self._floor, self._arriving = floor, True
        self.refresh()
        self._take_keys()

    def go_to_day(self, day: date) -> None:
        today = self.board.today if self.board is not None else None
        self._day, self._arriving = None if day == today else day, True
        self.refresh()
        self._take_keys()

    def turn_floor(self, step: int) -> None:
        """The floor before or after."""
        if (floor := self.pieces.floors.beside(step)) is not None:
            self.go_to_floor(floor)

    def turn_day(self, step: int) -> None:
        if self.board is not None:
            self.go_to_day(self.board.day + timedelta(days=step))

    def record_shown(self) -> tuple[str, UUID] | None:
        """F8: the record of the cell, else the resident."""
        cell = self.grid.cell()
        for slot in reversed(cell.recorded if cell is not None else ()):
            if slot.recorded is not None:
                return ("dose", slot.recorded.seen.rid)
        return None if self.grid.rid is None else ("resident", self.grid.rid)

    def settle_earlier(self) -> None:
        """To what waits on another day, else to the earlier shift that is not settled."""
        board, pieces = self.board, self.pieces
        waits = [day for day, _count in pieces.beside if board is not None and day != board.day]
        if waits:
            self.go_to_day(waits[0])
        elif pieces.earlier:
            one = pieces.earlier[0]
            self.go_to_day(one.day)
            self.acts.close((one.day, one.shift))

    def go_guided(self) -> None:
        """Enter: one resident after the other, from the one under the cursor."""
        board, line = self.board, self.grid.line()
        if board is not None and line is not None:
            where = {"floor": board.floor, "day": board.day, "round": self.grid.key, "resident": line.rid}
            self.bench.go("guided", where)

    def open_chart(self) -> None:
        if self.grid.rid is not None:
            self.bench.go("chart", {"resident": self.grid.rid, "tab": "medication", "back": "medication"})

    def filter(self) -> None:
        """F: only residents for whom something waits, or all again."""
        self.pieces.only.toggle()

    # inside -------------------------------------------------------------------------------------------------------

    def _show(self, board: RoundSheet) -> None:
        self.board, self._floor = board, board.floor
        if board.day == board.today:
            self._day = None  # today goes on at midnight
        self.pieces.show_board(board)
        self.grid.show_sheet(arrange(board, waiting_only=self.pieces.only.isChecked()))
        if self._to is not None:
            self.grid.go_to(*self._to)
        elif self._arriving:
            self.grid.first_waiting()
        self._to, self._arriving = None, False
        keys_here = self.hasFocus() or self.grid.hasFocus()
        if self.grid.sheet.lines:
            self.state.content()
        else:
            self._say_empty(board)
        if keys_here:
            self._take_keys()
        if self._closing:
            self._closing = False
            self.acts.close_shift()

    def _say_empty(self, board: RoundSheet) -> None:
        if board.floor is None:
            self.state.empty("还没有在住的老人", "老人入住并有医嘱后，这里按楼层和班次列出要给的药。")
        elif self.pieces.only.isChecked() and next(board.slots, None) is not None:
            self.state.empty("现在没有待给的药", "按 F 看全部老人。", ("看全部", self.filter))
        else:
            self.state.empty("这一天没有要给的药", "在“医嘱”里开立并核对医嘱后，这里按时间列出每次给药。")

    def _take_keys(self) -> None:
        """The focus on the grid, or while a sentence stands in its place on the view: its keys go on working."""
        (self.grid if self.grid.isVisibleTo(self) else self).setFocus()

    def _forget(self) -> None:
        self.board = None
        self.grid.show_sheet(type(self.grid.sheet)())

    def _filtered(self) -> None:
        if self.board is not None:
            self._show(self.board)
        self._take_keys()

    def _moved(self) -> None:
        """The foot says what the cell holds, whole."""
        line = self.grid.line()
        self.pieces.unreconciled.here = self.grid.rid
        self.pieces.said.setText("" if line is None else cell_words(self._zone, line, self.grid.cell()))

    def _connect(self) -> None:
        pieces, acts = self.pieces, self.acts
        self.grid.spaced.connect(acts.give)
        self.grid.entered.connect(self.go_guided)
        self.grid.moved.connect(self._moved)
        pieces.floors.chosen.connect(lambda floor: self.go_to_floor(floor))  # noqa: PLW0108  # the signal carries object
        pieces.days.chosen.connect(lambda day: self.go_to_day(day))  # noqa: PLW0108  # the same
        pieces.only.toggled.connect(self._filtered)
        pieces.strip.acted.connect(self.settle_earlier)
        pieces.close.clicked.connect(acts.close_shift)
        pieces.give.clicked.connect(acts.give)
        pieces.guided.clicked.connect(self.go_guided)
        pieces.otherwise.clicked.connect(acts.not_given)
        pieces.prn.clicked.connect(acts.prn)
        pieces.detail.clicked.connect(acts.details)
        self._clock = QTimer(self)
        self._clock.setInterval(60 * 1000)  # what was planned becomes due, what was due becomes unrecorded
        self._clock.timeout.connect(lambda: self.refresh() if self.isVisible() else None)
        self._clock.start()
