"""What a view shows instead of its content: nothing yet, loading, an error with its remedy, not allowed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.core.errors import Refusal, Trouble
from ui.kit.buttons import Button
from ui.kit.card import IconTile
from ui.kit.focus_home import takes_keys, within
from ui.kit.stack import StackLayout
from ui.kit.words import Words
from ui.style import Role, Tone

LOADING_AFTER_MS = 150
REMAINING_AFTER_MS = 3000


Act = tuple[str, Callable[[], object]]


@dataclass(frozen=True)
class Said:
    """What a state says: its sentence, what to do about it, and the act that does."""

    words: str
    how: str = ""
    act: Act | None = None


class StateView(QWidget):
    """Wraps a content widget. A list is never blank: it says what would be here and how to add it."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self._stack = StackLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._content = content
        self._page = _StatePage(self)
        self._had: QWidget | None = None
        self._stack.addWidget(content)
        self._stack.addWidget(self._page)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LOADING_AFTER_MS)
        self._timer.timeout.connect(lambda: self._show("loader-circle", None, Said("正在读取…")))

    @property
    def words(self) -> str:
        """The sentence now shown instead of the content; empty when the content shows."""
        return "" if self._stack.currentWidget() is self._content else self._page.words()

    def content(self) -> None:
        """Show the content; the keys go back to where they were in it, unless the person went elsewhere."""
        self._timer.stop()
        if self._stack.currentWidget() is self._content:
            return
        self._stack.setCurrentWidget(self._content)
        focused, had = self.window().focusWidget(), self._had
        # a view takes the keys itself where what it would give them to is not to be seen
        if had is not None and takes_keys(had) and (focused is None or focused.isAncestorOf(self)):
            had.setFocus()

    def loading(self) -> None:
        """An answer is awaited; said only after 150 ms, so that quick answers do not flicker."""
        self._timer.start()

    @contextmanager
    def asking(
        self, again: Callable[[], object] | None = None, forget: Callable[[], object] | None = None
    ) -> Iterator[None]:
        """Inside, an answer is awaited and shown. What is refused or fails is said instead, after `forget` has put
        away what was there; `again` asks once more.
        """
        self.loading()
        try:
            yield
        except Refusal as refusal:
            if forget is not None:
                forget()
            self.refused(refusal.text)
        except Trouble as trouble:
            if forget is not None:
                forget()
            self.error(trouble.text, trouble.remedy, again)

    def empty(self, words: str, how: str = "", act: Act | None = None) -> None:
        """Nothing is here: what would be, how it comes here, and the act that adds it."""
        self._show("inbox", None, Said(words, how, act))

    def error(self, words: str, remedy: str = "", again: Callable[[], object] | None = None) -> None:
        """It could not be read: what to do."""
        self._show("triangle-alert", Tone.DANGER, Said(words, remedy, ("再试一次", again) if again else None))

    def refused(self, words: str, who: str = "", act: Act | None = None) -> None:
        """This person may not see it: which right is missing and who has it, and the way on."""
        self._show("lock", Tone.ORANGE, Said(words, who, act))

    def _show(self, icon: str, tone: Tone | None, said: Said) -> None:
        self._timer.stop()
        if self._stack.currentWidget() is self._content:
            focused = self.window().focusWidget()
            self._had = focused if focused is not None and within(self._content, focused) else None
        self._page.show_state(icon, tone, said)
        self._stack.setCurrentWidget(self._page)


class _StatePage(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 24, 24, 24)
        box.setSpacing(8)
        centre = Qt.AlignmentFlag.AlignHCenter
        self._tile = IconTile("inbox", size=56, drawing=28)
        self._words = Words("", Role.CARD_TITLE, wrap=True)
        self._how = Words("", Role.HINT, wrap=True)
        self._button = Button("", "primary")
        self._act: Callable[[], object] | None = None
        self._button.clicked.connect(self._do)
        for label in (self._words, self._how):
            label.setAlignment(centre)
        box.addStretch(1)
        box.addWidget(self._tile, 0, centre)
        box.addSpacing(6)
        box.addWidget(self._words)
        box.addWidget(self._how)
        box.addSpacing(6)
        box.addWidget(self._button, 0, centre)
        box.addStretch(1)

    def words(self) -> str:
        return self._words.text()

    def show_state(self, icon: str, tone: Tone | None, said: Said) -> None:
        self._tile.show_icon(icon, tone)
        self._words.setText(said.words)
        self._how.setText(said.how)
        self._how.setVisible(bool(said.how))
        self._button.setVisible(said.act is not None)
        if said.act is not None:
            self._button.say(said.act[0])
        self._act = said.act[1] if said.act else None
        self.setAccessibleName(f"{said.words} {said.how}".strip())

    def _do(self) -> None:
        if self._act is not None:
            self._act()


class ProgressStrip(QFrame):
    """Long work: a bar, how far it is, the remaining time after 3 s, and a way to stop it. The window stays usable.

    `reported` may be called from any thread: `Watch(strip.reported.emit)`.
    """

    reported = Signal(int, int, str)
    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "tile")
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 10, 10, 12)
        box.setSpacing(6)
        row = QHBoxLayout()
        self._words = Words("", Role.BODY)
        self._count = Words("", Role.HINT)
        self._stop = Button("取消", "quiet")
        self._stop.setProperty("high", "small")
        row.addWidget(self._words, 1)
        row.addWidget(self._count)
        row.addWidget(self._stop)
        box.addLayout(row)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        box.addWidget(self._bar)
        self._clock = QElapsedTimer()
        self._stop.clicked.connect(self._cancel)
        self.reported.connect(self._report)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()

    def begin(self, words: str) -> None:
        """Work starts."""
        self._words.setText(words)
        self._count.setText("")
        self._bar.setRange(0, 0)
        self._stop.setEnabled(True)
        self._clock.start()
        self.show()

    def end(self) -> None:
        """Work is over, one way or the other."""
        self.hide()

    def said(self) -> str:
        """Words and count now shown."""
        return f"{self._words.text()} {self._count.text()}".strip()

    def _report(self, done: int, total: int, words: str) -> None:
        if words:
            self._words.setText(words)
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._count.setText(progress_words(done, total, self._clock.elapsed()))
        self.setAccessibleName(self.said())

    def _cancel(self) -> None:
        self._stop.setEnabled(False)
        self._words.setText("正在停止…")
        self.cancelled.emit()


def progress_words(done: int, total: int, elapsed_ms: int) -> str:
    """`1,200 / 14,000`, and after 3 s how long it will still take; `1,200` where the total is not known yet."""
    if total <= 0:
        return f"{done:,}"
    count = f"{done:,} / {total:,}"
    if elapsed_ms < REMAINING_AFTER_MS or done <= 0 or done >= total:
        return count
    seconds = round(elapsed_ms / 1000 * (total - done) / done)
    left = f"约 {max(1, seconds)} 秒" if seconds < 90 else f"约 {round(seconds / 60)} 分钟"
    return f"{count}，还要{left}"
