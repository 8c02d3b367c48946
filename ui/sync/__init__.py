"""同步 on the screen: how things stand, what waits and why, and the story of each record up to its receipt.

`sync_view` is the screen; `trace_sheet` shows the same story over any other screen (F8); `foot` says it at the foot of
the window. Nothing here claims more than the platform confirmed: what is said stands in `app.sync.queries`.
"""
