"""What a commit changed: the one message every open screen hears."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Changes:
    """A set of (kind, id). Kinds are the record kinds of `app.registry`."""

    pairs: frozenset[tuple[str, UUID]] = frozenset()

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, UUID]]) -> Changes:
        return cls(frozenset(pairs))

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(kind for kind, _ in self.pairs)

    def touches(self, *kinds: str) -> bool:
        """Whether anything of one of these kinds changed."""
        return any(kind in kinds for kind, _ in self.pairs)

    def __or__(self, other: Changes) -> Changes:
        return Changes(self.pairs | other.pairs)

    def __bool__(self) -> bool:
        return bool(self.pairs)
