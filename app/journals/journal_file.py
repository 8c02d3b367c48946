"""From `resources/journals/*.toml` to a `Journal`; a bad file is refused with file, line, place and reason."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import time
from functools import cache
from pathlib import Path

from app.core.errors import Refusal
from app.core.form import Value
from app.core.form_times import read_time
from app.core.resources import resource
from app.core.roles import Right
from app.journals.asking import RESERVED
from app.journals.journal import (
    GROUPS,
    Badge,
    Case,
    Condition,
    Due,
    Journal,
    JournalField,
    Missing,
    Sum,
    Template,
)
from app.journals.journal_fields import Entry, read_condition, read_field
from app.journals.rules import places_in

FORMAT = 1
LARGEST = 200_000  # bytes
TONES = ("ok", "info", "warn", "orange", "danger", "violet", "neutral")
RESOURCES = ("Coverage", "Consent", "Flag", "Observation", "DocumentReference", "Immunization")


@cache
def shelf() -> Mapping[str, Journal]:
    """Every journal the station keeps, by code, in their order. Read once; a journal is immutable."""
    read = [read_journal(path) for path in sorted(resource("journals").glob("*.toml"))]
    read.sort(key=lambda journal: (list(GROUPS).index(journal.group), journal.order, journal.code))
    return {journal.code: journal for journal in read}


def journal_called(code: str) -> Journal:
    """The journal of this code; refuses one the station does not keep."""
    found = shelf().get(code)
    if found is None:
        raise Refusal(f"没有编号为“{code}”的记录。")
    return found


def in_group(*groups: str) -> tuple[Journal, ...]:
    """The journals of some groups, in their order."""
    return tuple(journal for journal in shelf().values() if journal.group in groups)


def read_journal(path: Path) -> Journal:
    """Read one journal's file and check that it is sound; refuses with file, line, place and reason."""
    text, values = _parsed(path)
    try:
        return _journal(Entry(path.name, "", values), path.stem)
    except Refusal as refusal:
        line = line_of(text, refusal.field or "")
        where = f"（第 {line} 行）" if line else ""
        raise Refusal(f"{refusal.text}{where}", field=refusal.field) from refusal


def line_of(text: str, place: str) -> int:
    """The line (from 1) of a place such as `field[3].kind`: that of its key, else of its table; 0 if not found."""
    head, _, key = place.rpartition(".")
    table = re.match(r"(\w+)(?:\[(\d+)\])?", head or place)
    if table is None:
        return 0
    name, wanted, seen, found = table[1], int(table[2] or 1), 0, 0
    inside = not head and not table[2]
    for number, line in enumerate(text.splitlines(), 1):
        if re.match(rf"\s*\[+\s*{re.escape(name)}\s*\]", line):
            seen += 1
            inside = seen == wanted
            found = number if inside else found
        elif line.lstrip().startswith("["):
            inside = False
        elif inside and re.match(rf"\s*{re.escape((key or name).partition('[')[0])}\s*=", line):
            return number
    return found


def _parsed(path: Path) -> tuple[str, object]:
    try:
        if path.stat().st_size > LARGEST:
            raise Refusal(f"记录文件 {path.name}：文件过大")
        text = path.read_bytes().decode("utf-8-sig")
        return text, tomllib.loads(text)
    except OSError as error:
        raise Refusal(f"记录文件 {path.name}：打不开（{error.strerror}）") from error
    except UnicodeDecodeError as error:
        raise Refusal(f"记录文件 {path.name}：不是UTF-8文字") from error
    except tomllib.TOMLDecodeError as error:
        raise Refusal(f"记录文件 {path.name}：写法不合TOML格式（{error}）") from error
    except (RecursionError, ValueError) as error:  # nested without end, or a number beyond all bounds
        raise Refusal(f"记录文件 {path.name}：写法不合TOML格式") from error


def _journal(entry: Entry, stem: str) -> Journal:
    if entry.number("format") != FORMAT:
        entry.refuse("format", f"只认识第{FORMAT}版格式")
    if entry.text("code") != stem:
        entry.refuse("code", f"应与文件名“{stem}”一致")
    fields = tuple(read_field(one) for one in entry.tables("field"))
    journal = Journal(
        code=entry.text("code"),
        title=entry.text("title"),
        icon=entry.text("icon"),
        group=entry.one_of("group", tuple(GROUPS)),
        event=entry.one_of("kind", ("event", "standing")) == "event",
        source=entry.texts("source"),
        write=_right(entry, "write"),
        retract=_right(entry, "retract"),
        fields=fields,
        line=entry.text("line"),
        cases=tuple(_case(one) for one in entry.tables("case")),
        single=entry.flag("single"),
        per=entry.texts("per") if entry.has("per") else (),
        begins=entry.text("begins", ""),
        late_after=entry.number("late_after", 0, 100_000) if entry.has("late_after") else 0,
        key=entry.text("key", "").upper(),
        fhir=entry.one_of("fhir", RESOURCES) if entry.has("fhir") else "",
        note=entry.text("note", ""),
        repeats=entry.flag("repeats"),
        tone=tuple(_toned(one) for one in entry.tables("tone", at_least=0)),
        badges=tuple(_badge(one) for one in entry.tables("badge", at_least=0)),
        missing=_missing(entry.table("missing")) if entry.has("missing") else None,
        due=_due(entry.table("due")) if entry.has("due") else None,
        sums=tuple(_sum(one) for one in entry.tables("sum", at_least=0)),
        day_begins=_time(entry, "day_begins"),
        templates=tuple(_template(one) for one in entry.tables("template", at_least=0)),
        order=entry.number("order", 0, 1000) if entry.has("order") else 0,
        closed=entry.text("closed", ""),
        instead=entry.text("instead", ""),
    )
    entry.end()
    _check_names(entry, journal)
    return journal


def _check_names(entry: Entry, journal: Journal) -> None:
    """Everything a file refers to must be one of its fields."""
    keys = [one.key for one in journal.fields]
    for number, key in enumerate(keys, 1):
        if key in keys[: number - 1]:
            entry.refuse(f"field[{number}].key", f"字段“{key}”重复")
        if key in RESERVED:
            entry.refuse(f"field[{number}].key", f"“{key}”留给表单自己用")
    if journal.per and not journal.single:
        entry.refuse("per", "per 要和 single = true 一起写")
    for place, name in _named(journal):
        if name not in keys:
            entry.refuse(place, f"没有字段“{name}”")


def _named(journal: Journal) -> Iterator[tuple[str, str]]:
    yield from (("line", name) for name in places_in(journal.line))
    yield from (("per", name) for name in journal.per)
    yield from (("begins", name) for name in filter(None, [journal.begins]))
    yield from (("due", name) for name in ([journal.due.field] if journal.due else []))
    for number, field in enumerate(journal.fields, 1):
        yield from _conditioned(f"field[{number}]", field)
    for number, badge in enumerate(journal.badges, 1):
        yield from ((f"badge[{number}].when", name) for name in _fields(badge.when))
        yield from ((f"badge[{number}].words", n) for n in places_in(badge.words + badge.long) if n != "*")
    for number, (condition, _tone) in enumerate(journal.tone, 1):
        yield from ((f"tone[{number}].when", name) for name in _fields(condition))
    for number, one in enumerate(journal.sums, 1):
        yield from ((f"sum[{number}]", name) for name in (one.field, *_fields(one.when)))
    yield from ((f"template[{number}]", one.field) for number, one in enumerate(journal.templates, 1))
    for number, case in enumerate(journal.cases, 1):
        yield from ((f"case[{number}].content", name) for name in case.content)


def _conditioned(place: str, field: JournalField) -> Iterator[tuple[str, str]]:
    yield from ((f"{place}.when", name) for name in _fields(field.when))
    yield from ((f"{place}.required_when", name) for name in _fields(field.required_when))
    if field.filled is not None:
        yield from ((f"{place}.filled", name) for name in filter(None, (field.filled.by, field.filled.of)))


def _fields(condition: Condition | None) -> tuple[str, ...]:
    return condition.fields if condition is not None else ()


def _right(entry: Entry, key: str) -> Right:
    return Right[entry.one_of(key, tuple(Right.__members__))]


def _badge(entry: Entry) -> Badge:
    read = Badge(
        entry.text("words"),
        entry.one_of("tone", TONES),
        read_condition(entry, "when"),
        entry.flag("strip"),
        entry.text("long", ""),
    )
    entry.end()
    return read


def _toned(entry: Entry) -> tuple[Condition, str]:
    read = read_condition(entry, "when")
    if read is None:
        entry.refuse("when", "缺少这一项")
    tone = entry.one_of("tone", TONES)
    entry.end()
    return read, tone


def _missing(entry: Entry) -> Missing:
    read = Missing(entry.text("words"), entry.one_of("tone", TONES))
    entry.end()
    return read


def _due(entry: Entry) -> Due:
    read = Due(entry.text("field"), entry.number("days", -3650, 3650), entry.text("words"))
    entry.end()
    return read


def _sum(entry: Entry) -> Sum:
    read = Sum(
        entry.text("key"),
        entry.text("title"),
        entry.text("field"),
        entry.text("unit", ""),
        read_condition(entry, "when"),
    )
    entry.end()
    return read


def _template(entry: Entry) -> Template:
    read = Template(entry.text("title"), entry.text("field"), entry.text("text"))
    entry.end()
    return read


def _case(entry: Entry) -> Case:
    told = entry.table("content")
    content: dict[str, Value] = {
        key: told.texts(key) if isinstance(told.raw(key), list) else told.text(key) for key in told
    }
    badges = entry.texts("badges") if entry.has("badges") else ()
    read = Case(content, entry.text("line"), badges, entry.text("due", ""))
    entry.end()
    return read


def _time(entry: Entry, key: str) -> time:
    said = read_time(entry.text(key, "00:00"))
    if said is None:
        entry.refuse(key, "应是 07:00 这样的时间")
    return time.fromisoformat(said)
