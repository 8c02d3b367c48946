"""Badge, tag, tags and count: short words on a tint of their tone."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui.kit.paint import (
    BADGE_HEIGHT,
    TAG_HEIGHT,
    Mark,
    Painted,
    Script,
    draw_initial,
    draw_pill,
    draw_words,
    metrics,
    pill_width,
)
from ui.kit.pictures import draw_round
from ui.style import Role, Tone, look


class _Pill(Painted):
    _dot = False
    _height = TAG_HEIGHT

    def __init__(self, text: str = "", tone: Tone = Tone.NEUTRAL, *, icon: str = "") -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._icon = icon
        self.say(text, tone)

    def say(self, text: str, tone: Tone) -> None:
        """Show another word in another tone."""
        self._text, self._tone = text, tone
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def show_mark(self, mark: Mark) -> None:
        """Another word, tone and sign at once."""
        self._icon = mark.icon
        self.say(mark.text, mark.tone)

    def text(self) -> str:
        return self._text

    def sizeHint(self) -> QSize:
        width = pill_width(self._text, dot=self._dot, icon=bool(self._icon))
        return QSize(width, look.sp(self._height))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_pill(painter, self.rect(), Mark(self._text, self._tone, self._icon), dot=self._dot)


class Badge(_Pill):
    """A state: dot and two to four characters, 26 px high."""

    _dot = True
    _height = BADGE_HEIGHT


class Tag(_Pill):
    """A property: no dot, 24 px high, a sign before it if given."""


class CountBadge(_Pill):
    """A number in a pill, for navigation and tabs."""

    def count(self, number: int, tone: Tone = Tone.NEUTRAL) -> None:
        """Show a number; none at zero."""
        self.say("99+" if number > 99 else str(number), tone)
        self.setVisible(number > 0)

    def sizeHint(self) -> QSize:
        return QSize(max(look.sp(28), pill_width(self._text, dot=False)), look.sp(self._height))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_pill(painter, self.rect(), Mark("", self._tone), dot=False)
        script = Script(Role.LABEL, f"{self._tone}.text", Qt.AlignmentFlag.AlignHCenter)
        draw_words(painter, self.rect(), self._text, script)


class Tags(QWidget):
    """At most `most` tags in a row, then +n."""

    def __init__(self, marks: tuple[Mark, ...] = (), most: int = 2) -> None:
        super().__init__()
        self._most = most
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self.show_marks(marks)

    def show_marks(self, marks: tuple[Mark, ...]) -> None:
        """Replace what is shown."""
        while (item := self._row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for mark in marks[: self._most]:
            self._row.addWidget(Tag(mark.text, mark.tone, icon=mark.icon))
        if len(marks) > self._most:
            rest = Tag(f"+{len(marks) - self._most}")
            rest.setToolTip("、".join(mark.text for mark in marks[self._most :]))
            self._row.addWidget(rest)
        self._row.addStretch(1)
        self.setAccessibleName("、".join(mark.text for mark in marks))


class Avatar(Painted):
    """The first character of a name on a round tint, toned by level, or a photo: never one of the wrong person."""

    def __init__(self, name: str = "", tone: Tone = Tone.NEUTRAL, size: int = 36) -> None:
        super().__init__()
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_person(name, tone)

    def show_person(self, name: str, tone: Tone) -> None:
        """Show another person."""
        self._name, self._tone = name, tone
        self._photo: QImage | None = None
        self.setAccessibleName(name)
        self.update()

    def show_photo(self, photo: QImage | None) -> None:
        """The photo of whoever it shows now; None: the initial. Another person comes without one."""
        self._photo = photo
        self.update()

    @property
    def photo(self) -> QImage | None:
        return self._photo

    def sizeHint(self) -> QSize:
        return QSize(look.sp(self._size), look.sp(self._size))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRect(0, 0, self.width(), self.height())
        if self._photo is not None:
            draw_round(painter, room, self._photo)
        else:
            draw_initial(painter, room, self._name[:1], self._tone)


class SimilarMark(Tag):
    """Carried by people whose names on one floor could be mistaken for each other."""

    def __init__(self, others: str) -> None:
        super().__init__("名字相近", Tone.WARN, icon="triangle-alert")
        self.setToolTip(f"同层还有：{others}。请核对床位和出生年份。")


def tag_widths(marks: tuple[Mark, ...], room: int, most: int = 2) -> tuple[list[int], int]:
    """Widths of the tags that fit into `room` px, and how many are left over."""
    widths: list[int] = []
    rest_width = metrics(Role.HINT).horizontalAdvance("+9") + 8
    for mark in marks[:most]:
        width = pill_width(mark.text, dot=False, icon=bool(mark.icon))
        rest = len(marks) - len(widths) - 1
        if sum(widths) + 8 * len(widths) + width + (rest_width if rest else 0) > room:
            break
        widths.append(width)
    return widths, len(marks) - len(widths)
