"""Rules of rehab, pure: planned sessions, conflicts, goal attainment, verdict, stop rules, SMART."""
