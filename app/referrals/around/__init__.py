"""What belongs to a referral beside its state: consent, the family told, the times of the green channel.

consent   agreed or refused, by whom; rescued first and signed afterwards
telling   the family was told: who, when, what they answered
green     the green channel: started by whom, whom it called, when the ambulance came
calling   what is read out to 120, what was handed over to its crew
resuscitated   what was done when a heart stood still, told with the hand-over
"""

from app.referrals.around.calling import SIGNS, HandOver, KeepHandOver, KeepScript, Script
from app.referrals.around.consent import Consent, StateReferralConsent
from app.referrals.around.green import NoteTime, StartGreenChannel
from app.referrals.around.resuscitated import Resuscitation
from app.referrals.around.telling import TellFamily, Told
from app.referrals.rules.green_times import GREEN_TIMES

__all__ = [
    "GREEN_TIMES",
    "SIGNS",
    "Consent",
    "HandOver",
    "KeepHandOver",
    "KeepScript",
    "NoteTime",
    "Resuscitation",
    "Script",
    "StartGreenChannel",
    "StateReferralConsent",
    "TellFamily",
    "Told",
]
