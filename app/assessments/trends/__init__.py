"""Trends 趋势: how one resident's assessments run over time, what changed between two, how a whole house stands.

    records   Trends: every assessment of a resident over all instruments, and what is needed to draw their curves
    readings  readings(): results by any instruments as numbers with units; Curve: one of them with its measure
    measure   what a curve is drawn on: points, level steps or scales; its bands, pure
    compare   Compare: two assessments side by side ── comparing, item by item, pure
    house     HouseLevels: levels and movement by floor and care level, in one statement; PeopleAt: who they are

Decisions. *What was said then is shown as it was said then*: findings, scores and texts come from the records; only
bands and the order of the form come from today's file. *Nothing is guessed across versions*: an item that stands in
one of two versions only is told, and better or worse is said only of answers that today's form, or one common version,
counts alike; of totals where both versions go to the same ends (the sums of a form, and the whole form). *An
assessment that was refused has its day on the curve but no point*; retracted ones are not there.
"""
