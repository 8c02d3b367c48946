"""A file of a form as it is shown: kept under its name already, or only in the form yet."""

from __future__ import annotations

import base64
from uuid import UUID

from app.core.blobs import NEW_PHOTO
from ui.kit.file_sheet import ShownFile


def form_file(title: str, name: str, record: UUID, about: str = "staff") -> ShownFile:
    """`name`: a value of an input of photos. `record`, `about`: whom or what it is noted under when it is printed."""
    if name.startswith(NEW_PHOTO):
        return ShownFile(title, "", record, about, content=base64.b64decode(name.partition(",")[2]))
    return ShownFile(title, name, record, about)
