"""The small sheet of one session: what it is, how it stands, and the way to its record, another time, or its end."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout

from app.care.rules import clock_words, minute_of
from app.rehab.queries.week_rows import BoardSession
from ui.kit import Button, Fact, Key, Sheet, Words, bind
from ui.kit.view import View
from ui.rehab.week_chip import state_words
from ui.style import Role

_WEEKDAYS = "一二三四五六日"


class SessionSheet(Sheet):
    """Enter: its record. `moving`: another time by date and hour; `cancelling`: it is not to be held."""

    recording = Signal()
    moving = Signal()
    cancelling = Signal()

    def __init__(self, view: View, session: BoardSession, clashes: tuple[str, ...]) -> None:
        super().__init__(view, f"{session.residents}　{session.words}", width=560)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.session = session
        ends = clock_words(minute_of(session.time) + session.minutes)
        day = f"{session.day:%m-%d} 周{_WEEKDAYS[session.day.weekday()]}"
        facts = (
            Fact("时间", f"{day} {session.time}–{ends}（{session.minutes} 分钟）"),
            Fact("康复师", session.therapist_name),
            Fact("项目", f"{session.short} {session.words}"),
            Fact("地点", session.place),
            Fact("状态", state_words(session) + ("，已改期" if session.moved else "")),
            Fact("说明", session.note),
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(12)
        for place, fact in enumerate(facts):
            grid.addWidget(fact, place // 2, place % 2)
        for column in range(2):
            grid.setColumnStretch(column, 1)
        self.body.addLayout(grid)
        if len(session.members) > 1:
            names = "、".join(member.name for member in session.members)
            self.body.addWidget(Words(f"组员：{names}", Role.HINT, ink="text2", wrap=True))
        for words in clashes:
            self.body.addWidget(Words(words, ink="danger", wrap=True))
        if session.tentative:
            self.body.addWidget(Words("康复计划还没有生效（签名或知情同意未齐）。", ink="warn", wrap=True))
        self._offer_acts()

    def _offer_acts(self) -> None:
        if self.session.movable:
            for words, key, signal in (("取消这次", "Delete", self.cancelling), ("改期", "R", self.moving)):
                button = Button(words, "plain")
                button.setToolTip(f"快捷键：{key}")
                button.clicked.connect(self.accept)
                button.clicked.connect(signal)
                self.acts.addWidget(button)
                bind(self, Key(key, words, button.click))
        main = self.offer("训练记录", cancel="")
        main.clicked.connect(self.accept)
        self.done_with.connect(self.recording)
        main.setFocus()
