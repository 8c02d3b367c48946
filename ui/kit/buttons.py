"""Buttons: one primary act per view, plain and quiet ones beside it, danger for what hurts; icon buttons."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from ui.kit.flow import Flow
from ui.kit.focus_ring import ringed
from ui.style import Role, look

Kind = Literal["primary", "plain", "quiet", "danger", "link"]
_ICON_INK = {
    "primary": "onprimary",
    "plain": "text2",
    "quiet": "text2",
    "danger": "danger.text",
    "link": "primary",
}


class Button(QPushButton):
    """A button with words. While `busy` it is disabled, keeps its width and says so."""

    def __init__(self, text: str, kind: Kind = "plain", *, icon: str = "", large: bool = False) -> None:
        super().__init__()
        self._words, self._icon, self._kind = text, icon, kind
        self._busy = False
        self.setProperty("kind", kind)
        if large:
            self.setProperty("high", "large")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        ringed(self)
        self.say(text)

    def say(self, text: str) -> None:
        """Change the words."""
        self._words = text
        self.setAccessibleName(text)
        self._refresh()

    def show_icon(self, icon: str) -> None:
        """Change the drawing."""
        self._icon = icon
        self._refresh()

    @property
    def busy(self) -> bool:
        return self._busy

    def set_busy(self, busy: bool, words: str = "") -> None:  # noqa: FBT001  # a Qt-like setter
        """Work goes on behind this button; `words` (稍候…) stand in for its own."""
        if busy == self._busy:
            return
        self._busy = busy
        self.setMinimumWidth(self.sizeHint().width() if busy else 0)
        self.setEnabled(not busy)
        self._refresh(words or "稍候…" if busy else "")

    def _refresh(self, instead: str = "") -> None:
        text = (instead or self._words).replace("&", "&&")
        icon = "loader-circle" if self._busy else self._icon
        look.set_icon(self, icon, 18, _ICON_INK[self._kind])
        # Qt leaves 4 px after an icon; two spaces make it the 10 px of the design.
        self.setText(f"  {text}" if icon and text else text)


class IconButton(QToolButton):
    """A 40 px button with a drawing only; its words are tooltip and accessible name."""

    def __init__(
        self, icon: str, words: str, *, size: int = 40, ink: str = "text2", framed: bool = False
    ) -> None:
        super().__init__()
        self._size, self._ink = size, ink
        self.setProperty("frame", "true" if framed else "false")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        ringed(self)
        self.say(icon, words)

    def say(self, icon: str, words: str) -> None:
        """Another drawing and other words."""
        look.set_icon(self, icon, 20 if self._size >= 36 else 18, self._ink)
        self.setToolTip(words)
        self.setAccessibleName(words)

    def sizeHint(self) -> QSize:
        return QSize(look.sp(self._size), look.sp(self._size))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class Chip(QPushButton):
    """A filter that is on or off, 34 px high, fully rounded."""

    def __init__(self, text: str, *, checked: bool = False) -> None:
        super().__init__(text.replace("&", "&&"))
        self.setProperty("kind", "chip")
        self.setCheckable(True)
        self.setChecked(checked)
        self.setAutoDefault(False)
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        ringed(self)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._fit()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        """Wide enough for the bold words it shows when on, so nothing jumps."""
        hint = super().sizeHint()
        return QSize(hint.width() + look.sp(8), hint.height())

    def _fit(self) -> None:
        # a radius above half the height falls back to square corners, so it follows the text size in three steps
        index = look.SCALES.index(look.scale()) if look.scale() in look.SCALES else 0
        look.restyle(self, "big", str(index))


class ChipRow(QWidget):
    """Chips of which exactly one is on, in as many rows as they need. `key` is the chosen one's key."""

    def __init__(self, choices: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        self.group = QButtonGroup(self)
        self.group.setExclusive(True)
        self._chips: dict[str, Chip] = {}
        self._row = Flow()
        self.setLayout(self._row)
        self.show_chips(choices)

    def show_chips(self, choices: tuple[tuple[str, str], ...]) -> None:
        """Other chips; the chosen one stays chosen where it is among them, else the first is."""
        before = next((key for key, chip in self._chips.items() if chip.isChecked()), "")
        for chip in self._chips.values():
            self.group.removeButton(chip)
            self._row.removeWidget(chip)
            chip.deleteLater()
        self._chips = {}
        known = [key for key, _ in choices]
        chosen = before if before in known else next(iter(known), "")
        for index, (key, text) in enumerate(choices):
            chip = Chip(text, checked=key == chosen)
            self._chips[key] = chip
            self.group.addButton(chip, index)
            self._row.addWidget(chip)

    @property
    def keys(self) -> list[str]:
        return list(self._chips)

    @property
    def key(self) -> str:
        return next(key for key, chip in self._chips.items() if chip.isChecked())

    def choose(self, key: str) -> None:
        self._chips[key].setChecked(True)

    def say(self, key: str, text: str) -> None:
        """Change a chip's words (a count in them)."""
        self._chips[key].setText(text.replace("&", "&&"))
        self._chips[key].setAccessibleName(text)


class _Option(QPushButton):
    def __init__(self, text: str, *, low: bool) -> None:
        super().__init__(text.replace("&", "&&"))
        self._words = text
        self.setProperty("kind", "option")
        if low:
            self.setProperty("high", "field")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        ringed(self)

    def sizeHint(self) -> QSize:
        """Room for the bold words it shows when chosen, at any text size; Qt's least size is the same."""
        words = QFontMetrics(look.font(Role.STRONG)).horizontalAdvance(self._words)
        return QSize(words + 24, super().sizeHint().height())


class OptionRow(QWidget):
    """Two to five equal buttons of which at most one is on; a wrong click is costly, so they are 44 px high.

    `low` makes them as high as the fields beside them, for forms.
    """

    def __init__(self, choices: tuple[tuple[str, str], ...], *, columns: int = 0, low: bool = False) -> None:
        super().__init__()
        self.group = QButtonGroup(self)
        self.group.setExclusive(True)
        self._buttons: dict[str, QPushButton] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        across = columns or len(choices)
        for index, (key, text) in enumerate(choices):
            button = _Option(text, low=low)
            self._buttons[key] = button
            self.group.addButton(button, index)
            grid.addWidget(button, index // across, index % across)
        for column in range(across):
            grid.setColumnStretch(column, 1)

    @property
    def key(self) -> str | None:
        """The chosen key, None before any choice."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), None)

    def choose(self, key: str | None) -> None:
        """Choose by key without a click; None takes the choice back."""
        if key is None:
            self.group.setExclusive(False)
            for button in self._buttons.values():
                button.setChecked(False)
            self.group.setExclusive(True)
            return
        self._buttons[key].setChecked(True)

    def button(self, key: str) -> QPushButton:
        return self._buttons[key]
