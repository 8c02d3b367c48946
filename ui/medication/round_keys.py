"""The keys of the round, as F1 lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.kit import Key, bind

if TYPE_CHECKING:
    from ui.medication.round_view import RoundView


def bind_keys(view: RoundView) -> None:
    """Bind them; arrows, Space and Enter are the grid's own."""
    bind(
        view,
        Key("Up Down Left Right", "在老人和班次间移动"),
        Key("Space", "这一格该给的都已给，转到下一位"),
        Key("Return", "从这位老人起逐位给药"),
        Key("N", "没有给：按编号选原因", view.acts.not_given),
        Key("P", "必要时用药", view.acts.prn),
        Key("D", "这一格的详情", view.acts.details),
        Key("E", "更正这一格的记录", view.acts.correct),
        Key("Z", "撤销刚才的记录", view.acts.take_back),
        Key("F", "只看待给 / 看全部", view.filter),
        view.pieces.unreconciled.key(),
        Key("O", "打开老人的用药页", view.open_chart),
        Key("[", "前一天", lambda: view.turn_day(-1)),
        Key("]", "后一天", lambda: view.turn_day(1)),
        Key("PgUp", "前一层", lambda: view.turn_floor(-1)),
        Key("PgDown", "后一层", lambda: view.turn_floor(1)),
        Key("Ctrl+Return", "结束本班给药", view.acts.close_shift),
    )
