"""Where a session stands on screen: which cards show, what the button at the foot does, where the keys go."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.rehab.queries.session_rows import SessionSheetRow
from ui.kit import LineField

if TYPE_CHECKING:
    from ui.rehab.session_layout import SessionPieces


class Stage(Enum):
    """From nothing said to recorded. `CANNOT`: nothing but its being not held can be said now."""

    CANNOT = "cannot"
    BEFORE = "before"
    LATER = "later"
    RUNNING = "running"
    AFTER = "after"
    DONE = "done"
    GROUP = "group"

    def lay_out(self, pieces: SessionPieces, sheet: SessionSheetRow | None) -> None:
        """Cards and buttons."""
        kept = sheet.recorded if sheet is not None else None
        running = kept is not None and kept.running
        shown: tuple[QWidget, ...] = {
            Stage.CANNOT: (pieces.before,),
            Stage.BEFORE: (pieces.before,),
            Stage.LATER: (pieces.times, pieces.before, pieces.after),
            Stage.RUNNING: (pieces.during, pieces.before),
            Stage.AFTER: (pieces.during, pieces.after, pieces.before),
            Stage.DONE: (pieces.done,),
            Stage.GROUP: (),
        }[self]
        if self is Stage.AFTER and running and sheet is not None and sheet.line.forgotten:
            shown = (pieces.times, *shown)  # it did not go on until now: when it ended has to be said
        pieces.show_group(grouped=self is Stage.GROUP)
        pieces.show_cards(*shown)
        pieces.other.setVisible(self in (Stage.CANNOT, Stage.BEFORE, Stage.LATER, Stage.RUNNING))
        pieces.other.say("中止" if self is Stage.RUNNING else "未进行")
        pieces.later.setVisible(self in (Stage.BEFORE, Stage.LATER))
        pieces.later.say("不是补记" if self is Stage.LATER else "补记")
        pieces.fix.setVisible(self is Stage.DONE and kept is not None)
        pieces.drop.setVisible(self is Stage.DONE)
        pieces.resume.setVisible(self is Stage.AFTER and running)
        self.say_main(pieces)

    def say_main(self, pieces: SessionPieces) -> None:
        """What Enter does now."""
        words, hint = {
            Stage.CANNOT: ("", ""),
            Stage.BEFORE: ("开始训练", "空格 下一格 · Enter"),
            Stage.LATER: ("保存补记", "Enter"),
            Stage.RUNNING: ("结束训练", "Enter"),
            Stage.AFTER: ("保存记录", "Enter"),
            Stage.DONE: ("", ""),
            Stage.GROUP: ("全部按计划记录", "空格"),
        }[self]
        if self is Stage.RUNNING and not pieces.during.empty:
            words = "停止并记下" if pieces.during.stops else "记下数值"
        pieces.main.setVisible(bool(words))
        pieces.main.say(words)
        pieces.hint.setText(hint)

    def first_field(self, pieces: SessionPieces) -> LineField | None:
        """Where what is typed on the list goes."""
        values = {
            Stage.BEFORE: pieces.before.values,
            Stage.LATER: pieces.before.values,
            Stage.RUNNING: pieces.during.values,
            Stage.AFTER: pieces.after.values,
        }.get(self)
        return None if values is None else next(iter(values.boxes.values())).field

    def focus(self, pieces: SessionPieces) -> None:
        """The keys into the card that is to be filled."""
        if self is Stage.GROUP:
            pieces.group.focus_first()
            return
        field = pieces.times.begun if self is Stage.LATER else self.first_field(pieces)
        if field is None:
            pieces.list.setFocus()
            return
        field.setFocus()
        pieces.bring(field)


def stage_of(sheet: SessionSheetRow | None, group_open: bool, *, later: bool, stopped: bool) -> Stage:  # noqa: FBT001  # one of its facts
    """`group_open`: a member of its group waits; `later`: it is written down afterwards; `stopped`: the clock was."""
    if sheet is None:
        return Stage.DONE
    kept = sheet.recorded
    if kept is None:
        if sheet.group and group_open:
            return Stage.GROUP
        if sheet.cannot:
            return Stage.CANNOT
        return Stage.LATER if later else Stage.BEFORE
    if kept.running:
        return Stage.AFTER if stopped else Stage.RUNNING
    return Stage.AFTER if kept.wanting else Stage.DONE
