"""A journal as its file describes it: what is asked, how an entry is told, what it signals, when something is due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time

from app.core.form import Choice, Kind, Value
from app.core.roles import Right
from app.journals.rules import FLAGS, Band

Content = Mapping[str, Value]
"""What an entry holds, by field: values as forms keep them."""


@dataclass(frozen=True)
class Condition:
    """Met when one of the fields holds one of the keys; with no keys, when one of them holds anything."""

    fields: tuple[str, ...]
    keys: frozenset[str] = frozenset()

    def fields_met(self, content: Content) -> tuple[str, ...]:
        """The fields that meet it."""
        return tuple(name for name in self.fields if self._holds(content.get(name, "")))

    def met(self, content: Content) -> bool:
        return bool(self.fields_met(content))

    def _holds(self, value: Value) -> bool:
        said = {value} if isinstance(value, str) else set(value)
        return bool(said & self.keys) if self.keys else bool(said - {""})


@dataclass(frozen=True)
class Filled:
    """A field nobody types: it follows from the code chosen in `by`. `what` is `unit`, or `flag` of the number `of`."""

    by: str
    what: str
    of: str = ""


@dataclass(frozen=True)
class Measure:
    """What a code list says of an examination beyond its words."""

    unit: str
    decimals: int
    band: Band


@dataclass(frozen=True)
class JournalField:
    """One field. `when`: asked only then; `required_when`: must be said then; `keep`: offered again for the next entry.

    `usual` is what a new form begins with; `people` is staff, family or any (who is suggested); `past`: a date that
    cannot lie ahead. `measures` by code, where the code list has them.
    """

    key: str
    label: str
    kind: Kind
    required: bool = False
    unit: str = ""
    decimals: int = 0
    low: float | None = None
    high: float | None = None
    choices: tuple[Choice, ...] = ()
    placeholder: str = ""
    hint: str = ""
    max_length: int = 0
    most: int = 0
    when: Condition | None = None
    required_when: Condition | None = None
    keep: bool = False
    usual: str = ""
    past: bool = False
    people: str = ""
    wide: bool = False
    filled: Filled | None = None
    measures: Mapping[str, Measure] = field(default_factory=dict)

    def words(self, value: Value) -> str:
        """A value as a person reads it."""
        if self.filled is not None and self.filled.what == "flag":
            return FLAGS.get(value, "") if isinstance(value, str) else ""
        if self.kind is Kind.PHOTOS:
            return f"照片 {len(value)} 张" if value else ""
        if isinstance(value, tuple):
            return "、".join(self._label(key) for key in value)
        said = self._label(value) if self.choices else value
        return f"{said} {self.unit}" if said and self.unit else said

    def _label(self, key: str) -> str:
        return next((choice.label for choice in self.choices if choice.key == key), key)


@dataclass(frozen=True)
class Badge:
    """A sign of an entry that holds. `strip`: always in sight on the chart. `{*}` names the fields that met `when`."""

    words: str
    tone: str
    when: Condition | None = None
    strip: bool = False
    long: str = ""


@dataclass(frozen=True)
class Missing:
    """The sign of a resident of whom nothing holds in this journal."""

    words: str
    tone: str


@dataclass(frozen=True)
class Due:
    """Something is to be done `days` after the date in `field` (before it, where they are negative)."""

    field: str
    days: int
    words: str


@dataclass(frozen=True)
class Sum:
    """A figure added up over a service day: of `field`, over the entries that meet `when`."""

    key: str
    title: str
    field: str
    unit: str
    when: Condition | None = None


@dataclass(frozen=True)
class Template:
    """A text to begin with: `{name}`, `{bed}`, `{time}` are put in, each ＿＿ is a blank to be filled."""

    title: str
    field: str
    text: str


@dataclass(frozen=True)
class Case:
    """A worked example: what is written, and what must come of it. `due` is empty where nothing is."""

    content: Content
    line: str
    badges: tuple[str, ...] = ()
    due: str = ""


@dataclass(frozen=True)
class Journal:
    """One journal. `event`: things that happen at a moment; else what holds from a day on (`begins` names its field).

    `single`: a new entry ends the one that held, `per` the values of some fields (one vaccine, one kind of insurance).
    `closed` says why nothing new is written, what stands can be read and put right; an assessment by the instrument
    `instead` takes the place of its entries.
    `late_after`: minutes after which a record is a late one 补录, 0 for never. `key` chooses it in the chart.
    """

    code: str
    title: str
    icon: str
    group: str
    event: bool
    source: tuple[str, ...]
    write: Right
    retract: Right
    fields: tuple[JournalField, ...]
    line: str
    cases: tuple[Case, ...]
    single: bool = False
    per: tuple[str, ...] = ()
    begins: str = ""
    late_after: int = 0
    key: str = ""
    fhir: str = ""
    note: str = ""
    repeats: bool = False
    tone: tuple[tuple[Condition, str], ...] = ()
    badges: tuple[Badge, ...] = ()
    missing: Missing | None = None
    due: Due | None = None
    sums: tuple[Sum, ...] = ()
    day_begins: time = time(0)
    templates: tuple[Template, ...] = ()
    order: int = 0
    closed: str = ""
    instead: str = ""

    def field(self, key: str) -> JournalField | None:
        return next((one for one in self.fields if one.key == key), None)


GROUPS = {"notes": "护理记录", "body": "照护事项", "person": "档案事项", "rights": "权益与意愿"}
