"""Taking an institution's own roster in: look first (`PreviewRoster`), then one act, one transaction (`ImportRoster`).

    outcome  what became of each row, in counts, lines for a preview, and the rejected rows for a file
    known    the people and beds already here, read once, so that judging 14,000 rows asks the file nothing more
    places   buildings, floors, rooms and beds found or made
    filing   rows that go in, as rows of our tables, written in bulk and announced
    acts     the question and the order

Importing is no editing: a person who is here already is left as they are, so the same file twice changes nothing.
"""

from app.residents.importing.acts import ImportRoster, PreviewRoster
from app.residents.importing.outcome import Line, Outcome, write_rejected

__all__ = ["ImportRoster", "Line", "Outcome", "PreviewRoster", "write_rejected"]
