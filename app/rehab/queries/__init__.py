"""Questions about rehab: who is in it, the plan of one resident, the day, the week, what waits, what happened."""
