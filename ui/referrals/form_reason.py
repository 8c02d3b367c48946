"""1 原因与紧急度: what in the chart asks for a hospital, what only a person sees, how urgent it is, what is thought."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.core.clock import date_in, local
from app.core.form import Choice, Field, Kind
from app.referrals.drafted import ReferralDraft
from app.referrals.filling import Criterion, Filled
from ui.forms.fields.choice import sounds
from ui.forms.fields.line import TextInput
from ui.forms.fields.suggested import SuggestedInput
from ui.forms.fields.times import TimeInput
from ui.kit import FieldError, Labelled, OptionRow, Words
from ui.referrals.form_card import StepCard
from ui.referrals.form_clock import clock_words, moment, moment_of
from ui.referrals.form_sbar import TextRow
from ui.referrals.form_tile import TileFace
from ui.referrals.form_tiles import Tiles
from ui.style import Role, look

URGENCIES = (("emergency", "急诊（立即）"), ("h48", "48 小时内"), ("elective", "择期"))
_OFFERS = 8
_BESIDE_FROM = 780
"""Narrower than this, the urgency stands under what one types for other reasons."""


class ReasonCard(StepCard):
    """`changed` after the person ticked, chose or typed; the impression's row tells its own edits."""

    changed = Signal()

    def __init__(self, zone: str) -> None:
        super().__init__("1", "原因与紧急度")
        self._zone = zone
        self._criteria: dict[str, Criterion] = {}
        self._since: dict[str, TextInput] = {}
        self._symptoms: dict[str, TextInput] = {}
        self._now: datetime | None = None
        self.tiles = Tiles("转诊原因")
        self.body.addWidget(self.tiles)
        self._asks = QWidget()
        self._asked = QVBoxLayout(self._asks)
        self._asked.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self._asks)
        self._asks.hide()
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setSpacing(look.sp(12))
        self.body.addLayout(self._line)
        self.add = SuggestedInput(
            Field(
                "criterion",
                "其他原因",
                Kind.SUGGESTED,
                placeholder="其他原因：输入词或拼音首字母，如“xt”胸痛",
                suggest=self._offer,
            )
        )
        self._line.addWidget(self.add, 1)
        row = QHBoxLayout()
        row.setSpacing(12)
        self._line.addLayout(row)
        row.addWidget(Words("紧急度", Role.BODY, ink="text2"))
        self.urgency = OptionRow(URGENCIES, low=True)
        row.addWidget(self.urgency, 1)
        self.wrong = FieldError()
        self.body.addWidget(self.wrong)
        self.impression = TextRow("impression", "初步印象", most=4)
        self.body.addWidget(self.impression)
        self.tiles.changed.connect(self._switched)
        self.add.taken.connect(self._added)
        self.urgency.group.buttonClicked.connect(self.changed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = event.size().width() >= look.sp(_BESIDE_FROM)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._line.direction() != way:
            self._line.setDirection(way)

    # what it says -------------------------------------------------------------------------------------------------

    def show_said(self, filled: Filled, draft: ReferralDraft, now: datetime) -> None:
        """The reasons of the chart, those ticked, and the rest."""
        self._now = now
        self._criteria = {one.code: one for one in filled.criteria}
        self.urgency.choose(draft.urgency)
        self._show_tiles(draft.ticked)
        met = sum(1 for one in filled.criteria if one.met)
        red = sum(1 for one in filled.criteria if one.met and one.red)
        found = f"从病历里找到 {met} 条" + (f"，{red} 条红线" if red else "") + "，可去掉不符的"
        self.say_hint(found if met else "病历里没有达到转诊标准的数值，请按所见选原因")

    def take(self, draft: ReferralDraft) -> ReferralDraft:
        """The draft with what stands here."""
        ticked = {code: draft.ticked.get(code, ("", "")) for code in self.tiles.on}
        for code, field in self._since.items():
            if code in ticked:
                at = moment_of(str(field.value()), self._zone)
                ticked[code] = (
                    at.isoformat() if at else "" if not field.text().strip() else ticked[code][0],
                    "",
                )
        for code, line in self._symptoms.items():
            if code in ticked:
                ticked[code] = (ticked[code][0], line.text().strip())
        return replace(draft, ticked=ticked, urgency=self.urgency.key or draft.urgency)

    @property
    def asking(self) -> tuple[TextInput, ...]:
        """The fields that ask since when, and which symptom."""
        return (*self._since.values(), *self._symptoms.values())

    def tick_on(self, now: datetime) -> None:
        """A minute passed: the clocks run on."""
        self._now = now
        for code, tile in self.tiles.tiles.items():
            if (one := self._criteria.get(code)) is not None:
                tile.say(self._face(one))

    def check(self) -> bool:
        """Show what is wrong with a time; True when all may be kept."""
        for field in self._since.values():
            at = moment_of(str(field.value()), self._zone)
            late = at is not None and self._now is not None and at > self._now
            if (field.text().strip() and at is None) or late:
                label = field.parentWidget()
                if isinstance(label, Labelled):
                    label.say_wrong("时间在现在之后。" if late else "请填写时间，如 13:10、昨天 22:10。")
                field.setFocus()
                return False
        return True

    def focus_first(self) -> None:
        """Where the keys begin."""
        first = self.tiles.focus_part() if self.tiles.tiles else self.add
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose_urgency(self, place: int) -> None:
        """Alt+1, Alt+2, Alt+3."""
        self.urgency.button(URGENCIES[place][0]).click()

    # inside -------------------------------------------------------------------------------------------------------

    def _show_tiles(self, ticked: Mapping[str, tuple[str, str]]) -> None:
        shown = [one for one in self._criteria.values() if one.met or one.code in ticked]
        self._show_asks(ticked)
        self.tiles.show_tiles({one.code: self._face(one) for one in shown})
        self.tiles.setVisible(bool(shown))
        self.tiles.choose(set(ticked))

    def _show_asks(self, ticked: Mapping[str, tuple[str, str]]) -> None:
        """Since when, and which symptom, of each that is ticked and asks."""
        asking = [one for one in self._criteria.values() if one.asks and one.code in ticked]
        wanted = sorted(asking, key=lambda one: one.asks != "since")
        if [one.code for one in wanted] != [*self._since, *self._symptoms]:
            self._draw_asks(wanted)
        for code, field in self._since.items():
            at = moment(ticked.get(code, ("", ""))[0])
            if (
                at is not None and moment_of(str(field.value()), self._zone) != at
            ):  # never while it is being typed
                field.set_value(f"{local(self._zone, at):%Y-%m-%d %H:%M}")
        for code, line in self._symptoms.items():
            if line.text().strip() != (said := ticked.get(code, ("", ""))[1]):
                line.set_value(said)
        self._asks.setVisible(bool(wanted))

    def _draw_asks(self, wanted: list[Criterion]) -> None:
        while (item := self._asked.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._since, self._symptoms = {}, {}
        holder = QWidget()
        self._asked.addWidget(holder)
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(look.sp(10))
        today = date_in(self._zone, self._now) if self._now else None
        for place, one in enumerate(wanted):
            if one.asks == "since":
                title = f"{one.title}：从什么时候起"
                piece: TextInput = TimeInput(Field(one.code, title, Kind.MOMENT, today=today))
                self._since[one.code] = piece
            else:
                title = f"{one.title}：有什么症状"
                piece = self._symptoms[one.code] = TextInput(Field(one.code, title, max_length=60))
            piece.edited.connect(self.changed)
            grid.addWidget(Labelled(title, piece, hint=one.clock), place // 2, place % 2)
        for column in range(2):
            grid.setColumnStretch(column, 1)

    def _face(self, one: Criterion) -> TileFace:
        title = one.title or one.words
        since = self._since_of(one)
        aside = clock_words(since, one.windows, self._now) if self._now else ""
        return TileFace(title, one.value, (one.detail or one.words,), aside, red=one.red)

    def _since_of(self, one: Criterion) -> datetime | None:
        field = self._since.get(one.code)
        return (moment_of(str(field.value()), self._zone) if field is not None else None) or one.since

    def _offer(self, typed: str) -> tuple[Choice, ...]:
        wanted = typed.strip().lower()
        rest = (one for one in self._criteria.values() if one.code not in self.tiles.tiles)
        offers = [Choice(one.code, one.words) for one in rest]
        return tuple(one for one in offers if wanted in f"{one.label.lower()} {sounds(one)}")[:_OFFERS]

    def _added(self, code: str) -> None:
        """Taken from the list: a tile of its own, ticked, and what it asks."""
        self.add.clear()
        self._show_tiles({**self._said(), code: ("", "")})
        self.changed.emit()
        if (asked := self._since.get(code) or self._symptoms.get(code)) is not None:
            QTimer.singleShot(0, asked, asked.setFocus)  # once it shows

    def _switched(self, _code: str) -> None:
        self._show_asks(self._said())
        self.changed.emit()

    def _said(self) -> dict[str, tuple[str, str]]:
        """What is ticked now, as the fields have it."""
        return dict(self.take(ReferralDraft()).ticked)
