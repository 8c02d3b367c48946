"""Figures of referrals: by reason and partner, door to door, papers owed, who was sent again, how far contracts reach.

lists        what figures there are and what each counts: resources/referrals/figures.toml
span         the days and residents they are of
courses      referrals: reasons, partners, urgency, outcomes; times, the green channel, answers
backs        returns: papers, sent again, assessed and reconciled in time
covered      family doctors' contracts, agreements with partners
rounds       rounds held, residents seen, what was found and changed
asking       the one question

Decisions. *No number without its denominator, no per cent of a handful*: with few cases the count is told. *Every
figure carries the records it was counted from*, so whoever doubts it opens them. *A time that was not written down is
missing, not nought*: it is counted as such beside the median. *Parts add up*: each referral has one reason, one
partner, one urgency and one outcome.
"""

from app.referrals.figures.asking import FiguresFound, GroupFigures, ReferralFigures, SectionFigures
from app.referrals.figures.lists import GroupKind

__all__ = ["FiguresFound", "GroupFigures", "GroupKind", "ReferralFigures", "SectionFigures"]
