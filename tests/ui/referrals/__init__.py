"""The screens of referrals, driven as people drive them."""
