"""Screens of vital signs 体征: the round of a floor as one grid, typed without a mouse.

round_view     the screen: floor, round, grid, foot; what a key leads to
typed_round    what is typed and not yet recorded, judged cell by cell (no Qt)
round_time     which round it is, and when a row counts as measured (no Qt)
saving         a row becomes one set; what is not recorded yet is kept as a draft
grid           the painted grid with the one editor that moves;  grid_layout, grid_paint: where and how
head, foot     floors, rounds, progress above; the last value, the target and what is wrong below
reason_sheet   why nothing was measured;  correct_sheet: another value for a recorded one

In a resident's chart:

vitals_tab     the tab: spans and pages;  acts: what its keys begin;  latest_card: the card of the overview
curves_page    a chart a group of signs;  curves: which charts a record makes (no Qt)
values_page    every value, old ones struck through;  week_page, paper: the temperature chart as on paper
entry_sheet    one visit of all signs;  entry_row, ask_box, score_line: its parts
change_sheets  correct, retract, give to the right person;  profile_sheet: own limits;  print_sheet: what is printed
"""
