"""Care assessments: instruments as data, the calculator, drafts, signatures, corrections."""
