"""Keeps the document of every referral that was sent, after the act and beside the work: nobody waits for it."""

from __future__ import annotations

import logging
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.core.changes import Changes
from app.core.errors import Refusal, Trouble
from app.core.roles import Right
from app.referrals.documents import OwedDocuments
from ui.kit import Errands
from ui.kit.view import Bench

_log = logging.getLogger(__name__)


class DocumentKeeping(QObject):
    """One for whoever is signed in and may print. It looks when they come, and whenever a referral changed: what a
    program that died in between left undone is found like everything else that is owed."""

    def __init__(self, bench: Bench, frame: QWidget, errands: Errands) -> None:
        super().__init__(frame)
        self._bench, self._errands = bench, errands
        self._again = False
        self._failed: set[UUID] = set()
        if bench.actor.may(Right.PRINT_RECORDS):
            bench.bulletin.subscribe(frame, frozenset({"referral"}), self._hear)

    def look(self) -> None:
        """Keep what is owed; asked again meanwhile, once more after that."""
        if self._bench.actor.may(Right.PRINT_RECORDS):
            self._again = True
            self._errands.start("documents", self._keep_all)

    def _hear(self, changes: Changes) -> None:
        self._failed -= {rid for kind, rid in changes.pairs if kind == "referral"}
        self.look()

    async def _keep_all(self) -> None:
        while self._again:
            self._again = False
            for referral in await self._errands.ask(OwedDocuments()):
                if referral not in self._failed:
                    await self._keep(referral)

    async def _keep(self, referral: UUID) -> None:
        """A pack that cannot be drawn or kept is tried again when its referral changes, or at the next sign-in."""
        from app.printing.referral_keeping import (  # the fonts' library loads with it
            PackToKeep,
            drawn_document,
        )

        try:
            wanted = await self._errands.ask(PackToKeep(referral))
            if wanted is not None:
                await self._errands.do(await self._bench.station.aside(drawn_document, wanted))
        except (Refusal, Trouble) as error:
            self._failed.add(referral)
            _log.info("no document was kept: %s", error.text)
