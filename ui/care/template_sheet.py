"""The sheet that adds tasks from a template: which template, and which of its tasks; all by keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QWidget

from app.care.lists import shifts, task_kind, templates
from app.care.queries import PlanRow
from app.care.rules import times_words, weekdays_words
from app.care.service import ApplyTemplate
from ui.kit import ChipRow, Key, ScrollBody, Sheet, Words, bind, errand
from ui.kit.errands import Errands
from ui.kit.view import Bench
from ui.style import Role, look


class TemplateSheet(Sheet):
    """←→ another template, ↑↓ walk, Space takes or leaves, Enter adds. What is planned already is pale."""

    def __init__(self, parent: QWidget, bench: Bench, plan: PlanRow) -> None:
        super().__init__(parent, "按模板添加", "←→ 换模板，↑↓ 移动，空格 选或不选，Enter 添加。", width=680)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._bench, self._plan = bench, plan
        self.errands = Errands(bench.desk, self, notice=self.notice)
        self.chips = ChipRow(tuple((key, templates()[key].words) for key in plan.offered))
        self.chips.choose(self._first_with_news())
        self.chips.group.buttonClicked.connect(self._show)
        self.boxes: dict[str, QCheckBox] = {}
        self.scroller = ScrollBody((3, 3, 12, 3), 6)
        self.scroller.setMinimumHeight(look.sp(180))
        self.scroller.setMaximumHeight(max(look.sp(180), parent.window().height() - look.sp(300)))
        self.body.addWidget(self.chips)
        self.body.addWidget(self.scroller, 1)
        self.offer("添加")
        self.done_with.connect(self.apply)
        bind(
            self,
            Key("Down", "下一项", lambda: self._walk(1)),
            Key("Up", "上一项", lambda: self._walk(-1)),
            Key("Left", "前一个模板", lambda: self._turn(-1)),
            Key("Right", "后一个模板", lambda: self._turn(1)),
        )
        self._show()

    @property
    def chosen(self) -> tuple[str, ...]:
        return tuple(code for code, box in self.boxes.items() if box.isChecked() and box.isEnabled())

    @errand
    async def apply(self) -> None:
        order = ApplyTemplate(self._plan.resident, self.chips.key, self.chosen)
        made = await self.errands.do(order, busy=self.main)
        self._bench.notice.done(f"已从模板“{templates()[self.chips.key].words}”添加 {len(made)} 项。")
        self.accept()

    def _first_with_news(self) -> str:
        """The first template that would add something."""
        for key in self._plan.offered:
            if any(code not in self._plan.planned for part in templates()[key].parts for code in part.tasks):
                return key
        return self._plan.offered[0]

    def _show(self) -> None:
        """The tasks of the template, all taken that are not planned yet."""
        while (item := self.scroller.body.takeAt(0)) is not None:
            if (piece := item.widget()) is not None:
                piece.hide()
                piece.deleteLater()
        self.boxes.clear()
        for part in templates()[self.chips.key].parts:
            self.scroller.body.addWidget(Words(part.problem, Role.STRONG, wrap=True))
            self.scroller.body.addWidget(Words(f"目标：{part.goal}", Role.HINT, wrap=True))
            for code in part.tasks:
                if code not in self.boxes:
                    self.scroller.body.addWidget(self._box(code))
            self.scroller.body.addSpacing(8)
        self.scroller.body.addStretch(1)
        for box in self.boxes.values():
            box.show()  # now, not with the next layout: only what is shown can take the focus
        first = next((box for box in self.boxes.values() if box.isEnabled()), None)
        (first or self.chips).setFocus(Qt.FocusReason.TabFocusReason)
        self._say()

    def _box(self, code: str) -> QCheckBox:
        kind = task_kind(code)
        when = f"{weekdays_words(kind.weekdays)} {times_words(kind.times, shifts())}".strip()
        planned = code in self._plan.planned
        box = QCheckBox(f"{kind.words}　{when}" + ("　已在计划里" if planned else ""))
        box.setChecked(not planned)
        box.setEnabled(not planned)
        box.toggled.connect(self._say)
        self.boxes[code] = box
        return box

    def _say(self) -> None:
        if self.main is not None:
            self.main.say(f"添加 {len(self.chosen)} 项")

    def _walk(self, step: int) -> None:
        boxes = [box for box in self.boxes.values() if box.isEnabled()]
        if not boxes:
            return
        focused = QApplication.focusWidget()
        here = boxes.index(focused) if focused in boxes else -step
        box = boxes[(here + step) % len(boxes)]
        box.setFocus(Qt.FocusReason.TabFocusReason)
        self.scroller.ensureWidgetVisible(box)

    def _turn(self, step: int) -> None:
        keys = self._plan.offered
        self.chips.choose(keys[(keys.index(self.chips.key) + step) % len(keys)])
        self._show()
