"""Contraindications of items from contraindications.toml: what each blocks or warns of, and how it is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from app.rehab.lists.disciplines import disciplines
from app.rehab.lists.entry import ListEntry, by_code, read_list
from app.rehab.lists.stops import stop_rules

ALL = "all"
BLOCK, WARN = "block", "warn"
ASKED_AT = ("plan", "session")


@dataclass(frozen=True)
class Nature:
    """What an item works by, such as heat or a needle. `skin_check`: the skin is looked at before and after;
    `below_level`: what holds below a sensory level, `block`, `warn` or nothing, and the sentence that says so;
    `on_ward`: what nurses must not do where it is forbidden, empty for what they do not do anyway."""

    code: str
    words: str
    skin_check: bool = False
    below_level: str = ""
    below_words: str = ""
    on_ward: str = ""


@dataclass(frozen=True)
class Contraindication:
    """One of them. `block` and `warn`: natures and disciplines it forbids or warns of, or all; `question` asks for it,
    `rule` is the code of the stop rule whose limit shows it."""

    code: str
    words: str
    block: frozenset[str]
    warn: frozenset[str]
    ask_at: tuple[str, ...]
    question: str
    rule: str = ""
    advice: str = ""

    @property
    def effect(self) -> str:
        """The strongest it does: `block` or `warn`."""
        return BLOCK if self.block else WARN

    def on(self, marks: frozenset[str]) -> str:
        """What it does to an item of these natures and discipline: `block`, `warn` or nothing."""
        for effect, of in ((BLOCK, self.block), (WARN, self.warn)):
            if ALL in of or of & marks:
                return effect
        return ""


def natures() -> Mapping[str, Nature]:
    """By code, in the order of the file."""
    return _read()[0]


def contraindications() -> Mapping[str, Contraindication]:
    """By code, in the order they are asked."""
    return _read()[1]


def asked_at(moment: str) -> tuple[Contraindication, ...]:
    """Those asked when a plan is written (`plan`) or a training begins (`session`)."""
    return tuple(one for one in contraindications().values() if moment in one.ask_at)


@cache
def _read() -> tuple[dict[str, Nature], dict[str, Contraindication]]:
    return read_list("contraindications", build_contraindications)


def build_contraindications(top: ListEntry) -> tuple[dict[str, Nature], dict[str, Contraindication]]:
    known = by_code(top.tables("nature"), _nature)
    if twice := set(known) & set(disciplines()):
        top.refuse("nature", f"“{'、'.join(sorted(twice))}”与专业的编号相同")
    marks = (ALL, *known, *disciplines())
    return known, by_code(top.tables("contraindication"), lambda entry: _contraindication(entry, marks))


def _nature(entry: ListEntry) -> Nature:
    below = entry.one_of("below_level", ("", BLOCK, WARN), "")
    words = entry.text("below_words") if below else ""
    on_ward = entry.text("on_ward", "")
    return Nature(entry.text("code"), entry.text("words"), entry.flag("skin_check"), below, words, on_ward)


def _contraindication(entry: ListEntry, marks: tuple[str, ...]) -> Contraindication:
    read = Contraindication(
        entry.text("code"),
        entry.text("words"),
        frozenset(entry.some_of("block", marks)),
        frozenset(entry.some_of("warn", marks)),
        entry.some_of("ask_at", ASKED_AT),
        entry.text("question", ""),
        entry.text_of("rule", stop_rules()),
        entry.text("advice", ""),
    )
    if not read.block and not read.warn:
        entry.refuse("code", "block 和 warn 至少写一项")
    if not read.ask_at:
        entry.refuse("code", "ask_at 至少写一项")
    if bool(read.question) == bool(read.rule):
        entry.refuse("code", "question（询问）和 rule（体征规则）写且只写一项")
    return read
