"""转诊: the course of one referral, its next step by one key, and everything that belongs to it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from app.core.changes import Changes
from app.referrals.queries.one import ReferralById, ReferralRow
from app.referrals.rules.acts import Act
from app.referrals.writing.begin import CHANGEABLE
from app.residents.queries import Chart
from ui.kit import Key, bind, latest
from ui.kit.view import Bench, Crumb, View
from ui.referrals.document_card import DIGITS
from ui.referrals.follow_acts import Back, ReferralActs
from ui.referrals.follow_layout import KEEP_BED, FollowPieces
from ui.referrals.follow_marks import LETTERS, TICK_MS

STARTED = "started"


class FollowView(View):
    """`{"referral": rid}`; `back`: where Esc leads to."""

    kinds: ClassVar[frozenset[str]] = frozenset(
        {"referral", "referral_return", "absence", "resident", "allergy"}
    )

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "转诊")
        self.rid: UUID | None = None
        self.row: ReferralRow | None = None
        self._back: Back = ("referrals", {})
        self.acts = ReferralActs(self, self.take_keys, self._here)
        self.pieces = FollowPieces(self, self.do, self.keep_bed)
        self._clock = QTimer(self)
        self._clock.setInterval(TICK_MS)
        self._clock.timeout.connect(self._tick)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.pieces.state)
        self._connect()

    # going about --------------------------------------------------------------------------------------------------

    def opened(self, params: Mapping[str, Any]) -> None:
        back = params.get("back", ("referrals", {}))
        self._back = (back, {}) if isinstance(back, str) else back
        rid: UUID | None = params.get("referral", params.get("record", self.rid))
        if rid != self.rid:
            self.rid, self.row = rid, None
            self.pieces.scroll.verticalScrollBar().setValue(0)
        self.take_keys()
        self.refresh()
        self._clock.start()

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        """Ask for the referral anew; of another one nothing stays on screen meanwhile."""
        if self.rid is None:
            self.pieces.state.empty("没有选中转诊", "从“转诊”里选一份打开。", ("去转诊", self.go_back))
            return
        with self.pieces.state.asking(self.refresh, self._forget):
            row = await self.errands.ask(ReferralById(self.rid))
            chart = await self.errands.ask(Chart(row.line.resident))
            self.row = row
            self.say_title(Crumb("转诊", "referrals"), Crumb(row.line.name))
            self.pieces.show(row, chart)
            self.acts.freshen(row)

    def record_shown(self) -> tuple[str, UUID] | None:
        """F8: this referral."""
        return None if self.rid is None else ("referral", self.rid)

    def go_back(self) -> None:
        self.bench.go(*self._back)

    def take_keys(self) -> None:
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and E mean something else on a button and on the line of times; only what they leave comes here."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier and not event.isAutoRepeat()
        act = {Qt.Key.Key_Space: self.next_step, Qt.Key.Key_E: self.change}.get(Qt.Key(event.key()))
        if act is not None and plain:
            act()
        elif plain and event.text() and event.text() in DIGITS:
            self.pieces.documents.open_line(int(event.text()))
        else:
            super().keyPressEvent(event)

    # acts ---------------------------------------------------------------------------------------------------------

    def do(self, act: Act) -> None:
        """An act by its button or letter."""
        if self.row is not None:
            self.acts.start(act, self.row)

    def by_letter(self, letter: str) -> None:
        """Of acts that share a letter the one that may be done now."""
        if self.row is None:
            return
        meant = [act for act, key in LETTERS.items() if key == letter]
        self.do(next((act for act in meant if self.row.offered(act) is not None), meant[0]))

    def next_step(self) -> None:
        """Space."""
        if self.row is not None:
            self.acts.main(self.row)

    def change(self) -> None:
        """E: the form, with what it says; one that was sent is set right there."""
        if self.row is None or not self.acts.may_write(self.row):
            return
        line = self.row.line
        if self.row.status not in CHANGEABLE:
            self.bench.notice.refused(f"这份转诊{self.row.status.words}，不能再改。")
        else:
            self.bench.go("referral", {"resident": line.resident, "record": line.rid, "back": self._here()})

    def print_pack(self) -> None:
        """P: the pack as it will leave the printer."""
        if self.row is not None:
            line = self.row.line
            asked = {"sheet": "referral-pack", "resident": line.resident, "record": line.rid}
            self.bench.go("preview", {**asked, "back": self._here()})

    def open_chart(self) -> None:
        """U: the resident's chart."""
        if self.row is not None:
            self.bench.go("chart", {"resident": self.row.line.resident, "back": "referrals"})

    def keep_bed(self) -> None:
        """The bed is kept longer, or no longer: a step of the stay."""
        if self.row is not None:
            self.bench.go(
                "chart", {"resident": self.row.line.resident, "stay": KEEP_BED, "back": "referrals"}
            )

    def tell(self) -> None:
        """F: the family was told."""
        if self.row is not None:
            self.acts.tell(self.row)

    def note_time(self, what: str) -> None:
        """A time of the green channel; by its own letter the channel is started."""
        if self.row is not None:
            self.acts.note_time(self.row, what)

    def call(self) -> None:
        """O: what is read out to 120."""
        if self.row is not None:
            self.acts.call(self.row)

    def hand_over(self) -> None:
        """V: what the crew took over."""
        if self.row is not None:
            self.acts.hand_over(self.row)

    # inside -------------------------------------------------------------------------------------------------------

    def _here(self) -> Back:
        return ("referral-follow", {"referral": self.rid, "back": self._back})

    def _forget(self) -> None:
        self.row = None

    def _tick(self) -> None:
        if self.isVisible():
            self.refresh()
        else:
            self._clock.stop()

    def _connect(self) -> None:
        pieces = self.pieces
        pieces.print.clicked.connect(self.print_pack)
        pieces.more.clicked.connect(self.hand_over)
        pieces.start_green.clicked.connect(partial(self.note_time, STARTED))
        pieces.green.noted.connect(self.note_time)
        pieces.green.asked.connect(self.note_time)
        cards = pieces.cards
        cards.content.act.clicked.connect(self.change)
        cards.consent.act.clicked.connect(partial(self.do, Act.CONSENT))
        cards.history.act.clicked.connect(partial(self.do, Act.STRIKE))
        cards.family.act.clicked.connect(self.tell)
        cards.call.act.clicked.connect(self.call)
        words: dict[str, list[str]] = {}
        for act, letter in LETTERS.items():
            words.setdefault(letter, []).append(act.words)
        bind(
            self,
            Key("Space", "下一步"),
            *(
                Key(letter, "、".join(said), partial(self.by_letter, letter))
                for letter, said in words.items()
            ),
            Key("E", "修改转诊内容"),
            Key("F", "告知家属", self.tell),
            Key("L", "启用绿色通道", partial(self.note_time, STARTED)),
            Key("I", "绿色通道时间：← → 选，空格记现在", pieces.green.setFocus),
            Key("O", "呼叫 120", self.call),
            Key("V", "与 120 交接", self.hand_over),
            Key("P", "打印转诊包", self.print_pack),
            Key(f"1 {DIGITS[-1]}", "打开文书：1 存档的转诊单，2 起医院来件"),
            Key("U", "打开老人档案", self.open_chart),
            Key("Esc", "返回", self.go_back),
        )
