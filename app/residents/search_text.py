"""The one text a resident is found by: name, pinyin, initials, number, bed, endings of numbers and phones, kin.

One narrow text and `LIKE '%q%'` take about a millisecond over 15,000 residents; a full-text index cannot find one or
two characters, and Chinese names have two. Parts stand between `|`, which no query contains, so none matches across.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product

from app.residents.codes import surname_readings
from app.residents.rules import squeeze

_MOST_READINGS = 24
"""Combinations of readings kept for one name; the preferred one comes first, so only unlikely ones fall away."""
_ID_ENDING, _PHONE_ENDING, _ARCHIVE_ENDING = 6, 8, 8
_KIN = "+"
"""Stands before what a contact is called, so that a contact is found and yet never taken for a resident's namesake."""


@dataclass(frozen=True)
class Findable:
    """What a resident can be found by. `bed` is the place's label; `phones` the resident's and the contacts';
    `kin` the contacts' names."""

    name: str
    number: str = ""
    bed: str = ""
    id_number: str = ""
    phones: tuple[str, ...] = ()
    archive_number: str = ""
    kin: tuple[str, ...] = ()


def search_text(resident: Findable) -> str:
    """Everything the one-box search looks through for one resident, normalised as `search_query` does."""
    phones = [phone for said in resident.phones for phone in said.split("、")]
    parts = [
        _plain(resident.name),
        _plain(resident.name).replace("·", ""),
        *pinyin_of(squeeze(resident.name)),
        _plain(resident.number),
        _plain(resident.bed),
        _plain(resident.id_number)[-_ID_ENDING:],
        *(re.sub(r"\D", "", phone.partition("转")[0])[-_PHONE_ENDING:] for phone in phones),
        _plain(resident.archive_number)[-_ARCHIVE_ENDING:],
        *(
            _KIN + said
            for name in resident.kin
            if name
            for said in (_plain(name), *pinyin_of(squeeze(name))[:2])
        ),
    ]
    return "|".join(dict.fromkeys(part for part in parts if part))


def search_query(typed: str) -> str:
    """What was typed, in the form of the stored text; a whole ID, health-record or phone number is cut to its end."""
    query = _plain(typed).replace("|", "")
    if re.fullmatch(r"\d{17}", query):
        return query[-_ARCHIVE_ENDING:]
    if re.fullmatch(r"\d{17}[\dx]", query):
        return query[-_ID_ENDING:]
    digits = query.replace("-", "")
    if re.fullmatch(r"1[3-9]\d{9}|0\d{9,11}", digits):
        return digits[-_PHONE_ENDING:]
    return query


def like_pattern(typed: str) -> str:
    r"""The pattern for `LIKE … ESCAPE '\'`; % and _ are looked for as they are."""
    return "%" + re.sub(r"([\\%_])", r"\\\1", search_query(typed)) + "%"


@lru_cache(maxsize=20_000)
def pinyin_of(name: str) -> tuple[str, ...]:
    """Full pinyin and initials in every reading, without tones, ü as v; the surname's own reading first."""
    ways = list(islice(dict.fromkeys(_ways(_readings(name))), _MOST_READINGS))
    full = ["".join(way) for way in ways]
    initials = ["".join(syllable[:1] for syllable in way) for way in ways]
    return tuple(dict.fromkeys([full[0], initials[0], *full, *initials])) if name else ()


@lru_cache(maxsize=20_000)
def syllables_of(name: str) -> tuple[str, ...]:
    """How each character is likeliest read, without tones; the dot of minority names is not spoken."""
    return tuple(said[0] for said in _readings(name))


def _readings(name: str) -> list[tuple[str, ...]]:
    """For each character its readings, the likeliest first; the dot of minority names is not spoken."""
    known = surname_readings()
    surname = next((name[:length] for length in (2, 1) if name[:length] in known), "")
    spoken = [known[surname][place : place + 1] if place < len(surname) else () for place in range(len(name))]
    return [
        tuple(dict.fromkeys([*first, *_every_reading(mark)]))
        for mark, first in zip(name, spoken, strict=True)
        if mark != "·"
    ]


def _ways(readings: list[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Ways to say the name: the likeliest, then one character read otherwise, then every combination."""
    likeliest = tuple(said[0] for said in readings)
    yield likeliest
    for place, said in enumerate(readings):
        for other in said[1:]:
            yield (*likeliest[:place], other, *likeliest[place + 1 :])
    yield from product(*readings)


@lru_cache(maxsize=10_000)
def _every_reading(mark: str) -> tuple[str, ...]:
    from pypinyin import Style, pinyin

    return tuple(_plain(reading) for reading in pinyin(mark, style=Style.NORMAL, heteronym=True)[0])


def _plain(text: str) -> str:
    """Half-width, no spaces, lower case, Latin letters without accents (ü is v, as it is typed)."""
    folded = squeeze(text).lower().replace("ü", "v")
    bare = "".join(
        "".join(part for part in unicodedata.normalize("NFD", mark) if not unicodedata.combining(part))
        if mark < "\u0250"
        else mark
        for mark in folded
    )
    return bare.replace("u:", "v")  # last, so that what is plain already stays as it is
