"""A small list beside a value that says how it was measured: site, posture, meal; empty says nothing."""

from __future__ import annotations

from app.vitals.rules import Ask
from ui.kit.pick_box import PickBox


class AskBox(PickBox):
    """Its first line is the name of what is asked and stands for no answer."""

    def __init__(self, ask: Ask, about: str) -> None:
        super().__init__(f"{about}{ask.words}")
        self.ask = ask
        self.show_choices((("", f"{ask.words}…"), *ask.choices))
