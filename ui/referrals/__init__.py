"""The screens of referrals: the list, one referral's course, its form, the way back, partners, rounds, contracts."""
