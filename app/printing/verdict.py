"""What can be said of a scanned sheet, whichever kind it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

Standing = Literal["valid", "corrected", "retracted", "false", "unknown"]
"""Valid as printed; corrected or retracted since; false: the seal does not fit; unknown: no such code or record."""


@dataclass(frozen=True)
class SheetVerdict:
    """What can be said of a scanned report: one sentence, what the paper must say, and which record it is of."""

    standing: Standing
    sentence: str
    facts: tuple[str, ...] = ()
    record: UUID | None = None
    resident: UUID | None = None

    @property
    def genuine(self) -> bool:
        """Whether this station printed it so, whatever happened since."""
        return self.standing in ("valid", "corrected", "retracted")
