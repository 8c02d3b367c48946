"""体征录入: the round of a floor on one screen, typed by digits and Enter; a row records itself when it is left."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout

from app.core.changes import Changes
from app.core.ids import Ids
from app.vitals.catalogue import round_columns
from app.vitals.queries import Grid, GridRow, RoundGrid
from ui.kit import Card, ScrollBody, StateView, errand, latest
from ui.kit.view import Bench, View
from ui.style import Tone, look
from ui.vitals.foot import RoundFoot
from ui.vitals.grid import RoundGridWidget
from ui.vitals.head import RoundHead
from ui.vitals.round_keys import RoundKeys
from ui.vitals.round_time import RoundTime, round_now
from ui.vitals.row_states import row_state
from ui.vitals.saving import RoundDraft, RoundSaving
from ui.vitals.typed_round import TypedRound

LEAST = 230
"""Height in which the header, some rows and the foot still stand."""


class RoundView(View):
    """`shown` is the grid the desk answered last."""

    kinds: ClassVar[frozenset[str]] = frozenset(
        {"vital", "vital_profile", "stay", "absence", "resident", "place"}
    )

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "体征录入")
        self._zone, self._ids = bench.station.settings.zone, Ids()
        now = bench.desk.clock.now
        self.shown: Grid | None = None
        self._floor: UUID | None = None
        self._found: tuple[UUID | None, str] | None = None
        self._opened = False
        self.head = RoundHead(round_now(self._zone, now()))
        self.typed = TypedRound(lambda: self._ids.new(now()), now, self._zone)
        self.grid = RoundGridWidget(round_columns(), self.typed, self._state)
        self.saving = RoundSaving(self, self.typed, lambda: self.head.at(now()))
        self.draft = RoundDraft(self, self._content)
        self.foot = RoundFoot(self._zone)
        self.scroller = ScrollBody((0, 0, 0, 0), spacing=0)
        self.scroller.body.addWidget(self.grid)
        self.scroller.body.addStretch(1)
        self.card = Card(flush=True)
        self.state = StateView(self.card)
        self.state.setMinimumHeight(look.sp(LEAST))
        self._lay_out()
        self._connect()
        self.keys = RoundKeys(self)

    # going about --------------------------------------------------------------------------------------------------

    def opened(self, params: Mapping[str, Any]) -> None:
        """`floor`: show that one. A round that was left half an hour ago is left as it was; another day's is not."""
        now = self.bench.desk.clock.now()
        if params.get("floor") is not None:
            self._floor = params["floor"]
        if not self.typed.rows and not self.head.time.text():
            self.head.shown = round_now(self._zone, now)
        self.head.show_round(self.head.shown, now)
        self.refresh()
        self.grid.editor.setFocus()

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        """Ask again for the floor shown; a floor or round just come to gets back what was typed there before."""
        with self.state.asking(self.refresh, self._forget):
            round_ = self.head.shown
            grid = await self.errands.ask(RoundGrid(self._floor, round_.since, round_.last))
            self._show(grid)
            if grid.floor is not None and self._found != (grid.floor, round_.key):
                await self._bring_back(grid.floor, first=not self._opened)
                self._found, self._opened = (
                    (grid.floor, round_.key),
                    True,
                )  # not before: a refresh may take over

    @errand
    async def turn_to(self, floor: UUID) -> None:
        """Another floor: what is typed here is recorded or kept first."""
        await self._put_away()
        self._floor = floor
        self.refresh()
        self.grid.editor.setFocus()

    @errand
    async def turn_round(self, shown: RoundTime) -> None:
        """Another round or day."""
        await self._put_away()
        self.head.time.clear()
        self.head.show_round(shown, self.bench.desk.clock.now())
        self.refresh()
        self.grid.editor.setFocus()

    async def leave(self) -> None:
        """The lock or another person comes: what is typed is kept, also what stands in the editor."""
        self.draft.touch()
        await self.draft.flush()

    def record_shown(self) -> tuple[str, UUID] | None:
        """F8: the value under the cursor, else the person."""
        row = self.grid.current()
        if row is None:
            return None
        done = self.typed.recorded(row, self.grid.code)
        return ("vital", done[-1].rid) if done else ("resident", row.resident)

    # inside -------------------------------------------------------------------------------------------------------

    def _state(self, row: GridRow, current: bool) -> Any:  # noqa: FBT001  # the grid's own callback
        return row_state(row, self.typed.rows.get(row.resident), self._zone, current=current)

    def _show(self, grid: Grid) -> None:
        self.shown, self._floor = grid, grid.floor
        self.typed.forget_recorded(grid.rows)
        self.grid.show_rows(grid.rows, anew=self._found != (grid.floor, self.head.shown.key))
        self.head.show_grid(grid, self.typed.waits)
        self.head.show_late(self.bench.desk.clock.now())
        if grid.rows:
            self.state.content()
            QTimer.singleShot(0, self, self.keys.keep_in_sight)  # when the rows have been laid out
        else:
            self.state.empty("这里没有要测的老人", "在“老人”里登记入住并安排床位后，就会出现在这里。")

    def _forget(self) -> None:
        self.shown = None
        self.grid.show_rows(())
        self.foot.show_cell(None, "", None, ())

    def _content(self) -> dict[str, Any]:
        """What the draft keeps, with what stands in the editor."""
        rows = self.typed.content()
        row, editor = self.grid.current(), self.grid.editor
        if row is not None and not editor.locked and editor.isVisible() and editor.text().strip():
            known = self.typed.rows.get(row.resident)
            begun = {"set": str(known.set_id if known else self._ids.new(self.bench.desk.clock.now()))}
            kept = rows.setdefault(
                str(row.resident), {**begun, "fresh": bool(known and known.fresh), "cells": {}}
            )
            kept["cells"][self.grid.code] = {"text": editor.text(), "absent": ""}
        return {"round": self.head.shown.key, "rows": rows}

    async def _put_away(self) -> None:
        self.keys.put_down()
        await self.saving.finish()
        self.draft.touch()
        await self.draft.flush()
        self.typed.rows.clear()
        self._found = None

    async def _bring_back(self, floor: UUID, *, first: bool) -> None:
        """What this person typed here before a lock or a crash; of the rounds before it is only said."""
        kept = await self.draft.find(floor, self.head.shown.key)
        if kept is not None:
            count = self.typed.restore(kept.content["rows"], self.grid.rows)
            self.draft.touch()  # what was recorded meanwhile is in it no longer
            if count:
                self.keys.note_typed()
                self.grid.stand()
                self.bench.notice.say(f"已带回上次没有保存的 {count} 格，请核对后按 Enter。", Tone.INFO)
                return
        for earlier in self.head.shown.before() if first else ():
            if await self.draft.look(floor, earlier.key) is not None:
                words = f"{earlier.day_words} {earlier.kind.words}还有没有保存的录入，转到那一轮就会带回来。"
                self.bench.notice.say(words, Tone.WARN)
                return

    def _say_cell(self) -> None:
        row, code = self.grid.current(), self.grid.code
        if row is None or self.grid.editor.isHidden():
            self.foot.show_cell(None, code, None, ())
        else:
            self.foot.show_cell(row, code, self.typed.cell(row, code), self.typed.recorded(row, code))

    def _connect(self) -> None:
        self.grid.stood.connect(self._say_cell)
        self.saving.changed.connect(self.grid.arrange)
        self.saving.changed.connect(lambda: self.head.show_waits(self.typed.waits))
        self.head.floor_chosen.connect(lambda floor: self.turn_to(floor))  # noqa: PLW0108  # the signal carries object
        self.head.round_chosen.connect(lambda shown: self.turn_round(shown))  # noqa: PLW0108  # the same
        self.head.done.connect(self.grid.editor.setFocus)
        self.head.time.textChanged.connect(lambda: self.head.show_late(self.bench.desk.clock.now()))

    def _lay_out(self) -> None:
        self.card.body.addWidget(self.grid.header)
        self.card.body.addWidget(self.scroller, 1)
        self.card.body.addWidget(self.foot)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(14)
        box.addWidget(self.head)
        box.addWidget(self.state, 1)
        self.setFocusProxy(self.grid.editor)
