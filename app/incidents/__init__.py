"""Incidents 不良事件: what happened to whom, the harm, what was done, who was told, what is learned from it.

    kinds      the kinds, their questions and measures, the scale of harm: read from resources/incidents/kinds.toml
    rules      what a report must say, what closing waits for, when a review is late, how events are counted
    form       the forms on the screen as data, and what their values say
    revising   the revision that stands, the next one, the one that retracts
    service    report, correct, tell the family, review, close, reopen, retract, move to the right resident
    fhir        to the platform and back
    queries    lists, one incident with its versions, counts, events of a resident

reported → reviewed → closed; reopening leads back to reviewed. Every step and every correction is a revision with its
reason; nothing is overwritten. A report takes twenty seconds: kind, when, where, what, harm, what was done; whatever
else is asked may come later. Closing waits for a family told and a review with causes and measures, and says which of
them is missing. That a re-assessment is due is told by the assessments, which stand above and know the level rule.
"""
