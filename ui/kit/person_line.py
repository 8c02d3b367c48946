"""One person's row in a grid of cells: who, where, and whether anything waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID


class PersonRow(Protocol):
    """What a board has of a person; each slot has a `state` that may be `open`."""

    @property
    def resident(self) -> UUID: ...

    @property
    def bed(self) -> str: ...

    @property
    def slots(self) -> Sequence[Any]: ...


R = TypeVar("R", bound=PersonRow)
C = TypeVar("C")


@dataclass(frozen=True)
class PersonLine(Generic[R, C]):
    """A cell under each heading, None where nothing is planned."""

    row: R
    cells: tuple[C | None, ...]

    @property
    def rid(self) -> UUID:
        return self.row.resident

    @property
    def waits(self) -> bool:
        return any(slot.state.open for slot in self.row.slots)

    @property
    def bed(self) -> str:
        """Without its building: the floor is chosen above."""
        return self.row.bed.split(" ")[-1] or "未分床"
