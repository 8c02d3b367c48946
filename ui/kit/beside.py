"""What one subject says beside a resident on another's board; `ui/places` brings them together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from app.core.orders import Question


@dataclass(frozen=True)
class Beside:
    """A line of words by resident, asked for all of them at once; asked again after news of `kinds`."""

    question: Callable[[tuple[UUID, ...]], Question[Mapping[UUID, str]]]
    kinds: frozenset[str]
