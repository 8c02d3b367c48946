"""The keys of the guided round: bound to the acts, said to F1, and done by the buttons that stand for them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ui.kit import Key, bind

if TYPE_CHECKING:
    from ui.medication.guided_view import GuidedView


class GuidedKeys:
    """Digits and Enter come from the list itself: a scanner types them faster than any shortcut should act."""

    def __init__(self, view: GuidedView) -> None:
        self._view = view
        self.keys = self._made()
        bind(view, *self.keys)
        view.list.typed.connect(self._typed)
        view.list.asked.connect(self.press)
        view.list.moved.connect(view.walk.keep_in_sight)
        view.walk.hints.asked.connect(self.press)
        view.walk.rest.clicked.connect(lambda: view.giving.space())  # noqa: PLW0108  # the signal carries whether it is on
        view.walk.head.turned.connect(self._turn)
        view.walk.side.next.asked.connect(lambda: view.step(1))
        view.walk.side.later.chosen.connect(lambda rid: view.go_to(rid))  # noqa: PLW0108  # the signal carries object
        summary = view.pieces.summary
        summary.closed.connect(view.close_shift)
        summary.left.connect(view.go_board)
        summary.walked.connect(view.walk_again)
        summary.begun.connect(view.next_round)

    def press(self, key: str) -> None:
        """As the key whose sign a button carries."""
        for one in self.keys:
            if key == one.shown and one.act is not None:
                one.act()

    def _made(self) -> tuple[Key, ...]:
        view, giving = self._view, self._view.giving
        return (
            Key("Space", "不用核对的全部已给，转到下一位；有要核对的停在那一行", giving.space),
            Key("Up", "上一种药", partial(self._move, -1)),
            Key("Down", "下一种药", partial(self._move, 1)),
            Key("Return", "只给光标这一种"),
            Key("R", "拒服", giving.refuse),
            Key("Shift+R", "全部拒服", partial(giving.refuse, everything=True)),
            Key("H", "按规则暂停", giving.hold),
            Key("L", "外出、住院", giving.away),
            Key("N", "其他原因，按数字选", giving.other),
            Key("Shift+N", "全部记同一个原因", partial(giving.other, everything=True)),
            Key("P", "只给了一部分", giving.partly),
            Key("V", "测量并录入", view.asking.ask_value),
            Key("G", "核对不符仍要给，写原因", giving.despite),
            Key("S", "稍后再来", view.put_off),
            view.pieces.unreconciled.key(),
            Key("Z", "撤销刚才的记录", giving.take_back),
            Key("Right", "下一位", partial(view.step, 1)),
            Key("Left", "上一位", partial(view.step, -1)),
            Key("T", "转到刚扫腕带的老人", self._turn),
            Key("Esc", "关掉提问", self._escape),
            Key("Ctrl+Return", "结束本班", view.close_shift),
        )

    def _typed(self, sign: str) -> None:
        """A digit or Enter outside a field: a scanner's code, else a number for the panel, else the row."""
        scanner, panel = self._view.scans.scanner, self._view.asking.panel
        if sign != "\r":
            scanner.feed(sign)
            if panel is not None:
                panel.digit(sign)
        elif code := scanner.take():
            self._view.scans.scanned(code)
        elif panel is not None:
            panel.confirm()
        else:
            self._view.giving.enter()

    def _escape(self) -> None:
        view = self._view
        if view.asking.panel is not None:
            view.asking.drop()
        elif view.scans.wrong is not None:
            view.scans.clear()
            view.showing.scans()

    def _turn(self) -> None:
        """To the resident whose wristband was scanned: it is the right one there."""
        view, wrong = self._view, self._view.scans.wrong
        if wrong is not None and wrong.here:
            view.scans.verified[wrong.found.rid] = view.bench.desk.clock.now()
            view.go_to(wrong.found.rid)

    def _move(self, by: int) -> None:
        if self._view.asking.panel is None:
            self._view.list.step(by)
