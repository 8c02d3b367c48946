"""Pieces every view is made of. A view imports from here; what a piece does stands in its own file.

Words and surfaces   Words(text, Role.HINT, ink=, wrap=)  ElidedWords  Fact(caption, value)  Sign(icon)  Line
                     Card(title, hint, flush=) .body .head   Foot .row   ScrollBody .body   IconTile
Small signs          Badge(text, Tone.WARN)  Tag  Tags((Mark(text, tone, icon), …))  CountBadge.count(n)
                     Avatar(name, tone, size)  SimilarMark(others)
Figures              StatTile(icon, label).say(number, note, urgent=)  FactTile(label).say(value, unit, tone, values)
Acts                 Button(text, "primary" | "plain" | "quiet" | "danger" | "link", icon=, large=) .set_busy(True)
                     IconButton(icon, words)  Chip  ChipRow((key, text), …).key  OptionRow((key, text), …).key
Talking to the desk  Errands(desk, self, notice=, fields=), @errand, @latest     Bulletin(desk).subscribe(view, kinds, refresh)
                     Notice: done(text, undo=) refused trouble say clear          AllergyStrip.show_allergies(…)
Tables               RowsTable((Column(title, cell, width, priority), …), key=, words=)  .set_rows .current .picked .opened
                     cells: Text, Name, State, Marks, Spark, Signed  (ui.kit.cells)
"""

from ui.kit import row_cells as cells
from ui.kit.badges import Avatar, Badge, CountBadge, SimilarMark, Tag, Tags
from ui.kit.bulletin import Bulletin, Subscription
from ui.kit.buttons import Button, Chip, ChipRow, IconButton, OptionRow
from ui.kit.card import Card, FactTile, Foot, IconTile, ScrollBody, StatTile
from ui.kit.errands import Errands, errand, latest
from ui.kit.notice import AllergyStrip, Notice
from ui.kit.paint import Mark, Painted
from ui.kit.rows import RowsTable
from ui.kit.rows_model import Column, RowsModel
from ui.kit.words import ElidedWords, Fact, Line, Sign, Words

__all__ = [
    "AllergyStrip",
    "Avatar",
    "Badge",
    "Bulletin",
    "Button",
    "Card",
    "Chip",
    "ChipRow",
    "Column",
    "CountBadge",
    "ElidedWords",
    "Errands",
    "Fact",
    "FactTile",
    "Foot",
    "IconButton",
    "IconTile",
    "Line",
    "Mark",
    "Notice",
    "OptionRow",
    "Painted",
    "RowsModel",
    "RowsTable",
    "ScrollBody",
    "Sign",
    "SimilarMark",
    "StatTile",
    "Subscription",
    "Tag",
    "Tags",
    "Words",
    "cells",
    "errand",
    "latest",
]
