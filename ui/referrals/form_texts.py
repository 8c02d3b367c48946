"""3 交接摘要 SBAR and 4 转诊单正文: what the chart says, in rows that may be written over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Signal

from app.referrals.drafted import SBAR_FIELDS, ReferralDraft
from app.referrals.writing.forms import LONGEST_SBAR, SBAR, TEXTS
from ui.kit import Button
from ui.referrals.form_card import StepCard
from ui.referrals.form_sbar import TextRow

SHEET_FIELDS = tuple(name for name in TEXTS if name != "impression")


class TextsCard(StepCard):
    """`edited` carries the field the person writes in."""

    edited = Signal(str)

    def __init__(self, number: str, title: str, rows: tuple[TextRow, ...]) -> None:
        super().__init__(number, title)
        self.rows = {row.field: row for row in rows}
        for row in rows:
            self.body.addWidget(row)
            row.edited.connect(self.edited)

    def show_said(self, sources: Mapping[str, str], draft: ReferralDraft) -> None:
        """The words, and where each comes from."""
        for field, row in self.rows.items():
            show_row(row, sources, draft)
            row.say_wrong(too_long(field, draft.texts.get(field, "")))

    def take(self, draft: ReferralDraft) -> ReferralDraft:
        """The draft with what stands here."""
        texts = {field: row.text.text() for field, row in self.rows.items()}
        return replace(draft, texts={**draft.texts, **texts})


class SbarCard(TextsCard):
    """`again`: 重新取病历."""

    def __init__(self) -> None:
        rows = tuple(TextRow(field, SBAR[key], key) for field, key in SBAR_FIELDS.items())
        super().__init__("3", "交接摘要 SBAR", rows)
        self.say_hint("已从病历填好，可改")
        self.again = Button("重新取病历", "link", icon="refresh-cw")
        self.again.setToolTip("F5；手工改过的字段会先问")
        self.again.setProperty("high", "small")
        self.head.addWidget(self.again)


class SheetCard(TextsCard):
    """The texts of the national sheet; the impression stands with the reasons."""

    def __init__(self) -> None:
        rows = tuple(TextRow(name, TEXTS[name][0]) for name in SHEET_FIELDS)
        super().__init__("4", "转诊单正文", rows)
        self.say_hint("按双向转诊（转出）单的栏目")


def show_row(row: TextRow, sources: Mapping[str, str], draft: ReferralDraft) -> None:
    """One text with its source."""
    field = row.field
    source = sources.get(SBAR_FIELDS.get(field, field), "")
    row.show_text(draft.texts.get(field, ""), source, by_hand=field in draft.by_hand)


def too_long(field: str, said: str) -> str:
    """What is wrong with a text before anybody refuses it."""
    title, longest = TEXTS.get(field) or (f"“{SBAR[SBAR_FIELDS[field]]}”", LONGEST_SBAR)
    over = len(said.strip()) - longest
    return f"{title}最多 {longest} 个字，多了 {over} 个。" if over > 0 else ""
