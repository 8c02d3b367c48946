"""Signing a round: the doctor by an account or by hand, then a nurse; each sheet stays open until it is done."""

from __future__ import annotations

from app.referrals.rounds import CosignVisits, RoundWhole, SignVisits
from ui.kit.proof_sheet import ProofSheet
from ui.referrals.doctor_signing import DoctorSigning
from ui.referrals.round_sign_sheet import RoundSignSheet


class RoundSigning(DoctorSigning):
    """`ask` opens the sheet of the signature that is owed next."""

    def ask(self, whole: RoundWhole) -> None:
        """Doctor first, nurse after; nothing where nothing is owed."""
        line, rid = whole.line, whole.line.seen.rid
        if self.sheet is not None:
            return
        if line.unsigned and whole.account is None:
            sheet = RoundSignSheet(self.view, line.doctor, f"{line.on} 巡诊 {line.unsigned} 位老人的记录。")
            self.by_hand(sheet, lambda drawn: SignVisits(rid, drawn=drawn), _doctor_signed)
        elif line.unsigned:
            words = f"{line.doctor}，{line.on} 巡诊 {line.unsigned} 位老人的记录。"
            proof = self._sheet("医师签名", words, doctor=True)
            self.prove(proof, lambda signer: SignVisits(rid, signer), _doctor_signed)
        elif line.uncosigned:
            words = f"{line.on} {line.who} 巡诊记录 {line.uncosigned} 位。"
            proof = self._sheet("站点护士签名", words, doctor=False)
            self.prove(proof, lambda signer: CosignVisits(rid, signer), _nurse_signed)
        else:
            self.view.bench.notice.say("没有待签名的巡诊记录。")

    def _sheet(self, title: str, text: str, *, doctor: bool) -> ProofSheet:
        """The number of whoever is at the desk stands there, where it may be theirs to sign."""
        actor = self.view.bench.actor
        mine = (actor.profession == "医师") is doctor
        return ProofSheet(self.view, title, text, actor.number if mine else "")


def _doctor_signed(count: int) -> str:
    return f"医师已签名，{count} 位老人的记录。"


def _nurse_signed(count: int) -> str:
    return f"护士已签名，{count} 位老人的记录。"
