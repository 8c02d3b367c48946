"""工作台 Today: the shift at a glance, and the story of one resident across every subject.

    tiles      one number a subject, each with the worklist it opens
    todos      what wants doing, the most urgent first
    board      both, and the figures beside them, as one question
    timeline   everything that happened to a resident, in order, from every subject

Nothing is kept here: each subject says its own, and a person sees only what their rights let them see.
"""
