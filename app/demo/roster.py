"""Brings invented beds and the invented roster in, the way real ones come: as files, through the imports."""

from __future__ import annotations

import tempfile
from pathlib import Path

from app.core.desk import Desk
from app.residents.importing import ImportRoster
from app.residents.places.plan_import import Fate, ImportPlaces


def admit(desk: Desk, text: str) -> None:
    """Import a CSV text; an invented roster with a bad row is a mistake of ours."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "roster.csv"
        file.write_text(text, encoding="utf-8")
        outcome = desk.do_now(ImportRoster(file))
    if outcome.rejected:
        raise ValueError(f"the invented roster has bad rows: {outcome.problems[:3]}")


def furnish(desk: Desk, text: str) -> None:
    """Import a list of beds; a bad row is a mistake of ours."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "beds.csv"
        file.write_text(text, encoding="utf-8")
        outcome = desk.do_now(ImportPlaces(file))
    if outcome.count(Fate.REJECTED):
        raise ValueError(f"the invented list of beds has bad rows: {outcome.lines[:3]}")
