"""What measures are called when families are told, from resources/rehab/plain.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache

from app.assessments.trends.measure import Measure
from app.core.resources import resource
from app.rehab.rules.telling import Named


def named_of(measure: Measure) -> Named:
    """A measure by its two names; one the file does not have goes by its title."""
    found = _plain().get(measure.code, {})
    return Named(measure.title, found.get("words", measure.title), measure.unit, found.get("scale", ""))


@cache
def _plain() -> Mapping[str, Mapping[str, str]]:
    read = tomllib.loads(resource("rehab", "plain.toml").read_text("utf-8"))
    return dict(read["measure"])
