"""The top bar: where one is, the global search, theme, and the person with their menu."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy

from app.core.roles import Actor
from ui.kit.buttons import IconButton
from ui.kit.inputs import SearchField
from ui.kit.steps import Crumbs
from ui.kit.view import Crumb
from ui.shell.recent import PersonButton, tone_of
from ui.style import look

HEIGHT = 64


class TopBar(QFrame):
    """`searched` carries what was typed and confirmed; `menu_asked` an empty menu to fill."""

    searched = Signal(str)
    crumb_chosen = Signal(object)
    theme_asked = Signal()
    keys_asked = Signal()
    menu_asked = Signal(QMenu)

    def __init__(self, actor: Actor) -> None:
        super().__init__()
        self.setProperty("surface", "bar")
        self._path: tuple[Crumb, ...] = ()
        self.crumbs = Crumbs()
        self.crumbs.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.search = SearchField("全局搜索", "老人姓名、床位、编号", sunken=True, keys="Ctrl K")
        self.theme = IconButton("moon", "换成深色")
        self.keys = IconButton("keyboard", "这一页的快捷键（F1）")
        self.person = PersonButton(actor.name, actor.role.words, tone_of(actor.number))
        self.person.setToolTip(f"{actor.name} · {actor.role_words} · 工号 {actor.number}")
        self._menu = QMenu(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 14, 1)
        row.setSpacing(8)
        row.addWidget(self.crumbs, 1)
        row.addWidget(self.search, 3)
        row.addSpacing(6)
        for piece in (self.keys, self.theme, self.person):
            row.addWidget(piece)
        self.fit()
        self.search.returnPressed.connect(self._search)
        self.theme.clicked.connect(self.theme_asked)
        self.keys.clicked.connect(self.keys_asked)
        self.person.clicked.connect(self.show_menu)
        self.crumbs.chosen.connect(lambda depth: self.crumb_chosen.emit(self._path[depth]))

    def fit(self) -> None:
        """Take the sizes and the sign that go with theme and text size."""
        self.setFixedHeight(look.sp(HEIGHT))
        self.search.setMinimumWidth(look.sp(180))
        self.search.setMaximumWidth(look.sp(320))
        self.theme.say(*(("sun", "换成浅色") if look.theme().dark else ("moon", "换成深色")))

    def show_path(self, path: tuple[Crumb, ...]) -> None:
        """Title, with the way to it before it."""
        self._path = path
        self.crumbs.show_path(*(crumb.words for crumb in path))

    def show_menu(self) -> None:
        """The person's menu, under their name."""
        self._menu.clear()
        self.menu_asked.emit(self._menu)
        corner = self.person.mapToGlobal(QPoint(self.person.width(), self.person.height() + 4))
        self._menu.popup(corner - QPoint(self._menu.sizeHint().width(), 0))

    def begin_search(self) -> None:
        """Ctrl+K: type at once, whatever stood there is replaced."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _search(self) -> None:
        if text := self.search.text().strip():
            self.searched.emit(text)
