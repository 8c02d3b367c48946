"""同步: how things stand, what needs a person, what waits and why, what the platform has confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.changes import Changes
from app.core.errors import Refusal, Trouble
from app.core.roles import GRANTS, Right
from app.core.roles import Role as Post
from app.registry import RECORDS
from app.sync.acts import ForgetPlatform, SendAgain, SyncNow
from app.sync.queries import Overview, Rows, SyncOverview, SyncRow, SyncRows
from ui.kit import Card, ChipRow, Key, StateView, ask_first, bind, errand, latest
from ui.kit.view import Bench, Crumb, View
from ui.style import look
from ui.sync.head_card import HeadCard
from ui.sync.items_model import More
from ui.sync.sections import CHIPS, EMPTY, chip_words, items_of
from ui.sync.settling import ask_settling
from ui.sync.strange_card import StrangeCard
from ui.sync.sync_list import SyncList
from ui.sync.trace_pane import TracePane

PAGE = 200
PANE_FROM = 900
"""Width from which list and story stand side by side; below it F8 shows the story."""
CALM_MS = 400
"""News during a long upload is shown so often and no more."""
PATIENCE_MS = 120_000
"""So long a pressed 立即同步 waits for the end of its round."""


class SyncView(View):
    """`{"filter": "aside"}` shows one of the lists at once."""

    kinds: ClassVar[frozenset[str]] = frozenset({"sync", *RECORDS})

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "同步")
        self.head = HeadCard(bench, self.sync_now)
        self.strange = StrangeCard(bench, self.ask_anew)
        self.chips = ChipRow(CHIPS)
        self.list = SyncList()
        self.state = StateView(self.list)
        self.pane = TracePane(self)
        self.said: Overview | None = None
        self.found: Rows | None = None
        self.kind = ""
        """Only rows of this kind, after a line that stood for many was opened."""
        self._pressed_at: object = None
        self._calm = self._timer(CALM_MS, self.refresh_now)
        self._over = self._timer(PATIENCE_MS, self._end_round)
        self._lay_out()
        self._connect()

    def opened(self, params: Mapping[str, Any]) -> None:
        if (chosen := params.get("filter")) in dict(CHIPS):
            self._choose(str(chosen))
        self.refresh_now()
        self.list.setFocus()

    def refresh(self, changes: Changes | None = None) -> None:
        """At most a few times a second, however much comes."""
        if not self._calm.isActive():
            self._calm.start()

    @latest
    async def refresh_now(self) -> None:
        """Ask again for state and list."""
        shown = 0 if self.found is None else len(self.found.rows)
        with self.state.asking(self.refresh_now):
            said = await self.errands.ask(SyncOverview())
            self._say(said)
            if not said.named:
                self._say_unset(said)
                return
            self._show(await self.errands.ask(SyncRows(self.chips.key, max(PAGE, shown), kind=self.kind)))

    @latest
    async def load_more(self) -> None:
        """Put the next stretch under the last row."""
        found = self.found
        if found is None or not found.more or not found.rows:
            return
        question = SyncRows(self.chips.key, PAGE, found.rows[-1].mark, self.kind)
        page = await self.errands.ask(question)
        if self.found is found:
            self.found = replace(page, rows=(*found.rows, *page.rows))
            self.list.items.add_items(page.rows)

    @latest
    async def show_current(self) -> None:
        """The story of the selected row."""
        row = self.list.current()
        if isinstance(row, SyncRow) and not self.pane.isHidden():
            await self.pane.show_row(self, row)
        elif not isinstance(row, SyncRow):
            self.pane.nothing()

    @errand
    async def sync_now(self) -> None:
        """F5: a round at once."""
        said = self.said
        if said is None or self.head.button.busy:
            return
        if why := self.head.why_not(said):
            self.bench.notice.refused(why)
            return
        self._pressed_at = said.at
        self.head.begin(said.waiting)
        self._over.start()
        try:
            await self.errands.do(SyncNow())
        except (Refusal, Trouble):
            self._end_round()
            raise

    @errand
    async def send_again(self, outbox: int) -> None:
        await self.errands.do(SendAgain(outbox), busy=self.pane.again)
        self.bench.notice.done("已放回待上传，马上再发一次。")

    def ask_anew(self) -> None:
        """Say how much would be looked for and sent again, before anything is."""
        received = 0 if self.found is None else self.found.counts["received"]
        text = (
            f"本站记得区平台收过 {received:,} 条。确定后会逐条到新的区平台核对，那里没有的重新上传；"
            "已经有的不会重复。\n只有区平台确实清空或换了服务器才这样做，请先向区平台问清楚。"
        )
        sheet = ask_first(self, "全部重新上传？", text, "全部重新上传", grave=True)
        sheet.done_with.connect(self.forget)

    @errand
    async def forget(self) -> None:
        count = await self.errands.do(ForgetPlatform(), busy=self.strange.anew)
        self.bench.notice.done(f"{count:,} 条正在重新核对，区平台没有的会再上传。")

    def record_shown(self) -> tuple[str, UUID] | None:
        """F8: the selected row's record."""
        row = self.list.current()
        return (row.kind, row.record) if isinstance(row, SyncRow) and row.record else None

    # inside -------------------------------------------------------------------------------------------------------

    def _say(self, said: Overview) -> None:
        self.said = said
        self._fit()
        if self.head.button.busy:
            if said.at != self._pressed_at:
                self._end_round()
            else:
                self.head.begin(said.waiting)
        self.head.show_overview(said)
        self.strange.say(said.words if said.emptied else "")

    def _say_unset(self, said: Overview) -> None:
        self.found = None
        self.list.set_items(())
        count = f"{said.waiting:,} 条记录留在本机，连上以后会按顺序上传。" if said.waiting else ""
        if self.bench.actor.may(Right.CHANGE_SETTINGS):
            act = ("去设置区平台", lambda: self.bench.go("settings", {"page": "platform"}))
            self.state.empty("还没有连区平台", count, act)
            return
        who = "、".join(post.words for post in Post if post in GRANTS[Right.CHANGE_SETTINGS])
        self.state.empty("还没有连区平台", f"{count}请{who}在“设置”里填写区平台地址。")

    def _show(self, found: Rows) -> None:
        self.found = found
        for key, words in CHIPS:
            self.chips.say(key, chip_words(words, found.counts[key]))
        chip = self.chips.group.button([key for key, _ in CHIPS].index("held"))
        chip.setVisible(bool(found.counts["held"]) or self.chips.key == "held")  # most houses have none
        self.list.set_items(items_of(self.bench, self.said, self.chips.key, found))
        if found.rows:
            self.state.content()
        else:
            self.state.empty(*EMPTY[self.chips.key])
        self.show_current()

    def _open(self, item: object) -> None:
        if isinstance(item, More):
            self._choose(item.group)
            self.refresh_now()
        elif isinstance(item, SyncRow) and item.record is None:
            self._choose(item.group, item.kind)
            self.refresh_now()
        elif isinstance(item, SyncRow) and self.pane.row is not None and self.pane.row.key == item.key:
            self.pane.open_record()
        elif isinstance(item, SyncRow) and item.place and self.pane.isHidden():
            self._go_to(item.place, item.target)

    def _go_to(self, place: str, target: object) -> None:
        key = {"chart": "resident", "assessment": "assessment"}.get(place)
        self.bench.go(place, {key: target} if key else {"page": "institution"})

    def _choose(self, group: str, kind: str = "") -> None:
        self.chips.choose(group)
        self.kind, self.found = kind, None
        crumbs = (Crumb("同步", "sync"), Crumb(RECORDS[kind].title)) if kind else (Crumb("同步"),)
        self.say_title(*crumbs)

    def _turn(self) -> None:
        self._choose(self.chips.key)
        self.refresh_now()

    def _end_round(self) -> None:
        self._over.stop()
        self.head.end()
        if self.said is not None:
            self.head.show_overview(self.said)

    def _scrolled(self) -> None:
        bar = self.list.verticalScrollBar()
        if bar.maximum() - bar.value() < 2 * self.list.viewport().height():
            self.load_more()

    def _timer(self, after_ms: int, act: Any) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after_ms)
        timer.timeout.connect(act)
        return timer

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The story stands beside the list where there is room, and something to tell."""
        named = self.said is None or self.said.named
        beside = named and self.width() >= look.sp(PANE_FROM)
        if beside == self.pane.isHidden():
            self.pane.setVisible(beside)
            self.show_current()

    def _connect(self) -> None:
        self.chips.group.buttonClicked.connect(self._turn)
        self.list.picked.connect(self.show_current)
        self.list.opened.connect(self._open)
        self.list.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.pane.again_asked.connect(self.send_again)
        self.pane.open_asked.connect(self._go_to)
        self.pane.settle_asked.connect(lambda row, choice, ours: ask_settling(self, row, choice, ours=ours))
        bind(
            self,
            Key("F5", "立即同步", self.sync_now),
            Key("Up Down", "选择"),
            Key("Return", "打开记录，或逐条列出"),
            Key("Left", "前一个列表", lambda: self._next_list(-1)),
            Key("Right", "后一个列表", lambda: self._next_list(1)),
            Key("Esc", "回到全部", self._back),
            Key("R", "再发一次（搁置的）", self.pane.send_again),
            Key("C", "复制回执号", self.pane.copy_receipt),
            Key("B", "冲突：采用本站的", lambda: self.pane.settle(ours=True)),
            Key("P", "冲突：采用区平台的", lambda: self.pane.settle(ours=False)),
        )

    def _back(self) -> None:
        if self.chips.key != "all" or self.kind:
            self._choose("all")
            self.refresh_now()

    def _next_list(self, by: int) -> None:
        keys = [key for place, (key, _) in enumerate(CHIPS) if not self.chips.group.button(place).isHidden()]
        self._choose(keys[(keys.index(self.chips.key) + by) % len(keys)])
        self.refresh_now()

    def _lay_out(self) -> None:
        card = Card(flush=True)
        head = QVBoxLayout()
        head.setContentsMargins(16, 14, 16, 12)
        head.addWidget(self.chips)
        card.body.addLayout(head)
        self.state.setMinimumHeight(look.sp(220))
        card.body.addWidget(self.state, 1)
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(20)
        row.addWidget(card, 5)
        row.addWidget(self.pane, 6)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(16)
        for piece in (self.head, self.strange):
            box.addWidget(piece)
        box.addWidget(both, 1)
