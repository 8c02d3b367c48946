"""Signing a round: the doctor by an account or by hand, then a nurse; each sheet stays open until it is done."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject

from app.access.proof import Proof
from app.core.errors import Refusal
from app.core.orders import Order
from app.referrals.rounds import CosignVisits, RoundWhole, SignVisits
from ui.kit import errand
from ui.kit.errands import Errands
from ui.kit.proof_sheet import ProofSheet
from ui.kit.view import View
from ui.referrals.round_sign_sheet import RoundSignSheet


class RoundSigning(QObject):
    """`ask` opens the sheet of the signature that is owed next."""

    def __init__(self, view: View, closed: Callable[[], None]) -> None:
        super().__init__(view)
        self.view, self._closed = view, closed
        self.errands = Errands(view.bench.desk, view, notice=view.bench.notice)
        self.sheet: ProofSheet | RoundSignSheet | None = None
        self._round: UUID | None = None
        self._doctor = False

    def ask(self, whole: RoundWhole) -> None:
        """Doctor first, nurse after; nothing where nothing is owed."""
        line = whole.line
        if self.sheet is not None:
            return
        self._round, self._doctor = line.seen.rid, bool(line.unsigned)
        if line.unsigned and whole.account is None:
            sheet = RoundSignSheet(self.view, line.doctor, f"{line.on} 巡诊 {line.unsigned} 位老人的记录。")
            sheet.signed.connect(self._drawn)
            self._open(sheet)
        elif line.unsigned:
            self._prove_sheet(
                "医师签名", f"{line.doctor}，{line.on} 巡诊 {line.unsigned} 位老人的记录。", doctor=True
            )
        elif line.uncosigned:
            self._prove_sheet(
                "站点护士签名", f"{line.on} {line.who} 巡诊记录 {line.uncosigned} 位。", doctor=False
            )
        else:
            self.view.bench.notice.say("没有待签名的巡诊记录。")

    # inside -------------------------------------------------------------------------------------------------------

    def _prove_sheet(self, title: str, text: str, *, doctor: bool) -> None:
        actor = self.view.bench.actor
        mine = (actor.profession == "医师") is doctor
        sheet = ProofSheet(self.view, title, text, actor.number if mine else "")
        sheet.done_with.connect(self._proved)
        self._open(sheet)

    @errand
    async def _proved(self) -> None:
        sheet, rid = self.sheet, self._round
        if not isinstance(sheet, ProofSheet) or rid is None:
            return
        station = self.view.bench.station

        async def signed() -> Order[Any]:
            signer: Proof = await station.aside(
                station.prove, sheet.number.text().strip(), sheet.secret.text()
            )
            return SignVisits(rid, signer) if self._doctor else CosignVisits(rid, signer)

        await self._have_done(signed, sheet.refuse)

    @errand
    async def _drawn(self, drawn: dict[str, Any]) -> None:
        sheet, rid = self.sheet, self._round
        if not isinstance(sheet, RoundSignSheet) or rid is None:
            return

        async def signed() -> Order[Any]:
            return SignVisits(rid, drawn=drawn)

        await self._have_done(signed, lambda field, text: sheet.show_refusal(field or "", text))

    async def _have_done(
        self, make: Callable[[], Awaitable[Order[Any]]], refuse: Callable[[str | None, str], object]
    ) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        try:
            count = await self.errands.do(await make(), busy=sheet.main)
        except Refusal as refusal:
            refuse(refusal.field, refusal.text)
            return
        who = "医师" if self._doctor else "护士"
        sheet.accept()
        self.view.bench.notice.done(f"{who}已签名，{count} 位老人的记录。")

    def _open(self, sheet: ProofSheet | RoundSignSheet) -> None:
        self.sheet = sheet
        sheet.finished.connect(self._gone)
        sheet.open()

    def _gone(self) -> None:
        self.sheet = None
        self._closed()
