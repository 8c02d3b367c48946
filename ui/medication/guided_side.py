"""Beside the guided round: how far it is, who is next, who was put off, what was not given and why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from app.core.clock import local
from app.medication.queries import BedsideRow, GuidedSheet, Stop
from app.residents.forms import SEXES
from ui.kit import AllergyStrip, Avatar, Card, CountBadge, ElidedWords, IconButton, ScrollBody, Sign, Words
from ui.kit.faces import show_face
from ui.kit.view import View
from ui.medication.guided_line import icon_of
from ui.style import Role, Tone, look

WIDTH = 300
MOST_DOSES = 5


class ProgressCard(Card):
    """17 / 60 位, the bar, what was given, what was not, what is blank."""

    def __init__(self) -> None:
        super().__init__("班次进度")
        self.body.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(6)
        self.done = Words("0", Role.BIG_NUMBER)
        self.whole = Words("", Role.BODY, ink="text2")
        self.ends = Words("", Role.HINT)
        bottom = Qt.AlignmentFlag.AlignBottom
        row.addWidget(self.done, 0, bottom)
        row.addWidget(self.whole, 0, bottom)
        row.addStretch(1)
        row.addWidget(self.ends, 0, bottom)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        counts = QHBoxLayout()
        self.given, self.exceptions, self.blank = (Words("", Role.HINT) for _ in range(3))
        counts.addWidget(self.given)
        counts.addStretch(1)
        counts.addWidget(self.exceptions)
        counts.addStretch(1)
        counts.addWidget(self.blank)
        self.body.addLayout(row)
        self.body.addWidget(self.bar)
        self.body.addLayout(counts)

    def show_sheet(self, sheet: GuidedSheet, zone: str, now: datetime) -> None:
        finished = sum(one.finished for one in sheet.stops)
        floor = next((one.words for one in sheet.floors if one.rid == sheet.floor), "")
        self.hint.setText(f"{floor}　{local(zone, now):%H:%M}")
        self.done.setText(str(finished))
        self.whole.setText(f"/ {len(sheet.stops)} 位")
        self.ends.setText(f"预计 {local(zone, sheet.ends_at):%H:%M} 完成" if sheet.ends_at else "")
        self.bar.setRange(0, max(1, len(sheet.stops)))
        self.bar.setValue(finished)
        self.bar.setAccessibleName(f"{len(sheet.stops)} 位中完成 {finished} 位")
        exceptions, blank = (
            sum(one.exceptions for one in sheet.stops),
            sum(one.blank for one in sheet.stops),
        )
        self.given.say(f"已给 {sum(one.given for one in sheet.stops)} 次", "ok")
        self.exceptions.say(f"例外 {exceptions}", "orange" if exceptions else "")
        self.blank.say(f"空白 {blank}", "")


class NextCard(Card):
    """Who comes next, their allergies and medicines; the arrow goes there."""

    asked = Signal()

    def __init__(self, view: View) -> None:
        super().__init__("下一位")
        self._view = view
        self.body.setSpacing(8)
        self.go = IconButton("arrow-right", "下一位（→）", size=34, framed=True)
        self.go.clicked.connect(self.asked)
        self.go.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.head.addWidget(self.go)
        row = QHBoxLayout()
        row.setSpacing(12)
        self.avatar = Avatar("", Tone.NEUTRAL, 48)
        self.name = ElidedWords("", Role.CARD_TITLE)
        self.where = ElidedWords("", Role.HINT, ink="text2")
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self.name)
        texts.addWidget(self.where)
        row.addWidget(self.avatar)
        row.addLayout(texts, 1)
        self.body.addLayout(row)
        self.allergies = AllergyStrip()
        self.body.addWidget(self.allergies)
        self._doses = QVBoxLayout()
        self._doses.setSpacing(4)
        self.body.addLayout(self._doses)
        self._lines: list[QWidget] = []

    def show_row(self, row: BedsideRow | None) -> None:
        """None: nobody comes after this one."""
        self.setVisible(row is not None)
        if row is None:
            return
        self.avatar.show_person(row.name, Tone(row.tone) if row.tone else Tone.NEUTRAL)
        show_face(self._view, self.avatar, row.photo)
        self.name.setText(f"{row.name}　{SEXES[row.sex] if row.sex in ('1', '2') else ''}")
        self.where.setText(f"{row.bed or '未安排床位'} · {f'{row.born} 年生' if row.born else '出生年不详'}")
        self.allergies.show_allergies(row.allergies)
        for old in self._lines:
            self._doses.removeWidget(old)
            old.hide()
            old.deleteLater()
        shown = row.open or row.slots
        self._lines = [
            _dose_line(one.words, one.dose, one.route, one.route_code) for one in shown[:MOST_DOSES]
        ]
        if len(shown) > MOST_DOSES:
            self._lines.append(Words(f"还有 {len(shown) - MOST_DOSES} 种", Role.HINT))
        for line in self._lines:
            self._doses.addWidget(line)


class LaterCard(Card):
    """稍后再来 and 本班次例外, scrolling in what room is left."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(flush=True)
        self.scroller = ScrollBody((20, 14, 16, 14), 6)
        self.body.addWidget(self.scroller)
        self._made: object = None

    def show_lists(self, later: Mapping[UUID, str], stops: tuple[Stop, ...]) -> None:
        """`later`: resident → why and when."""
        known = {one.resident: one for one in stops}
        put_off = [(known[rid], why) for rid, why in later.items() if rid in known and known[rid].open]
        exceptions = [one for one in stops if one.not_taken]
        if self._made == (put_off, exceptions):
            return
        self._made = (put_off, exceptions)
        body = self.scroller.body
        while (item := body.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        body.addWidget(_heading("稍后再来", len(put_off), Tone.WARN))
        for stop, why in put_off:
            body.addWidget(self._person(stop, why))
        body.addWidget(_heading("本班次例外", sum(one.exceptions for one in exceptions), Tone.ORANGE))
        for stop in exceptions:
            body.addWidget(_exception(stop))
        body.addStretch(1)
        body.addWidget(Words("空白不能关班：每一次都要有结果", Role.SMALL, wrap=True))

    def _person(self, stop: Stop, why: str) -> QWidget:
        piece = _Person(stop, why)
        piece.chosen.connect(lambda: self.chosen.emit(stop.resident))
        return piece


class _Person(QWidget):
    """Somebody put off; a click goes there."""

    chosen = Signal()

    def __init__(self, stop: Stop, why: str) -> None:
        super().__init__()
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(10)
        row.addWidget(Avatar(stop.name, Tone.NEUTRAL, 34))
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(ElidedWords(f"{stop.name}　{stop.bed}", Role.STRONG))
        texts.addWidget(ElidedWords(why, Role.SMALL, ink="text3"))
        row.addLayout(texts, 1)

    def mouseReleaseEvent(self, event: object) -> None:
        del event
        self.chosen.emit()


def _heading(words: str, count: int, tone: Tone) -> QWidget:
    piece = QWidget()
    row = QHBoxLayout(piece)
    row.setContentsMargins(0, 4, 0, 2)
    row.addWidget(Words(words, Role.CARD_TITLE), 1)
    badge = CountBadge(str(count), tone if count else Tone.NEUTRAL)
    row.addWidget(badge)
    return piece


def _exception(stop: Stop) -> QWidget:
    """`郗明德 303-1   硝苯地平 · 体征不达标`; all of them for one reason are 全部."""
    whys = {one.why for one in stop.not_taken}
    alike = len(whys) == 1 and len(stop.not_taken) > 1 and not stop.given
    said = (
        f"全部 · {next(iter(whys))}"
        if alike
        else "；".join(f"{one.words} · {one.why}" for one in stop.not_taken)
    )
    piece = QWidget()
    box = QVBoxLayout(piece)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(0)
    box.addWidget(ElidedWords(f"{stop.name}　{stop.bed}", Role.STRONG))
    box.addWidget(ElidedWords(said, Role.SMALL, ink="text3"))
    return piece


def _dose_line(words: str, dose: str, route: str, code: str) -> QWidget:
    piece = QWidget()
    row = QHBoxLayout(piece)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(Sign(icon_of(code), 16, "text3"))
    row.addWidget(ElidedWords(words, Role.BODY), 1)
    row.addWidget(Words(f"{dose or '按血糖'} · {route}", Role.HINT, ink="text2"))
    return piece


class SideColumn(QWidget):
    """The three cards, one above the other; the last takes the room that is left."""

    def __init__(self, view: View) -> None:
        super().__init__()
        self.progress, self.next, self.later = ProgressCard(), NextCard(view), LaterCard()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(self.progress)
        box.addWidget(self.next)
        box.addWidget(self.later, 1)
        self.fit()

    def fit(self) -> None:
        self.setFixedWidth(look.sp(WIDTH))
