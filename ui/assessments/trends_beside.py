"""Beside the list: the curve of one instrument, and under it what changed between two of its records."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.assessments.trends.compare import Compare
from app.assessments.trends.records import RecordRow, TrendsRow
from ui.assessments.comparison_card import ComparisonCard, Pair
from ui.assessments.trends_curve import CurveCard
from ui.kit import Errands, Key, ScrollBody, StateView, bind, latest


class TrendsBeside(QWidget):
    """`marks` are the records chosen for a comparison: one, then two."""

    chosen = Signal()
    """Two records were chosen in the lists of the comparison: they are the marks now."""

    def __init__(self, errands: Errands, zone: str, *, printable: bool = False) -> None:
        super().__init__()
        self.errands = errands
        self.marks: list[UUID] = []
        self._trends = TrendsRow((), {})
        self._instrument = ""
        self.curve = CurveCard(zone)
        self.comparison = ComparisonCard(printable=printable)
        self.inside = ScrollBody(spacing=14)
        self.inside.body.addWidget(self.curve)
        self.inside.body.addWidget(self.comparison)
        self.inside.body.addStretch(1)
        self.state = StateView(self.inside)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.state)
        self.comparison.chosen.connect(self._choose)
        bind(
            self,
            Key("PgDown", "下翻", lambda: self._turn(1)),
            Key("PgUp", "上翻", lambda: self._turn(-1)),
        )

    def show_instrument(
        self, trends: TrendsRow, instrument: str, row: RecordRow | None, now: datetime
    ) -> None:
        """The curve of an instrument with the cursor on `row`, or on the newest where `row` is of another one."""
        self._trends, self._instrument = trends, instrument
        measure, records = trends.measures.get(instrument), trends.of(instrument)
        if measure is None or not records:
            self.state.empty("这种量表还没有评估过", "第一次评估之后，这里有曲线和每次的变化。")
            return
        self.curve.show_records(measure, records, now)
        self.curve.rest_on(row if row in records else records[0])
        self.state.content()
        self.show_pair()

    def show_pair(self) -> None:
        """Compare the two that are marked, else the record under the cursor with the one before it."""
        pair, row = self._pair(), self.curve.row
        self.comparison.show_choices(self._trends.of(self._instrument), pair)
        if pair is not None:
            self._compare(pair)
        elif row is not None and row.undone:
            self.comparison.say_nothing(f"这次没有评成：{row.undone}")
        else:
            self.comparison.say_nothing("这是第一次评估；以后的每次都与它前一次相比。")

    def arrive_at_comparison(self) -> None:
        """The focus to the lists of the two, with what changed in sight."""
        self.inside.verticalScrollBar().setValue(self.comparison.y())
        if self.comparison.older.isVisible():
            self.comparison.older.setFocus()

    def keep_marks(self, trends: TrendsRow) -> None:
        """Drop marks of records that are no longer there."""
        self.marks = [one for one in self.marks if any(row.record == one for row in trends.records)]

    def mark(self, row: RecordRow) -> None:
        """Choose a record for a comparison, or no longer; a third one takes the place of the first."""
        if row.record in self.marks:
            self.marks.remove(row.record)
            return
        same = {one.record for one in self._trends.of(row.instrument)}
        self.marks = [*(one for one in self.marks if one in same), row.record][-2:]

    def _pair(self) -> Pair | None:
        row = self.curve.row
        if row is None:
            return None
        same = [one.record for one in self._trends.of(row.instrument)]
        if len(self.marks) == 2 and all(one in same for one in self.marks):
            newer, older = sorted(self.marks, key=same.index)
            return older, newer
        before = self._trends.before(row.record)
        return None if before is None or row.undone else (before.record, row.record)

    def _turn(self, way: int) -> None:
        bar = self.inside.verticalScrollBar()
        bar.setValue(bar.value() + way * bar.pageStep() * 4 // 5)

    @latest
    async def _compare(self, pair: Pair) -> None:
        found = await self.errands.ask(Compare(*pair))
        if pair == self._pair():  # another line may have been chosen meanwhile
            self.comparison.show_comparison(found, usual=len(self.marks) < 2)

    def _choose(self, pair: object) -> None:
        if isinstance(pair, tuple) and pair[0] != pair[1]:
            self.marks = list(pair)
            self.chosen.emit()
