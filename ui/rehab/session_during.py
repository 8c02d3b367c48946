"""训练中: the clock that counts from the record, values under load, and what they mean at once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from app.core.clock import Clock, local
from app.rehab.lists.attendance import symptoms
from app.rehab.queries.session_rows import SessionSheetRow
from app.rehab.rules.stopping import STOP, Fired, Values
from app.rehab.training.guarding import fired_words, stops
from app.rehab.training.values import NOTHING, over
from ui.kit import Card, ScoreRing, Sign, Words
from ui.rehab.pick_chips import Asked, PickChips
from ui.rehab.session_before import values_words
from ui.rehab.session_values import ValuesRow
from ui.style import Role, Tone, look

NAMES = ("rpe", "hr", "spo2", "bp", "pain")


class DuringCard(Card):
    """`entered` by Enter; `values_said` is what would be noted."""

    changed = Signal()
    entered = Signal()

    def __init__(self, zone: str, clock: Clock) -> None:
        super().__init__("训练中")
        self._zone, self._clock = zone, clock
        self.sheet: SessionSheetRow | None = None
        self.stopped_at: datetime | None = None
        self.ring = ScoreRing(132)
        self.values, self.symptoms = ValuesRow(NAMES), PickChips("出现症状")
        self.noted = Words("", Role.HINT, ink="text2", wrap=True)
        self.strip, self.said_strip = QFrame(), Words("", Role.STRONG, ink="danger", wrap=True)
        self._symptoms = Asked("出现症状立即选上", self.symptoms)
        self.symptoms.show_choices((one.code, one.words) for one in symptoms())
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self.show_time)
        self._lay_out()
        for signal in (self.values.changed, self.symptoms.changed):
            signal.connect(self._edited)
        for entered in (self.values.entered, self.symptoms.entered):
            entered.connect(self.entered)

    def show_sheet(self, sheet: SessionSheetRow) -> None:
        """What goes on, or how it stopped; what is typed stays."""
        self.sheet = sheet
        recorded = sheet.recorded
        running = recorded is not None and recorded.running
        if recorded is None:
            self._tick.stop()
            return
        if not running:
            self.stopped_at = None
        self._fold()
        self.judge()
        self.show_time()
        (self._tick.start if running and self.stopped_at is None else self._tick.stop)()

    def stop_clock(self) -> datetime:
        """The training is over; the moment stays until the record is saved."""
        self.stopped_at = self.stopped_at or self._clock.now()
        self._tick.stop()
        self._fold()
        return self.stopped_at

    def go_on(self) -> None:
        """Back to training: the clock runs as if it had never stopped."""
        self.stopped_at = None
        self._tick.start()
        self._fold()
        self.show_time()

    def show_time(self) -> None:
        """Minutes and seconds since it began, by the record."""
        recorded = self.sheet.recorded if self.sheet is not None else None
        if self.sheet is None or recorded is None:
            return
        until = recorded.ended_at or self.stopped_at or self._clock.now()
        seconds = max(0, int((until - recorded.at).total_seconds()))
        planned = max(1, self.sheet.line.minutes) * 60
        hours, rest = divmod(seconds, 3600)
        shown = f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60:02d}:{rest % 60:02d}"
        begun = local(self._zone, recorded.at)
        tone = (
            Tone.WARN if recorded.wanting else Tone.OK if until is not None and seconds >= planned else None
        )
        self.ring.say(seconds / planned, shown, f"{begun:%H:%M} 起", tone)

    def fired(self) -> tuple[Fired, ...]:
        """What fires by what is typed now."""
        recorded = self.sheet.recorded if self.sheet is not None else None
        if self.sheet is None or recorded is None:
            return ()
        return self.sheet.guard.during(recorded.before, self.values_said())

    def judge(self) -> None:
        sheet = self.sheet
        recorded = sheet.recorded if sheet is not None else None
        if sheet is None or recorded is None:
            return
        found = (
            self.fired() if recorded.running else tuple(one for one in recorded.fired if one.effect == STOP)
        )
        self.values.show_fired(found, sheet.guard.rules, "继续")
        firing = [one for one in found if one.effect == STOP]
        words = "；".join(fired_words(one, sheet.guard) for one in firing)
        advice = "。".join(dict.fromkeys(one.advice for one in firing if one.advice))
        head = "按 Enter 停止并记下" if recorded.running else "已停止"
        self.said_strip.setText(f"{head}：{words}。{advice}" if words else "")
        self.strip.setVisible(bool(words))

    @property
    def stops(self) -> bool:
        return stops(self.fired())

    def values_said(self) -> Values:
        return over(self.values.values(), Values(symptoms=frozenset(self.symptoms.keys)))

    @property
    def empty(self) -> bool:
        return self.values.empty and not self.symptoms.keys

    def check(self) -> bool:
        """What cannot be kept is shown again where the inputs were folded away."""
        if self.values.check():
            return True
        self.values.show()
        return False

    def texts(self) -> dict[str, Any]:
        stopped = self.stopped_at.isoformat() if self.stopped_at is not None else ""
        return {"values": self.values.texts(), "symptoms": list(self.symptoms.keys), "stopped_at": stopped}

    def put(self, texts: dict[str, Any]) -> None:
        self.values.put(texts.get("values", {}))
        self.symptoms.choose(texts.get("symptoms", ()))
        stopped = texts.get("stopped_at")
        self.stopped_at = datetime.fromisoformat(stopped) if stopped else None

    def show_refusal(self, field: str, text: str) -> bool:
        when, _, name = field.partition(".")
        return when == "during" and self.values.say_wrong(name, text)

    def _fold(self) -> None:
        """One line once it is over; the clock and the inputs while it goes on."""
        recorded = self.sheet.recorded if self.sheet is not None else None
        if recorded is None:
            return
        until = recorded.ended_at or self.stopped_at
        for piece in (self.ring, self.values, self._symptoms):
            piece.setVisible(until is None)
        self.body.setContentsMargins(20, *((18, 20, 18) if until is None else (10, 20, 10)))
        self.body.setSpacing(12 if until is None else 4)
        said = values_words(recorded.during) if recorded.during != NOTHING else []
        typed = [] if self.empty or until is None else values_words(self.values_said())
        if until is not None:
            minutes = max(1, round((until - recorded.at).total_seconds() / 60))
            times = f"{local(self._zone, recorded.at):%H:%M}–{local(self._zone, until):%H:%M}"
            self.noted.setText(" · ".join((times, f"{minutes} 分钟", *said, *typed)))
        else:
            self.noted.setText(f"已记：{' · '.join(said)}" if said else "")
        self.noted.setVisible(bool(self.noted.text()))

    def _edited(self) -> None:
        self.judge()
        self.changed.emit()

    def _lay_out(self) -> None:
        look.restyle(self.strip, "strip", str(Tone.DANGER))
        strip = QHBoxLayout(self.strip)
        strip.setContentsMargins(14, 10, 14, 10)
        strip.setSpacing(10)
        strip.addWidget(Sign("circle-alert", 20, "danger.text"))
        strip.addWidget(self.said_strip, 1)
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addWidget(self.ring, 0, Qt.AlignmentFlag.AlignTop)
        right = QVBoxLayout()
        right.setSpacing(10)
        right.addWidget(self.values)
        right.addWidget(self.noted)
        right.addStretch(1)
        row.addLayout(right, 1)
        self.body.addLayout(row)
        self.body.addWidget(self.strip)
        self.body.addWidget(self._symptoms)
        self.strip.hide()
