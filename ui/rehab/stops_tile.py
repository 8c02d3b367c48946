"""What stops a training of this resident at once, on one tinted tile; what their condition adds stands apart."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from app.rehab.queries.plan_rows import BeforeRow, StopRow
from ui.kit import Sign, Tag, Words
from ui.kit.paint import Mark
from ui.style import Role, Tone, look

EFFECTS = {
    "": Mark("可以训练", Tone.OK, "check"),
    "warn": Mark("请先核对", Tone.WARN, "triangle-alert"),
    "refuse": Mark("不可训练", Tone.DANGER, "ban"),
}


class StopsTile(QFrame):
    """Rules as the plan's own limits have them."""

    def __init__(self) -> None:
        super().__init__()
        look.restyle(self, "strip", str(Tone.DANGER))
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 12, 14, 12)
        box.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Sign("circle-alert", 18, "danger.text"))
        head.addWidget(Words("出现任一项立即停止", Role.STRONG, ink="danger"), 1)
        box.addLayout(head)
        self.plain = Words("", Role.HINT, ink="danger", wrap=True)
        self.special = Words("", Role.HINT, ink="danger", wrap=True)
        box.addWidget(self.plain)
        box.addWidget(self.special)

    def show_stops(self, stops: Sequence[StopRow]) -> None:
        plain = [one.words for one in stops if not one.special]
        self.plain.setText(" · ".join(plain))
        self.special.setText("\n".join(f"{one.words}：{one.advice}" for one in stops if one.special))
        self.special.setVisible(bool(self.special.text()))


class BeforeTile(QFrame):
    """Values at rest, and whether a training may begin with them."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "tile")
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 11, 14, 11)
        box.setSpacing(5)
        self.head = Words("", Role.STRONG)
        self.effect = Tag()
        row = QHBoxLayout()
        row.addWidget(self.head, 1)
        row.addWidget(self.effect)
        self.values = Words("", Role.HINT, ink="text2", wrap=True)
        self.fired = Words("", Role.HINT, ink="danger", wrap=True)
        box.addLayout(row)
        box.addWidget(self.values)
        box.addWidget(self.fired)

    def show_before(self, before: BeforeRow | None, time: str) -> None:
        """`time` of the values by the institution's clock; none yet is said, too."""
        mark = Mark("未测", Tone.NEUTRAL, "clock") if before is None else EFFECTS[before.effect]
        self.head.setText(f"训练前 {time}".rstrip())
        self.effect.show_mark(mark)
        self.values.setText(" · ".join(before.values) if before else "开始前测血压、心率。")
        self.fired.say(
            "；".join(before.fired) if before else "",
            "warn" if before and before.effect == "warn" else "danger",
        )
        self.fired.setVisible(bool(self.fired.text()))
