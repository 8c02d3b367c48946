"""Checks of a resident's medicines: what speaks against an order when it is written, and again when it is given.

reading    the book of checks: rules, classes, how grave
persons    what is known of residents: age, kidneys, illnesses, allergies, tubes
running    the orders that run, as medicines with amounts and times; an order that is being written
settling   what an order needs before it stands: a reason, a second signature
alerting   what nobody answered when it was ordered, because it is new: an allergy, a lab value, another station's order
questions  CheckForm while an order is written, StandingFindings for the chart

Gravity decides: light findings are notices, a severe one needs a reason in words, a contraindicated one a second person
too. Answers stay with the order (`MedOrder.found`) with the groups they were given for, so that nobody is asked twice.
"""

from app.medication.checking.alerting import alerts_of
from app.medication.checking.questions import CheckForm, StandingFindings
from app.medication.checking.settling import Ordering, settle
from app.medication.rules.checks import KINDS, Finding, Severity

__all__ = [
    "KINDS",
    "CheckForm",
    "Finding",
    "Ordering",
    "Severity",
    "StandingFindings",
    "alerts_of",
    "settle",
]
