"""What a referral takes from the chart: one question, so that the form is full when it opens.

filled      the frozen values                       filling     the whole question
people      who is sent, whom to call, who sends    measured    signs, NEWS2 and its way
medicines   orders with their last dose             standing    what holds, what happened
baseline    how the person usually is               offered     criteria, urgency, belongings
attachable  what can go along on paper              call        where 120 has to come
telling     the four texts                          handover    ISBAR
frozen      the facts as they were when it was sent
told        all texts with their sources, told again when something is ticked
"""

from app.referrals.filling.call import CallFacts, CallScript
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
from app.referrals.filling.filling import FillReferral
from app.referrals.filling.told import Told, tell
from app.referrals.rules.criteria import Running, Window, running

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
    "Running",
    "Score",
    "Sender",
    "Told",
    "Window",
    "running",
    "tell",
]
