"""What is said in a referral, checked; one is begun, and changed while it may be.

forms     what a person says, and what becomes of it in the table
begin     a referral is begun, its content changed
"""

from app.referrals.writing.begin import BeginReferral, Begun, ChangeReferral
from app.referrals.writing.forms import ReferralForm

__all__ = ["BeginReferral", "Begun", "ChangeReferral", "ReferralForm"]
