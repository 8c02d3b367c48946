"""What speaks against medicines, purely: the table of rules, and what is always looked at.

finding     how grave, of which kind; the lesser of one matter is swallowed by the graver or more special
patient     the person: age, kidneys, illnesses, allergies; unknown stays unknown
medicine    one order: its medicine, amounts, times, days
condition   what must be so for a rule to speak        rule        a line of the table, and where it speaks
duplicates  the same substance or class twice          allergic    allergies, known and not asked for
doses       one dose, a day's total, weekly ones       giving      tubes, controlled medicines, skin tests
engine      all of it together

Everything about one pair of orders is one matter, whoever says it: of a same class, a same substance and a line of the
table about just these two, one line stays. What a person has answered once is not asked again (`checking` compares).
"""

from app.medication.rules.checks.engine import NEW, among, check
from app.medication.rules.checks.finding import KINDS, SEVERITIES, Finding, Severity
from app.medication.rules.checks.medicine import Medicine
from app.medication.rules.checks.patient import AllergyFact, Illness, Kidney, Patient, clearance

__all__ = [
    "KINDS",
    "NEW",
    "SEVERITIES",
    "AllergyFact",
    "Finding",
    "Illness",
    "Kidney",
    "Medicine",
    "Patient",
    "Severity",
    "among",
    "check",
    "clearance",
]
