"""Quantities of tables as the numbers a person meant: four places, as amounts have."""

from __future__ import annotations

from decimal import Decimal


def exact(number: float) -> Decimal:
    """0.30000000000000004 as 0.3."""
    return Decimal(str(round(number, 4)))
