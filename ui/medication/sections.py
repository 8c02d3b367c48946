"""The sections of medication as chips above each of its views, with what waits in each; one key leads to the next."""

from __future__ import annotations

from app.core.roles import Right
from app.medication.following import CountFollowing
from app.medication.prescriptions import CountEnding
from app.medication.queries.order_counts import CountOrderWork, OrderCounts
from app.medication.stock.queries import CountStockAlarms
from ui.kit.sections import SectionChips, SectionCount, SectionList
from ui.kit.view import View


def _waiting(counts: OrderCounts) -> int:
    return counts.to_check + counts.to_sign


SECTIONS = SectionList(
    "用药",
    (
        ("medication", "给药班次", Right.READ_RESIDENTS),
        ("orders", "医嘱", Right.READ_RESIDENTS),
        ("month-grid", "月表", Right.READ_RESIDENTS),
        ("after-doses", "用药跟踪", Right.READ_RESIDENTS),
        ("cupboard", "药柜", Right.KEEP_STOCK),
        ("prescriptions", "处方", Right.READ_RESIDENTS),
    ),
    {
        "orders": SectionCount(CountOrderWork(), frozenset({"med_order", "stay"}), _waiting),
        "after-doses": SectionCount(CountFollowing(), frozenset({"dose", "med_matter", "med_order"})),
        "cupboard": SectionCount(CountStockAlarms(), frozenset({"stock_move", "dose", "med_order"})),
        "prescriptions": SectionCount(CountEnding(), frozenset({"prescription", "stay"})),
    },
)


class Sections(SectionChips):
    """`here`: the place it stands in."""

    def __init__(self, view: View, here: str) -> None:
        super().__init__(view, here, SECTIONS)
