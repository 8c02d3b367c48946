"""Answers and facts as items of a QuestionnaireResponse and back, exactly as they were shown and signed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.fhir.coding import ORDINAL, kept

SHAPE = "urn:carestation:shape"
Item = dict[str, Any]


def item(link: str, text: str, *answers: dict[str, Any]) -> Item:
    """One item; without answers it says that nothing was ticked or written."""
    found: Item = {"linkId": link}
    if text:
        found["text"] = text
    if answers:
        found["answer"] = list(answers)
    return found


def group(link: str, text: str, items: list[Item]) -> list[Item]:
    """A group, or nothing where it would be empty."""
    return [{"linkId": link, "text": text, "item": items}] if items else []


def answer_item(code: str, given: Mapping[str, Any], system: str, version: str) -> Item:
    """An answer as shown then: digit as code, its words as display, its score as ordinal value."""
    coding = {
        "extension": [{"url": ORDINAL, "valueDecimal": given["score"]}],
        "system": system,
        "version": version,
        "code": str(given["digit"]),
        "display": kept(given["text"]),
    }
    return item(code, kept(given["name"]), {"valueCoding": coding})


def fact_item(code: str, label: str, said: Any) -> Item:
    """A fact: a text as valueString, words of choices as codings, a table as items in items."""
    if isinstance(said, str):
        return (
            item(code, label, {"valueString": kept(said)})
            if kept(said).strip()
            else _empty(code, label, "text")
        )
    if not said:
        return _empty(code, label, "words")
    if all(isinstance(one, str) for one in said):
        return item(code, label, *({"valueCoding": {"display": kept(one)}} for one in said))
    rows = [_row(f"{code}#{place}", row) for place, row in enumerate(said, 1)]
    return {**item(code, label), "item": rows}


def read_answers(items: list[Item]) -> dict[str, Any]:
    return {str(one["linkId"]): _read_answer(one) for one in items}


def read_facts(items: list[Item]) -> dict[str, Any]:
    return {str(one["linkId"]): _read_fact(one) for one in items}


def every(items: list[Item] | None) -> Iterator[Item]:
    """Items and what lies in them."""
    for one in items or []:
        yield one
        yield from every(one.get("item"))


def value_of(one: Item | None) -> Any:
    """The first answer's value; None where there is none."""
    return next(iter(values_of(one)), None)


def values_of(one: Item | None) -> list[Any]:
    answers = (one or {}).get("answer") or []
    return [value for given in answers for key, value in given.items() if key.startswith("value")]


def _empty(code: str, label: str, shape: str) -> Item:
    return {**item(code, label), "extension": [{"url": SHAPE, "valueCode": shape}]}


def _row(link: str, cells: Any) -> Item:
    made = [
        item(f"{link}.{place}", "", *([{"valueString": kept(cell)}] if kept(cell).strip() else []))
        for place, cell in enumerate(cells, 1)
    ]
    return {"linkId": link, "item": made}


def _read_answer(one: Item) -> dict[str, Any]:
    coding = value_of(one)
    score = next(extra["valueDecimal"] for extra in coding["extension"] if extra["url"] == ORDINAL)
    return {
        "digit": int(coding["code"]),
        "score": int(score),
        "name": str(one["text"]),
        "text": str(coding["display"]),
    }


def _read_fact(one: Item) -> Any:
    if one.get("item"):
        return [[str(value_of(cell) or "") for cell in row.get("item") or []] for row in one["item"]]
    values = values_of(one)
    if not values:
        shapes = [extra.get("valueCode") for extra in one.get("extension") or [] if extra.get("url") == SHAPE]
        return "" if shapes == ["text"] else []
    if isinstance(values[0], dict):
        return [str(value["display"]) for value in values]
    return str(values[0])
