"""Several sheets as one document: pages counted through, one number, one mark of what it is worth."""

from __future__ import annotations

from dataclasses import dataclass

from app.printing.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Pack:
    """Sheets in their order; `number`, `printed` and the marks are those of the whole, whatever each sheet says."""

    title: str
    number: str
    printed: str
    sheets: tuple[Sheet, ...]
    draft: bool = False
    watermark: str = ""
