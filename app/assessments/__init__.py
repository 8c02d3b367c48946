"""Care assessments 评估: instruments as data, the calculator, drafts, two signatures, corrections.

    resources/instruments/*.toml ─► instrument_file ─► instrument     words, scores, bands, rules, form fields, cases
                                    (soundness)          │
    answers + facts ─────────────────────────────────► rules          sub-scores, total, levels, which changes fired
                                                         └─► explanation   why, in sentences

    service   SaveDraft at every answer, DiscardDraft, TakeOverDraft, Correct, Retract
    signoff   SignFirst freezes the content beside the draft, SignSecond enters the record for good
    queries   History, LatestLevels   record_queries  AssessmentRevisions, OpenForm
    due/      what is due of whom, and why: DueList, CountDue, DuesOf; put off, not called for, withdrawn
    trends/   how they run, what changed, how the house stands: Trends, Compare, HouseLevels, PeopleAt

Decisions. *An instrument is one file*: the program knows none of its words or numbers, and a file that does not
hold together is refused with its place. *An answer is the digit pressed*, since options may share a score.
*A choice is kept by its words*, so that a record reads by itself when the file has long changed. *No level before
all is known*: items and facts alike; only a change that sets the level (coma) needs no items. *Nothing half signed
stands among the records*: the first signature and the frozen content wait with the draft, an edit drops them, and
signature lines are never taken back. *A correction is signed by two again*, as the next revision of one identity.
*A retraction is a revision too*, since nothing of a signed one may change but that a newer one came.
"""
