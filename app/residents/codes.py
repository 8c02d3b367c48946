"""Code lists of the standards, read from resources/codes: a code's words, and the code of what a roster says."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from app.core.resources import resource
from app.residents.rules import GUARDIAN, guards, squeeze


@dataclass(frozen=True)
class Code:
    """One entry: the code that is kept and sent, the words people see."""

    code: str
    words: str


@dataclass(frozen=True)
class CodeList:
    """A list of one standard, in its order. `meanings` goes from any usual word to the code."""

    title: str
    source: str
    entries: tuple[Code, ...]
    meanings: Mapping[str, str]

    def words(self, code: str) -> str:
        """What a person reads for a code; what is no code of this list was kept as said, and is shown as said."""
        return next((entry.words for entry in self.entries if entry.code == code), code)

    def find(self, said: str) -> str | None:
        """The code of a word, a synonym or the code itself; None where the list does not know it."""
        return self.meanings.get(_key(said))


@cache
def code_list(name: str) -> CodeList:
    """The list kept in `resources/codes/<name>.toml`."""
    path = resource("codes", f"{name}.toml")
    read = tomllib.loads(path.read_text(encoding="utf-8"))
    entries = tuple(Code(entry["code"], entry["words"]) for entry in read["entry"])
    meanings: dict[str, str] = {}
    for entry in read["entry"]:
        for word in (entry["code"], entry["words"], *entry.get("synonyms", ())):
            if meanings.setdefault(_key(word), entry["code"]) != entry["code"]:
                raise ValueError(f"{path.name}: {word} stands for two codes")
    return CodeList(read["title"], read["source"], entries, MappingProxyType(meanings))


def power_words(powers: Iterable[str], *, guardian: bool) -> tuple[str, ...]:
    """What a contact may do, in words; a guardian of before there were powers is one, too."""
    said = tuple(powers)
    if guardian and not guards(said):
        said = (*said, GUARDIAN)
    return tuple(code_list("powers").words(one) for one in said)


@cache
def surname_readings() -> Mapping[str, tuple[str, ...]]:
    """Surnames with their readings as surnames, one syllable a character, without tones."""
    read = tomllib.loads(resource("codes", "surnames.toml").read_text(encoding="utf-8"))
    return MappingProxyType({name: tuple(said.split()) for name, said in read["readings"].items()})


def surname_of(name: str) -> str:
    """The surname of a Chinese name: one character, or two where those are a surname."""
    return name[:2] if len(name) > 2 and name[:2] in _compound() else name[:1]


@cache
def _compound() -> frozenset[str]:
    return frozenset(
        tomllib.loads(resource("codes", "surnames.toml").read_text(encoding="utf-8"))["compound"]
    )


def _key(said: str) -> str:
    return squeeze(said).lower()
