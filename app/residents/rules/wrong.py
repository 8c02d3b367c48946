"""A value that cannot be what it claims to be, with the sentence for the person who typed it."""

from __future__ import annotations


class Wrong(ValueError):
    """`text` is a short Chinese sentence without the field's name, ready to stand under an input."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text
