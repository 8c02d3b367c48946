"""照护阶段: the four stages with their times and the nursing grade with its round, a strip on top of the overview."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from app.core.changes import Changes
from app.core.clock import date_in
from app.core.errors import Refusal, Trouble
from app.residents.queries import Grades, GradesRow, StayTodos
from ui.kit import Button, Card, Words, latest
from ui.kit.chart import ChartPart
from ui.kit.paint import Painted, Script, draw_sign, draw_words, metrics
from ui.kit.view import Bench
from ui.residents.act_sheet import Subject
from ui.residents.course_sheets import CourseSheets
from ui.residents.stay_words import day_words
from ui.residents.todo_strip import TodoStrip
from ui.style import Role, look

_DISC, _GAP, _HEIGHT = 28, 10, 44


@dataclass(frozen=True)
class Stage:
    """One stage on the way: `state` done, now or later; `note` its times."""

    words: str
    note: str
    state: str


def stages_of(shown: GradesRow) -> tuple[Stage, ...]:
    """Each stage with the time it was last decided for; stages go in their order, whatever came first."""
    found: list[Stage] = []
    now = shown.stage
    for value, words in shown.stages:
        row = next((one for one in shown.of("care_stage") if one.value == value), None)
        if row is None:
            found.append(Stage(words, "未进入", "later"))
        elif now is not None and row.rid == now.rid:
            found.append(Stage(words, f"{row.since:%Y-%m} 起 · 现在", "now"))
        else:
            ends = f"{row.ends:%Y-%m}" if row.ends else ""
            found.append(Stage(words, f"{row.since:%Y-%m} – {ends}", "done"))
    return tuple(found)


class StageWay(Painted):
    """Four discs on a line: passed ones checked, the present one filled."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._stages: tuple[Stage, ...] = ()

    def say(self, stages: tuple[Stage, ...]) -> None:
        self._stages = stages
        self.setAccessibleName("，".join(f"{one.words} {one.note}" for one in stages))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look.sp(300), look.sp(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._stages:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = self.width() // len(self._stages)
        for place, stage in enumerate(self._stages):
            room = QRect(place * wide, 0, wide, self.height())
            self._draw(painter, room, place, stage)

    def _draw(self, painter: QPainter, room: QRect, place: int, stage: Stage) -> None:
        size = look.sp(_DISC)
        disc = QRect(room.left() + 1, 1, size, size)
        now, done = stage.state == "now", stage.state == "done"
        painter.setPen(QPen(look.colour("border2"), 1) if stage.state == "later" else Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("primary" if now else "soft" if done else "surface"))
        painter.drawEllipse(QRectF(disc).adjusted(0.5, 0.5, -0.5, -0.5))
        if done:
            inset = (size - look.sp(16)) // 2
            draw_sign(painter, disc.adjusted(inset, 0, 0, 0), "check", 16, "onsoft")
        else:
            ink = "onprimary" if now else "text3"
            draw_words(painter, disc, str(place + 1), Script(Role.LABEL, ink, Qt.AlignmentFlag.AlignHCenter))
        left = disc.right() + look.sp(_GAP)
        words = Script(Role.STRONG if now else Role.LABEL, "primary" if now else "text" if done else "text2")
        head = QRect(left, 0, room.right() - left, size)
        draw_words(painter, head, stage.words, words)
        note = QRect(left, size - 4, room.right() - left - 6, self.height() - size + 4)
        draw_words(painter, note, stage.note, Script(Role.SMALL, "text2"))
        self._draw_line(painter, room, left + metrics(words.role).horizontalAdvance(stage.words), place)

    def _draw_line(self, painter: QPainter, room: QRect, left: int, place: int) -> None:
        """From a stage to the next one."""
        if place + 1 == len(self._stages):
            return
        reached = self._stages[place].state == "done"
        painter.setPen(QPen(look.colour("primary" if reached else "border2"), 2))
        y = 1 + look.sp(_DISC) / 2
        start, end = left + look.sp(_GAP), room.right() - look.sp(_GAP)
        if end > start:
            painter.drawLine(QPointF(start, y), QPointF(end, y))


class StageCard(ChartPart):
    """A click on the button, or D, decides; the card only shows. Above it stands what the admission left to be done."""

    kinds: ClassVar[frozenset[str]] = frozenset({"grade", "stay", "entry"})

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "照护阶段")
        self.shown: GradesRow | None = None
        self.todo = TodoStrip()
        self.way = StageWay()
        self.review = Words("", Role.HINT)
        self.nursing, self.round = Words("", Role.LABEL), Words("", Role.HINT)
        self.more = Button("等级与阶段", "link")
        self.more.setProperty("high", "small")
        self.more.setToolTip("确认护理等级、定照护阶段、下达护理级别（D）")
        self.sheets = CourseSheets(self)
        self.more.clicked.connect(self.open_grades)
        self.card = Card()
        self.card.body.setContentsMargins(20, 14, 20, 14)
        self.card.body.setSpacing(12)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Words("照护阶段", Role.CARD_TITLE))
        row.addWidget(self.review)
        row.addStretch(1)
        row.addWidget(self.nursing)
        row.addWidget(self.round)
        row.addWidget(self.more)
        self.card.body.addLayout(row)
        self.card.body.addWidget(self.way)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(20)
        box.addWidget(self.todo)
        box.addWidget(self.card)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        """Ask for the levels of the resident shown."""
        who = self.who
        if who is None:
            return
        try:
            shown = await self.errands.ask(Grades(who.rid))
            todos = await self.errands.ask(StayTodos(who.rid))
        except (Refusal, Trouble) as error:
            self.way.say(())
            self.review.say(error.text, "danger")
            return
        if self.who is who:
            self.setVisible(who.here or bool(shown.rows))  # nothing to decide of somebody who only asked
            self.todo.show_todo(todos[0] if todos else None)
            self._show(shown)
        self.sheets.refresh()

    def open_grades(self) -> None:
        if self.who is not None:
            who = self.who
            self.sheets.open_grades(Subject(who.rid, who.name, f"{who.bed or '未安排床位'}　{who.number}"))

    def _show(self, shown: GradesRow) -> None:
        self.shown = shown
        today = date_in(self.bench.station.settings.zone, self.bench.desk.clock.now())
        self.way.say(stages_of(shown))
        stage, nursing = shown.stage, shown.nursing
        review = stage.review_on if stage is not None else None
        words = "还没有定" if stage is None else "未定复核日期"
        if review is not None:
            late = "，已过期" if review < today else ""
            words = f"下次复核 {day_words(review, today)}{late}"
        self.review.say(words, "danger" if review is not None and review < today else "")
        self.nursing.setText(nursing.words if nursing else "护理级别未下达")
        self.round.setText(nursing.round if nursing else "由医师下达")
