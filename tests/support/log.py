"""A warning in the log that no test expected fails the test: the log is read by people in trouble, it must be true."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

# Loggers of libraries that warn about things that are right here; each with its reason.
QUIET: dict[str, str] = {}


class LogWatch(logging.Handler):
    """Collects what was logged at WARNING or above, from any thread, until somebody expects it."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._unexpected: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Remember one record."""
        if record.name not in QUIET:
            self._unexpected.append(record)

    @contextmanager
    def expect(self, pattern: str, level: int = logging.WARNING) -> Iterator[None]:
        """Within this block at least one record of `level` says `pattern` (searched); those are in order."""
        before = len(self._unexpected)
        yield
        new = self._unexpected[before:]
        met = [r for r in new if r.levelno == level and re.search(pattern, r.getMessage())]
        assert met, f"nothing logged at {logging.getLevelName(level)} says “{pattern}”: {self.words(new)}"
        self._unexpected[before:] = [record for record in new if record not in met]

    def unexpected(self) -> str:
        """What nobody expected, one line each; empty when all is well."""
        return self.words(self._unexpected)

    @staticmethod
    def words(records: list[logging.LogRecord]) -> str:
        """Level, logger, message and the error that came with it."""
        lines = []
        for record in records:
            error = record.exc_info[1] if record.exc_info else None
            lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")
            lines[-1] += f" ({type(error).__name__}: {error})" if error else ""
        return "\n".join(lines)

    @contextmanager
    def listening(self) -> Iterator[LogWatch]:
        """Hear everything that is logged within this block."""
        root = logging.getLogger()
        root.addHandler(self)
        try:
            yield self
        finally:
            root.removeHandler(self)
