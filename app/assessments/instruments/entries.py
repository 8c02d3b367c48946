"""An instrument file read entry by entry: every refusal says that it is one."""

from __future__ import annotations

from collections.abc import Collection
from typing import ClassVar

from app.core.file_entry import FileEntry

TONES = ("ok", "info", "warn", "orange", "danger")


class Entry(FileEntry):
    """One table of an instrument file."""

    thing: ClassVar[str] = "量表文件"

    def one_of(self, key: str, allowed: Collection[str], usual: str | None = None) -> str:
        """A text that is one of some; refuses others and names what is allowed."""
        found = self.text(key, usual)
        if found not in allowed:
            self.refuse(key, f"应是 {'、'.join(allowed)} 之一")
        return found

    def some_of(self, key: str, allowed: Collection[str]) -> tuple[str, ...]:
        """A list of texts, each one of some; empty where the key is not there."""
        found = self.texts(key) if self.has(key) else ()
        for one in found:
            if one not in allowed:
                self.refuse(key, f"没有“{one}”，应是 {'、'.join(allowed)} 之一")
        return found

    def texts_or_none(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty where the key is not there."""
        return self.texts(key) if self.has(key) else ()
