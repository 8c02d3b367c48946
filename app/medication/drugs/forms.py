"""Forms of medicines, read from `resources/drugs/forms.toml`: how one is counted and usually given."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from app.core.resources import resource


@dataclass(frozen=True)
class DrugForm:
    """One form. `also`: other ways to write it; not `reckoned`: the amount on the box is not that of one unit."""

    words: str
    unit: str
    routes: tuple[str, ...] = ("po",)
    also: tuple[str, ...] = ()
    reckoned: bool = True


@cache
def drug_forms() -> tuple[DrugForm, ...]:
    """Every form, in the order of the file: a longer name before the one it ends with."""
    read = tomllib.loads(resource("drugs", "forms.toml").read_text(encoding="utf-8"))["form"]
    return tuple(
        DrugForm(
            one["words"],
            one["unit"],
            tuple(one.get("routes", ("po",))),
            tuple(one.get("also", ())),
            one.get("reckoned", True),
        )
        for one in read
    )


def form_said(words: str) -> DrugForm | None:
    """The form of these words."""
    return next((one for one in drug_forms() if words == one.words or words in one.also), None)


def form_within(name: str) -> tuple[str, DrugForm] | None:
    """A name that ends with its form, parted: 阿托伐他汀钙片 → 阿托伐他汀钙, 片; None where none is told."""
    endings = [(said, one) for one in drug_forms() for said in (one.words, *one.also)]
    for said, one in sorted(endings, key=lambda ending: -len(ending[0])):
        if name.endswith(said) and len(name) > len(said):
            return name.removesuffix(said), one
        if name.startswith("注射用") and said == "注射用" and len(name) > 3:
            return name.removeprefix("注射用"), one
    return None
