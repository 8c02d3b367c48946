"""From drug files, a form or a table to `Drug`; what is wrong is refused with file, line, key and reason."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from app.core.errors import Refusal
from app.core.file_lines import line_of
from app.medication.drugs.classes import classes, widened
from app.medication.drugs.entry import FORM, DrugEntry
from app.medication.lists import MEALS, frequencies, holds, questions, routes
from app.medication.rules.amounts import UNITS
from app.medication.rules.drug import CONTROLS, STORAGES, Drug

CODE = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
ATC = re.compile(r"[A-Z](\d\d([A-Z]([A-Z](\d\d)?)?)?)?")
BARCODE = re.compile(r"\d{8}|\d{12,14}|\d{20}")
PACK_UNITS = ("盒", "瓶", "袋", "支", "板", "包", "罐", "桶", "箱")
WEEKLY = ("", "qw", "q2w")
FLAGS = (
    "high_alert", "time_critical", "weekly", "skin_test", "whole", "second", "dark", "storage_special", "antimicrobial",
    "essential", "tcm",
)  # fmt: skip


def read_drugs(path: Path) -> tuple[Drug, ...]:
    """Every product of one file, in its order."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal(f"药品文件 {path.name}：打不开，或不是UTF-8文字") from error
    return parse_drugs(text, path.name)


def parse_drugs(text: str, file: str) -> tuple[Drug, ...]:
    """Read the text of a drug file called `file`; refuses with file, place, line and reason."""
    try:
        return tuple(_products(text, file))
    except Refusal as refusal:
        line = _line(text, refusal.field) if refusal.field else None
        if line is None:
            raise
        raise Refusal(f"{refusal.text}（第{line}行）", field=refusal.field) from refusal


def parse_drug(content: Mapping[str, Any]) -> Drug:
    """A medicine from the content of a form or a table: keys as in a file, group and product in one."""
    return _drug(DrugEntry(FORM, "", content), content, "")


def _products(text: str, file: str) -> Iterator[Drug]:
    try:
        read: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Refusal(f"药品文件 {file}：写法不合TOML格式（{error}）") from error
    top = DrugEntry(file, "", read)
    top.text("title")
    source = "；".join(top.texts("source"))
    codes: set[str] = set()
    for group in top.tables("drug"):
        for product in group.tables("product"):
            both = {**{key: group.raw(key) for key in group if key != "product"}, **_raw(product)}
            drug = _drug(DrugEntry(file, _place(product), both), both, source)
            if drug.code in codes:
                product.refuse("code", f"“{drug.code}”在本文件里重复")
            codes.add(drug.code)
            yield drug
    top.end()


def _drug(entry: DrugEntry, content: Mapping[str, Any], source: str) -> Drug:
    drug = Drug(
        code=entry.shaped("code", CODE, "应是小写字母、数字和连字符"),
        group=entry.shaped("group", CODE, "应是小写字母、数字和连字符"),
        name=entry.text("name"),
        inn=entry.text("inn", ""),
        atc=entry.shaped("atc", ATC, "应是 A10BA02 这样的编码或它的前几级", ""),
        form=entry.text("form"),
        unit=entry.one_of("unit", UNITS),
        ingredients=_ingredients(entry, content),
        hidden=entry.list_of("hidden"),
        contains=entry.parts(UNITS),
        classes=widened(entry.list_of("classes", classes())),
        source=entry.text("source", source),
        **_sizes(entry),
        **_giving(entry),
        **_flags(entry),
        limit=entry.limit(UNITS),
        note=entry.text("note", ""),
    )
    entry.end()
    return _sound(entry, drug)


def _sizes(entry: DrugEntry) -> dict[str, Any]:
    """What is in one unit and in one pack, and what stands on the box."""
    return {
        "strength": entry.amount("strength"),
        "strength_unit": entry.one_of("strength_unit", UNITS),
        "strength_words": entry.text("strength_words", ""),
        "trade": entry.list_of("trade"),
        "also": entry.list_of("also"),
        "barcodes": entry.list_of("barcodes"),
        "pack": entry.number_or_none("pack", 1, 10_000) or 0,
        "pack_unit": entry.one_of("pack_unit", PACK_UNITS),
    }


def _giving(entry: DrugEntry) -> dict[str, Any]:
    """How it is given, looked after and kept."""
    return {
        "routes": entry.list_of("routes", routes()) or ("po",),
        "usual": entry.one_of("usual", frequencies()),
        "meal": entry.one_of("meal", MEALS),
        "control": entry.one_of("control", CONTROLS),
        "holds": entry.list_of("holds", {**holds(), **questions()}),
        "look_alike": entry.list_of("look_alike"),
        "storage": entry.one_of("storage", STORAGES, "normal"),
        "opened_days": entry.number_or_none("opened_days", 1, 1000) or 0,
    }


def _flags(entry: DrugEntry) -> dict[str, Any]:
    return {flag: entry.flag(flag) for flag in FLAGS}


def _ingredients(entry: DrugEntry, content: Mapping[str, Any]) -> tuple[str, ...]:
    said = entry.list_of("ingredients") or tuple(str(content.get("inn", "")).split("+"))
    found = tuple(one.strip().lower() for one in said if one.strip())
    return found or (entry.text("name"),)  # a patent medicine nobody knows another name of


def _sound(entry: DrugEntry, drug: Drug) -> Drug:
    """Refuse what does not hold together."""
    if drug.strength is not None and not drug.strength_unit:
        entry.refuse("strength_unit", "写了含量，没有写含量单位")
    if drug.strength is None and drug.strength_unit:
        entry.refuse("strength", "写了含量单位，没有写含量")
    if bool(drug.pack) != bool(drug.pack_unit):
        entry.refuse("pack_unit" if drug.pack else "pack", "包装数量和包装单位要同时写")
    for one in drug.barcodes:
        if BARCODE.fullmatch(one) is None:
            entry.refuse("barcodes", f"“{one}”不是 8、12–14 或 20 位数字")
    if not set(drug.hidden) <= set(drug.ingredients):
        entry.refuse("hidden", "藏有的成分也要写在成分里")
    if not {part.ingredient for part in drug.contains} <= set(drug.ingredients):
        entry.refuse("contains", "每单位含量写了不在成分里的成分")
    if drug.weekly and drug.usual not in WEEKLY:
        entry.refuse("usual", "每周一次的药，常用频次应是每周一次")
    return drug


def _line(text: str, place: str) -> int | None:
    """The line of a key: in the product, or, where the product does not say it, in the group it stands in."""
    key = place.rpartition("].")[2]
    group = place.partition(".product")[0]
    exact = line_of(text, place)
    product = line_of(text, place.rpartition(".")[0])
    return line_of(text, f"{group}.{key}") if exact == product and ".product" in place else exact


def _raw(entry: DrugEntry) -> dict[str, Any]:
    return {key: entry.raw(key) for key in entry}


def _place(entry: DrugEntry) -> str:
    return entry._path  # noqa: SLF001  # the same place, for both read as one
