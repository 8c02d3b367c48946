"""How many values a property is tried with: few and always the same in every run, many and new ones in a campaign."""

from __future__ import annotations

import os

CAMPAIGN = os.environ.get("CARESTATION_EXAMPLES", "")
"""`CARESTATION_EXAMPLES=1000 make …` looks for what nobody thought of; what it finds is written down as a test."""


def tries(few: int) -> int:
    """The number of values: `few`, or what a campaign asks for."""
    return int(CAMPAIGN) if CAMPAIGN else few
