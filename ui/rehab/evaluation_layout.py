"""The pieces of the form of an evaluation: whom it is about, two columns of cards, the foot."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.roles import Right
from app.rehab.day import rehab_day
from app.rehab.form.evaluation import (
    end_fields,
    found_fields,
    head_fields,
    reason_fields,
    vital_fields,
)
from app.rehab.rules.evaluation import Change
from ui.forms import FormView
from ui.kit import Button, Card, Notice, ScrollBody, StateView, Words
from ui.kit.guarded import GuardedButton
from ui.kit.person_strip import PersonStrip
from ui.kit.two_columns import FootCard, TwoColumns, titled
from ui.kit.view import View
from ui.rehab.asked_rows import AskedRows
from ui.rehab.measure_rows import MeasureRows
from ui.rehab.motion_table import MotionTable
from ui.rehab.problems_box import ProblemsBox
from ui.style import Role

NOT_SO = "其余都无"
NARROW = 400
"""Short fields stand beside each other in a column of the form."""
_NEVER = date(2000, 1, 1)


class EvaluationPieces:
    """Made once for a view; the forms that depend on the stage are made anew by `draw`."""

    def __init__(self, view: View) -> None:
        self.person = PersonStrip(view)
        self.said = Notice()
        self.head = FormView(head_fields("first", _NEVER), two_from=NARROW)
        self.found = FormView(found_fields())
        self.end = FormView(end_fields("first", _NEVER), two_from=NARROW)
        self.reason = FormView(reason_fields())
        self.vitals = FormView(vital_fields(), two_from=NARROW)
        self.problems, self.asked = ProblemsBox(), AskedRows()
        self.motions, self.measures = MotionTable(), MeasureRows()
        self.deny = Button(NOT_SO, "plain", icon="check")
        self.vitals_said = Words("", Role.HINT, wrap=True)
        self.changes = ChangesCard()
        self.kept = Words("", Role.HINT)
        self.discard = Button("不要这份草稿", "link")
        self.retract = Button("撤销这次评定", "link")
        self.print = GuardedButton(view, Right.PRINT_RECORDS, "打印", icon="printer")
        self.cancel = Button("返回", "plain")
        self.save = Button("保存评定", "primary", icon="clipboard-check")
        self.scroll = ScrollBody((0, 0, 8, 0), 12)
        self.state = StateView(self.scroll)
        self._columns = TwoColumns((11, 10))
        self._head, self._end = QVBoxLayout(), QVBoxLayout()

    @property
    def forms(self) -> tuple[FormView, ...]:
        """Every form, in reading order."""
        return (self.head, self.found, self.vitals, self.end, self.reason)

    def draw(self, stage: str, today: date) -> None:
        """The forms of this stage; what stood in those before is gone."""
        self.head = self._renew(self._head, self.head, FormView(head_fields(stage, today), two_from=NARROW))
        self.end = self._renew(self._end, self.end, FormView(end_fields(stage, today), two_from=NARROW))

    @staticmethod
    def _renew(room: QVBoxLayout, old: FormView, new: FormView) -> FormView:
        room.removeWidget(old)
        old.hide()
        old.deleteLater()
        room.addWidget(new)
        return new

    def lay_out(self, view: View) -> None:
        """Put everything where it stands."""
        self._head.addWidget(self.head)
        self._end.addWidget(self.end)
        self._fill()
        self.scroll.body.addWidget(self.said)
        self.scroll.body.addWidget(self._columns, 1)
        foot = FootCard("Ctrl+S 保存　Esc 返回", self.kept, self.discard, self.retract)
        foot.row.addWidget(self.print)
        foot.row.addWidget(self.cancel)
        foot.row.addWidget(self.save)
        box = QVBoxLayout(view)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(self.person)
        box.addWidget(self.state, 1)
        box.addWidget(foot)

    def _fill(self) -> None:
        left, right = self._columns.left, self._columns.right
        head = Card("诊断与病程")
        head.body.addLayout(self._head)
        asked = Card("禁忌与注意")
        asked.head.addWidget(self.deny)
        asked.body.addWidget(self.asked)
        end = Card("小结")
        end.body.addLayout(self._end)
        for card in (
            head,
            titled("功能问题", self.problems, hint="按 ICF：身体、活动、参与"),
            titled("病史与愿望", self.found),
            titled("关节活动度", self.motions, hint="度"),
        ):
            left.addWidget(card)
        self.reason_card = titled("为什么更正", self.reason)
        for card in (
            self.changes,
            asked,
            titled("基线量表", self.measures, hint=f"{rehab_day().fresh_days} 天内的结果可以采用"),
            titled("体征", self.vitals, self.vitals_said),
            end,
            self.reason_card,
        ):
            right.addWidget(card)
        self._columns.end()


class ChangesCard(Card):
    """与上次比较: what is said otherwise than at the evaluation before, as it is typed."""

    def __init__(self) -> None:
        super().__init__("与上次比较")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self.body.addLayout(self._lines)
        self._words: list[QWidget] = []
        self._shown: tuple[str, ...] | None = None
        self.hide()

    def show_changes(self, since: str, changes: tuple[Change, ...]) -> None:
        """`since`: which evaluation it is compared with; empty hides the card."""
        self.setVisible(bool(since))
        self.hint.setText(since)
        lines = tuple(change_words(one) for one in changes) or ("与上次相同，请核对各项是否有变化。",)
        if lines == self._shown:
            return
        self._shown = lines
        for old in self._words:
            self._lines.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._words = [Words(line, Role.BODY, ink="text2", wrap=True) for line in lines]
        for piece in self._words:
            self._lines.addWidget(piece, 0, Qt.AlignmentFlag.AlignTop)

    @property
    def words(self) -> tuple[str, ...]:
        return self._shown or ()


def change_words(one: Change) -> str:
    """`功能问题：步行、肌肉力量功能 → 步行`; long texts only say that they were changed."""
    if max(len(one.before), len(one.now)) > 40:
        return f"{one.words}：有改动" if one.before else f"{one.words}：新填"
    return f"{one.words}：{one.before or '—'} → {one.now or '—'}"
