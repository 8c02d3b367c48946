"""The sections of rehab as chips above each of its views."""

from __future__ import annotations

from app.core.roles import Right
from ui.kit.sections import SectionChips, SectionList
from ui.kit.view import View

SECTIONS = SectionList(
    "康复",
    (
        ("rehab", "康复计划", Right.READ_RESIDENTS),
        ("rehab-session", "训练", Right.READ_RESIDENTS),
        ("rehab-week", "周排程", Right.READ_RESIDENTS),
    ),
    {},
)
"""In this order, each with its place: 康复计划 rehab, 训练 rehab-session, 周排程 rehab-week, 辅具 rehab-aids."""


class Sections(SectionChips):
    """`here`: the place it stands in."""

    def __init__(self, view: View, here: str) -> None:
        super().__init__(view, here, SECTIONS)
