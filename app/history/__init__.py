"""变更历史 and 时间线: the versions of any record, and everything that happened to a resident in order.

    readings   a row's content in words, by field: labels and codes are data (`resources/history/columns.toml`)
    record     the versions of one record, each against the one before it
    timeline   one line of time from every subject

It stands above the registry: a new record kind is readable with one table of labels, and with none it still shows
who wrote which version when.
"""

from app.history.record import Difference, RecordHistory, RecordStory, Version

__all__ = ["Difference", "RecordHistory", "RecordStory", "Version"]
