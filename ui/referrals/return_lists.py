"""The checklists of a return at the right: the assessment with its deadlines, the papers and who was asked."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.roles import Right
from app.referrals.coming_back import ReturnRow
from app.referrals.coming_back.rows import ItemRow, PaperRow
from ui.kit import Badge, Card, ElidedWords, ScrollBody, Words
from ui.kit.guarded import GuardedButton
from ui.kit.view import View
from ui.referrals.document_card import DocumentCard
from ui.referrals.return_lines import ListLines
from ui.referrals.return_words import (
    chase_words,
    chased_words,
    coming_items,
    coming_papers,
    item_lines,
    paper_lines,
)
from ui.style import Role, Tone, look

_SHOWN = 3
"""So many askings stand below the papers; the others are in the tooltip."""


_PAPER_KEYS = "空格 收到　X 缺　N 不需要　Delete 收回"


class ReturnLists(QWidget):
    """`items` and `papers` are walked; the buttons say what keys do and stay in sight."""

    def __init__(self, view: View) -> None:
        super().__init__()
        self.row: ReturnRow | None = None
        self.items = ListLines("返院评估")
        self.papers = ListLines("应收材料", low=True)
        self.finish = GuardedButton(
            view, Right.REFER, "完成评估 Ctrl+Enter", "primary", icon="clipboard-check"
        )
        self.chase = GuardedButton(view, Right.REFER, "追要 C", icon="phone")
        self.rest = GuardedButton(view, Right.REFER, "其余都已收到 A", icon="check")
        self.assessed, self.due = Words("", Role.HINT), Badge("", Tone.WARN)
        self.got, self.next = Words("", Role.HINT), Badge("", Tone.WARN)
        self.there = DocumentCard(view, self.items.setFocus, ours=False)
        self.offers = ElidedWords("", Role.HINT, ink="text3")
        self.asked = [ElidedWords("", Role.HINT, ink="text2") for _ in range(_SHOWN)]
        self._lay_out()

    def show_row(self, row: ReturnRow, zone: str, now: datetime, *, may: bool) -> None:
        """What stands of a recorded return."""
        self.row = row
        open_now = row.assessed_at is None
        self.items.show_lines(item_lines(row, zone, now), live=True)
        self.papers.show_lines(paper_lines(row, zone), live=True)
        done = sum(one.done for one in row.items)
        self.assessed.setText(f"{done}/{len(row.items)}")
        self.due.say(*self._due(row))
        self.finish.setVisible(open_now)
        self.finish.setEnabled(may and not row.waiting)
        got = len(row.papers) - len(row.owed)
        self.got.setText(f"{got}/{len(row.papers)}")
        words, tone = chase_words(row)
        self.next.say(words, Tone(tone))
        for piece in (self.due, self.next, self.foot):
            piece.show()
        self.chase.setVisible(row.chase is not None)
        self.rest.setVisible(bool(row.owed))
        self._say_asked(chased_words(row, zone))
        self.say_offers(self.items.here)

    def show_coming(self) -> None:
        """What will be asked once the return is recorded."""
        self.row = None
        self.items.show_lines(coming_items(), live=False)
        self.papers.show_lines(coming_papers(), live=False)
        for words in (self.assessed, self.got):
            words.setText("登记后开始")
        for piece in (self.due, self.next, self.foot):
            piece.hide()
        self._say_asked([])
        self.offers.setText("")

    def item(self) -> ItemRow | None:
        """The part of the assessment under the cursor."""
        rows = self.row.items if self.row is not None else ()
        return next((one for one in rows if one.code == self.items.here), None)

    def paper(self) -> PaperRow | None:
        """The paper under the cursor."""
        rows = self.row.papers if self.row is not None else ()
        return next((one for one in rows if one.code == self.papers.here), None)

    def say_offers(self, code: str) -> None:
        """What the keys do where the cursor is: of a part of the assessment what the digits say, where Enter leads."""
        if self.papers.hasFocus():
            self.offers.setText(_PAPER_KEYS)
            return
        rows = self.row.items if self.row is not None and self.row.assessed_at is None else ()
        one = next((one for one in rows if one.code == code), None)
        if one is None:
            self.offers.setText("Alt+1 回转单　Alt+2 评估　Alt+3 材料")
            return
        says = [f"{number} {words}" for number, words in enumerate(one.says, 1)]
        more = ["空格 写明情况"] if one.sayable else []
        self.offers.setText("　".join(["Enter 去记录", *says, *more]))

    def _due(self, row: ReturnRow) -> tuple[str, Tone]:
        if row.assessed_at is not None:
            return "已完成", Tone.OK
        late = sum(one.late for one in row.waiting)
        if late:
            return f"{late} 项超时", Tone.DANGER
        return (f"还有 {len(row.waiting)} 项", Tone.WARN) if row.waiting else ("可以完成", Tone.INFO)

    def _say_asked(self, said: list[str]) -> None:
        for place, words in enumerate(self.asked):
            words.setText(said[place] if place < len(said) else "")
            words.setVisible(place < len(said))
            words.setToolTip("\n".join(said))

    def _lay_out(self) -> None:
        self.setMinimumWidth(look.sp(400))
        inside = ScrollBody((0, 0, 0, 0), 12)
        inside.body.addWidget(self.there)
        inside.body.addWidget(_listed("返院评估", self.assessed, self.due, self.items))
        papers = _listed("应收材料", self.got, self.next, self.papers)
        below = QVBoxLayout()
        below.setContentsMargins(16, 8, 16, 10)
        below.setSpacing(6)
        for words in self.asked:
            below.addWidget(words)
        papers.body.addLayout(below)
        inside.body.addWidget(papers)
        inside.body.addStretch(1)
        self.foot = Card()
        self.foot.body.setContentsMargins(16, 10, 16, 10)
        self.foot.body.setSpacing(8)
        self.foot.body.addWidget(self.offers)
        acts = QHBoxLayout()
        acts.setSpacing(10)
        for button in (self.rest, self.chase):
            acts.addWidget(button)
        acts.addStretch(1)
        acts.addWidget(self.finish)
        self.foot.body.addLayout(acts)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(inside, 1)
        box.addWidget(self.foot)


def _listed(title: str, count: Words, badge: Badge, lines: ListLines) -> Card:
    card = Card(flush=True)
    head = QHBoxLayout()
    head.setContentsMargins(16, 12, 16, 10)
    head.setSpacing(10)
    head.addWidget(Words(title, Role.CARD_TITLE))
    head.addWidget(count)
    head.addStretch(1)
    head.addWidget(badge)
    card.body.addLayout(head)
    card.body.addWidget(lines)
    return card
