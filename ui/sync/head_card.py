"""The card on top of 同步: how things stand with the platform, the figures, and 立即同步."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.roles import GRANTS, Right
from app.core.roles import Role as Post
from app.sync.queries import Overview
from ui.kit import Button, Card, ElidedWords, Words
from ui.kit.card import IconTile
from ui.kit.flow import Flow
from ui.kit.view import Bench
from ui.style import Role, look
from ui.sync.clock import short
from ui.sync.signs import PHASE_SIGNS


class Figure(QWidget):
    """A small label over a number with its unit: 待上传 12 条."""

    def __init__(self, label: str) -> None:
        super().__init__()
        self._label = label
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 28, 0)
        box.setSpacing(0)
        box.addWidget(Words(label, Role.HINT))
        row = QHBoxLayout()
        row.setSpacing(5)
        self.number = Words("—", Role.TILE_NUMBER)
        self.unit = Words("", Role.HINT)
        row.addWidget(self.number)
        row.addWidget(self.unit)
        row.addStretch(1)
        box.addLayout(row)
        self.setMinimumWidth(look.sp(96))

    def say(self, number: str, unit: str = "条", ink: str = "") -> None:
        """Show another number; `ink` only where it says something."""
        self.number.say(number, ink)
        self.unit.setText(unit)
        self.setAccessibleName(f"{self._label} {number} {unit}".strip())
        self.updateGeometry()


class HeadCard(Card):
    """`press` is what 立即同步 does; the button is pale where pressing could do nothing, and says why."""

    def __init__(self, bench: Bench, press: Callable[[], object]) -> None:
        super().__init__()
        self._bench = bench
        self.tile = IconTile("clock", size=48, drawing=24)
        self.title = Words("", Role.PAGE_TITLE)
        self.about = ElidedWords("", Role.HINT, ink="text3")
        self.why = Words("", Role.HINT, wrap=True)
        self.figures = {
            key: Figure(label)
            for key, label in (
                ("waiting", "待上传"),
                ("success", "上次完整成功"),
                ("aside", "搁置"),
                ("conflicts", "冲突"),
                ("received", "今日已收"),
            )
        }
        self.button = Button("立即同步  F5", "primary", icon="refresh-cw", large=True)
        self.button.clicked.connect(press)
        self._lay_out()

    def show_overview(self, said: Overview) -> None:
        """Show how things stand."""
        icon, tone = PHASE_SIGNS[said.phase]
        self.tile.show_icon(icon, tone)
        self.title.say(said.title, str(tone))
        parts = (f"区平台 {said.host}" if said.host else "记录都留在本机", *self._measured(said))
        self.about.setText(" · ".join(part for part in parts if part))
        self.why.setText(self._why(said))
        self.why.setVisible(bool(self.why.text()))
        say = self.figures
        say["waiting"].say(f"{said.waiting:,}", "条")
        when = short(self._bench, said.success)
        say["success"].say(when or "还没有", "" if not when or "-" in when else "今天")
        say["aside"].say(f"{said.aside:,}", "条", "warn" if said.aside else "")
        say["conflicts"].say(f"{said.conflicts:,}", "条", "danger" if said.conflicts else "")
        say["received"].say(f"{said.received_today:,}", "条", "ok" if said.received_today else "")
        self._judge_button(said)

    def begin(self, waiting: int) -> None:
        """A round was asked for: how many are still to go."""
        self.button.set_busy(False)
        self.button.set_busy(True, f"还有 {waiting:,} 条…" if waiting else "正在同步…")

    def end(self) -> None:
        """The round is over, one way or the other."""
        self.button.set_busy(False)

    def why_not(self, said: Overview) -> str:
        """Why 立即同步 could do nothing now; empty where it can."""
        if not said.named:
            return "还没有连区平台。"
        if not self._bench.actor.may(Right.SYNC):
            who = "、".join(post.words for post in Post if post in GRANTS[Right.SYNC])
            return f"您没有“{Right.SYNC.value}”的权限，可以请{who}来做。"
        return ""

    def _judge_button(self, said: Overview) -> None:
        why = self.why_not(said)
        self.button.setToolTip(why)
        if not self.button.busy:
            self.button.setEnabled(not why)

    def _measured(self, said: Overview) -> tuple[str, ...]:
        """What was measured, and when it was confirmed if that is not now."""
        if said.phase == "online" and said.latency_ms is not None:
            return (f"{said.latency_ms} ms",)
        return (f"{short(self._bench, said.at)} 确认" if said.at and said.named else "",)

    def _why(self, said: Overview) -> str:
        again = ""
        if said.next_try is not None and said.phase not in ("online", "unset"):
            again = f" {short(self._bench, said.next_try)} 再试。"
        held = f"另有 {said.held:,} 条按意愿不上传。" if said.held else ""
        doubt = "正在与恢复的备份核对，核对完才上传。" if said.reconciling else ""
        silent = said.emptied or said.phase in (
            "online",
            "unset",
            "unchecked",
            "off",
        )  # or said below, with what to do
        words = "" if silent else said.words
        return " ".join(part for part in (f"{words}{again}".strip(), doubt, held) if part)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.tile)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addStretch(1)  # two lines stay together where the figures need two rows
        texts.addWidget(self.title)
        texts.addWidget(self.about)
        texts.addStretch(1)
        row.addLayout(texts, 2)
        inside = QWidget()
        flow = Flow(8)
        inside.setLayout(flow)
        for figure in self.figures.values():
            flow.addWidget(figure)
        row.addWidget(inside, 5)
        row.addWidget(self.button)
        self.body.addLayout(row)
        self.body.addWidget(self.why)
