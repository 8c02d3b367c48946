"""补记: when a session that is written down afterwards was begun and ended, by the day's clock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from app.core.clock import local
from app.rehab.queries.session_rows import SessionSheetRow
from ui.kit import Card, Labelled, Words
from ui.rehab.session_values import NumberField
from ui.style import Role, look

WIDE = 116


class TimesCard(Card):
    """`moments()` gives both instants; what is no time is said under its field."""

    changed = Signal()
    entered = Signal()

    def __init__(self, zone: str, title: str = "补记：训练已经做完") -> None:
        super().__init__(title)
        self._zone = zone
        self.begun, self.ended = NumberField("开始时间"), NumberField("结束时间")
        self._begun, self._ended = Labelled("开始", self.begun), Labelled("结束", self.ended)
        self._day: date | None = None
        row = QHBoxLayout()
        row.setSpacing(12)
        for labelled, field in ((self._begun, self.begun), (self._ended, self.ended)):
            field.setFixedWidth(look.sp(WIDE))
            field.textEdited.connect(lambda *_: self.changed.emit())
            field.entered.connect(self.entered)
            row.addWidget(labelled)
        self.told = Words("", Role.HINT)
        row.addWidget(self.told, 1)
        self.body.addLayout(row)

    def show_sheet(self, sheet: SessionSheetRow) -> None:
        """The planned times, until somebody says others; when it began is known of one that goes on."""
        at = sheet.line.at if sheet.recorded is None else sheet.recorded.at
        begun = local(self._zone, at)
        ended = at + timedelta(minutes=sheet.line.minutes)
        self.begun.setEnabled(sheet.recorded is None)
        self.put_times(
            sheet.day if sheet.recorded is None else begun.date(),
            f"{begun:%H:%M}",
            f"{local(self._zone, ended):%H:%M}",
        )

    def put_times(self, day: date, begun: str, ended: str) -> None:
        self._day = day
        self.begun.setText(begun)
        self.ended.setText(ended)
        for labelled in (self._begun, self._ended):
            labelled.say_wrong("")

    def texts(self) -> dict[str, str]:
        return {"begun": self.begun.text(), "ended": self.ended.text()}

    def put(self, texts: Mapping[str, str]) -> None:
        """What was typed before, over the planned times."""
        for name, field in (("begun", self.begun), ("ended", self.ended)):
            field.setText(texts.get(name, field.text()))

    def moments(self) -> tuple[datetime, datetime] | None:
        """Begun and ended; None says what is wrong under its field."""
        found = []
        for labelled, field in ((self._begun, self.begun), (self._ended, self.ended)):
            labelled.say_wrong("")
            at = self._moment(field.text())
            if at is None:
                labelled.say_wrong("如 09:30")
                field.setFocus()
                return None
            found.append(at)
        return found[0], found[1]

    def show_refusal(self, field: str, text: str) -> bool:
        place = {"begun": (self._begun, self.begun), "ended": (self._ended, self.ended)}.get(field)
        if place is not None:
            place[0].say_wrong(text)
            place[1].setFocus()
        return place is not None

    def _moment(self, text: str) -> datetime | None:
        """`9:30`, `0930`, `9：30`."""
        said = text.strip().replace("：", ":")
        if said.isdigit() and len(said) in (3, 4):
            said = f"{said[:-2]}:{said[-2:]}"
        hours, _, minutes = said.partition(":")
        if self._day is None or not (hours.isdigit() and minutes.isdigit()):
            return None
        if int(hours) > 23 or int(minutes) > 59:
            return None
        wall = datetime.combine(self._day, time(int(hours), int(minutes)), ZoneInfo(self._zone))
        return wall.astimezone(UTC)
