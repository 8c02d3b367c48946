"""Journals on the chart: the notes and events of a resident, what holds of them, and the signs above all.

notes_tab       护理记录: what happened, page by page
matters_tab     档案事项: what holds, a card a journal, its history behind
entry_acts      what either tab can do with an entry
entry_sheet     the form of an entry, whatever its journal
versions_sheet  one entry whole, with what it said before
signs_strip     the signs that are always in sight
"""
