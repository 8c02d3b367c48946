"""Rehab 康复: evaluation, plan with goals and programme, sessions with their stop rules, and the proof of progress.

rules      pure: what stops a session, what makes a goal SMART, how often an item is done
lists      resources/rehab read once: disciplines, programme items, contraindications, stop rules, phases, attendance,
           problems, aids, places, stages, and a template for each condition
"""
