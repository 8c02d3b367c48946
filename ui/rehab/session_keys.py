"""The keys and signals of the session view: each button's act, Enter in any field, letters on the list."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ui.kit import Key, bind

if TYPE_CHECKING:
    from ui.rehab.session_view import SessionView


def connect(view: SessionView) -> None:
    """Once, when the view is made."""
    pieces, acts = view.pieces, view.acts
    pieces.list.on_picked(view.turn_to)
    pieces.list.on_opened(lambda _row: view.go_in())
    pieces.list.typed.connect(view.begin_typing)
    for card in (pieces.before, pieces.during, pieces.after, pieces.times):
        card.changed.connect(view.edited)
        card.entered.connect(view.main_act)
    pieces.group.recorded.connect(view.main_act)
    pieces.group.opened.connect(lambda key: view.open_member(key))  # noqa: PLW0108  # the signal carries object
    pieces.group.changed.connect(view.edited)
    pieces.main.allowed.connect(view.main_act)
    pieces.other.allowed.connect(lambda: acts.otherwise())  # noqa: PLW0108  # the signal must not fill its argument
    pieces.later.clicked.connect(view.write_later)
    pieces.fix.clicked.connect(acts.correct)
    pieces.drop.clicked.connect(acts.retract)
    pieces.resume.clicked.connect(acts.go_on)
    pieces.day.chosen.connect(lambda day: view.go_day(day))  # noqa: PLW0108  # the signal carries object
    pieces.scope.group.buttonClicked.connect(lambda: view.choose_scope())  # noqa: PLW0108  # it carries a button
    _bind(view)


def _bind(view: SessionView) -> None:
    pieces, acts = view.pieces, view.acts
    bind(
        view,
        Key("Return", "底部按钮：开始、结束、保存"),
        Key("Space", "下一个输入框"),
        Key("Ctrl+Return", "同 Enter，在任何地方", view.main_act),
        Key("Esc", "回到列表；在列表上回到来处", view.to_list),
        Key("Ctrl+D", "未进行，或中止训练", acts.otherwise),
        Key("Ctrl+B", "补记已做完的训练", view.write_later),
    )
    bind(
        pieces.list,
        Key("0 1 2 3 4 5 6 7 8 9", "直接输入血压"),
        Key("R", "拒绝", partial(acts.otherwise, "refused")),
        Key("A", "缺席", partial(acts.otherwise, "absent")),
        Key("S", "因病暂停", partial(acts.otherwise, "sick")),
        Key("E", "更正这次记录", acts.correct),
        Key("D", "撤销这次记录", acts.retract),
        Key("G", "继续训练", acts.go_on),
        Key("[", "前一天", partial(pieces.day.step, -1)),
        Key("]", "后一天", partial(pieces.day.step, 1)),
        Key("L", "我的／全部", view.switch_scope),
    )
