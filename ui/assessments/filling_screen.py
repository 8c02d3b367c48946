"""What is on the screen while a form is filled in: the page, the score beside it, the acts, and what they say."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.assessments.instruments import Instrument
from app.assessments.record_queries import AssessmentForm
from app.core.clock import date_in
from app.core.roles import Right
from app.residents.queries import ChartRow
from ui.assessments.act_bar import ActBar
from ui.assessments.beside import Beside
from ui.assessments.filling import Filling
from ui.assessments.filling_page import FillingPage
from ui.assessments.phrases import last_words
from ui.assessments.saving import SaveState, saved_words
from ui.kit import Button
from ui.kit.view import Bench
from ui.style import Tone


class FillingScreen(QWidget):
    """It shows; what the person does with it is `FillingWork`."""

    def __init__(self, bench: Bench, instrument: Instrument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bench, self.instrument = bench, instrument
        today = date_in(bench.station.settings.zone, bench.desk.clock.now())
        self.page = FillingPage(instrument, today, self)
        self.sign_button = Button("签名", "primary", icon="square-pen", large=True)
        self.print_button = Button("打印草稿", icon="printer")
        self.discard_button = Button("放弃草稿", icon="trash-2")
        self.undone_button = Button("未能评估", icon="circle-x")
        self.carry_button = Button("沿用上次", icon="history")
        self.acts = ActBar(
            self.sign_button,
            (self.carry_button, self.undone_button, self.discard_button, self.print_button),
        )
        self.beside = Beside(self.page, self.page.panel, self.acts, self)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.beside)

    def show_head(self, chart: ChartRow, form: AssessmentForm) -> None:
        """Whose form it is, which instrument, why, and how it was last time."""
        tone = form.previous.tone if form.previous else ""
        self.page.head.show_person(chart, Tone(tone) if tone else Tone.NEUTRAL)
        correcting = form.record is not None and bool(form.record.reason)
        reason = f"更正（{form.record.reason}）" if correcting and form.record else form.content.occasion
        parts = (self.instrument.title, reason, last_words(form.previous))
        self.page.head.about.setText(" · ".join(part for part in parts if part))

    def show_acts(self, filling: Filling, form: AssessmentForm | None, *, second: bool) -> None:
        """What the strip says, and which acts there are; `second`: the first has signed."""
        outcome = filling.outcome
        level = None if outcome.level is None else self.instrument.level(outcome.level)
        so_far = f"已评 {outcome.answered}/{outcome.items}"
        words = filling.value_words or filling.finding_words or so_far
        self.beside.say(words, (level.words, Tone(level.tone)) if level else None)
        self.sign_button.say("第二位签名" if second else "签名")
        may = self.bench.actor.may(Right.ASSESS) and (form is None or form.mine)
        changing = may and not second
        open_items = {item.code for item in filling.missing_items}
        last = set(form.last_answers) if form is not None else set()
        self.acts.offer(self.sign_button, offered=may or second)
        self.acts.offer(self.discard_button, offered=may)
        self.acts.offer(self.undone_button, offered=changing and not filling.content.undone)
        self.acts.offer(self.carry_button, offered=changing and bool(open_items & last))

    def show_saved(self, state: SaveState, wrong: int) -> None:
        """Whether what is on the screen is in the file; `wrong` fields cannot be kept."""
        now = self.bench.desk.clock.now()
        self.page.head.say_status(*saved_words(state, self.bench.station.settings.zone, now, wrong))
        failed = state.state == "failed"
        self.page.unsaved.say(f"未保存：{state.why}" if failed else "", "重试" if failed else "")
