"""Brings the invented roster in, the way a real one comes: as a file, through the import."""

from __future__ import annotations

import tempfile
from pathlib import Path

from app.core.desk import Desk
from app.residents.importing import ImportRoster


def admit(desk: Desk, text: str) -> None:
    """Import a CSV text; an invented roster with a bad row is a mistake of ours."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "roster.csv"
        file.write_text(text, encoding="utf-8")
        outcome = desk.do_now(ImportRoster(file))
    if outcome.rejected:
        raise ValueError(f"the invented roster has bad rows: {outcome.problems[:3]}")
