"""Whether a response keeps to its questionnaire: ids in their places and order, answers of the type asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Body = dict[str, Any]
VALUES = {
    "string": {"valueString"},
    "text": {"valueString"},
    "integer": {"valueInteger"},
    "decimal": {"valueDecimal"},
    "quantity": {"valueQuantity"},
    "date": {"valueDate"},
    "choice": {"valueCoding", "valueString"},
    "group": set[str](),
}


def faults(questionnaire: Body, response: Body) -> list[str]:
    """What is wrong, one sentence each."""
    canonical = f"{questionnaire['url']}|{questionnaire['version']}"
    wrong = [] if response["questionnaire"] == canonical else [f"asks {response['questionnaire']}"]
    given = {one["linkId"] for one in every(response["item"]) if "answer" in one}
    return wrong + list(_items(questionnaire["item"], response["item"], given))


def every(items: list[Body]) -> Iterator[Body]:
    for one in items:
        yield one
        yield from every(one.get("item", []))


def _items(asked: list[Body], said: list[Body], given: set[str]) -> Iterator[str]:
    places = {one["linkId"]: place for place, one in enumerate(asked)}
    last = -1
    for one in said:
        place = places.get(one["linkId"], -1)
        if place < 0:
            yield f"{one['linkId']} is not asked here"
            continue
        if place < last or (place == last and not asked[place].get("repeats")):
            yield f"{one['linkId']} is out of order"
        last = place
        yield from _item(asked[place], one, given)


def _item(asked: Body, one: Body, given: set[str]) -> Iterator[str]:
    link, answers = one["linkId"], one.get("answer", [])
    if len(answers) > 1 and not asked.get("repeats"):
        yield f"{link} has several answers"
    if answers and any(when["question"] in given for when in asked.get("enableWhen", [])):
        yield f"{link} is answered beside its rival"
    options = [_bare(option) for option in asked.get("answerOption", [])]
    limits = {extra["url"].rpartition("/")[2]: extra for extra in asked.get("extension", [])}
    for answer in answers:
        bare = _bare(answer)
        if bare.keys() - VALUES[asked["type"]] or (options and bare not in options):
            yield f"{link} has {bare}"
        for name, fits in (("minValue", int.__le__), ("maxValue", int.__ge__)):
            if "valueInteger" in limits.get(name, {}) and not fits(
                limits[name]["valueInteger"], bare["valueInteger"]
            ):
                yield f"{link} is beyond its {name}"
        if "valueQuantity" in bare:
            yield from _quantity(link, bare["valueQuantity"], limits)
    yield from _items(asked.get("item", []), one.get("item", []), given)


def _quantity(link: str, said: Body, limits: dict[str, Body]) -> Iterator[str]:
    """A measured number: within its limits, in the unit that was asked for."""
    unit = limits["questionnaire-unit"]["valueCoding"]
    if (said["system"], said["code"]) != (unit["system"], unit["code"]):
        yield f"{link} is in {said['code']}"
    if not limits["minValue"]["valueDecimal"] <= said["value"] <= limits["maxValue"]["valueDecimal"]:
        yield f"{link} is beyond its limits"


def _bare(held: Body) -> Body:
    """The value alone."""
    return {key: value for key, value in held.items() if key.startswith("value")}
