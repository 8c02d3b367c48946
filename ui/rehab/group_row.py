"""One member of a group: attendance by digit, values before, RPE and pain, what refuses or warns at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.rehab.lists.attendance import attendances, reasons_of
from app.rehab.queries.session_rows import SessionSheetRow
from app.rehab.rules.sessions import SessionKey
from app.rehab.rules.stopping import REFUSE, WARN, Fired, Values
from app.rehab.training import Member
from app.rehab.training.beginning import found_before
from app.rehab.training.guarding import fired_words
from app.rehab.training.values import over
from ui.kit import LineField, Tag, Words
from ui.kit.pick_box import PickBox
from ui.rehab.group_seen import GroupSeen, seen_words
from ui.rehab.session_before import values_words
from ui.rehab.session_values import ValuesRow
from ui.rehab.state_marks import STATES
from ui.rehab.stops_tile import EFFECTS
from ui.style import Role, Tone, look

NAMES = ("bp", "hr", "spo2", "rpe", "pain")
NAME_WIDE, PICK_WIDE = 132, 190


class GroupRow(QFrame):
    """`stepped` by ↑ and ↓, `recorded` by Space on the row or Enter in a field, `opened` by Enter on the row (the form
    of this member alone), `changed` by every edit."""

    changed = Signal()
    opened = Signal()
    stepped = Signal(int)
    recorded = Signal()

    def __init__(self, sheet: SessionSheetRow) -> None:
        super().__init__()
        self.sheet = sheet
        self.setProperty("surface", "tile")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{sheet.line.name} {sheet.line.words}")
        self.values = ValuesRow(NAMES)
        self.attendance, self.why = PickBox("出席"), PickBox("原因", 110)
        self.why_words = LineField("说明", "请写明")
        self.attendance.show_choices(
            (one.code, f"{one.number} {one.words}") for one in attendances().values()
        )
        self.seen = GroupSeen()
        self.state, self.told = Tag("", Tone.NEUTRAL), Words("", Role.SMALL, ink="warn", wrap=True)
        self._lay_out()
        self.values.changed.connect(self._edited)
        self.values.entered.connect(self.recorded)
        self.seen.changed.connect(self._edited)
        self.seen.entered.connect(self.recorded)
        self.attendance.currentIndexChanged.connect(self._attended)
        self.why.currentIndexChanged.connect(self._edited)
        self.why_words.textEdited.connect(self._edited)
        self.why_words.returnPressed.connect(self.recorded)
        self._attended()

    @property
    def key(self) -> SessionKey:
        return self.sheet.line.key

    @property
    def open(self) -> bool:
        """Whether it goes into the record of the group: nothing was recorded of it and nothing stands against it."""
        return self.sheet.recorded is None and not self.sheet.cannot

    def show_sheet(self, sheet: SessionSheetRow) -> None:
        """As it stands now; what is typed stays."""
        self.sheet = sheet
        for piece in (self.values, self.attendance, self.why, self.why_words):
            piece.setEnabled(self.open)
        self.seen.show_sheet(sheet, able=self.open and self._held())
        known = {}
        rest = sheet.rest_then.values
        if rest.sbp is not None and rest.dbp is not None:
            known["bp"] = f"已测 {rest.sbp:g}/{rest.dbp:g}"
        if rest.hr is not None:
            known["hr"] = f"已测 {rest.hr:g}"
        if rest.spo2 is not None:
            known["spo2"] = f"已测 {rest.spo2:g}"
        self.values.know(known)
        self.judge()

    def member(self) -> Member:
        """As the act takes it."""
        said = self.values.values()
        return Member(
            attendance=self.attendance.key,
            why=self.why.key,
            why_words=self.why_words.text().strip() if self._wordy() else "",
            before=Values(said.sbp, said.dbp, said.hr, said.spo2),
            rpe=said.rpe,
            pain=said.pain,
            confirmed=self.values.confirmed,
            **(self.seen.said() if self._held() else {}),
        )

    def texts(self) -> dict[str, Any]:
        """What is typed of it, as the draft keeps it."""
        said = {"attendance": self.attendance.key, "why": self.why.key, "why_words": self.why_words.text()}
        return {"values": self.values.texts(), "seen": self.seen.texts(), **said}

    def put(self, texts: Mapping[str, Any]) -> None:
        """What was typed before."""
        self.values.put(texts.get("values", {}))
        self.seen.put(texts.get("seen", {}))
        self.attendance.choose(texts.get("attendance") or next(iter(attendances())))
        self.why.choose(texts.get("why", ""))
        self.why_words.setText(texts.get("why_words", ""))
        self._edited()

    @property
    def warned(self) -> bool:
        """Whether it goes on only with words."""
        return self.open and self._held() and any(one.effect == WARN for one in self._fired())

    def check(self) -> bool:
        return not self.open or self.values.check()

    def judge(self) -> None:
        sheet = self.sheet
        if sheet.recorded is not None:
            mark = STATES[sheet.line.state]
            self.state.say(mark.text, mark.tone)
            said = [*values_words(sheet.recorded.before), *seen_words(sheet)]
            self.told.say(" · ".join(said) or f"{sheet.line.by}已记录", "text3")
            return
        if sheet.cannot:
            self.state.say("不能开始", Tone.NEUTRAL)
            self.told.say(sheet.cannot, "warn")
            return
        found = self._fired() if self._held() else ()
        effects = {one.effect for one in found}
        mark = EFFECTS[REFUSE if REFUSE in effects else WARN if WARN in effects else ""]
        known = attendances()[self.attendance.key]
        self.state.say(*((mark.text, mark.tone) if self._held() else (known.words, Tone.ORANGE)))
        self.told.say(
            "；".join(fired_words(one, sheet.guard) for one in found),
            "danger" if REFUSE in effects else "warn",
        )
        rpe = Values(rpe=self.values.values().rpe)
        self.values.show_fired(
            (*found, *sheet.guard.during(sheet.rest_then.values, rpe)), sheet.guard.rules, "可以"
        )

    def say_wrong(self, name: str, text: str) -> None:
        """A rule refused this member."""
        box = name.rpartition(".")[2]
        if self.seen.say_wrong(box, text):
            return
        if not self.values.say_wrong(box, text):
            self.told.say(text, "danger")
            {"why": self.why, "why_words": self.why_words}.get(name, self).setFocus()

    # keys ---------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, digit = event.key(), event.text()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.opened.emit()
        elif key == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.recorded.emit()
        elif key == Qt.Key.Key_Right:
            self.values.focus_first()
        elif key == Qt.Key.Key_F and not self.seen.isHidden():
            self.seen.unfold()
        elif digit.isdigit() and self.open:
            code = next((one.code for one in attendances().values() if one.number == int(digit)), "")
            if code:
                self.attendance.choose(code)
                if attendances()[code].why:
                    self.why.setFocus()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), 10, 10)

    # inside -------------------------------------------------------------------------------------------------------

    def _held(self) -> bool:
        return attendances()[self.attendance.key].held

    def _fired(self) -> tuple[Fired, ...]:
        said = self.values.values()
        values = over(self.sheet.rest_then.values, Values(said.sbp, said.dbp, said.hr, said.spo2))
        return found_before(self.sheet.guard, values, self.sheet.rest_then, self.seen.means)

    def _attended(self) -> None:
        known = attendances()[self.attendance.key]
        self.why.show_choices((("", "选原因"), *((one.code, one.words) for one in reasons_of(known.code))))
        self.why.setVisible(known.why)
        self.values.setEnabled(known.held and self.open)
        self.seen.setVisible(known.held and self.open)
        self._edited()

    def _wordy(self) -> bool:
        """Whether the reason wants words."""
        known = next((one for one in reasons_of(self.attendance.key) if one.code == self.why.key), None)
        return known is not None and known.words_needed

    def _edited(self) -> None:
        self.why_words.setVisible(self._wordy())
        self.judge()
        self.changed.emit()

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 10, 14, 8)
        box.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(12)
        who = QWidget()
        who.setFixedWidth(look.sp(NAME_WIDE))
        texts = QVBoxLayout(who)
        texts.setContentsMargins(0, 0, 0, 0)
        texts.setSpacing(2)
        texts.addWidget(Words(self.sheet.line.name, Role.NAME))
        texts.addWidget(Words(self.sheet.line.bed or self.sheet.line.words, Role.SMALL, ink="text3"))
        texts.addWidget(self.state)
        texts.addStretch(1)
        asked = QWidget()
        asked.setFixedWidth(look.sp(PICK_WIDE))
        picks = QVBoxLayout(asked)
        picks.setContentsMargins(0, 0, 0, 0)
        picks.setSpacing(6)
        picks.addWidget(self.attendance)
        picks.addWidget(self.why)
        picks.addWidget(self.why_words)
        picks.addStretch(1)
        row.addWidget(who)
        row.addWidget(asked)
        row.addWidget(self.values, 1)
        box.addLayout(row)
        box.addWidget(self.seen)
        box.addWidget(self.told)
