"""工作台 Today: the shift at a glance.

    tiles      one number a subject, each with the worklist it opens; one thing to do
    sources    what each subject brings: one file and one line a subject
    glance     what several of them count, asked once
    progress   how far the day has come, floor by floor
    board      all of it as one question

Nothing is kept here: each subject says its own, and a person sees only what their rights let them see.
"""
