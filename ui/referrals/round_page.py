"""The right side of rounds: one round with its residents, what was found of each, and the acts at the foot."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.core.clock import local
from app.core.roles import Right
from app.referrals.rounds import PersonRow, RoundLine, RoundWhole
from app.referrals.rules.rounds import RoundState
from ui.kit import Badge, Button, Card, ElidedWords, Foot, RowsTable, StateView, Tags
from ui.kit.guarded import GuardedButton
from ui.kit.list_and_page import PageHead
from ui.kit.paint import Mark
from ui.kit.view import View
from ui.referrals.round_columns import day_words, person_columns, round_state
from ui.style import Role, Tone


class RoundPage(Card):
    """`whole` is what it shows. Which acts show depends on how the round stands."""

    def __init__(self, view: View) -> None:
        super().__init__(flush=True)
        self.whole: RoundWhole | None = None
        self._zone = view.bench.station.settings.zone
        may = Right.HOLD_ROUNDS
        self.head_words = ElidedWords("", Role.CARD_TITLE)
        self.badge = Badge()
        self.facts = ElidedWords("", Role.BODY, ink="text2")
        self.note = ElidedWords("", Role.HINT, ink="text3")
        self.counts = Tags(most=5)
        self.change = GuardedButton(view, may, "修改 E", "quiet", icon="square-pen")
        self.print_button = Button("打印 P", "quiet", icon="printer")
        self.table: RowsTable[PersonRow] = RowsTable(
            person_columns(self._zone), lambda row: row.resident, words="巡诊的老人"
        )
        self.state = StateView(self.table)
        self.keys = ElidedWords("", Role.HINT, ink="text3")
        self.add = GuardedButton(view, may, "列入 A", icon="plus")
        self.begin = GuardedButton(view, may, "医师到达 B", "primary", icon="check")
        self.end = GuardedButton(view, may, "结束 L", icon="check")
        self.sign = GuardedButton(view, may, "签名 G", "primary", icon="clipboard-pen")
        self._lay_out()

    def show_whole(self, whole: RoundWhole, today: date) -> None:
        self.whole = whole
        line = whole.line
        began = local(self._zone, line.at)
        self.head_words.setText(f"{day_words(line.on, today)} {began:%H:%M}　{line.doctor}")
        self.badge.say(*round_state(line))
        self.facts.setText(self._facts(line))
        self.note.setText(line.note)
        self.note.setVisible(bool(line.note))
        self.counts.show_marks(counts_of(line))
        self.table.set_rows(whole.people)
        self._offer(line)
        if whole.people:
            self.state.content()
            if self.table.current() is None:
                self.table.pick_first()
        elif line.state is RoundState.CANCELLED:
            self.state.empty("这次巡诊已取消", "名单里没看的老人转入下一次。")
        else:
            self.state.empty("名单还是空的", "按 A 列入老人，写下要问医师的问题；也可以在老人档案里列入。")

    def _facts(self, line: RoundLine) -> str:
        way = f"{line.way_words}巡诊"
        arrived = f"{local(self._zone, line.arrived):%H:%M} 到达" if line.arrived else ""
        left = f"{local(self._zone, line.left):%H:%M} 离开" if line.left else ""
        coming = f"下次 {line.next_on:%m-%d}" if line.next_on else ""
        return " · ".join(part for part in (line.partner or "本院", way, arrived, left, coming) if part)

    def _offer(self, line: RoundLine) -> None:
        """The next act stands at the right, and only what may be done now."""
        state = line.state
        self.add.setVisible(state.open)
        self.begin.setVisible(state is RoundState.PLANNED)
        self.end.setVisible(state is RoundState.GOING_ON)
        owed = bool(line.unsigned or line.uncosigned)
        self.sign.setVisible(owed)
        self.sign.say("医师签名 G" if line.unsigned else "护士签名 G")
        self.change.setVisible(state is not RoundState.CANCELLED)
        self.print_button.setVisible(state is not RoundState.CANCELLED)
        hints = {
            RoundState.PLANNED: "A 列入　Delete 移出　O 档案",
            RoundState.GOING_ON: "Enter 记录　A 列入　Delete 移出",
            RoundState.HELD: "Enter 打开　T 待转医嘱　R 开转诊",
        }
        self.keys.setText(hints.get(state, ""))

    def _lay_out(self) -> None:
        head = PageHead((self.head_words,), (self.badge, self.change, self.print_button))
        facts = QHBoxLayout()
        facts.setSpacing(10)
        facts.addWidget(self.facts, 1)
        facts.addWidget(self.counts)
        top = QVBoxLayout()
        top.setContentsMargins(16, 14, 16, 12)
        top.setSpacing(6)
        top.addWidget(head)
        top.addLayout(facts)
        top.addWidget(self.note)
        foot = Foot()
        foot.row.addWidget(self.keys, 1)
        for button in (self.add, self.begin, self.end, self.sign):
            foot.row.addWidget(button)
        self.body.addLayout(top)
        self.body.addWidget(self.state, 1)
        self.body.addWidget(foot)


def counts_of(line: RoundLine) -> tuple[Mark, ...]:
    """`已看 8/12`, `发现问题 3`, `建议转诊 1`, `待转医嘱 2`."""
    seen = f"已看 {line.visits}/{line.people}" if line.arrived else f"列入 {line.people} 位"
    found = (
        (seen, Tone.NEUTRAL, True),
        (f"发现问题 {line.problems}", Tone.INFO, bool(line.problems)),
        (f"建议转诊 {line.referred}", Tone.ORANGE, bool(line.referred)),
        (f"待转医嘱 {line.to_write}", Tone.WARN, bool(line.to_write)),
    )
    return tuple(Mark(words, tone) for words, tone, shown in found if shown)
