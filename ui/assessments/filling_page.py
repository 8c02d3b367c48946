"""The form of one assessment on the screen: head, steps, the step's page, the score beside it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.assessments.content import Content
from app.assessments.instruments import Instrument
from app.assessments.queries import LevelRow
from app.assessments.record_queries import AssessmentForm
from ui.assessments.beside import LOW
from ui.assessments.conclusion_page import ConclusionPage
from ui.assessments.filling import CONCLUSION, INFORMATION, Filling
from ui.assessments.head_card import HeadCard
from ui.assessments.information_page import InformationPage
from ui.assessments.items_page import ItemsPage
from ui.assessments.score_panel import ScorePanel
from ui.assessments.step_chips import StepChips
from ui.kit.strip import Strip
from ui.style import Tone, look


class FillingPage(QWidget):
    """Shows a `Filling` and tells what the person did to it. It never changes the filling itself."""

    answered = Signal(str, int)
    written = Signal(str, int, str)
    edited = Signal()
    """Something was typed: `typed(base)` is the content with it."""

    def __init__(self, instrument: Instrument, today: date, parent: QWidget | None = None) -> None:
        """What is made in its place is dressed once: Qt dresses a whole page anew at each move."""
        super().__init__(parent)
        self.filling = Filling(instrument)
        self.step = INFORMATION
        self.head = HeadCard()
        self.strip = Strip("lock", Tone.INFO)
        self.unsaved = Strip("triangle-alert", Tone.DANGER)
        self.notice = Strip("info", Tone.INFO)
        self.undone = Strip("circle-x", Tone.WARN)
        self.panel = ScorePanel(instrument)
        parts = ((one.code, one.name, one.code) for one in instrument.dimensions)
        first = "基本信息" if instrument.sections else "本次评估"
        ends = ((INFORMATION, first, first), (CONCLUSION, "结论", "结论"))
        self.chips = StepChips((ends[0], *parts, ends[1]))
        self._pages = QStackedWidget()
        self._previous: LevelRow | None = None
        self._lay_out()  # before the pages are made: they stand where they belong, and Tab comes to them last
        self.information = InformationPage(instrument, today, self._pages)
        hints = {code: group.words for group in instrument.either for code in group.items[:1]}
        self.items = {
            one.code: ItemsPage(
                one,
                instrument.unable,
                next((hints[item.code] for item in one.items if item.code in hints), ""),
                self._pages,
            )
            for one in instrument.dimensions
        }
        self.conclusion = ConclusionPage(instrument, self._pages)
        for page in (self.information, *self.items.values(), self.conclusion):
            self._pages.addWidget(page)
        self._connect()
        self.notice.say(
            instrument.notice
        )  # not before it has its place: it would stand as a window of its own

    # showing ------------------------------------------------------------------------------------------------------

    def open(self, filling: Filling, form: AssessmentForm) -> None:
        """Another form: fill every field, start at the first step."""
        self._previous = form.previous
        for page in self.items.values():
            page.begin(filling.content)
        self.information.show_form(form)
        self.conclusion.show_content(filling.content)
        self.show_filling(filling)

    def show_filling(self, filling: Filling) -> None:
        """Show what the form comes to now (fields keep what is typed)."""
        before, self.filling = self.filling.content, filling
        now = filling.content
        for code in filling.instrument.items:
            said = before.answers.get(code), before.sources.get(code)
            if said != (now.answers.get(code), now.sources.get(code)):
                self.items[filling.dimension_of(code)].show_answer(code, now)
        self.undone.say(f"本次未评：{now.undone}。签名后留存，仍算待评。" if now.undone else "", "继续评估")
        required = filling.required_facts
        self.chips.say(INFORMATION, required - len(filling.missing_facts), required)
        for sub in filling.outcome.subs:
            self.chips.say(sub.code, sub.answered, sub.items)
        self.panel.show_filling(filling, self._previous)
        self.conclusion.show_outcome(filling)

    def typed(self, base: Content) -> tuple[Content, dict[str, str]]:
        """`base` with everything that is typed, and the fields that are wrong."""
        content = self.information.content(self.conclusion.content(base))
        return content, {**self.information.problems(), **self.conclusion.problems()}

    def set_locked(self, locked: bool) -> None:  # noqa: FBT001  # a Qt-like setter
        """Nothing may be typed now; answers are refused by the view, in words."""
        self.information.set_locked(locked)
        for page in self.items.values():
            page.set_locked(locked)
        self.conclusion.set_locked(locked)

    def take_typed(self) -> None:
        """Take a number that was typed and not ended yet."""
        if self.step in self.items:
            self.items[self.step].take_typed()

    def asks(self, code: str) -> bool:
        """Whether the answer of an item asks for a text; the cursor goes there."""
        card = self.items[self.filling.dimension_of(code)].cards[code]
        if card.answer.asks and card.answer.text is not None:
            card.answer.text.setFocus()
        return card.answer.asks

    # going about --------------------------------------------------------------------------------------------------

    def go(self, step: str) -> None:
        """Show a step and put the work where it should go on."""
        self.step = step
        self.chips.choose(step)
        if step in self.items:
            page = self.items[step]
            missing = [item.code for item in self.filling.missing_items if item.code in page.cards]
            where = page.now or (missing or list(page.cards))[0]
            self._pages.setCurrentWidget(page)  # Qt gives the focus to the card that had it last
            page.go(where)
            return
        page_ = self.information if step == INFORMATION else self.conclusion
        self._pages.setCurrentWidget(page_)
        if step == INFORMATION:
            self.information.focus_first()
        else:
            self.conclusion.form.focus_on("conclusion")

    def go_to(self, code: str) -> bool:
        """Go to an item or a field by its code; False if there is none."""
        if code in self.filling.instrument.items:
            step = self.filling.dimension_of(code)
            self.step = step
            self.chips.choose(step)
            self._pages.setCurrentWidget(self.items[step])
            self.items[step].go(code)
            return True
        if code in ("conclusion", "place"):
            self.go(CONCLUSION)
            self.conclusion.form.focus_on(code)
            return True
        self.step = INFORMATION
        self.chips.choose(INFORMATION)
        self._pages.setCurrentWidget(self.information)
        return self.information.focus_on(code)

    def next_step(self, by: int = 1) -> None:
        """The step after, or before, this one."""
        steps = self.filling.steps
        place = steps.index(self.step) + by
        if 0 <= place < len(steps):
            self.go(steps[place])

    def walk(self, code: str, by: int) -> None:
        """To the item after or before; past the ends to the steps around."""
        other = self.filling.after(code) if by > 0 else self.filling.before(code)
        if other is not None:
            self.go_to(other)
        else:
            self.go(CONCLUSION if by > 0 else INFORMATION)

    def minimumSizeHint(self) -> QSize:
        return QSize(look.sp(440), look.sp(180))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.head.set_low(self.height() < look.sp(LOW))

    # inside -------------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        for piece in (self.head, self.unsaved, self.notice, self.undone, self.strip, self.chips):
            box.addWidget(piece)
        box.addWidget(self._pages, 1)
        self._pages.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _connect(self) -> None:
        self.chips.chosen.connect(self.go)
        self.information.changed.connect(self.edited)
        self.conclusion.changed.connect(self.edited)
        self.conclusion.wanted.connect(self.go_to)
        for page in self.items.values():
            page.answered.connect(self.answered)
            page.written.connect(self.written)
            page.moved.connect(self.walk)
