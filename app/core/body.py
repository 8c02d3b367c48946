"""The sites of the body a mark can be set at, and where they lie in the drawing: `resources/codes/body_sites.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from app.core.resources import resource


@dataclass(frozen=True)
class Site:
    """One site. `view` is front or back; `x` and `y` lie in the drawing's own 100 by 220 units."""

    code: str
    words: str
    view: str
    x: float
    y: float


@cache
def sites() -> tuple[Site, ...]:
    """All of them in the order they are listed: from head to foot, the back first."""
    read = tomllib.loads(resource("codes", "body_sites.toml").read_text(encoding="utf-8"))
    return tuple(Site(one["code"], one["words"], one["view"], one["x"], one["y"]) for one in read["entry"])


def site_words(code: str) -> str:
    """What a person reads for a site."""
    return next((site.words for site in sites() if site.code == code), code)
