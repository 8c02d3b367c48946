"""评估: the worklist, the form being filled in, the two signatures, the signed record.

The form is one `Filling` (frozen: instrument, content, outcome). Pages show it and say what the person did; the view
makes the next `Filling`, shows it, and hands it to `Saving`, which keeps only the newest content in flight. A total and
a level never show before the last answer.

In the chart `TrendsTab` shows all of a resident's: list, curve, what changed between two. `LevelsView` shows the house.
"""
