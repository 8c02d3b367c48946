"""The opened key table of a signed-in station: slots put in and taken out, the file and the epoch kept in step."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any
from uuid import UUID

from app.access import keys
from app.access.keys import Cost, KeyTable, Slot
from db.engine import connect


class KeyRing:
    """Holds the database key while somebody is signed in.

    The file is written before the database commits its epoch: after a crash between the two the file is ahead, and
    the database follows at the next opening. A file that is behind is an old one put back, and is refused.
    """

    def __init__(self, path: Path, table: KeyTable, key: bytes, cost: Cost) -> None:
        self._path = path
        self._key = key
        self._lock = threading.Lock()
        self.cost = cost
        self.table = table

    @property
    def epoch(self) -> int:
        return self.table.epoch

    def wrap(self, person: tuple[str, str], password: str) -> Slot:
        """A slot for (number, name); slow by design, call it off the screen's and the writer's thread."""
        return keys.password_slot(self.table, self._key, person, password, self.cost)

    def put(self, slot: Slot, instead_of: UUID | None = None) -> int:
        """Write the table with the slot, without the one it replaces; returns the new epoch."""
        with self._lock:
            table = self.table if instead_of is None else self.table.without(instead_of)
            return self._keep(table.with_slot(slot))

    def drop(self, slot: UUID) -> int:
        """Write the table without a slot; returns the new epoch."""
        with self._lock:
            return self._keep(self.table.without(slot))

    def connect(self, database: Path) -> Any:
        """A bare read-only connection to the file, for checks that look at pages."""
        return connect(database, self._key, read_only=True)

    def knows(self, slot: Slot, secret: str) -> bool:
        """Whether a secret opens a slot; slow by design."""
        return keys.unlock(self.table, slot, secret) == self._key

    def slot(self, slot: UUID) -> Slot | None:
        return next((known for known in self.table.slots if known.id == slot), None)

    def _keep(self, table: KeyTable) -> int:
        sealed = table.sealed(self._key)
        keys.write(self._path, sealed)
        self.table = sealed
        return sealed.epoch
