"""Questions about journals, and the frozen rows they are answered with: the only SQL of this subject's reading."""

from app.journals.queries.due import CountDueEntries, DueEntries, DueRow
from app.journals.queries.history import EntryHistory, Version
from app.journals.queries.pages import Counts, EntryOf, JournalPage, LastEntry, Mark, Page
from app.journals.queries.people import People
from app.journals.queries.rows import EntryRow
from app.journals.queries.standing import Signs, Standing
from app.journals.queries.sums import DaySums, Sums, SumsRow
from app.journals.queries.timeline import happened

__all__ = [
    "CountDueEntries",
    "Counts",
    "DaySums",
    "DueEntries",
    "DueRow",
    "EntryHistory",
    "EntryOf",
    "EntryRow",
    "JournalPage",
    "LastEntry",
    "Mark",
    "Page",
    "People",
    "Signs",
    "Standing",
    "Sums",
    "SumsRow",
    "Version",
    "happened",
]
