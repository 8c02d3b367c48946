"""Programme items from items.toml: what is done, for what, how long and how often, with what dose and what care."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from app.rehab.lists.contraindications import (
    Contraindication,
    contraindications,
    natures,
)
from app.rehab.lists.disciplines import disciplines
from app.rehab.lists.dose import dose_fields
from app.rehab.lists.entry import ListEntry, by_code, read_list
from app.rehab.lists.surroundings import places
from app.rehab.rules.often import PERS, Often
from app.residents.vocabulary import MOST, Entry, find

Dose = Mapping[str, object]
"""By dose field: a number, a text, or a list of texts."""


@dataclass(frozen=True)
class Item:
    """One item. `asks`: dose fields of its form, `usual`: values they start with; `points` and `methods`: what is
    chosen from; `natures` what it works by; `named`: contraindications that hold for it whatever its nature;
    `temperature`: what may be set, ℃; `group`: several residents at once; `phrases`: quick results."""

    code: str
    words: str
    also: tuple[str, ...]
    discipline: str
    purpose: str
    minutes: int
    often: Often
    place: str
    asks: tuple[str, ...]
    usual: Dose
    points: tuple[str, ...]
    methods: tuple[str, ...]
    natures: tuple[str, ...]
    named: tuple[str, ...]
    equipment: tuple[str, ...]
    temperature: tuple[float, float] | None
    group: bool
    phrases: tuple[str, ...]

    @property
    def skin_check(self) -> bool:
        """Whether the skin is looked at before and after."""
        return any(natures()[one].skin_check for one in self.natures)

    @property
    def below_level(self) -> tuple[str, str]:
        """What holds below a sensory level: (`block`, `warn` or nothing, the sentence)."""
        found = [(known.below_level, known.below_words) for known in map(natures().__getitem__, self.natures)]
        return min((one for one in found if one[0]), default=("", ""))  # block stands before warn

    @property
    def contraindicated(self) -> tuple[tuple[Contraindication, str], ...]:
        """Every contraindication that matters for it, with `block` or `warn`, in the order they are asked."""
        return tuple((one, effect) for one in contraindications().values() if (effect := self.effect_of(one)))

    def effect_of(self, one: Contraindication) -> str:
        """What a contraindication does to it: `block`, `warn` or nothing."""
        return one.effect if one.code in self.named else one.on(frozenset((*self.natures, self.discipline)))

    def wrong_dose(self, dose: Dose) -> tuple[tuple[str, str], ...]:
        """(dose field, what is wrong with it in Chinese) of each value that may not stand."""
        return tuple((key, wrong) for key, value in dose.items() if (wrong := self._wrong(key, value)))

    def _wrong(self, key: str, value: object) -> str:
        if key not in self.asks:
            return f"“{self.words}”不记这一项"
        field = dose_fields()[key]
        if wrong := field.wrong(value):
            return wrong
        if field.of:
            said = value if isinstance(value, list | tuple) else [value]
            allowed = self.points if field.of == "points" else self.methods
            unknown = [one for one in said if one not in allowed]
            return f"{field.words}没有“{unknown[0]}”这一项" if unknown else ""
        if key == "temperature_c" and self.temperature is not None and isinstance(value, int | float):
            low, high = self.temperature
            return "" if low <= value <= high else f"“{self.words}”的温度应在 {low:g}～{high:g} ℃"
        return ""


@cache
def items() -> Mapping[str, Item]:
    """By code, in the order of the file. Read once."""
    return read_list("items", build_items)


def items_of(discipline: str) -> tuple[Item, ...]:
    """The items of a discipline, in the order of the file."""
    return tuple(one for one in items().values() if one.discipline == discipline)


def item_words(code: str) -> str:
    """`坐站转移训练`; a code the list no longer has as it is."""
    known = items().get(code)
    return known.words if known is not None else code


def dose_words(dose: Dose) -> str:
    """A dose in one line, in the order of the form: `3 组 × 5 次 · 保持 5 秒 · 一人轻扶`."""
    said = {key: field.said(dose[key]) for key, field in dose_fields().items() if key in dose}
    if "sets" in said and "reps" in said:
        said = {"sets": f"{said.pop('sets')} × {said.pop('reps')}", **said}
    return " · ".join(one for one in said.values() if one)


def find_items(typed: str, most: int = MOST) -> tuple[Item, ...]:
    """Items found by Chinese, pinyin or initials, the nearest first."""
    return tuple(items()[entry.code] for entry in find(_findable(), typed, most))


@cache
def _findable() -> tuple[Entry, ...]:
    return tuple(Entry(one.words, one.also, one.code, one.discipline) for one in items().values())


def build_items(top: ListEntry) -> dict[str, Item]:
    return by_code(top.tables("item"), _item)


def read_often(entry: ListEntry) -> Often:
    """`often = { week = 5 }`: exactly one of day, week, month."""
    told = entry.table("often")
    said = [per for per in PERS if told.has(per)]
    if len(said) != 1:
        entry.refuse("often", f"应写且只写 {'、'.join(PERS)} 之一")
    read = Often(told.number(said[0], 1, 24), said[0])
    told.end()
    return read


def _item(entry: ListEntry) -> Item:
    asks = entry.some_of("asks", tuple(dose_fields()))
    usual = entry.raw("usual") if entry.has("usual") else {}
    read = Item(
        code=entry.text("code"),
        words=entry.text("words"),
        also=entry.texts_or_none("also"),
        discipline=entry.one_of("discipline", tuple(disciplines())),
        purpose=entry.text("purpose"),
        minutes=entry.number("minutes", 1, 240),
        often=read_often(entry),
        place=entry.one_of("place", tuple(places())),
        asks=asks,
        usual=usual,
        points=entry.texts_or_none("points"),
        methods=entry.texts_or_none("methods"),
        natures=entry.some_of("natures", tuple(natures())),
        named=entry.some_of("contraindications", tuple(contraindications())),
        equipment=entry.texts_or_none("equipment"),
        temperature=_temperature(entry),
        group=entry.flag("group"),
        phrases=entry.texts_or_none("phrases"),
    )
    _check(entry, read)
    return read


def _temperature(entry: ListEntry) -> tuple[float, float] | None:
    found = entry.decimals("temperature")
    if not found:
        return None
    if len(found) != 2 or found[0] >= found[1]:
        entry.refuse("temperature", "应是 [最低, 最高]")
    return found[0], found[1]


def _check(entry: ListEntry, item: Item) -> None:
    """Refuse what does not hold together."""
    if not isinstance(item.usual, Mapping):
        entry.refuse("usual", "应是一个表")
    for field, wrong in item.wrong_dose(item.usual):
        entry.refuse(f"usual.{field}", wrong)
    for field, chosen in (("points", item.points), ("method", item.methods)):
        if bool(chosen) != (field in item.asks):
            entry.refuse("asks", f"剂量项“{field}”与它的选项要同时写")
    if (item.temperature is not None) != ("temperature_c" in item.asks):
        entry.refuse("asks", "剂量项“temperature_c”与 temperature 要同时写")
    if item.temperature is not None and not {"heat", "water"} & set(item.natures):
        entry.refuse("natures", "要设温度的项目应写 heat 或 water")
