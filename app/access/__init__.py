"""Who may come in and what each may do: key slots, sign-in, roles, staff, signatures."""
