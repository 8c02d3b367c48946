"""Pieces every view is made of. A view imports from here; what a piece does stands in its own file.
Each is loaded when it is first asked for: the sign-in is painted with a handful of them.

Words, surfaces  Words(text, Role.HINT, ink=, wrap=)  ElidedWords  Fact(caption, value).say()  Sign(icon)  Line
                 Card(title, hint, flush=) .body .head   Foot .row   ScrollBody .body   IconTile
Small signs      Badge(text, Tone.WARN)  Tag  Tags((Mark(text, tone, icon), …))  CountBadge.count(n)
                 Avatar(name, tone, size)  SimilarMark(others)   AllergyStrip.show_allergies(None | () | ("青霉素",))
Figures          StatTile(icon, label).say(number, note, urgent=)  FactTile(label).say(value, unit, tone, values)
                 ScoreRing.say(part, big, small, tone)  SubBar(label).say(score, most)  LevelScale((Band, …), most)
                 LineChart.show_plot(Plot(title, unit, (Curve(words, ink, spots), …), since, until, zone, bands))
Acts             Button(text, "primary" | "plain" | "quiet" | "danger" | "link", icon=, large=) .set_busy(True)
                 IconButton(icon, words)  MenuButton.asked(menu)  Chip  ChipRow(((key, text), …)).key
                 OptionRow(((key, text), …)).key
Inputs           LineField  SearchField.searched  PasswordField + CapsHint  Labelled(label, field).say_wrong(text)
Desk             Errands(desk, self, notice=, fields=) with @errand and @latest
                 Bulletin(desk).subscribe(view, kinds, refresh)
                 Notice: done(text, undo=) refused trouble say clear
States           StateView(content): content() loading() empty() error() refused()
                 ProgressStrip: Watch(strip.reported.emit)
Tables           RowsTable((Column(title, cell, width, priority), …), key=, words=)
                 .set_rows .current .on_picked .on_opened
                 cells: Text, Name, State, Marks, Spark, Signed  (from ui.kit import cells)
Places           Crumbs.show_path(…)  Steps((Step(title, note), …)).show_step(n)
Dialogs          Sheet(parent, title, text): body, offer(act), done_with, open()   ask_first(…)   SideSheet: at the edge
Keys             bind(view, Key("Ctrl+F", "筛选", act), …)  keys_here(widget)  KeySheet(parent, keys)   ringed(widget)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ui.kit import row_cells as cells
    from ui.kit.badges import Avatar, Badge, CountBadge, SimilarMark, Tag, Tags
    from ui.kit.bulletin import Bulletin, Subscription
    from ui.kit.buttons import Button, Chip, ChipRow, IconButton, OptionRow
    from ui.kit.card import Card, FactTile, Foot, IconTile, ScrollBody, StatTile
    from ui.kit.errands import Errands, errand, latest
    from ui.kit.focus_ring import FocusRing, ringed
    from ui.kit.inputs import CapsHint, FieldError, Labelled, LineField, PasswordField, SearchField
    from ui.kit.keys import Key, KeySheet, bind, keys_here
    from ui.kit.line_chart import LineChart
    from ui.kit.notice import AllergyStrip, Notice
    from ui.kit.paint import Mark, Painted
    from ui.kit.plot import Curve, Plot, Spot
    from ui.kit.rows import RowsTable
    from ui.kit.rows_model import Column, RowsModel
    from ui.kit.score import Band, LevelScale, ScoreRing, SubBar
    from ui.kit.sheet import MenuButton, Sheet, SideSheet, Veil, ask_first
    from ui.kit.stack import Stack
    from ui.kit.states import ProgressStrip, StateView
    from ui.kit.steps import Crumbs, Step, Steps
    from ui.kit.words import ElidedWords, Fact, Line, Sign, Words

_PLACES = {
    "badges": "Avatar Badge CountBadge SimilarMark Tag Tags",
    "bulletin": "Bulletin Subscription",
    "buttons": "Button Chip ChipRow IconButton OptionRow",
    "card": "Card FactTile Foot IconTile ScrollBody StatTile",
    "errands": "Errands errand latest",
    "focus_ring": "FocusRing ringed",
    "inputs": "CapsHint FieldError Labelled LineField PasswordField SearchField",
    "keys": "Key KeySheet bind keys_here",
    "line_chart": "LineChart",
    "notice": "AllergyStrip Notice",
    "paint": "Mark Painted",
    "plot": "Curve Plot Spot",
    "rows": "RowsTable",
    "rows_model": "Column RowsModel",
    "score": "Band LevelScale ScoreRing SubBar",
    "sheet": "MenuButton Sheet SideSheet Veil ask_first",
    "stack": "Stack",
    "states": "ProgressStrip StateView",
    "steps": "Crumbs Step Steps",
    "words": "ElidedWords Fact Line Sign Words",
}
_HOME = {name: module for module, names in _PLACES.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    """The piece of a name, from the file it stands in."""
    if name == "cells":
        return import_module("ui.kit.row_cells")
    if name not in _HOME:
        raise AttributeError(f"ui.kit has no piece {name}")
    return getattr(import_module(f"ui.kit.{_HOME[name]}"), name)


__all__ = [
    "AllergyStrip",
    "Avatar",
    "Badge",
    "Band",
    "Bulletin",
    "Button",
    "CapsHint",
    "Card",
    "Chip",
    "ChipRow",
    "Column",
    "CountBadge",
    "Crumbs",
    "Curve",
    "ElidedWords",
    "Errands",
    "Fact",
    "FactTile",
    "FieldError",
    "FocusRing",
    "Foot",
    "IconButton",
    "IconTile",
    "Key",
    "KeySheet",
    "Labelled",
    "LevelScale",
    "Line",
    "LineChart",
    "LineField",
    "Mark",
    "MenuButton",
    "Notice",
    "OptionRow",
    "Painted",
    "PasswordField",
    "Plot",
    "ProgressStrip",
    "RowsModel",
    "RowsTable",
    "ScoreRing",
    "ScrollBody",
    "SearchField",
    "Sheet",
    "SideSheet",
    "Sign",
    "SimilarMark",
    "Spot",
    "Stack",
    "StatTile",
    "StateView",
    "Step",
    "Steps",
    "SubBar",
    "Subscription",
    "Tag",
    "Tags",
    "Veil",
    "Words",
    "ask_first",
    "bind",
    "cells",
    "errand",
    "keys_here",
    "latest",
    "ringed",
]
