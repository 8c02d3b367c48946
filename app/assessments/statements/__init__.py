"""What is said of a signed assessment 评估意见: consent or refusal, doubt, an informant's signature, another opinion.

    said      what one statement holds, checked: name, relation, words, a drawn signature
    acts      Say, CorrectSaid, RetractSaid: each statement is a clinical record of its own
    asking    StatementsOf one assessment; Doubts nobody has answered by a later assessment

Decisions. *A statement never changes the assessment*: a refusal or another opinion stands beside the result, is shown
and printed with it. *What was said before a correction is kept and marked*: who agreed to another level has not agreed
to this one. *A doubt asks for a re-assessment* and stands until one is signed, or until it is taken back.
"""

from app.assessments.statements.acts import CorrectSaid, RetractSaid, Say
from app.assessments.statements.asking import (
    Doubt,
    Doubts,
    StatementRow,
    StatementsOf,
    consent_of,
    open_doubts,
    statements_of,
)
from app.assessments.statements.said import TITLES, Said

__all__ = [
    "TITLES",
    "CorrectSaid",
    "Doubt",
    "Doubts",
    "RetractSaid",
    "Said",
    "Say",
    "StatementRow",
    "StatementsOf",
    "consent_of",
    "open_doubts",
    "statements_of",
]
