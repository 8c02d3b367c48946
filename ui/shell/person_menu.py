"""The menu under the person's name: account, text size, lock, sign out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from ui.style import look

SIZES = (("标准字", 1.0), ("大字", 1.15), ("特大字", 1.3))


@dataclass(frozen=True)
class PersonActs:
    """What the entries do."""

    account: Callable[[str], object]
    size: Callable[[float], object]
    lock: Callable[[], object]
    sign_out: Callable[[], object]


def fill(menu: QMenu, acts: PersonActs) -> None:
    """Put the entries in, the present text size ticked."""
    _add(menu, "改密码", "key-round", lambda: acts.account("password"))
    _add(menu, "设 PIN", "shield-check", lambda: acts.account("pin"))
    menu.addSeparator()
    group = QActionGroup(menu)
    for words, scale in SIZES:
        action = menu.addAction(f"{words}  {round(scale * 100)}%")
        action.setCheckable(True)
        action.setChecked(scale == look.scale())
        action.triggered.connect(lambda _on=False, scale=scale: acts.size(scale))
        group.addAction(action)
    menu.addSeparator()
    _add(menu, "锁定\tCtrl+L", "lock", acts.lock)
    _add(menu, "退出登录", "log-out", acts.sign_out)


def _add(menu: QMenu, words: str, icon: str, act: Callable[[], object]) -> QAction:
    action = menu.addAction(look.icon(icon, 18), words)
    action.triggered.connect(lambda *_: act())
    return action
