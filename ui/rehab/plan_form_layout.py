"""The pieces of the form of a plan: whom it is for, its signatures, two columns of cards, the foot."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.form import Choice, Field, Kind
from app.rehab.form.plan import limit_fields, plan_fields
from app.rehab.lists.items import find_items
from app.rehab.lists.surroundings import find_aids
from app.rehab.templating import Hand
from app.residents.vocabulary import Entry, find
from ui.forms import FormView
from ui.forms.fields.suggested import SuggestedInput
from ui.kit import Button, Card, Notice, ScrollBody, StateView, Words
from ui.kit.flow import FlowRow
from ui.kit.person_strip import PersonStrip
from ui.kit.sheet import MenuButton
from ui.kit.two_columns import FootCard, TwoColumns, titled
from ui.kit.view import View
from ui.rehab.entry_rows import EntryRows
from ui.rehab.evaluation_layout import NARROW
from ui.rehab.problems_box import ProblemsBox
from ui.rehab.sign_strip import SignStrip
from ui.rehab.word_rows import WordRows
from ui.style import Role


class PlanFormPieces:
    """Made once for a view; head and stop rules are made anew for the resident by `draw`."""

    def __init__(self, view: View) -> None:
        self.person, self.strip = PersonStrip(view), SignStrip(view)
        self.said = Notice()
        self.head = FormView(plan_fields((), ()), two_from=NARROW)
        self.limits = FormView(limit_fields(()), two_from=NARROW)
        self.problems = ProblemsBox(noted=False)
        self.goals = EntryRows("还没有目标：选一个模板，或按 Ctrl+G 写第一个。")
        self.items = EntryRows("还没有治疗项目：选一个模板，或在下面输入项目名称。")
        self.new_goal = Button("新目标", "plain", icon="plus")
        self.find = SuggestedInput(_item_field())
        self.offered = FlowRow(8)
        self.held = QVBoxLayout()
        self.precautions = WordRows("注意事项", "加注意事项", mark="护理可见")
        self.exercises = WordRows("床旁训练", "加训练：做什么，每日几次，谁来做")
        self.aids = WordRows("辅具", "加辅具，可输入拼音首字母", suggest=_aids)
        self.education = WordRows("宣教", "加宣教内容")
        self.team = WordRows("团队成员", "加成员：岗位、姓名")
        self.listed: tuple[Entry, ...] = ()
        self.measures = WordRows("量表", "加量表，如 berg、洼田", suggest=self._instruments)
        self.evaluate = Button("先做初期评定", "link", icon="clipboard-pen")
        self.kept = Words("", Role.HINT)
        self.discard = Button("不要这份草稿", "link")
        self.cancel = Button("返回", "plain")
        self.save = Button("开立计划", "primary", icon="file-check")
        self.more = MenuButton("这份计划")
        self.scroll = ScrollBody((0, 0, 8, 0), 12)
        self.state = StateView(self.scroll)
        self._columns = TwoColumns((1, 1))
        self._head, self._limits = QVBoxLayout(), QVBoxLayout()
        self._held: list[QWidget] = []

    def draw(self, offered: Sequence[str], staff: Sequence[Hand]) -> None:
        """The head for this resident."""
        self.head = _renewed(self._head, self.head, FormView(plan_fields(offered, staff), two_from=NARROW))

    def draw_limits(self, conditions: Sequence[str]) -> None:
        """The stop rules that hold under these conditions."""
        self.limits = _renewed(self._limits, self.limits, FormView(limit_fields(conditions), two_from=NARROW))

    def show_held(self, lines: Sequence[tuple[str, str]]) -> None:
        """Contraindications that are so: the sentence and its ink."""
        for old in self._held:
            self.held.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._held = [Words(words, Role.BODY, ink=ink, wrap=True) for words, ink in lines]
        for piece in self._held:
            self.held.addWidget(piece)

    def show_heads(self, *, shown: bool) -> None:
        """Whose plan, its signatures and its acts; all away where nobody is chosen."""
        if not shown:
            self.strip.hide()
            self.more.hide()
        for piece in (self.person, self.save):
            piece.setVisible(shown)

    def lay_out(self, view: View) -> None:
        """Put everything where it stands."""
        self._head.addWidget(self.head)
        self._limits.addWidget(self.limits)
        self._fill()
        self.scroll.body.addWidget(self.said)
        self.scroll.body.addWidget(self._columns, 1)
        foot = FootCard("Ctrl+S 保存　Esc 返回", self.kept, self.discard)
        for piece in (self.more, self.cancel, self.save):
            foot.row.addWidget(piece)
        box = QVBoxLayout(view)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(self.person)
        box.addWidget(self.strip)
        box.addWidget(self.state, 1)
        box.addWidget(foot)

    def _fill(self) -> None:
        left, right = self._columns.left, self._columns.right
        head = Card("计划")
        head.body.addLayout(self._head)
        goals = Card("目标")
        goals.head.addWidget(self.new_goal)
        goals.body.addWidget(self.goals)
        held = Card("禁忌与停止规则")
        held.head.addWidget(self.evaluate)
        held.body.addLayout(self.held)
        held.body.addLayout(self._limits)
        for card in (
            head,
            goals,
            titled("治疗项目", self.items, self.find, self.offered, hint="输入汉字或拼音首字母添加"),
            titled("床旁与居家训练", self.exercises),
            titled("宣教", self.education),
        ):
            left.addWidget(card)
        for card in (
            titled("功能问题", self.problems),
            held,
            titled("注意事项", self.precautions, hint="勾选的在护理处显示"),
            titled("量表", self.measures, hint="第一个是主要量表"),
            titled("辅具", self.aids),
            titled("团队", self.team),
        ):
            right.addWidget(card)
        self._columns.end()

    def _instruments(self, typed: str) -> tuple[Choice, ...]:
        return tuple(Choice(one.code, one.words) for one in find(self.listed, typed)) if typed.strip() else ()


def _renewed(room: QVBoxLayout, old: FormView, new: FormView) -> FormView:
    room.removeWidget(old)
    old.hide()
    old.deleteLater()
    room.addWidget(new)
    return new


def _item_field() -> Field:
    return Field(
        "item", "加治疗项目", Kind.SUGGESTED, suggest=_items, placeholder="加治疗项目，如 zuozhan、坐站、针刺"
    )


def _items(typed: str) -> tuple[Choice, ...]:
    return tuple(Choice(one.code, one.words) for one in find_items(typed)) if typed.strip() else ()


def _aids(typed: str) -> tuple[Choice, ...]:
    return tuple(Choice(one.code, one.words) for one in find_aids(typed)) if typed.strip() else ()
