"""变更历史 of any record: every version with who, when, what and why; old words beside new ones.

    readings   a row's content in words, by field: labels and codes are data (`resources/history/columns.toml`)
    record     the versions of one record, each against the one before it

It stands above the registry: a new record kind is readable with one table of labels, and with none it still shows
who wrote which version when.
"""

from app.history.record import Difference, RecordHistory, RecordStory, Version

__all__ = ["Difference", "RecordHistory", "RecordStory", "Version"]
