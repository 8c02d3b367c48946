"""Beside the page of a visit: what was asked, how the resident is, what changed since the last round, what it found."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from app.core.clock import local
from app.referrals.rounds import PersonRow, VisitRow
from app.referrals.rounds.forms import TEXTS
from ui.kit import Card, ScrollBody, Words
from ui.style import Role, look

ADVICE = ("exams", "refer", "nursing", "rehab", "education")


class RoundBrief(ScrollBody):
    """`show_person` says it all; what there is nothing of is left out."""

    def __init__(self) -> None:
        super().__init__((0, 0, 0, 0), 16)
        self.setMinimumWidth(look.sp(300))
        self.asked, self.chart, self.last = (Card(title) for title in ("要问的问题", "近况", "上次巡诊"))
        for card in (self.asked, self.chart, self.last):
            card.body.setSpacing(8)
            self.body.addWidget(card)
        self.body.addStretch(1)
        self._lines: list[Words] = []

    def show_person(self, row: PersonRow, before: VisitRow | None, zone: str) -> None:
        """`before`: what the last round found."""
        for line in self._lines:
            line.hide()
            line.deleteLater()
        self._lines = []
        for one in row.asked:
            at = f"{local(zone, one.at):%m-%d %H:%M}"
            self._say(self.asked.body, one.words, f"{one.by} {at}")
        if not row.asked:
            self._say(self.asked.body, row.question or "没有写问题", "")
        self._show_chart(row, zone)
        self.last.setVisible(before is not None)
        if before is not None:
            self.last.hint.setText(f"{local(zone, before.at):%m-%d} {before.doctor}")
            self._say(self.last.body, before.form.assessment, "")
            said = [f"用药：{one}" for one in before.form.orders]
            said += [
                f"{TEXTS[key]}：{getattr(before.form, key)}" for key in ADVICE if getattr(before.form, key)
            ]
            for words in said:
                self._say(self.last.body, words, "")

    def _show_chart(self, row: PersonRow, zone: str) -> None:
        brief = row.brief
        body = self.chart.body
        if brief.away:
            self._say(body, brief.away, "", "warn")
        self._say(body, "、".join(brief.diagnoses) or "没有登记诊断", "诊断")
        for one in brief.signs:
            self._say(body, one.words, f"{local(zone, one.at):%m-%d %H:%M}", one.tone)
        self._say(body, f"{brief.medicines} 种" if brief.medicines else "无", "正在用药")
        since = f"{local(zone, brief.since):%m-%d} 以来"
        self._say(body, "\n".join(brief.changed) or "没有变化", since)
        if brief.open:
            self._say(body, "、".join(brief.open), "未了事项", "orange")

    def _say(self, body: QVBoxLayout, words: str, under: str, ink: str = "") -> None:
        """A caption over what it is about."""
        if under:
            caption = Words(under, Role.HINT, ink="text3", wrap=True)
            body.addWidget(caption)
            self._lines.append(caption)
        line = Words("", Role.BODY, wrap=True)
        line.say(words, ink)
        body.addWidget(line)
        self._lines.append(line)
