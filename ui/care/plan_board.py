"""The plan as one painted list: problems, their tasks, and beside each task its last seven days; walked by arrows."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from app.care.queries import PlanRow, TaskRow
from ui.care.plan_rows import (
    PlanLine,
    day_width,
    day_words,
    draw_day,
    draw_plan_line,
    draw_plan_words,
    plan_lines,
)
from ui.kit.paint import Painted, Script, bottom_line, draw_words
from ui.style import Role, look

HEAD = 40


class PlanBoard(Painted):
    """`opened`: Enter or a double click on a task."""

    opened = Signal()
    moved = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.lines: tuple[PlanLine, ...] = ()
        self.days: tuple[date, ...] = ()
        self._at: UUID | None = None

    def show_plan(self, plan: PlanRow) -> None:
        """The cursor stays on its task if that is still here, else it goes to the first."""
        self.lines, self.days = plan_lines(plan), plan.days
        if self.current() is None:
            self._at = next((line.task.seen.rid for line in self.lines if line.task is not None), None)
        self.setMinimumHeight(self._high())
        self.updateGeometry()
        self._tell()

    def current(self) -> TaskRow | None:
        return next((line.task for line in self.lines if line.task and line.task.seen.rid == self._at), None)

    def pick(self, task: UUID) -> None:
        """Put the cursor on a task."""
        self._at = task
        self._tell()

    def cursor_rect(self) -> QRect:
        """Where the cursor is, to be scrolled to."""
        return next(
            (rect for line, rect in self._rects() if line.task and line.task.seen.rid == self._at), QRect()
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.current() is not None:
            self.opened.emit()
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self._step(1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for line, rect in self._rects():
            if line.task is not None and rect.contains(event.position().toPoint()):
                self.pick(line.task.seen.rid)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.cursor_rect().contains(event.position().toPoint()):
            self.opened.emit()

    def _step(self, step: int) -> None:
        rids = [line.task.seen.rid for line in self.lines if line.task is not None]
        if self._at in rids:
            self.pick(rids[min(max(rids.index(self._at) + step, 0), len(rids) - 1)])

    def _tell(self) -> None:
        task = self.current()
        gone = f" {task.basis.gone}，请复核" if task and task.to_review and task.basis else ""
        said = f"照护计划：{task.form.words} {task.when} {task.role}{gone}" if task else "照护计划"
        self.setAccessibleName(said)
        self.update()
        self.moved.emit()

    def _rects(self) -> list[tuple[PlanLine, QRect]]:
        found, top = [], look.sp(HEAD)
        for line in self.lines:
            found.append((line, QRect(0, top, self.width(), line.high)))
            top += line.high
        return found

    def _high(self) -> int:
        return look.sp(HEAD) + sum(line.high for line in self.lines) + 2

    def sizeHint(self) -> QSize:
        return QSize(look.sp(640), max(self._high(), look.sp(120)))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.sp(320), look.sp(120))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        wide = day_width(self.width(), len(self.days))
        week = self.width() - wide * len(self.days) - look.sp(8)
        self._paint_head(painter, week, wide)
        for line, rect in self._rects():
            if not rect.intersects(event.rect()):
                continue
            chosen = line.task is not None and line.task.seen.rid == self._at
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            draw_plan_line(painter, rect, line, chosen=chosen)
            if chosen and self.hasFocus():
                painter.setPen(QPen(look.colour("focus"), 2))
                painter.drawLine(rect.left(), rect.top() + 1, rect.right() + 1, rect.top() + 1)
                painter.drawLine(rect.left(), rect.bottom() - 1, rect.right() + 1, rect.bottom() - 1)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            last = week if line.task is not None else self.width()
            draw_plan_words(painter, QRect(rect.left(), rect.top(), last, rect.height()), line)
            for place, day in enumerate(line.task.week if line.task is not None else ()):
                room = QRect(week + place * wide, rect.top(), wide, rect.height())
                draw_day(painter, room, day, today=place == len(self.days) - 1)

    def _paint_head(self, painter: QPainter, week: int, wide: int) -> None:
        head = QRect(0, 0, self.width(), look.sp(HEAD))
        draw_words(painter, head.adjusted(look.sp(20), 0, 0, 0), "问题与照护项目", Script(Role.HINT, "text2"))
        for place, day in enumerate(self.days):
            room = QRect(week + place * wide, 0, wide, head.height())
            words = day_words(day, self.days[-1])
            draw_words(painter, room, words, Script(Role.SMALL, "text2", Qt.AlignmentFlag.AlignHCenter))
        bottom_line(painter, head, "border2")
