"""From one resident of a round to another: up and down the list, or to the next who was not seen."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from app.referrals.rounds import PersonRow


def beside(people: Sequence[PersonRow], here: UUID | None, step: int) -> UUID | None:
    """So many places further; None at the ends."""
    places = [place for place, one in enumerate(people) if one.resident == here]
    if not places or not 0 <= places[0] + step < len(people):
        return None
    return people[places[0] + step].resident


def next_unseen(people: Sequence[PersonRow], here: UUID | None) -> UUID | None:
    """The next below who was not seen and is in the house, else the first above."""
    at = next((place for place, one in enumerate(people) if one.resident == here), 0)
    around = [*people[at + 1 :], *people[:at]]
    return next((one.resident for one in around if one.visit is None and not one.brief.away), None)
