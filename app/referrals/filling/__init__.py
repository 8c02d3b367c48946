"""What a referral takes from the chart: one question, so that the form is full when it opens.

filled     the frozen values
question   the questions
"""

from app.referrals.filling.filled import (
    UNRECORDED,
    Allergies,
    AllergyLine,
    Attachable,
    Baseline,
    ContactLine,
    Criterion,
    DiagnosisLine,
    DoseLine,
    Fact,
    Filled,
    Flag,
    Medicine,
    Person,
    Reading,
    Score,
    Sender,
)
from app.referrals.filling.question import CallFacts, CallScript, FillReferral

__all__ = [
    "UNRECORDED",
    "Allergies",
    "AllergyLine",
    "Attachable",
    "Baseline",
    "CallFacts",
    "CallScript",
    "ContactLine",
    "Criterion",
    "DiagnosisLine",
    "DoseLine",
    "Fact",
    "FillReferral",
    "Filled",
    "Flag",
    "Medicine",
    "Person",
    "Reading",
    "Score",
    "Sender",
]
