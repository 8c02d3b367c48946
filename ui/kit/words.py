"""Texts by role: plain labels, labels that elide, caption-and-value pairs, a sign as a widget."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ui.kit.paint import Painted, Script, draw_sign, draw_words, metrics
from ui.style import Role, look


class Words(QLabel):
    """A text in a role of the type scale. Always plain text: a name is never read as markup.

    `ink` is a text token (`text2`, `primary`, …) or a tone (`danger`); without it the role's own colour.
    """

    def __init__(self, text: str = "", role: Role = Role.BODY, *, ink: str = "", wrap: bool = False) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role.name.lower())
        if ink:
            self.setProperty("ink", ink)
        self.setWordWrap(wrap)
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def say(self, text: str, ink: str = "") -> None:
        """Change the text and its ink."""
        self.setText(text)
        look.restyle(self, "ink", ink)


class ElidedWords(Painted):
    """One line that gives way: what does not fit ends in … and stands in the tooltip."""

    def __init__(self, text: str = "", role: Role = Role.BODY, *, ink: str = "text") -> None:
        super().__init__()
        self._text, self._role, self._ink = text, role, ink
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    def text(self) -> str:
        return self._text

    def say(self, text: str, ink: str) -> None:
        """Change the text and its ink, as a painted text has it."""
        self._ink = ink
        self.setText(text)

    def setText(self, text: str) -> None:
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        measured = metrics(self._role)
        return QSize(measured.horizontalAdvance(self._text) + 2, measured.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(look.sp(40), metrics(self._role).height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        clipped = metrics(self._role).horizontalAdvance(self._text) > self.width()
        self.setToolTip(self._text if clipped else "")
        draw_words(painter, self.rect(), self._text, Script(self._role, self._ink))


class Sign(Painted):
    """A drawing as a widget of its own."""

    def __init__(self, name: str, size: int = 18, ink: str = "text2") -> None:
        super().__init__()
        self._name, self._size, self._ink = name, size, ink
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_sign(self, name: str, ink: str) -> None:
        """Draw another one, in another colour."""
        self._name, self._ink = name, ink
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look.sp(self._size), look.sp(self._size))

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_sign(QPainter(self), self.rect(), self._name, self._size, self._ink)


class Fact(QWidget):
    """A small grey caption over its value: 床位 / 2号楼 312-1."""

    def __init__(self, caption: str, value: str = "—", *, ink: str = "") -> None:
        super().__init__()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        self._value = Words(value, Role.BODY, ink=ink, wrap=True)
        self._value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box.addWidget(Words(caption, Role.HINT))
        box.addWidget(self._value)
        self._caption = caption
        self.say(value, ink)

    def say(self, value: str, ink: str = "") -> None:
        """Show another value; an empty one shows as —."""
        self._value.say(value or "—", ink)
        self.setAccessibleName(f"{self._caption} {value}")


class Line(QFrame):
    """A 1 px line between two parts of a card."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "line")


def size_words(size: int) -> str:
    """`312 kB`, `1.4 MB`."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} kB"
