"""Checks of a resident's medicines: what speaks against an order when it is written, and again when it is given."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from app.core.unit import Reader


def alerts_of(reader: Reader, resident: UUID) -> Mapping[UUID, tuple[str, ...]]:
    """Order → what the checks say against giving it that nobody has answered when it was ordered."""
    del reader, resident  # nothing is checked yet
    return {}
