"""The screens of rehab: the plan of a resident and the proof of progress, evaluations, sessions, the week."""
