"""The sheet that asks why a resident changes beds; digits choose, Enter moves."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.residents.queries import BedRow, ChartRow, Lying
from app.residents.rules import MOVE_REASONS, Wrong, check_move_reason
from ui.kit import Avatar, Key, Labelled, LineField, OptionRow, Sheet, Words, bind
from ui.kit.faces import show_face
from ui.kit.view import View
from ui.residents.signs import level_tone, person_words, sex_words
from ui.style import Role


class MoveSheet(Sheet):
    """`reason` is what the order takes, once `check()` is true."""

    def __init__(self, parent: QWidget, who: Lying, before: str, bed: BedRow) -> None:
        super().__init__(
            parent, f"给 {who.name} 换床", f"从 {before} 换到 {bed.label}。按数字选原因。", width=560
        )
        self.reason = ""
        self.avatar = Avatar(who.name, level_tone(who.level), 48)
        self._about = Words(f"{who.name}　{sex_words(who.sex)}", Role.STRONG, wrap=True)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.avatar)
        head.addWidget(self._about, 1)
        self.body.addLayout(head)
        choices = tuple((one, f"{number} {one}") for number, one in enumerate(MOVE_REASONS, 1))
        self.reasons = OptionRow(choices, columns=2, low=True)
        self.words = LineField("说明", "选“其他”时必填")
        self._reasons = Labelled("原因", self.reasons, required=True)
        self._words = Labelled("说明", self.words)
        self.body.addWidget(self._reasons)
        self.body.addWidget(self._words)
        self.offer("换床", icon="arrow-left-right")
        self.reasons.group.buttonClicked.connect(lambda: self._reasons.say_wrong(""))
        self.words.textEdited.connect(lambda: self._words.say_wrong(""))
        bind(
            self,
            *(
                Key(str(number), one, self.reasons.button(one).click)
                for number, one in enumerate(MOVE_REASONS, 1)
            ),
        )
        self.reasons.button(MOVE_REASONS[0]).setFocus()

    def show_chart(self, view: View, chart: ChartRow) -> None:
        """Who exactly it is: photo, age, year of birth, number."""
        born = f"{chart.birth_date.year} 年生" if chart.birth_date else ""
        said = (chart.name, person_words(chart), born, chart.number)
        self._about.setText("　".join(part for part in said if part))
        show_face(view, self.avatar, chart.photo)

    def check(self) -> bool:
        """Show what is missing; True when the reason may be given."""
        head, words = self.reasons.key or "", self.words.text().strip()
        try:
            self.reason = check_move_reason(f"{head}：{words}" if words else head)
        except Wrong as wrong:
            self._reasons.say_wrong("" if head else wrong.text + "。")
            self._words.say_wrong(wrong.text + "。" if head else "")
            return False
        return True
