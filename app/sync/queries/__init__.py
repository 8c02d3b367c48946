"""What screens and the command line ask about sync: how it stands, what waits and why, the story of one record."""

from app.sync.queries.overview import Overview, SyncAlarms, SyncOverview
from app.sync.queries.rows import FILTERS, Rows, SyncRow, SyncRows
from app.sync.queries.trace import Related, Step, Trace, TraceOf, Version

__all__ = [
    "FILTERS",
    "Overview",
    "Related",
    "Rows",
    "Step",
    "SyncAlarms",
    "SyncOverview",
    "SyncRow",
    "SyncRows",
    "Trace",
    "TraceOf",
    "Version",
]
