"""What the guided round shows: the resident and the rows, the wristband, the side, or what became of the round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.core.clock import local
from app.medication.queries import BedsideRow, GuidedSheet
from app.medication.rules.slots import DoseState
from ui.medication.guided_list import Around
from ui.medication.guided_panels import Panel

if TYPE_CHECKING:
    from ui.medication.guided_view import GuidedView


class Showing:
    """Everything that puts an answer on the screen, and the keys where they belong."""

    def __init__(self, view: GuidedView) -> None:
        self._view = view

    def person(self, row: BedsideRow) -> None:
        """One resident; whoever was under the key before is no more."""
        view = self._view
        fresh = view.row is None or view.row.resident != row.resident
        if fresh:
            view.asking.forget()
        view.row = row
        held = self._keys_here()
        self.rows()
        if view.asking.slot is not None and view.list.entry(view.asking.slot) is None:
            view.asking.forget()
            view.bench.notice.refused("这一次的医嘱刚刚变了，请看新的医嘱。")
        view.walk.head.show_row(row)
        waits = any(slot.state is DoseState.UNRECONCILED for slot in row.slots)
        view.pieces.unreconciled.show_people([(row.resident, row.name)] if waits else [])
        self.scans()
        if fresh:
            view.hold_breath()
            first = next((slot.key for slot in row.open), None)
            view.list.go_to(first or (row.slots[0].key if row.slots else None))
            view.walk.scroller.verticalScrollBar().setValue(0)
        view.pieces.pages.show_page(view.walk)
        view.state.content()
        if held and not self._in_field():
            self.take_keys()

    def rows(self) -> None:
        """What was answered or scanned shows in the rows."""
        view = self._view
        if view.row is not None and view.sheet is not None:
            around = Around(view.row, view.giving.said, frozenset(view.scans.packs), view.zone)
            view.list.show_rows(around)
            view.walk.show_row(view.row, view.giving.said, view.sheet, view.zone)

    def scans(self) -> None:
        """Whether the wristband is the right one."""
        view = self._view
        if view.row is None:
            return
        view.walk.head.show_band(view.scans.verified.get(view.row.resident))
        wrong = view.scans.wrong
        if wrong is None:
            view.walk.head.say_wrong("")
        else:
            found = wrong.found
            words = f"扫到的是 {found.name}（{found.number}）的腕带，现在显示的是 {view.row.name}"
            rest = "" if wrong.here else "；这位老人不在这一班"
            view.walk.head.say_wrong(words + rest, f"转到{found.name} T" if wrong.here else "")
        QTimer.singleShot(0, view, view.walk.keep_in_sight)

    def side(self) -> None:
        """How far it is, who was put off, what was not given."""
        view = self._view
        if view.sheet is not None:
            view.walk.side.progress.show_sheet(view.sheet, view.zone, view.bench.desk.clock.now())
            view.walk.side.later.show_lists(view.later, view.sheet.stops)

    def end(self, sheet: GuidedSheet) -> None:
        """Nothing waits: what became of the round, or when the next one begins."""
        view = self._view
        held = self._keys_here()
        view.asking.forget()
        view.row = None
        back = ("回到班次表", view.go_board)
        coming = sheet.coming
        if sheet.round is not None and any(one.given or one.exceptions for one in sheet.stops):
            view.pieces.summary.show_sheet(sheet, view.zone, view.bench.desk.clock.now())
            view.pieces.pages.show_page(view.pieces.summary)
            view.state.content()
        elif coming is not None:
            opens = f"{local(view.zone, coming.opens):%H:%M}"
            words = f"现在没有要给的药；{coming.round.words} 班次 {opens} 起可以给药"
            view.state.empty(words, f"到时有 {coming.people} 位老人用药。", back)
        elif sheet.stops:
            view.state.empty("这一班的老人都不在院内", "回来以后，时段内的药会回到这里。", back)
        else:
            view.state.empty("这一层今天没有要给的药", "医嘱核对以后，到时间的药按老人排在这里。", back)
        if held:
            self.take_keys()

    def panel(self, panel: Panel) -> None:
        """The keys go to its field, or stay where digits choose."""
        field = panel.begin()
        if field is not None:
            field.setFocus()
        else:
            self.take_keys()
        self._view.walk.asking(panel=True)
        QTimer.singleShot(0, self._view, self._view.walk.keep_in_sight)

    def take_keys(self) -> None:
        """The focus on the rows, or while something else stands in their place on the view: its keys go on working."""
        view = self._view
        (view.list if view.list.isVisibleTo(view) else view).setFocus()

    # inside -------------------------------------------------------------------------------------------------------

    def _keys_here(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is None or focused is self._view or self._view.isAncestorOf(focused)

    def _in_field(self) -> bool:
        panel, focused = self._view.asking.panel, QApplication.focusWidget()
        return panel is not None and focused is not None and panel.isAncestorOf(focused)
