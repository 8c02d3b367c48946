"""What codes of a resident's data read like: relation, ethnic group, education and their kin."""

from __future__ import annotations

from collections.abc import Iterable

from app.residents.codes import code_list
from app.residents.queries import ChartRow

_SPOKEN = {"20": "儿子", "子": "儿子", "30": "女儿", "女": "女儿"}


def relation_words(said: str) -> str:
    """儿子 for `20` (GB/T 4761 says 子, and 女 for a daughter, which reads like a sex); other words stay as said."""
    return _SPOKEN.get(said) or coded("relation", said)


def blood_words(chart: ChartRow) -> str:
    """A型 · RH阳性; an unknown factor says nothing beside a known type."""
    factor = chart.rhesus if not chart.rhesus.endswith("不详") or not chart.blood_type else ""
    return " · ".join(filter(None, (chart.blood_type, factor)))


def coded(name: str, code: str) -> str:
    """The words of a code of the list `name`; empty for an empty one."""
    return code_list(name).words(code) if code else ""


def all_coded(name: str, codes: Iterable[str]) -> str:
    """The words of several codes."""
    return "、".join(coded(name, code) for code in codes)
