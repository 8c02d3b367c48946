"""Moves of a referral: the only way its state changes; each is a revision that says who, when and why.

move        what every move does: the machine is asked, the line is written, its time checked
before      sent for approval, approved, rejected, submitted, accepted, declined, withdrawn, refused by the resident
outside     departed, arrived, taken over, moved on, not come, died
after       archived; a move made by mistake is struck
undoing     what a struck move wrote beside the state, put back
"""

from app.referrals.moving.after import Archive, StrikeMove
from app.referrals.moving.before import (
    AcceptReferral,
    Approve,
    AskApproval,
    CancelReferral,
    DeclineReferral,
    Reject,
    SubmitReferral,
    Withdraw,
)
from app.referrals.moving.outside import Arrive, Depart, MoveOn, NoShow, RecordDeath, TakeOver

__all__ = [
    "AcceptReferral", "Approve", "Archive", "Arrive", "AskApproval", "CancelReferral", "DeclineReferral", "Depart",
    "MoveOn", "NoShow", "RecordDeath", "Reject", "StrikeMove", "SubmitReferral", "TakeOver", "Withdraw",
]  # fmt: skip
