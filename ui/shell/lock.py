"""The lock page: frosted glass over the work, a card to come back with, nothing of any resident to be read."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.access.doorplate import Doorplate
from app.core.clock import Clock
from app.core.roles import Actor
from ui.kit.buttons import Button
from ui.kit.card import ScrollBody
from ui.kit.words import Sign, Words
from ui.shell.brand import draw_mark
from ui.shell.frost import Frost
from ui.shell.scene import date_words
from ui.shell.sign_in import SignIn
from ui.shell.unlock_card import UnlockCard
from ui.style import Role, look

LOW = 640
PROMISE = "锁定时看不到任何老人的信息。"


class LockPage(Frost):
    """Made when the screen is locked and thrown away when it is unlocked."""

    unlock_asked = Signal(str)
    switch_asked = Signal(str, str)
    sign_out_asked = Signal()

    def __init__(self, actor: Actor, plate: Doorplate, clock: Clock, zone: str) -> None:
        super().__init__()
        self._clock, self._zone = clock, zone
        self.unlock = UnlockCard(actor)
        self.other = SignIn(in_lock=True)
        self.other.show_plate(plate)
        self._back = Button("返回解锁", "quiet", icon="arrow-left")
        self._clock_words = Words(date_words(clock, zone)[0], Role.BIG_NUMBER)
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(lambda: self._clock_words.setText(date_words(clock, zone)[0]))
        self._tick.start()
        self._lay_out(plate)
        self.unlock.asked.connect(self.unlock_asked)
        self.unlock.sign_out_asked.connect(self.sign_out_asked)
        self.unlock.switch_asked.connect(self._show_other)
        self.other.asked.connect(self.switch_asked)
        self._back.clicked.connect(self.show_unlock)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.unlock.set_low(low=self.height() < look.sp(LOW))

    def cover_work(self, picture: QPixmap, why: str) -> None:
        """Frost this picture of the work and say why."""
        self.cover(picture)
        self.unlock.say_why(why)

    def show_unlock(self) -> None:
        """The card of the person who locked."""
        self.other.hide()
        self._back.hide()
        self.unlock.show()
        self.unlock.secret.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_other(self) -> None:
        self.unlock.hide()
        self.other.show()
        self._back.show()
        self.other.begin()

    def _lay_out(self, plate: Doorplate) -> None:
        scroll = ScrollBody((16, 8, 16, 8), 10)
        scroll.body.addStretch(1)
        cards = QHBoxLayout()
        cards.addStretch(1)
        cards.addWidget(self.unlock)
        cards.addWidget(self.other)
        cards.addStretch(1)
        scroll.body.addLayout(cards)
        scroll.body.addWidget(self._back, 0, Qt.AlignmentFlag.AlignHCenter)
        scroll.body.addStretch(1)
        self.other.hide()
        self._back.hide()
        head = QGridLayout()
        head.setContentsMargins(32, 24, 32, 0)
        head.addWidget(_Place(plate), 0, 0, Qt.AlignmentFlag.AlignLeft)
        head.addWidget(self._clock_words, 0, 1, Qt.AlignmentFlag.AlignRight)
        foot = QHBoxLayout()
        foot.setContentsMargins(32, 4, 32, 16)
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(Sign("shield-check", 18))
        foot.addWidget(Words(PROMISE, Role.HINT, ink="text2"))
        foot.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(head)
        box.addWidget(scroll, 1)
        box.addLayout(foot)


class _Place(QWidget):
    """The mark with program and place beside it."""

    def __init__(self, plate: Doorplate) -> None:
        super().__init__()
        box = QVBoxLayout(self)
        box.setContentsMargins(look.sp(52), 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(Words("医养工作站", Role.NAME))
        box.addWidget(Words(f"{plate.institution} · {plate.station}", Role.HINT, ink="text2"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_mark(painter, QRectF(0, (self.height() - look.sp(40)) / 2, look.sp(40), look.sp(40)))
