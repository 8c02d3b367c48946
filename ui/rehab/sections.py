"""The sections of rehab as chips above each of its views."""

from __future__ import annotations

from app.core.roles import Right
from app.rehab.aids import Aids
from app.rehab.queries.work import CountRehabWork
from ui.kit.sections import SectionChips, SectionCount, SectionList
from ui.kit.view import View

WORK_KINDS = frozenset(
    {
        "rehab_plan", "rehab_goal", "rehab_item", "rehab_booking", "rehab_session", "rehab_evaluation", "assessment",
        "incident", "absence", "stay",
    }
)  # fmt: skip
"""What makes work of rehab, or settles it."""

SECTIONS = SectionList(
    "康复",
    (
        ("rehab", "康复计划", Right.READ_RESIDENTS),
        ("rehab-session", "训练", Right.READ_RESIDENTS),
        ("rehab-week", "周排程", Right.READ_RESIDENTS),
        ("rehab-work", "待办", Right.READ_RESIDENTS),
        ("rehab-aids", "辅具", Right.READ_RESIDENTS),
    ),
    {
        "rehab-work": SectionCount(CountRehabWork(), WORK_KINDS),
        "rehab-aids": SectionCount(Aids(), frozenset({"aid_loan"}), lambda row: len(row.overdue)),
    },
)
"""In this order, each with its place."""


class Sections(SectionChips):
    """`here`: the place it stands in."""

    def __init__(self, view: View, here: str) -> None:
        super().__init__(view, here, SECTIONS)
