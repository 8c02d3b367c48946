"""Partners 协作机构, what is agreed with them, the station's own papers, doctors who come.

lists        what there is to choose from: partners.toml
forms        what a person says, and what becomes of it in the tables; `department` of one of a partner's
partner      a partner and its departments          agreement   made, put right, renewed, ended
licence      the station's own papers               visiting    doctors who come
rows         how each stands on a day               asking      lists and one partner
expiring     what runs out, what is covered         fields      the sheets as data

Decisions. *A partner's facts are changed, an agreement is corrected with a reason*: a telephone number is another one
some day, but what was agreed was agreed; a new term is a renewal, a record of its own. *Nothing is reminded of that
goes on*: an agreement whose successor is signed is no work, even before it is over. *A partner that has ended stays
readable*, and with it whatever was sent there.
"""

from app.referrals.partners.agreement import (
    AddAgreement,
    ChangeAgreement,
    EndAgreement,
    RenewAgreement,
    ResumeAgreement,
    RetractAgreement,
)
from app.referrals.partners.asking import (
    Licences,
    PartnerById,
    PartnerLine,
    PartnerPage,
    Partners,
    VisitingDoctors,
)
from app.referrals.partners.department import DepartmentRow
from app.referrals.partners.expiring import (
    CountExpiring,
    Expiring,
    ExpiringRow,
)
from app.referrals.partners.forms import AgreementForm, LicenceForm, PartnerForm, Terms, VisitingForm
from app.referrals.partners.licence import (
    AddLicence,
    ChangeLicence,
    EndLicence,
    RenewLicence,
    ResumeLicence,
    RetractLicence,
)
from app.referrals.partners.partner import (
    AddPartner,
    ChangePartner,
    DropDepartment,
    EndPartner,
    KeepDepartment,
    ResumePartner,
    RetractPartner,
)
from app.referrals.partners.rows import AgreementRow, LicenceRow, Stands, VisitingRow
from app.referrals.partners.visiting import (
    AddVisitingDoctor,
    ChangeVisitingDoctor,
    EndVisitingDoctor,
    RetractVisitingDoctor,
)

__all__ = [
    "AddAgreement", "AddLicence", "AddPartner", "AddVisitingDoctor", "AgreementForm",
    "AgreementRow", "ChangeAgreement", "ChangeLicence", "ChangePartner", "ChangeVisitingDoctor", "CountExpiring",
    "DepartmentRow", "DropDepartment", "EndAgreement", "EndLicence", "EndPartner", "EndVisitingDoctor",
    "Expiring", "ExpiringRow", "KeepDepartment", "LicenceForm", "LicenceRow", "Licences", "PartnerById", "PartnerForm",
    "PartnerLine", "PartnerPage", "Partners", "RenewAgreement", "RenewLicence", "ResumeAgreement", "ResumeLicence",
    "ResumePartner", "RetractAgreement", "RetractLicence", "RetractPartner", "RetractVisitingDoctor", "Stands", "Terms",
    "VisitingDoctors", "VisitingForm", "VisitingRow",
]  # fmt: skip
