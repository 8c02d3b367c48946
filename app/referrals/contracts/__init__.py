"""Family-doctor contracts 签约: a resident, a team, a package of services a year, what was delivered of it.

lists        packages, services, groups: contracts.toml
forms        what a person says, and what becomes of it in the table
signing      signed, put right, renewed, ended, rated        delivering   a service was delivered
reading      contracts as they stand on a day                asking       lists, one resident's, rates
fields       the sheets as data

Decisions. *What is owed is in the contract*, copied from the package when it was signed: another package tomorrow
changes no contract of today. *Services are counted by the year of the contract*, not by the calendar, and only whole
ones are called late. *Whom the key groups hold follows from the chart* (age, diagnoses, ability); what was ticked in a
contract is what was signed. *A contract that renews by itself goes on*, as its paper says, until it is ended.
"""

from app.referrals.contracts.asking import (
    ContractBoard,
    ContractCoverage,
    ContractLine,
    ContractOf,
    ContractPage,
    ContractRates,
    Contracts,
    CountContractWork,
    ServiceRow,
)
from app.referrals.contracts.delivering import DeliverService, RetractService
from app.referrals.contracts.forms import ContractForm, Member, Signer
from app.referrals.contracts.lists import Fee, Owed
from app.referrals.contracts.reading import ContractStand, ServiceProgress
from app.referrals.contracts.signing import (
    ChangeContract,
    EndContract,
    RateSatisfaction,
    RenewContract,
    ResumeContract,
    RetractContract,
    SignContract,
    Signed,
)

__all__ = [
    "ChangeContract", "ContractBoard", "ContractCoverage", "ContractForm", "ContractLine", "ContractOf",
    "ContractPage", "ContractRates", "ContractStand", "Contracts", "CountContractWork", "DeliverService", "EndContract",
    "Fee", "Member", "Owed", "RateSatisfaction", "RenewContract", "ResumeContract", "RetractContract",
    "RetractService", "ServiceProgress", "ServiceRow", "SignContract", "Signed", "Signer",
]  # fmt: skip
