"""What each subject brings to the workbench: its number, and what is to do. A new subject is one file and one line."""

from app.today.sources import (
    assessments,
    care,
    contracts,
    incidents,
    journals,
    medication,
    outbox,
    partners,
    reconciling,
    referrals,
    rehab,
    returns,
    rounds,
    stays,
    vitals,
)
from app.today.sources.source import Source

SOURCES: tuple[Source, ...] = (
    Source(tile=stays.tile, todos=stays.todos),
    Source(tile=vitals.tile, todos=vitals.todos),
    Source(tile=medication.tile, todos=medication.todos),
    Source(todos=reconciling.todos),
    Source(tile=care.tile),
    Source(tile=assessments.tile, todos=assessments.todos),
    Source(tile=rehab.tile, todos=rehab.todos),
    Source(tile=referrals.tile, todos=referrals.todos),
    Source(tile=returns.tile, todos=returns.todos),
    Source(todos=rounds.todos),
    Source(tile=incidents.tile, todos=incidents.todos),
    Source(tile=journals.tile, todos=journals.todos),
    Source(todos=partners.todos),
    Source(todos=contracts.todos),
    Source(tile=outbox.tile),
)
"""In the order of the tiles."""
