"""One value as it was measured, and how it is written."""

from __future__ import annotations

from dataclasses import dataclass

from app.vitals.rules.sign import Sign

How = tuple[tuple[str, str], ...]
"""What was said of how it was measured: (key, choice); `flow` is litres of oxygen a minute."""


@dataclass(frozen=True)
class Measured:
    """A value, or why there is none (`absent`, a code of not_measured.toml).

    `second` is the diastolic pressure; `words` what is no number (LO, HI, a letter of ACVPU). `turn` 0 is the first
    measurement of a visit, 1 the one that was repeated. `confirmed`: the person looked at it again.
    """

    code: str
    value: float | None = None
    second: float | None = None
    words: str = ""
    how: How = ()
    absent: str = ""
    turn: int = 0
    confirmed: bool = False

    def said(self, key: str) -> str:
        """What was said of one way of measuring; empty for nothing."""
        return next((choice for name, choice in self.how if name == key), "")


def number_words(sign: Sign, value: float) -> str:
    """`36.5`, `76`: as many decimals as the sign has."""
    return f"{value:.{sign.decimals}f}"


def value_words(sign: Sign, value: float | None, second: float | None = None, words: str = "") -> str:
    """`36.5`, `142/78`, `LO`, `A`; without the unit."""
    if value is None:
        return words
    said = number_words(sign, value)
    return said if second is None else f"{said}/{number_words(sign, second)}"


def how_words(sign: Sign, how: How) -> str:
    """`腋`, `吸氧 2 L/min`, `卧位 · 左`; room air says nothing."""
    said = dict(how)
    words = []
    for ask in sign.asks:
        chosen = dict(ask.choices).get(said.get(ask.key, ""), "")
        if ask.key == "oxygen":
            chosen = (
                f"吸氧 {said.get('flow', '')} L/min".replace("  L/min", "")
                if said.get(ask.key) == "oxygen"
                else ""
            )
        if chosen:
            words.append(chosen)
    return " · ".join(words)
