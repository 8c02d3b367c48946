"""Referrals on the platform: partners, who comes, the request and its Task, the return, rounds, contracts, home beds.

Decisions. The request is ours, the *Task* is where the hospital answers: a revision that does not move the state
leaves the Task alone, so that no answer is written over, and an answer that the departure has overtaken gives way. What
goes beside a record (consent, who was told, a team, the text of a return) carries no envelope: it says nothing the
record does not say, and is sent again only when it changes. Licences stay here: they are the station's own papers, and
no other program asks for them. Pictures stay too. The pack goes as the file it left as, beside the record: the hospital
reads the very paper, and no other program can draw it.
"""

from app.referrals.fhir.contract import AgreementMapper, ContractMapper
from app.referrals.fhir.document import DocumentMapper
from app.referrals.fhir.home import HomeBedMapper, ServiceMapper
from app.referrals.fhir.partner import PartnerMapper
from app.referrals.fhir.referral import ReferralMapper
from app.referrals.fhir.returned import ReturnMapper
from app.referrals.fhir.rounds import RoundMapper, VisitMapper
from app.referrals.fhir.visiting import VisitingDoctorMapper

__all__ = [
    "AgreementMapper", "ContractMapper", "DocumentMapper", "HomeBedMapper", "PartnerMapper", "ReferralMapper",
    "ReturnMapper", "RoundMapper", "ServiceMapper", "VisitMapper", "VisitingDoctorMapper",
]  # fmt: skip
