"""What is true of rehab whoever writes it: what refuses or stops a session, what a SMART goal must say, how often."""

from app.rehab.rules.often import PERS, Often
from app.rehab.rules.smart import BLANK, Fault, Smart, faults, goal_words
from app.rehab.rules.stopping import Fired, StopRule, Values, applying, fired, limit_of, rule_words, sound

__all__ = [
    "BLANK", "PERS", "Fault", "Fired", "Often", "Smart", "StopRule", "Values", "applying", "faults", "fired",
    "goal_words", "limit_of", "rule_words", "sound",
]  # fmt: skip
