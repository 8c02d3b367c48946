"""记录: every value of the span, the newest first; what was corrected and retracted stays readable, struck through."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.clock import local
from app.vitals.catalogue import sign_of, signs
from app.vitals.queries.record import VitalLine, VitalRecordRow
from app.vitals.rules import News2
from ui.kit import Card, ChipRow, Column, RowsTable, StateView, cells
from ui.vitals.curves import GROUPS

ALL, OTHERS = "all", "others"
_SOURCES = {"import": "导入", "device": "设备", "platform": "区平台", "transcribed": "转录"}


class ValuesPage(QWidget):
    """`current` is the line under the cursor."""

    opened = Signal(object)
    """UUID: Enter or a double click on a value."""

    def __init__(self, zone: str) -> None:
        super().__init__()
        self._zone = zone
        self._record: VitalRecordRow | None = None
        self._lines: list[VitalLine] = []
        self._first: dict[UUID, UUID] = {}
        chips = ((ALL, "全部"), *((one.title, one.title) for one in GROUPS), (OTHERS, "其他"))
        self.chips = ChipRow(chips)
        self.table: RowsTable[VitalLine] = RowsTable(
            (
                Column("测量时间", self._time, 132),
                Column("体征", lambda one: cells.Text(sign_of(one.code).words, "text"), 110),
                Column("数值", _value, least=190),
                Column("说明", self._about, least=200, priority=1),
                Column("录入", self._by, 148),
            ),
            key=lambda one: one.taken.rid,
            words="体征记录",
        )
        self.state = StateView(self.table)
        card = Card(flush=True)
        card.body.addWidget(self.state)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(self.chips)
        box.addWidget(card, 1)
        self.chips.group.buttonClicked.connect(lambda _chip: self._fill())
        self.table.on_opened(lambda one: self.opened.emit(one.taken.rid))

    @property
    def current(self) -> UUID | None:
        line = self.table.current()
        return None if line is None else line.taken.rid

    def show_record(self, record: VitalRecordRow) -> None:
        """Show what was written."""
        self._record = record
        self._lines = sorted(record.lines, key=_order)
        self._first = {}
        for one in self._lines:
            if not one.retracted:
                self._first.setdefault(one.taken.set_id, one.taken.rid)
        self._fill()

    def arrive(self) -> bool:
        """The focus to the newest value, if there is one."""
        if self.table.current() is None:
            self.table.pick_first()
        if self.table.rows_model.rows:
            self.table.setFocus()
        return bool(self.table.rows_model.rows)

    # inside -------------------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        if self._record is None:
            return
        wanted = self._wanted(self.chips.key)
        rows = [one for one in self._lines if wanted is None or one.code in wanted]
        self.table.set_rows(rows)
        if rows:
            self.state.content()
        else:
            self.state.empty("这段时间没有这项记录", "换一个时间段，或按 V 录入。")

    def _wanted(self, key: str) -> frozenset[str] | None:
        if key == ALL:
            return None
        drawn = {one.title: frozenset(one.codes) for one in GROUPS}
        if key in drawn:
            return drawn[key]
        known = frozenset().union(*drawn.values())
        return frozenset(one.code for one in self._lines) - known

    def _time(self, one: VitalLine) -> cells.Cell:
        return cells.Text(f"{local(self._zone, one.at):%m-%d %H:%M}", "text3" if one.retracted else "text")

    def _about(self, one: VitalLine) -> cells.Cell:
        said = [one.taken.judgement.words] if not one.retracted else []
        score = self._record.scores.get(one.taken.set_id) if self._record else None
        if isinstance(score, News2) and self._first.get(one.taken.set_id) == one.taken.rid:
            said.append(f"NEWS2 {score.total} {score.words}")
        said += [one.reason if one.taken.revision > 1 or one.reason else "", one.taken.note]
        tone = one.taken.judgement.tone
        ink = f"{tone}.text" if tone in ("warn", "danger") and not one.retracted else "text2"
        return cells.Text("　".join(filter(None, said)), ink)

    def _by(self, one: VitalLine) -> cells.Cell:
        marks = [_SOURCES.get(one.taken.source, ""), "补录" if one.taken.late else ""]
        return cells.Text("　".join(filter(None, [one.taken.by, *marks])))


def _order(one: VitalLine) -> tuple[float, int, int]:
    """The newest visit first, in it the signs in the order of the catalogue, a repetition after the first."""
    place = [sign.code for sign in signs()].index(one.code)
    return -one.at.timestamp(), place, one.taken.turn


def _value(one: VitalLine) -> cells.Cell:
    sign = sign_of(one.code)
    unit = "" if one.measured.absent or sign.unit == "0–10" else sign.unit
    old = tuple(former.words for former in one.former if former.words != one.words)
    aside = " ".join(filter(None, (unit, one.taken.how, "复测" if one.taken.turn else "")))
    tone = one.taken.judgement.tone
    ink = f"{tone}.text" if tone in ("warn", "danger") else "text3" if one.measured.absent else "text"
    return cells.Revised(one.words, old, aside, ink, gone=one.retracted)
