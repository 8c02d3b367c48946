"""What the station does: the work of a medical station, without a screen and without Qt.

    a person ── ui ── app ── db ── file
                       │
                       └── district platform

Two verbs: a screen has an *order* done (one act, one transaction) or a *question* answered (frozen rows back).
One message back: each commit says what it changed, and every open screen that shows it asks again.

The path of one answer in an assessment, from the key to the disk:

    key 3      ui/assessments     takes the item under the cursor, makes an order SaveDraft(...)
    desk       app/core/desk      who and when are taken now; the order queues for the one writer
    service    app/assessments    may this person? is the answer one the item knows? else a Refusal in words
    unit       app/core/unit      the row, its outbox line and its audit line in the same transaction; durable commit
    bulletin   ui/kit/bulletin    the news reaches every open screen that shows drafts

Packages, from the door inwards (a package imports only what stands below it):

    cli, demo      without a window                 compose      puts the station together
    backup         one proved file, and back        opening      between a key and a desk
    sync           outbox, receipts, what came      printing     sheets as data, PDF
    history        versions of a record, timeline   registry     one line per record kind
    today          the workbench                    referrals    to hospital and back, partners, rounds, contracts
    rehab          evaluations, plans, sessions, progress
    assessments    instruments, levels, signatures  medication   orders, doses, checks, cupboard
    vitals         rounds, NEWS2, curves            journals     notes and whatever else is kept, as data
    care           plans, shifts, what was done     incidents    reports, reviews, closing
    residents      people, places, stays, rosters
    access         sign-in, roles, staff, keys      core         desk, unit, ledger, audit, clock
"""

__version__ = "0.1.0"
