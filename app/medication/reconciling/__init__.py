"""Reconciliation 返院用药重整: before, discharge and now; each medicine kept, changed or stopped by a named decision.

case       the return, the orders of before, the hospital's list, what was decided
matching   which line of the list means which order, and whether they agree (没写不等于停)
listing    the hospital's list is written down; the ward is asked by telephone
deciding   one named decision a medicine; what is the same on both sides with one key
undoing    within ten minutes, or with a reason; what was kept is held again
signing    a doctor signs what a nurse wrote down, and the whole as finished
signed     whether that signature still covers what stands
questions  who stands 待重整, and one resident's rows

Nothing here holds a dose, and nothing here has to run for doses to be held: that is derived from the absence, where
doses are (`app.medication.returns`, `rules.reconcile`). A decision *keep* releases its order; change and stop end it by
the order's own acts; what is taken from the hospital's list is an order like any other, signed or transcribed. An order
that was written after the return is free: writing it is the named decision.
"""

from app.medication.reconciling.deciding import Decide, DecideAll, Decision
from app.medication.reconciling.listing import CAME_WITH, NO_PAPER, ListDischarge, NoteInquiry
from app.medication.reconciling.questions import (
    CountReconciliations,
    OpenReconciliations,
    OpenRow,
    Reconciliation,
    ReconciliationOf,
)
from app.medication.reconciling.rows import ReconcileRow
from app.medication.reconciling.signing import SignDecisions, SignReconciliation
from app.medication.reconciling.undoing import UndoDecision
from app.medication.rules.listed import Listed

__all__ = [
    "CAME_WITH",
    "NO_PAPER",
    "CountReconciliations",
    "Decide",
    "DecideAll",
    "Decision",
    "ListDischarge",
    "Listed",
    "NoteInquiry",
    "OpenReconciliations",
    "OpenRow",
    "ReconcileRow",
    "Reconciliation",
    "ReconciliationOf",
    "SignDecisions",
    "SignReconciliation",
    "UndoDecision",
]
