"""The last step: conclusion and place in words, what is still missing, who has signed."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.assessments.content import LONGEST_CONCLUSION, Content
from app.assessments.information_rules import LONGEST_TEXT, contradictions
from app.assessments.instruments import Instrument
from app.core.form import Field, Form, Kind, Section
from ui.assessments.filling import Filling
from ui.assessments.record_cards import clear
from ui.forms import FormView
from ui.kit import Button, Card, ScrollBody, Words
from ui.style import Role

_FORM = Form(
    (
        Section(
            "",
            (
                Field("conclusion", "评估结论与建议", Kind.LINES, max_length=LONGEST_CONCLUSION, wide=True),
                Field("place", "评估地点", max_length=LONGEST_TEXT, wide=True),
            ),
        ),
    )
)
_MOST = 8


class ConclusionPage(ScrollBody):
    """`wanted(code)` when the person wants to go to what is missing."""

    changed = Signal()
    wanted = Signal(str)

    def __init__(self, instrument: Instrument, parent: QWidget | None = None) -> None:
        super().__init__((0, 0, 6, 0), 12, parent)
        self._unsaid: Filling | None = None
        self.source = source_card(instrument)
        self.form = FormView(_FORM)
        self.form.changed.connect(self.changed)
        words = Card("结论")
        words.body.addWidget(self.form)
        self.missing = Card("还缺什么")
        self._gaps = QVBoxLayout()
        self._gaps.setSpacing(2)
        self.missing.body.addLayout(self._gaps)
        self.signing = Card("签名确认")
        self._signing = Words("", Role.BODY, ink="text2", wrap=True)
        self.signing.body.addWidget(self._signing)
        self.result = Card("结果")
        self._reasons = QVBoxLayout()
        self._reasons.setSpacing(6)
        self.result.body.addLayout(self._reasons)
        for card in (self.missing, self.result, words, self.signing):
            self.body.addWidget(card)
        self.body.addWidget(self.source)
        self.body.addStretch(1)

    def show_content(self, content: Content) -> None:
        """Fill both fields."""
        self.form.clear()
        self.form.set_values({"conclusion": content.conclusion, "place": content.place})

    def content(self, base: Content) -> Content:
        """`base` with both texts as typed; one that is too long is left out."""
        wrong = self.problems()
        kept = {key: str(value) for key, value in self.form.values().items() if key not in wrong}
        return replace(
            base, conclusion=kept.get("conclusion", base.conclusion), place=kept.get("place", base.place)
        )

    def problems(self) -> dict[str, str]:
        return self.form.problems()

    def set_locked(self, locked: bool) -> None:  # noqa: FBT001  # a Qt-like setter
        """Nothing may be typed now."""
        self.form.setEnabled(not locked)

    def show_outcome(self, filling: Filling) -> None:
        """Say what the form comes to: at once while this page is looked at, else when somebody comes here.

        Each answer changes it, and most are given on other pages.
        """
        self._unsaid = filling
        if self.isVisible():
            self._say()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._say()

    def _say(self) -> None:
        """What the form comes to and why; what is missing, each with the way there."""
        filling, self._unsaid = self._unsaid, None
        if filling is None:
            return
        clear(self._gaps)
        clear(self._reasons)
        for sentence in filling.why:
            self._reasons.addWidget(Words(sentence, wrap=True))
        self.result.setVisible(bool(filling.why))
        gaps = filling.gaps
        for code, text in gaps[:_MOST]:
            button = Button(text, "link", icon="arrow-right")
            button.clicked.connect(lambda _on=False, code=code: self.wanted.emit(code))
            self._gaps.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        if len(gaps) > _MOST:
            self._gaps.addWidget(Words(f"还有 {len(gaps) - _MOST} 处", Role.HINT))
        said = filling.content
        found = (*filling.stops, *contradictions(filling.instrument, said.answers, said.information))
        for sentence in found:
            self._gaps.addWidget(Words(sentence, ink="danger", wrap=True))
        self.missing.setVisible(bool(gaps or found))

    def say_signing(self, text: str) -> None:
        """Who signs, and who has."""
        self._signing.setText(text)


def source_card(instrument: Instrument) -> Card:
    """Whence the instrument comes, and which of its values the institution should compare with the source."""
    card = Card("量表来源", f"{instrument.standard} · {instrument.version}")
    card.body.setSpacing(6)
    for sentence in (instrument.source, instrument.due.words):
        card.body.addWidget(Words(sentence, Role.HINT, ink="text2", wrap=True))
    for sentence in instrument.uncertain:
        card.body.addWidget(Words(f"请机构核对：{sentence}", Role.HINT, ink="warn", wrap=True))
    return card
