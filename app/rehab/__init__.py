"""Rehab 康复: evaluations, plans with goals and a programme, the week board, sessions, and the proof of progress.

    resources/rehab/    disciplines, programme items, contraindications, stop rules, templates, phases, aids, the day
    lists               those files as frozen values; `day` reads day.toml
    rules/              pure: planned sessions and their states, conflicts, stop rules, SMART, goal attainment, verdict
    derived             sessions of some dates with what was booked and recorded of them: the one place that derives
    reading             the statements under it; `facts` what they give
    planning/           acts on evaluations, plans, goals, programme items; signing, consent, review, closing
    scheduling/         acts on the week: times of an item, moving, cancelling, one more, a therapist's time off
    training/           acts on a session: begin, during, stop, end, not held, correct, a group at once
    progress/           ratings of goals, curves, the verdict
    aids/               aids lent and returned
    queries/            the plan, the week board, the day, work that waits, counts, the timeline
    fhir/               ClinicalImpression, CarePlan, Goal, ServiceRequest, Procedure and Observation, there and back

Decisions. *A planned session is never stored*: it is derived from an item's week, as a dose is from an order; a change
of one session is a booking, what became of it a session, both named by item, date and time, so that two stations
without a network name them alike. *A missed session stays a task* until it is made up for or let go with a reason.
*Values measured at rest before a session are vitals* like any others (the ward sees them); values under load stay with
the session: they would raise false alarms. *A plan runs when a doctor has issued it, a therapist has confirmed it and
the resident, or who decides for them, has consented.* *The verdict says what the numbers say*: improved or declined
only beyond the least change that means something, else stable; with no such value known it says so.
"""
