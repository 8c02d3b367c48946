"""Care assessments 评估: instruments as data, the calculator, drafts, signatures, what is due, what follows.

    resources/instruments/*.toml ─► instruments (read, model, soundness) ─► shelf     with the institution's own (own)
                                         │
    answers + facts ────────────────► rules          sub-scores, scales, total, level, which changes fired
                                         └─► explanation   what it comes to in words, which risks, why

    service    SaveDraft at every answer, DiscardDraft, TakeOverDraft, Correct, Retract
    signoff    SignFirst freezes the content beside the draft, the last signature enters the record for good
    queries, record_queries   lists, one record with its revisions, the form as it opens (known, measured: prefilled)
    due        what is due and why, worked out and never ticked off; put off or waived as records of their own
    trends     curves, comparison item by item, how the house stands
    care_proposals, care_decisions, risk_signs   what a result asks of the care
    statements   consent, doubt, another opinion, the informant's signature

Decisions. *An instrument is one file*: the program knows none of its words or numbers, and a file that does not
hold together is refused with its line. *An answer is the digit pressed*, since options may share a score; a digit
below zero says that the item could not be answered, and then nothing is totalled. *A choice is kept by its words*, and
so is what an assessment came to (`finding`): a record reads by itself when the file has long changed. *No level before
all is known*: items and facts alike; only a change that sets the level (coma) needs no items. *Nothing half signed
stands among the records*: the first signature and the frozen content wait with the draft, an edit drops them, and
signature lines are never taken back. *A correction is signed again*, as the next revision of one identity.
*A retraction is a revision too*, since nothing of a signed one may change but that a newer one came.
"""
