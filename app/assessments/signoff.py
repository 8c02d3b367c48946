"""The two signatures of an assessment: the first freezes its content, the second makes it a record for good."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from app.access import proof
from app.access.proof import Proof
from app.access.signing import sign, signatures
from app.assessments import drafts
from app.assessments.content import Record, check_content
from app.assessments.drafts import Filled
from app.assessments.half_signed import freeze
from app.assessments.instruments import Instrument
from app.assessments.record import KIND, new_row, signable, signed_content
from app.assessments.shelf import instrument_called
from app.assessments.statements.acts import disagree
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import CLINICAL_PROFESSIONS, GRANTS, Actor, Right, Role
from app.core.unit import Unit
from db.models import Assessment


@dataclass(frozen=True)
class SignedOff:
    """A record and which of its signatures was just given; `complete` once the last one is."""

    record: UUID
    number: str
    revision: int
    ordinal: int
    complete: bool


@dataclass(frozen=True)
class SignFirst(Order[SignedOff]):
    """The first assessor signs the actor's draft. `signer`: proof of the number and password or PIN just given."""

    resident: UUID
    instrument: str
    signer: Proof


@dataclass(frozen=True)
class SignSecond(Order[SignedOff]):
    """The second assessor, another person, signs the same content; one of the two has a clinical profession.

    `disagreement`: another opinion of this assessor, kept beside the record in the same act; the record stands.
    """

    resident: UUID
    instrument: str
    signer: Proof
    disagreement: str = ""


@performs(SignFirst)
def sign_first(unit: Unit, order: SignFirst) -> SignedOff:
    unit.require(Right.ASSESS)
    instrument = instrument_called(unit.session, order.instrument)
    signer = _assessor(unit, instrument, order.signer)
    found = drafts.held(unit.session, instrument, order.resident)
    if found is None or found.person != unit.actor.rid:
        raise Refusal(
            "没有可签名的草稿" if found is None else f"{drafts.holder_words(unit, found)}，请先接手"
        )
    if found.half is not None:
        raise Refusal(f"{found.half.signer_name}已签名，请第二位评估人员签名")
    check_content(instrument, found.content, unit.today)
    record = found.record or Record(unit.new_id(), unit.next_number(KIND))
    row = new_row(unit, instrument, order.resident, found.content, record)
    if instrument.signing.assessors == 1:
        _check_clinical(instrument, [signer.profession])
        return _enter(unit, instrument, row, signer)
    half = freeze(unit, row, signer)
    drafts.keep(unit, instrument, order.resident, Filled(found.content, record, half))
    return SignedOff(row.rid, row.number, row.revision, 1, complete=False)


@performs(SignSecond)
def sign_second(unit: Unit, order: SignSecond) -> SignedOff:
    unit.require(Right.ASSESS)
    instrument = instrument_called(unit.session, order.instrument)
    found = drafts.held(unit.session, instrument, order.resident)
    if found is None or found.half is None:
        raise Refusal("没有等待第二位签名的评估；如果内容改过，请第一位评估人员重新签名")
    signer = _assessor(unit, instrument, order.signer)
    row, given = found.half.record(), found.half.first_signature()
    if given.signer == signer.rid:
        raise Refusal(f"{signer.name}已经签过名，请另一位评估人员签名", field="number")
    _check_clinical(instrument, [given.profession, signer.profession])
    unit.session.add(given)
    unit.session.flush()
    if not all(one.genuine for one in signatures(unit, signable(row), signed_content(row))):
        raise Refusal(f"内容与{given.name}签名时不一致，请第一位评估人员重新签名")
    done = _enter(unit, instrument, row, signer)
    if order.disagreement.strip():
        disagree(unit, row, signer, order.disagreement)
    return done


def _enter(unit: Unit, instrument: Instrument, row: Assessment, signer: Actor) -> SignedOff:
    """Give the last signature and enter the row among the records; the draft has done its work."""
    before = unit.session.scalar(select(Assessment).where(Assessment.rid == row.rid, Assessment.current))
    if row.revision != (before.revision + 1 if before else 1):
        raise Refusal("这份评估已另有修订，请放弃草稿后重新更正")
    if before is not None:
        before.current = False
        unit.session.flush()
    row.current, row.state = True, "signed" if row.revision == 1 else "corrected"
    row.recorded_at = unit.now
    unit.session.add(row)
    last = sign(unit, signable(row), signed_content(row), signer)
    drafts.drop(unit, instrument, row.resident)
    return SignedOff(row.rid, row.number, row.revision, last.ordinal, complete=True)


def _assessor(unit: Unit, instrument: Instrument, signer: Proof) -> Actor:
    person = proof.accept(unit, signer)
    if not person.may(Right.ASSESS):
        roles = "、".join(role.words for role in Role if role in GRANTS[Right.ASSESS])
        raise Refusal(
            f"{person.name}没有“{Right.ASSESS.value}”的权限，不能签名。有此权限的岗位：{roles}",
            field="number",
        )
    allowed = instrument.signing.professions
    if allowed and person.profession not in allowed:
        raise Refusal(
            f"“{instrument.title}”应由{'、'.join(allowed)}评估签名，{person.name}是{person.profession}",
            field="number",
        )
    return person


def _check_clinical(instrument: Instrument, professions: list[str]) -> None:
    clinical = sum(profession in CLINICAL_PROFESSIONS for profession in professions)
    if clinical < instrument.signing.clinical:
        raise Refusal(
            f"评估人员是{'、'.join(professions)}，至少{instrument.signing.clinical}名须具有医护专业背景"
            f"（{'、'.join(sorted(CLINICAL_PROFESSIONS))}）",
            field="number",
        )
