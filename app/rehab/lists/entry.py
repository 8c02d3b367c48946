"""Reading one file of resources/rehab: every refusal names the file, the key, its line and the reason in Chinese."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import ClassVar, Protocol, TypeVar

from app.assessments.instruments.entries import Entry
from app.core.errors import Refusal
from app.core.file_lines import line_of
from app.core.resources import resource

LARGEST = 400_000  # bytes
TONES = ("ok", "info", "warn", "orange", "danger", "violet", "neutral")


class ListEntry(Entry):
    """One table of a rehab list."""

    thing: ClassVar[str] = "康复清单"

    def decimal(self, key: str) -> float:
        self.raw(key)
        found = self.decimal_or_none(key)
        if found is None:
            self.refuse(key, "应是数字")
        return found

    def decimals(self, key: str) -> tuple[float, ...]:
        """A list of numbers; empty where the key is not there."""
        found = self.raw(key) if self.has(key) else []
        if not isinstance(found, list) or any(
            isinstance(one, bool) or not isinstance(one, int | float) for one in found
        ):
            self.refuse(key, "应是一列数字")
        return tuple(float(one) for one in found)

    def text_of(self, key: str, allowed: Collection[str]) -> str:
        """A code that must be in a list, or nothing at all."""
        found = self.text(key, "")
        if found and found not in allowed:
            self.refuse(key, f"没有“{found}”这一项")
        return found


@dataclass(frozen=True)
class About:
    """What a file says of itself: its title, where it is from, and what the institution should compare."""

    title: str
    source: str
    uncertain: tuple[str, ...] = ()


class Coded(Protocol):
    @property
    def code(self) -> str: ...


T = TypeVar("T")
C = TypeVar("C", bound=Coded)


def listed(name: str) -> Path:
    """The file of a list."""
    return resource("rehab", f"{name}.toml")


@cache
def about(name: str) -> About:
    """What a list says of itself."""
    path = listed(name)
    return _about(ListEntry(path.name, "", _parsed(path.name, _text(path))))


def read_list(name: str, build: Callable[[ListEntry], T]) -> T:
    """What `build` makes of a list."""
    path = listed(name)
    return parse_list(path.name, _text(path), build)


def parse_list(file: str, text: str, build: Callable[[ListEntry], T]) -> T:
    """The same of the text of a file called `file`; refuses with file, place, line and reason."""
    top = ListEntry(file, "", _parsed(file, text))
    try:
        _about(top)
        made = build(top)
        top.end()
    except Refusal as refusal:
        line = line_of(text, refusal.field) if refusal.field else None
        if line is None:
            raise
        raise Refusal(f"{refusal.text}（第{line}行）", field=refusal.field) from refusal
    return made


def by_code(entries: Iterable[ListEntry], build: Callable[[ListEntry], C]) -> dict[str, C]:
    """What is made of each entry, by code; refuses a code that stands twice and what nobody asked for."""
    found: dict[str, C] = {}
    for entry in entries:
        one = build(entry)
        entry.end()
        if one.code in found:
            entry.refuse("code", f"“{one.code}”在本文件里重复")
        found[one.code] = one
    return found


def _about(top: ListEntry) -> About:
    source = top.raw("source")
    said = top.texts("source") if isinstance(source, list) else (top.text("source"),)
    return About(top.text("title"), "；".join(said), top.texts_or_none("uncertain"))


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise Refusal(f"{ListEntry.thing} {path.name}：文件过大")
        return path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal(f"{ListEntry.thing} {path.name}：打不开，或不是UTF-8文字") from error


def _parsed(file: str, text: str) -> object:
    try:
        return tomllib.loads(text)
    except (RecursionError, ValueError) as error:  # also TOMLDecodeError, which says the line itself
        raise Refusal(f"{ListEntry.thing} {file}：写法不合TOML格式（{error}）") from error
