"""Aids 辅具: lent to a resident, returned, put right; what is out, and what a plan prescribes and nobody has lent yet.

lending   the acts
asking    what is lent, in the house or to one resident
"""

from app.rehab.aids.asking import Aids, AidsRow, LoanRow
from app.rehab.aids.lending import CorrectLoan, LendAid, LoanForm, RetractLoan, ReturnAid

__all__ = ["Aids", "AidsRow", "CorrectLoan", "LendAid", "LoanForm", "LoanRow", "RetractLoan", "ReturnAid"]
