"""The rows of a plan: problems with their tasks, each with its week; and how they are painted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter

from app.care.queries import DayCount, PlanRow, TaskRow
from ui.kit.paint import Script, bottom_line, draw_sign, draw_words
from ui.style import Role, look

GROUP, TASK, DAY_LEAST, DAY_MOST = 52, 56, 46, 64
_CENTRE = Qt.AlignmentFlag.AlignHCenter


@dataclass(frozen=True)
class PlanLine:
    """A problem with its goal (`task` None), or a task under it; `over`: it is done no more."""

    title: str
    under: str
    task: TaskRow | None = None

    @property
    def review(self) -> bool:
        """Whether what the task was planned for no longer speaks for it."""
        return self.task is not None and self.task.to_review

    @property
    def over(self) -> bool:
        return self.task is not None and not self.task.running

    @property
    def high(self) -> int:
        return look.sp(GROUP if self.task is None else TASK)


def plan_lines(plan: PlanRow) -> tuple[PlanLine, ...]:
    """Problems in the order they were planned, then what is over."""
    lines: list[PlanLine] = []
    for problem, goal, tasks in plan.groups():
        lines.append(PlanLine(problem or "未写问题", f"目标：{goal}" if goal else "未写目标"))
        lines += [PlanLine(one.form.words, _under(one), one) for one in tasks]
    if plan.over:
        lines.append(PlanLine("已停止", f"{len(plan.over)} 项"))
        lines += [PlanLine(one.form.words, _over(one), one) for one in plan.over]
    return tuple(lines)


def day_width(width: int, days: int) -> int:
    """Room of one day: the words of the task come first."""
    return min(look.sp(DAY_MOST), max(look.sp(DAY_LEAST), (width - look.sp(300)) // max(days, 1)))


def draw_plan_line(painter: QPainter, rect: QRect, line: PlanLine, *, chosen: bool) -> None:
    """A row without its week."""
    if line.task is None:
        painter.fillRect(rect, look.colour("sunken"))
    elif chosen:
        painter.fillRect(rect, look.colour("sel"))
        painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), look.colour("primary"))
    bottom_line(painter, rect)


def draw_plan_words(painter: QPainter, rect: QRect, line: PlanLine) -> None:
    """The task's drawing, its words, and when and by whom it is done."""
    left = rect.left() + look.sp(20)
    if line.task is not None:
        ink = "text3" if line.over else "primary"
        draw_sign(painter, QRect(left, rect.top(), look.sp(20), rect.height()), line.task.icon, 20, ink)
        left += look.sp(34)
    top = QRect(left, rect.center().y() - look.sp(22), rect.right() - left - 8, look.sp(22))
    ink = "text2" if line.over else "text"
    draw_words(painter, top, line.title, Script(Role.STRONG, ink))
    under = top.translated(0, look.sp(22))
    if line.review:
        draw_sign(painter, under, "triangle-alert", 16, "warn.text")
        under = under.adjusted(look.sp(20), 0, 0, 0)
    draw_words(painter, under, line.under, Script(Role.HINT, "warn.text" if line.review else "text3"))


def draw_day(painter: QPainter, rect: QRect, day: DayCount, *, today: bool) -> None:
    """What became of a task on one day: unrecorded and otherwise are loud, done is quiet."""
    if not day.slots:
        draw_words(painter, rect, "·", Script(Role.BODY, "border2", _CENTRE))
        return
    if day.away == day.slots:
        draw_words(painter, rect, "外出", Script(Role.SMALL, "text3", _CENTRE))
        return
    tone = "danger" if day.overdue else "orange" if day.otherwise else ""
    inner = rect.adjusted(3, 9, -3, -10)
    if tone:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(f"{tone}.tint"))
        painter.drawRoundedRect(QRectF(inner), 6, 6)
    whole = day.done == day.slots
    if whole and day.slots == 1:
        sign = QRect(rect.center().x() - look.sp(9), rect.top(), look.sp(18), rect.height())
        draw_sign(painter, sign, "circle-check", 18, "ok.text")
        return
    ink = f"{tone}.text" if tone else "ok.text" if whole else "text2" if today else "text3"
    draw_words(
        painter, rect, f"{day.done}/{day.slots}", Script(Role.LABEL if tone else Role.HINT, ink, _CENTRE)
    )


def day_words(day: date, today: date) -> str:
    return "今天" if day == today else f"{day:%m-%d}"


def _under(task: TaskRow) -> str:
    form = task.form
    if task.to_review and task.basis is not None:
        return f"{task.basis.gone}，请复核（R） · {task.when}"
    ends = f" · 到 {form.ends:%m-%d}" if form.ends else ""
    note = f" · {form.note}" if form.note else ""
    return f"{task.when} · {task.role}{ends}{note}"


def _over(task: TaskRow) -> str:
    ends = f"到 {task.form.ends:%m-%d}" if task.form.ends else ""
    return " · ".join(part for part in (ends, task.reason, task.when) if part)
