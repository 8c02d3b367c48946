"""Everything assessed of a resident as one list, what is due on top; Space marks two records to be compared."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.assessments.due.rows import DueRow
from app.assessments.due.rules import OPEN, SOON
from app.assessments.trends.records import RecordRow, TrendsRow
from ui.assessments.phrases import due_words
from ui.assessments.trends_plot import tone_of
from ui.kit import Card, Column, Foot, RowsTable, StateView, Words, cells
from ui.style import Role, Tone


@dataclass(frozen=True)
class ListRow:
    """A record, or something due."""

    due: DueRow | None = None
    record: RecordRow | None = None
    last: bool = False
    """Whether it is the newest of its instrument: only then its due date says anything."""

    @property
    def key(self) -> Hashable:
        if self.record is not None:
            return self.record.record
        return None if self.due is None else self.due.key

    @property
    def instrument(self) -> str:
        if self.record is not None:
            return self.record.instrument
        return "" if self.due is None else self.due.instrument


def pressing(dues: Sequence[DueRow], today: date) -> tuple[DueRow, ...]:
    """What of the due stands in the list: open and due within a week, or with somebody's draft."""
    return tuple(
        one
        for one in dues
        if one.draft is not None
        or (one.state == OPEN and one.due_on is not None and one.due_on <= today + SOON)
    )


def rows_of(trends: TrendsRow, dues: Sequence[DueRow], instrument: str) -> tuple[ListRow, ...]:
    """Due ones first, then records, the newest first; of one instrument, or of all for an empty code."""
    newest = {one.instrument: one.record for one in reversed(trends.records) if not one.undone}
    return (
        *(ListRow(due=one) for one in dues if instrument in ("", one.instrument)),
        *(
            ListRow(record=one, last=newest.get(one.instrument) == one.record)
            for one in trends.records
            if instrument in ("", one.instrument)
        ),
    )


class _Table(RowsTable[ListRow]):
    marked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.marked.emit()
            return
        super().keyPressEvent(event)


class TrendsList(QWidget):
    """`table` holds the rows. `marked` says that Space was pressed on the current one."""

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self._trends = TrendsRow((), {})
        self._marks: Collection[UUID] = ()
        columns: tuple[Column[ListRow], ...] = (
            Column("量表", self._what, None, 0, 190),
            Column("结果", self._result, 164),
            Column("下次评估", self._next, 104, 1),
        )
        self.table = _Table(columns, lambda row: row.key, words="评估记录")
        self.state = StateView(self.table)
        foot = Foot()
        foot.row.addWidget(Words("Enter 打开　空格 选两次比较　← → 换量表", Role.HINT))
        foot.row.addStretch(1)
        card = Card(flush=True)
        card.body.addWidget(self.state, 1)
        card.body.addWidget(foot)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(card)

    def show_rows(self, trends: TrendsRow, rows: Sequence[ListRow], marks: Collection[UUID]) -> None:
        """Show other rows; the current one stays where it is still there."""
        self._trends, self._marks = trends, marks
        self.table.set_rows(rows)
        if rows:
            self.state.content()
            if self.table.current() is None:
                self.table.pick_first()

    def _what(self, row: ListRow) -> cells.Cell:
        if row.due is not None:
            return self._due(row.due)
        one = row.record
        if one is None:
            return cells.Text("")
        measure = self._trends.measures.get(one.instrument)
        short, icon = (measure.short, measure.icon) if measure else (one.instrument, "clipboard-check")
        who = f"{one.assessed_on.isoformat()} · {one.who}"
        if one.record in self._marks:
            return cells.What(short, f"已选作比较 · {who}", "check", Tone.INFO)
        return cells.What(short, who, icon)

    def _due(self, due: DueRow) -> cells.Cell:
        if due.draft is not None:
            words = "待第二人签名" if due.draft.awaits_second else f"已填 {due.draft.answered} 项"
            return cells.What(
                f"草稿：{due.short}", f"{due.draft.holder_name} · {words}", "clipboard-pen", Tone.VIOLET
            )
        _words, tone = due_words(due.due_on, self._today())
        return cells.What(f"待评：{due.short}", due.why or "到期", "clock", tone or Tone.NEUTRAL)

    def _result(self, row: ListRow) -> cells.Cell:
        if row.due is not None:
            if row.due.due_on is None:
                return cells.Text("")
            words, tone = due_words(row.due.due_on, self._today())
            return cells.State(words if tone else f"{words} 到期", tone or Tone.NEUTRAL)
        one = row.record
        if one is None:
            return cells.Text("")
        total = "" if one.total is None else f"{one.total} 分"
        return cells.State(one.finding, tone_of(one.tone), total) if one.finding else cells.Text(total or "—")

    def _next(self, row: ListRow) -> cells.Cell:
        if row.record is None or not row.last:
            return cells.Text("")
        words, tone = due_words(row.record.due_on, self._today())
        return cells.Text(words, f"{tone}.text" if tone else "text2", strong=tone is not None)
