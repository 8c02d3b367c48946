"""What a form asks as items of a Questionnaire: items with their options, numbers with their limits, fields by kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.assessments.fhir.items import cell_link, row_link
from app.assessments.fhir.links import INSTRUMENT, NOT_GIVEN, unable_codings
from app.assessments.instruments import Choice, Field, Instrument, Item, plain
from app.fhir.coding import LOINC, ORDINAL, UCUM, kept, words
from app.fhir.elements import filled

MIN, MAX = (f"http://hl7.org/fhir/StructureDefinition/{name}Value" for name in ("min", "max"))
UNIT = "http://hl7.org/fhir/StructureDefinition/questionnaire-unit"
_TYPES = {
    "text": "string",
    "date": "date",
    "number": "decimal",
    "choice": "choice",
    "choices": "choice",
    "rows": "group",
}
Asked = dict[str, Any]


def loinc(code: str) -> list[dict[str, str]]:
    return [{"system": LOINC, "code": code}] if code else []


def asked_item(instrument: Instrument, item: Item) -> Asked:
    """An item: options to choose from, or a whole number; what stands beside it is shown below it.

    Nothing is `required`: a level may be set without items, an item may go unanswered, and of rivals only one is.
    """
    typed = item.points or item.quantity is not None
    return filled(
        extension=_limits(instrument, item) if typed else [],
        linkId=item.code,
        code=loinc(item.loinc),
        text=kept(item.name),
        type="quantity" if item.quantity else "integer" if item.points else "choice",
        **_rivals(instrument, item),
        answerOption=[] if typed else _options(instrument, item),
        item=list(_shown(instrument, item)),
    )


def asked_supplements(item: Item) -> Iterator[Asked]:
    """Texts that options ask for."""
    for option in item.options:
        if option.asks:
            text = f"{item.name}：{option.asks}"
            yield {"linkId": item.supplement(option.digit), "text": text, "type": "string"}


def asked_field(field: Field) -> Iterator[Asked]:
    """A field of the information, and the texts its choices ask for."""
    below = [_display(f"{field.code}.help", field.help)] if words(field.help) else []
    yield filled(
        extension=_range(field),
        linkId=field.code,
        text=kept(field.label),
        type=_TYPES[field.kind],
        repeats=True if field.kind == "choices" else None,
        answerOption=[_choice(field, one) for one in field.choices],
        item=[*_table(field), *below],
    )
    for choice in field.choices:
        if choice.asks:
            text = f"{field.label}：{choice.asks}"
            yield {"linkId": field.supplement(choice.words), "text": kept(text), "type": "string"}


def _options(instrument: Instrument, item: Item) -> list[Asked]:
    system, version = INSTRUMENT + instrument.code, instrument.version
    scored = [
        {
            "extension": [{"url": ORDINAL, "valueDecimal": option.counts}],
            "system": system,
            "version": version,
            "code": str(option.digit),
            "display": kept(option.text),
        }
        for option in item.options
    ]
    unable = unable_codings(system, version, instrument.unable)
    return [{"valueCoding": one} for one in (*scored, *unable)]


def _limits(instrument: Instrument, item: Item) -> list[Asked]:
    """The least and the greatest number, and the ways in which none is given (a number takes no options)."""
    unable = unable_codings(INSTRUMENT + instrument.code, instrument.version, instrument.unable)
    if item.quantity is not None:
        asked = item.quantity
        unit = {"system": UCUM, "code": asked.ucum, "display": asked.unit}
        ends: list[Asked] = [
            {"url": MIN, "valueDecimal": plain(asked.least)},
            {"url": MAX, "valueDecimal": plain(asked.most)},
            {"url": UNIT, "valueCoding": unit},
        ]
    else:
        ends = [{"url": MIN, "valueInteger": item.lowest}, {"url": MAX, "valueInteger": item.highest}]
    return [
        *ends,
        *({"url": NOT_GIVEN, "valueCoding": one} for one in unable),
    ]


def _rivals(instrument: Instrument, item: Item) -> Asked:
    """Of rivals one is asked while none of the others is answered."""
    rivals = instrument.rivals.get(item.code, ())
    when = [{"question": one, "operator": "exists", "answerBoolean": False} for one in rivals]
    return filled(enableWhen=when, enableBehavior="all" if len(when) > 1 else None)


def _shown(instrument: Instrument, item: Item) -> Iterator[Asked]:
    """Help, the meaning of some numbers, and which of rivals is to be answered."""
    if words(item.help):
        yield _display(f"{item.code}.help", item.help)
    anchors = [f"{one.digit}＝{one.text}" for one in item.options if one.text != f"{one.digit} 分"]
    if item.points and anchors:
        yield _display(f"{item.code}.anchors", "；".join(anchors))
    for place, either in enumerate(instrument.either, 1):
        if item.code == either.items[0]:
            yield _display(f"either.{place}", either.words)


def _display(link: str, text: str) -> Asked:
    return {"linkId": link, "text": kept(text), "type": "display"}


def _choice(field: Field, choice: Choice) -> Asked:
    """Words, as they are kept: one of several as a coding, the only one as a text."""
    return (
        {"valueCoding": {"display": kept(choice.words)}}
        if field.kind == "choices"
        else {"valueString": kept(choice.words)}
    )


def _range(field: Field) -> list[Asked]:
    if field.kind != "number":
        return []
    ends = ((MIN, field.low), (MAX, field.high))
    unit = [{"url": UNIT, "valueCoding": {"display": field.unit}}] if words(field.unit) else []
    return [*({"url": url, "valueDecimal": end} for url, end in ends if end is not None), *unit]


def _table(field: Field) -> list[Asked]:
    """The rows of a table: one group that repeats, one text a column."""
    if field.kind != "rows":
        return []
    cells = [
        {"linkId": cell_link(field.code, place), "text": kept(column), "type": "string"}
        for place, column in enumerate(field.columns, 1)
    ]
    return [{"linkId": row_link(field.code), "type": "group", "repeats": True, "item": cells}]
