"""The proof of progress: goals with their ratings, curves of measures, what was held of what was planned, the verdict.

    goals        every goal of a plan with its latest rating, and the value a newer assessment reads
    curves       Curves: readings of each measure of a plan, with bands, goals, least change and milestones
    attendance   sessions planned and held, by week of the plan and by discipline
    telling      the verdict in sentences, for professionals and for families (pure: rules/telling.py)
    sheet        Progress: all of it, with what changed item by item between the first and the last assessment

Decisions. *A goal says what was rated*; a newer reading of its instrument stands beside it as a proposal until somebody
rates it. *A verdict is made of readings of the plan*: from the one it began with to the last. *A session counts as
planned once its time has come*; cancelled ones, and those the resident was away for, count neither way.
"""
