"""What a task of the plan was planned for: the origin that names an assessment and the level it had reached."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

_KIND = "assessment:"


@dataclass(frozen=True)
class Origin:
    """An assessment, and the level it had reached when the task was planned."""

    assessment: UUID
    level: int

    @property
    def kept(self) -> str:
        """As it is kept with a task."""
        return f"{_KIND}{self.assessment}/{self.level}"


def origin_from(kept: str) -> Origin | None:
    """The assessment an origin names; None for a template's key, or none at all."""
    if not kept.startswith(_KIND):
        return None
    rid, _, level = kept.removeprefix(_KIND).partition("/")
    return Origin(UUID(rid), int(level))
