"""What each subject brings to the workbench: its number, and what is to do. A new subject is one file and one line."""

from app.today.sources import assessments, outbox, residents
from app.today.sources.source import Source

SOURCES: tuple[Source, ...] = (
    Source(tile=residents.tile),
    Source(tile=assessments.tile, todos=assessments.todos),
    Source(tile=outbox.tile),
)
"""In the order of the tiles."""
