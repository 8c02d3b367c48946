"""An instrument file read entry by entry: every refusal says that it is one."""

from __future__ import annotations

from typing import ClassVar

from app.core.file_entry import FileEntry


class Entry(FileEntry):
    """One table of an instrument file."""

    thing: ClassVar[str] = "量表文件"
