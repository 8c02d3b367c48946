"""A group on one screen: times and words for everybody, a row for each member; Space records all as planned."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.rehab.queries.session_rows import SessionSheetRow
from app.rehab.rules.sessions import SessionKey
from app.rehab.training import GroupForm, RecordGroup
from ui.kit import Card, Labelled, LineField, ScrollBody, Words
from ui.rehab.group_row import GroupRow
from ui.rehab.session_times import TimesCard
from ui.style import Role


class GroupPage(QWidget):
    """`recorded` by Space on a row or Enter in a field; `opened` by Enter on a row, with its key; `changed` by every
    edit. `remembered`: what had been typed of the group that is shown next."""

    recorded = Signal()
    opened = Signal(object)
    changed = Signal()

    def __init__(self, zone: str) -> None:
        super().__init__()
        self.rows: dict[SessionKey, GroupRow] = {}
        self.times = TimesCard(zone, "小组训练")
        self.note, self.despite = (
            LineField("小组记录", "如 全程参加，能与同伴互动"),
            LineField("仍要训练的原因", "对有提示的成员都适用"),
        )
        self._note = Labelled("O 所见（写入每一位）", self.note)
        self._despite = Labelled("有提示仍要训练，为什么", self.despite, required=True)
        self.count = Words("", Role.HINT)
        self.remembered: Mapping[str, Any] = {}
        self._shown: tuple[SessionKey, ...] | None = ()
        self._list = ScrollBody(spacing=10)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        self.times.body.addWidget(self._note)
        self.times.body.addWidget(self._despite)
        box.addWidget(self.times)
        members = Card(flush=True)
        head = QHBoxLayout()
        head.setContentsMargins(20, 12, 20, 8)
        head.addWidget(Words("成员", Role.CARD_TITLE))
        head.addStretch(1)
        head.addWidget(self.count)
        members.body.addLayout(head)
        self._list.body.setContentsMargins(14, 0, 14, 12)
        self._list.body.addStretch(1)
        members.body.addWidget(self._list, 1)
        box.addWidget(members, 1)
        for line in (self.note, self.despite):
            line.textEdited.connect(lambda *_: self.changed.emit())
            line.returnPressed.connect(self.recorded)
        self.times.entered.connect(self.recorded)
        self.times.changed.connect(self.changed)

    def show_members(self, sheets: tuple[SessionSheetRow, ...]) -> None:
        """The members as they stand; what is typed stays while they are the same."""
        keys = tuple(one.line.key for one in sheets)
        if keys != self._shown:
            self._make_rows(sheets)
            self._shown = keys
            self._put(self.remembered, sheets)
            self.remembered = {}
        for sheet in sheets:
            self.rows[sheet.line.key].show_sheet(sheet)
        kept = sum(row.sheet.recorded is not None for row in self.rows.values())
        out = sum(row.sheet.recorded is None and not row.open for row in self.rows.values())
        left = f" · {out} 位不能记录，不在其中（Enter 单独打开）" if out else ""
        self.count.setText(f"{kept} / {len(keys)} 位已记录{left}")
        self._judge()

    def forget(self) -> None:
        """It was recorded: what was typed goes."""
        self._shown = None

    def texts(self) -> dict[str, Any]:
        """What is typed, as the draft keeps it; nothing where no group shows."""
        if not self.rows:
            return {}
        rows = {str(key[0]): row.texts() for key, row in self.rows.items() if row.open}
        lines = {"note": self.note.text(), "despite": self.despite.text()}
        return {"rows": rows, "times": self.times.texts(), **lines}

    @property
    def open(self) -> bool:
        return any(row.open for row in self.rows.values())

    def order(self) -> RecordGroup | None:
        """What would be recorded; None says what is wrong where it stands."""
        moments = self.times.moments()
        if moments is None or not all(row.check() for row in self.rows.values()):
            return None
        note = self.note.text().strip()
        common = GroupForm(*moments, self.despite.text().strip(), {"o": note} if note else {})
        members = {key: row.member() for key, row in self.rows.items() if row.open}
        return RecordGroup(tuple(members), common, members)

    def show_refusal(self, field: str, text: str) -> bool:
        """A rule refused one member, or the times."""
        if field.startswith("member."):
            _, item, name = field.split(".", 2)
            row = next((row for key, row in self.rows.items() if str(key[0]) == item), None)
            if row is not None and name == "despite":
                self._despite.show()
                self._despite.say_wrong(text)
                self.despite.setFocus()
                return True
            if row is not None and name not in ("begun", "ended"):
                row.say_wrong(name, text)
                self._list.ensureWidgetVisible(row)
                return True
            field = name
        return self.times.show_refusal(field, text)

    def focus_first(self) -> None:
        """The keys to the first member who waits."""
        row = next((row for row in self.rows.values() if row.open), None)
        if row is not None:
            row.setFocus(Qt.FocusReason.OtherFocusReason)

    def _step(self, key: SessionKey, step: int) -> None:
        places = list(self.rows)
        place = places.index(key) + step
        if 0 <= place < len(places):
            self.rows[places[place]].setFocus(Qt.FocusReason.OtherFocusReason)
            self._list.ensureWidgetVisible(self.rows[places[place]])

    def _make_rows(self, sheets: tuple[SessionSheetRow, ...]) -> None:
        for row in self.rows.values():
            self._list.body.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = {}
        for place, sheet in enumerate(sheets):
            row = GroupRow(sheet)
            row.stepped.connect(lambda step, key=sheet.line.key: self._step(key, step))
            row.opened.connect(lambda key=sheet.line.key: self.opened.emit(key))
            row.recorded.connect(self.recorded)
            row.seen.unfolded.connect(lambda row=row: self._list.ensureWidgetVisible(row.seen, 0, 8))
            self.rows[sheet.line.key] = row
            self._list.body.insertWidget(place, row)

    def _put(self, texts: Mapping[str, Any], sheets: tuple[SessionSheetRow, ...]) -> None:
        """What was typed of this group before, or nothing."""
        self.note.setText(texts.get("note", ""))
        self.despite.setText(texts.get("despite", ""))
        if sheets:
            self.times.show_sheet(sheets[0])
            self.times.put(texts.get("times", {}))
        for key, row in self.rows.items():
            if said := texts.get("rows", {}).get(str(key[0])):
                row.put(said)
            row.changed.connect(self._edited)

    def _edited(self) -> None:
        self._judge()
        self.changed.emit()

    def _judge(self) -> None:
        self._despite.setVisible(any(row.warned for row in self.rows.values()))
        self._despite.say_wrong("")
