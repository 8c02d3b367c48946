"""Several sheets as one document: pages counted through, one number, one mark of what it is worth."""

from __future__ import annotations

from dataclasses import dataclass

from app.printing.certificate import Certificate
from app.printing.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Pack:
    """Sheets in their order; `number`, `printed` and the marks are those of the whole, whatever each sheet says.

    `certificate`: what it is signed with.
    """

    title: str
    number: str
    printed: str
    sheets: tuple[Sheet, ...]
    draft: bool = False
    watermark: str = ""
    certificate: Certificate | None = None
