"""The strip in a chart's head: wishes, isolation, risks and what is overdue, in one line, on every tab."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.assessments.risk_signs import RiskSign, RiskSigns
from app.core.changes import Changes
from app.core.errors import Refusal, Trouble
from app.journals.queries import Signs
from app.journals.words import Sign
from ui.kit import Button, Tag, Words, latest
from ui.kit.chart import ChartPart, Who
from ui.kit.flow import Flow
from ui.kit.tag_button import TagButton
from ui.kit.view import Bench
from ui.style import Role, Tone


class SignsStrip(ChartPart):
    """Nothing to say takes no room. A click goes to what holds, one on a risk to the assessment behind it."""

    kinds: ClassVar[frozenset[str]] = frozenset({"entry", "assessment"})

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "提示")
        self._flow = Flow(8)
        self._go = Button("档案事项", "link")
        self._go.setProperty("high", "small")
        self._go.clicked.connect(self._open)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        signs = QVBoxLayout()  # one row of signs is lower than the link beside it: it stands at its middle
        signs.addStretch(1)
        signs.addLayout(self._flow)
        signs.addStretch(1)
        row.addLayout(signs, 1)
        row.addWidget(self._go)
        self.hide()
        self.signs: tuple[Sign, ...] = ()
        self.risks: tuple[RiskSign, ...] = ()

    def show_resident(self, who: Who) -> None:
        """Of another resident nothing stays on screen meanwhile."""
        if self.who is not None and who.rid != self.who.rid:
            self._show((), ())
        super().show_resident(who)

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        """Ask again. What cannot be read is said, never left out."""
        if self.who is None:
            return
        try:
            rid = self.who.rid
            signs = await self.errands.ask(Signs(rid))
            self._show(signs, await self.errands.ask(RiskSigns(rid)))
        except (Refusal, Trouble) as error:
            self._show((), ())
            self.show()
            self._flow.addWidget(Words(f"提示读不出来：{error.text}", Role.HINT, ink="danger"))

    def words(self) -> tuple[str, ...]:
        """What it says now."""
        return (*(risk.words for risk in self.risks), *(sign.words for sign in self.signs))

    def _show(self, signs: tuple[Sign, ...], risks: tuple[RiskSign, ...]) -> None:
        if (signs or risks) and (signs, risks) == (self.signs, self.risks) and not self.isHidden():
            return  # what has the focus keeps it
        self.signs, self.risks = signs, risks
        self._clear()
        for risk in risks:
            self._flow.addWidget(self._risk(risk))
        for sign in signs:
            tag = Tag(sign.words, Tone(sign.tone))
            tag.setToolTip(sign.long or sign.words)
            self._flow.addWidget(tag)
        self.setVisible(bool(signs or risks))

    def _clear(self) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _risk(self, risk: RiskSign) -> TagButton:
        tag = TagButton(risk.words, Tone.DANGER if risk.high else Tone.WARN, icon=risk.icon)
        tag.setToolTip(f"{risk.because}。按下打开")
        tag.setAccessibleDescription(risk.because)
        tag.pressed.connect(lambda: self._behind(risk))
        return tag

    def _behind(self, risk: RiskSign) -> None:
        """The assessment a risk was found by; an old entry stands among what holds."""
        if risk.assessment is not None:
            self.bench.go("assessment", {"assessment": risk.assessment})
        else:
            self._open()

    def _open(self) -> None:
        if self.who is not None:
            self.bench.go("chart", {"resident": self.who.rid, "tab": "matters"})
