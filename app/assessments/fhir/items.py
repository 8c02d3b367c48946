"""Answers and facts as items of a QuestionnaireResponse and back, exactly as they were shown and signed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from app.assessments.fhir.links import (
    ANSWERS,
    DIGIT,
    INFORMATION,
    MARK,
    NOT_GIVEN,
    SHAPE,
    SHOWN,
    SOURCE,
    unable_coding,
)
from app.assessments.instruments import Item as Asked
from app.assessments.instruments import Quantity, plain
from app.fhir.coding import ORDINAL, UCUM, kept
from app.fhir.elements import extension, said_in

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


def answer_item(
    code: str, given: Mapping[str, Any], system: str, version: str, asked: Asked | None = None
) -> Item:
    """An answer as shown then: digit as code, its words as display, its score as ordinal value.

    A number that was typed stands as such, a measured one with its unit, its words beside it; one that could not be
    given is no answer then.
    """
    typed = asked is not None and (asked.points or asked.quantity is not None)
    found = item(code, kept(given["name"]))
    beside = extension(SOURCE, "String", kept(given.get("source", "")).strip())
    digit, shown = int(given["digit"]), kept(given["text"])
    if typed and digit < 0:
        beside += [{"url": NOT_GIVEN, "valueCoding": unable_coding(system, version, digit, shown)}]
    elif asked is not None and asked.quantity is not None:
        beside_it = [
            *extension(SHOWN, "String", shown),
            *extension(DIGIT, "Integer", digit),
            *extension(MARK, "String", kept(given.get("mark", ""))),
        ]
        found["answer"] = [
            {"extension": beside_it, "valueQuantity": quantity(asked.quantity, given["score"])}
        ]
    elif typed:
        found["answer"] = [{"extension": extension(SHOWN, "String", shown), "valueInteger": digit}]
    else:
        coding = unable_coding(system, version, digit, shown)
        scored = extension(ORDINAL, "Decimal", given["score"])
        mark = extension(MARK, "String", kept(given.get("mark", "")))
        value = {"valueCoding": {"extension": scored, **coding} if scored else coding}
        found["answer"] = [{"extension": mark, **value} if mark else value]
    return {"extension": beside, **found} if beside else found


def quantity(asked: Quantity, value: float) -> dict[str, Any]:
    """A measured value with its unit, as machines read it."""
    return {"value": plain(value), "unit": asked.unit, "system": UCUM, "code": asked.ucum}


def number(value: float, *, decimal: bool) -> dict[str, Any]:
    """A whole number of points, or a measured value."""
    return {"valueDecimal" if decimal else "valueInteger": plain(value)}


def fact_item(code: str, label: str, said: Any, kind: str = "") -> Item:
    """A fact of a field of this kind: a text as its value, words of choices as codings, a table as items in items."""
    if isinstance(said, str):
        if not kept(said).strip():
            return _empty(code, label, "text")
        return item(code, label, _valued(kept(said), kind))
    if not said:
        return _empty(code, label, "words")
    if all(isinstance(one, str) for one in said):
        return item(code, label, *({"valueCoding": {"display": kept(one)}} for one in said))
    rows = [_row(code, row) for row in said]
    return {**item(code, label), "item": rows}


def row_link(code: str) -> str:
    """The rows of a table all answer the same group."""
    return f"{code}#"


def cell_link(code: str, place: int) -> str:
    return f"{code}#{place}"


def read_answers(items: list[Item]) -> dict[str, Any]:
    """Answers by item, in dimensions or not."""
    return {str(one["linkId"]): _read_answer(one) for one in _unfolded(items, f"{ANSWERS}.")}


def read_facts(items: list[Item]) -> dict[str, Any]:
    """Facts by field, in sections or not."""
    return {str(one["linkId"]): _read_fact(one) for one in _unfolded(items, f"{INFORMATION}.")}


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


def _unfolded(items: list[Item], groups: str) -> Iterator[Item]:
    """Items, those of groups in their place."""
    for one in items:
        if str(one["linkId"]).startswith(groups):
            yield from one.get("item") or []
        else:
            yield one


def _valued(said: str, kind: str) -> dict[str, Any]:
    """A text in the type of its field, where it reads the same afterwards."""
    if kind == "date" and _is_date(said):
        return {"valueDate": said}
    if kind == "number" and said == _plain(said):
        return {"valueDecimal": float(said) if "." in said else int(said)}
    return {"valueString": said}


def _is_date(said: str) -> bool:
    try:
        return date.fromisoformat(said).isoformat() == said
    except ValueError:
        return False


def _plain(said: Any) -> str:
    """A number as people write it: 160, 52.5."""
    try:
        return f"{float(said):g}"
    except ValueError:
        return ""


def _empty(code: str, label: str, shape: str) -> Item:
    return {**item(code, label), "extension": [{"url": SHAPE, "valueCode": shape}]}


def _row(code: str, cells: Any) -> Item:
    made = [
        item(cell_link(code, place), "", *([{"valueString": kept(cell)}] if kept(cell).strip() else []))
        for place, cell in enumerate(cells, 1)
    ]
    return {"linkId": row_link(code), "item": made}


def _read_answer(one: Item) -> dict[str, Any]:
    value, given = value_of(one), (one.get("answer") or [{}])[0]
    coding = said_in(one, NOT_GIVEN) if value is None else value
    if isinstance(coding, dict) and "code" in coding and "value" in coding:  # a quantity
        kept_as = said_in(given, DIGIT)
        if kept_as is None:
            raise ValueError("a measured answer without the number it is kept as")
        digit, scored, shown = int(kept_as), coding["value"], str(said_in(given, SHOWN))
    elif isinstance(coding, dict):
        digit, shown, scored = int(coding["code"]), str(coding["display"]), said_in(coding, ORDINAL)
        if digit >= 0 and scored is None:
            raise ValueError("an answer without a score")
    else:
        digit = scored = _whole(value)
        shown = str(said_in(given, SHOWN) or f"{digit} 分")
    score = None if scored is None else plain(float(scored))
    found = {"digit": digit, "score": score, "name": str(one["text"]), "text": shown}
    if mark := said_in(given, MARK):
        found["mark"] = str(mark)
    source = said_in(one, SOURCE)
    return {**found, "source": str(source)} if source else found


def _whole(value: Any) -> int:
    """A typed number; some servers turn 4 into 4.0."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value != int(value):
        raise ValueError("an answer that is no whole number")
    return int(value)


def _read_fact(one: Item) -> Any:
    if one.get("item"):
        return [[str(value_of(cell) or "") for cell in row.get("item") or []] for row in one["item"]]
    values = values_of(one)
    if not values:
        shapes = [extra.get("valueCode") for extra in one.get("extension") or [] if extra.get("url") == SHAPE]
        return "" if shapes == ["text"] else []
    if isinstance(values[0], dict):
        return [str(value["display"]) for value in values]
    return str(values[0]) if isinstance(values[0], str) else _plain(values[0])
