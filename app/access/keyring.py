"""The opened key table of a signed-in station: slots put in and taken out, in step with the database's acts."""

from __future__ import annotations

import logging
import threading
from collections.abc import Collection
from pathlib import Path
from typing import Any
from uuid import UUID

from app.access import keys
from app.access.keys import Cost, KeyTable, Slot
from app.core.audit import derive
from app.core.errors import Trouble
from db.backup import settle
from db.engine import connect

_log = logging.getLogger(__name__)


class KeyRing:
    """Holds the database key while somebody is signed in.

    The file is written before the database commits its epoch, and until then it keeps the old slot beside the new
    one: a crash or a refusal between the two locks nobody out. `settle` then takes out the slot that lost. A file
    whose epoch is behind the database's is an old one put back, and is refused.
    """

    def __init__(self, path: Path, table: KeyTable, key: bytes, cost: Cost) -> None:
        self._path = path
        self._key = key
        self._lock = threading.Lock()
        self._coming: set[UUID] = set()
        self._going: set[UUID] = set()
        self.cost = cost
        self.table = table

    @property
    def epoch(self) -> int:
        return self.table.epoch

    def wrap(self, person: tuple[str, str], password: str) -> Slot:
        """A slot for (number, name); slow by design, call it off the screen's and the writer's thread."""
        return keys.password_slot(self.table, self._key, person, password, self.cost)

    def put(self, slot: Slot, instead_of: UUID | None = None) -> int:
        """Write the table with the slot; returns the epoch to commit. `settle` takes out the one it replaces."""
        with self._lock:
            epoch = self._keep(self.table.with_slot(slot))
            self._coming.add(slot.id)
            if instead_of is not None:
                self._going.add(instead_of)
            return epoch

    def drop(self, slot: UUID) -> int:
        """Write a new epoch, to be committed; `settle` takes out the slot."""
        with self._lock:
            epoch = self._keep(self.table.without())
            self._going.add(slot)
            return epoch

    def settle(self, *, committed: bool) -> None:
        """After the act: take out the slots that went with it, or those that came if it was rolled back."""
        with self._lock:
            lost = self._going if committed else self._coming
            self._coming, self._going = set(), set()
            if lost:
                self._take_out(lost)

    def keep_only(self, accounts: Collection[UUID]) -> None:
        """Take out password slots no account has: what a crash between the file and the commit left."""
        with self._lock:
            passwords = {slot.id for slot in self.table.slots if slot.kind == "password"}
            if lost := passwords.difference(accounts):
                self._take_out(lost)

    def _take_out(self, lost: Collection[UUID]) -> None:
        try:
            self._keep(self.table.without(*lost))
        except Trouble:
            # the act is durable; the slot opens no account any more, and the next opening tries again
            _log.exception("a key slot could not be taken out")

    def connect(self, database: Path) -> Any:
        """A bare read-only connection to the file, for checks that look at pages."""
        return connect(database, self._key, read_only=True)

    def begin(self, database: Path) -> Any:
        """A bare connection to a new file under the same key: a copy."""
        return connect(database, self._key)

    def settle_copy(self, database: Path) -> None:
        """Make a copy one file, with no log beside it."""
        settle(database, self._key)

    def derived(self, purpose: str) -> bytes:
        """A key for one purpose, from which nobody finds the database's."""
        return derive(self._key, purpose)

    def renew(self) -> int:
        """Write the same slots under a new epoch, to be committed: a table from before is refused from then on."""
        with self._lock:
            return self._keep(self.table.without())

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
