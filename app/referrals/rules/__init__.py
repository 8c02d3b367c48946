"""What is true of referrals whoever writes them down."""
