"""Checks of a resident's medicines: what speaks against an order when it is written, and again when it is given."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from app.access.proof import Proof
from app.core.unit import Reader, Unit


def alerts_of(reader: Reader, resident: UUID) -> Mapping[UUID, tuple[str, ...]]:
    """Order → what the checks say against giving it that nobody has answered when it was ordered."""
    del reader, resident  # nothing is checked yet
    return {}


def alerts_of_many(reader: Reader, residents: Collection[UUID]) -> Mapping[UUID, tuple[str, ...]]:
    """As `alerts_of`, for several residents with the same number of statements."""
    del reader, residents  # nothing is checked yet
    return {}


def settle(
    unit: Unit, resident: UUID, checked: Any, answered: tuple[Any, ...], second: Proof | None
) -> dict[str, Any]:
    """What the checks say of a new order and what was answered, for its `found`; refuses what is not answered."""
    del unit, resident, checked, answered, second  # nothing is checked yet
    return {}
