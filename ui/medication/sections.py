"""The sections of medication as chips above each of its views."""

from __future__ import annotations

from app.core.roles import Right
from ui.kit.sections import Section, SectionChips
from ui.kit.view import View

SECTIONS: tuple[Section, ...] = (
    ("medication", "给药班次", Right.READ_RESIDENTS),
    ("orders", "医嘱", Right.READ_RESIDENTS),
    ("month-grid", "月表", Right.READ_RESIDENTS),
    ("after-doses", "用药跟踪", Right.READ_RESIDENTS),
    ("cupboard", "药柜", Right.KEEP_STOCK),
    ("prescriptions", "处方", Right.READ_RESIDENTS),
)
"""In this order."""


class Sections(SectionChips):
    """`here`: the place it stands in."""

    def __init__(self, view: View, here: str) -> None:
        super().__init__(view, here, SECTIONS, "用药")
