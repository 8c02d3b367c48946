"""Rules of rehab, pure: planned sessions, conflicts, goal attainment, verdict, evaluations, stop rules, SMART."""
