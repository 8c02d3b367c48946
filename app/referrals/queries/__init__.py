"""Questions about referrals; the only statements of the subject beside those of its acts."""
