"""The foot of the grid: whose cell it is, the value before, the target, and what the value now means."""

from __future__ import annotations

import re

from PySide6.QtGui import QResizeEvent

from app.core.clock import local
from app.vitals.catalogue import sign_of
from app.vitals.profiles import usual_target
from app.vitals.queries import GridRow, Taken
from app.vitals.rules import Judgement, Sign, Wrong, judge, read_value
from app.vitals.rules.judging import DANGER, judge_measured
from ui.kit import ElidedWords, Foot, Words
from ui.style import Role, look
from ui.vitals.typed_round import TypedCell

_UPPER = re.compile(r"(\d{2,3})/?")
AGAIN = "隔 1–2 分钟复测"


class RoundFoot(Foot):
    """One line; on the right the keys that matter here."""

    def __init__(self, zone: str) -> None:
        super().__init__()
        self._zone = zone
        self.who = Words("", Role.STRONG)
        self.before = ElidedWords("", Role.HINT, ink="text3")
        self.means = ElidedWords("", Role.HINT, ink="danger.text")
        self.keys = Words("", Role.HINT, ink="text2")
        self.row.setContentsMargins(18, 9, 18, 10)
        self.row.addWidget(self.who)
        self.row.addWidget(self.before, 0)
        self.row.addWidget(self.means, 1)
        self.row.addWidget(self.keys, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.keys.setVisible(self.width() >= look.sp(860))

    def show_cell(
        self, row: GridRow | None, code: str, typed: TypedCell | None, done: tuple[Taken, ...]
    ) -> None:
        """Another cell, or other contents of it."""
        if row is None:
            for words in (self.who, self.before, self.means, self.keys):
                words.setText("")
            return
        sign = sign_of(code)
        self.who.setText(f"{row.name} · {sign.words}")
        self.before.setText(self._before(row, sign))
        if done and typed is None:
            last = done[-1]
            said = last.judgement.words
            again = f"，{AGAIN}：直接再输入" if last.judgement.tone == DANGER else ""
            self.means.setText(said + again if said else f"{last.absent or last.text} {last.how}".strip())
            self.keys.setText("F2 更正   Enter 下一格   F1 按键")
            return
        self.means.setText("" if typed is None or typed.measured is None else self._judged(row, sign, typed))
        self.keys.setText("Enter 下一格   空格 未测原因   F1 按键")

    def show_typing(self, row: GridRow, code: str, text: str) -> None:
        """While a value is being typed."""
        said = live(sign_of(code), row, text)
        self.means.setText(f"{said.words}，{AGAIN}" if said is not None and said.tone == DANGER else "")

    def _judged(self, row: GridRow, sign: Sign, typed: TypedCell) -> str:
        if typed.measured is None:
            return ""
        said = judge_measured(sign, typed.measured, row.age, row.profile.own)
        return f"{said.words}，{AGAIN}" if said.tone == DANGER else said.words

    def _before(self, row: GridRow, sign: Sign) -> str:
        before = row.before.get(sign.code)
        said = f"上次 {local(self._zone, before.at):%m-%d %H:%M}  {before.text}" if before else "没有上次的值"
        target = row.profile.target_words(sign.code)
        usual = usual_target(sign.code, row.age)
        target = f"个人目标 {target}" if target else f"参考 {usual}" if usual else ""
        hint = {"spo2": "吸氧填 93/2", "consciousness": "A C V P U", "glucose": "LO HI 可填"}.get(
            sign.code, ""
        )
        return "  ·  ".join(part for part in (said, target, hint) if part)


def live(sign: Sign, row: GridRow, text: str) -> Judgement | None:
    """What the value typed so far means; None while it is none."""
    upper = _UPPER.fullmatch(text) if sign.second is not None else None
    if upper is not None:
        return judge(sign, float(upper[1]), None, row.age, row.profile.own)
    try:
        return judge_measured(sign, read_value(sign, text, row.age), row.age, row.profile.own)
    except Wrong:
        return None
