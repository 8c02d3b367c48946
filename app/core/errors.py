"""What can go wrong, and who is told what.

    Exception
    ├── Refusal   a rule said no: its sentence is for the person, nothing was written
    ├── Trouble   the world said no (disk, network, key): its sentence names a remedy
    └── anything else is a bug: logged with its trace, one dialog, the work kept

Only desk, sync engine and application catch `Exception`.
"""

from __future__ import annotations


class Refusal(Exception):
    """A rule said no. `text` is a Chinese sentence for the person; `field` names the input it belongs to."""

    def __init__(self, text: str, *, field: str | None = None) -> None:
        super().__init__(text)
        self.text = text
        self.field = field


class Trouble(Exception):
    """The world said no. `text` says what happened, `remedy` what a person can do; both Chinese."""

    def __init__(self, text: str, *, remedy: str = "") -> None:
        super().__init__(f"{text} {remedy}".strip())
        self.text = text
        self.remedy = remedy


class Cancelled(Exception):
    """A person cancelled long work; everything it had written was rolled back."""
