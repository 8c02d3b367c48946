"""A dose in words: `3 组 × 5 次，30 米，轻扶`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.rehab.lists.dose import DoseField, dose_fields

CLOSE = frozenset({"%", "°", "℃", "%体重"})
"""Units that stand close to their number."""
TIMES = ("sets", "reps")


def dose_words(dose: Mapping[str, Any]) -> str:
    """What is asked or was done, in the order of the form; empty where nothing was said."""
    said = {code: words for code, field in dose_fields().items() if (words := _said(field, dose.get(code)))}
    if all(one in said for one in TIMES):
        said["sets"] = f"{said['sets']} × {said.pop('reps')}"
    return "，".join(said.values())


def _said(field: DoseField, value: Any) -> str:
    if value is None or value in ("", [], ()):
        return ""
    if field.kind == "number":
        close = "" if field.unit in CLOSE else " "
        return f"{value:g}{close}{field.unit}".rstrip()
    known = dict(field.choices)
    chosen = value if isinstance(value, list | tuple) else [value]
    return "、".join(known.get(one, str(one)) for one in chosen)
