"""A value that cannot be a measurement, with the sentence for the person who typed it."""

from __future__ import annotations


class Wrong(ValueError):
    """`text` is a whole Chinese sentence, ready to stand under the cell."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text
