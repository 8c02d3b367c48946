"""What is asked of a medicine, as data: the fields, a medicine as their values, their values as content."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from app.core.form import Choice, Field, Form, Kind, Section, Value
from app.medication.drugs.classes import class_words, classes
from app.medication.drugs.entry import WORDS
from app.medication.drugs.forms import drug_forms
from app.medication.drugs.reading import ATC, BARCODE, PACK_UNITS
from app.medication.drugs.writing import content_of
from app.medication.lists import MEALS, frequencies, holds, questions, routes
from app.medication.rules.amounts import UNITS, amount_words
from app.medication.rules.drug import CONTROLS, Drug

FLAG_WORDS = {
    "high_alert": "高警示", "time_critical": "限时给药", "weekly": "每周一次", "skin_test": "用前皮试",
    "whole": "不可掰开嚼碎", "second": "双人核对", "dark": "避光", "antimicrobial": "抗微生物药", "tcm": "中成药",
    "essential": "基本药物", "storage_special": "储存有特殊要求",
}  # fmt: skip
"""What a person calls each flag."""
STORAGE_WORDS = {"normal": "常温", "cool": "阴凉（≤20 ℃）", "fridge": "冷藏（2–8 ℃）"}
_LISTS = ("trade", "also", "barcodes", "ingredients", "hidden")
_TEXTS = (
    "name", "form", "inn", "atc", "strength", "strength_unit", "strength_words", "unit", "pack_unit", "control",
    "storage", "usual", "meal", "note", "source",
)  # fmt: skip
_LIMITS = ("low", "high", "day")
_SEPARATORS = re.compile(r"[、,，;；\n]+")


def drug_form(*, reason: bool) -> Form:
    """The form of a medicine; with `reason` of one that is changed."""
    why = (_text("reason", "为什么修改", required=True, wide=True, max_length=80),) if reason else ()
    return Form(
        (
            Section("药品", _what()),
            Section("规格与包装", _sizes()),
            Section("给药与安全", _giving()),
            Section("成分与别名", _substance(), folded=True),
            Section(
                "依据", (_text("source", "来源", placeholder="如 说明书 2025-03 修订版", wide=True), *why)
            ),
        )
    )


def form_values(drug: Drug) -> dict[str, Value]:
    """A medicine as the values of the form."""
    values: dict[str, Value] = {
        key: str(getattr(drug, key)) for key in _TEXTS if key not in ("strength", "source")
    }
    values |= {key: "、".join(getattr(drug, key)) for key in _LISTS}
    limit = drug.limit
    values |= {
        "strength": "" if drug.strength is None else amount_words(drug.strength),
        "source": drug.source if drug.own else "",
        "pack": str(drug.pack or ""),
        "opened_days": str(drug.opened_days or ""),
        "flags": tuple(flag for flag in FLAG_WORDS if getattr(drug, flag)),
        "classes": "、".join(class_words(key) for key in content_of(drug).get("classes", ())),
        "routes": drug.routes,
        "holds": drug.holds,
        "limit.unit": limit.unit if limit is not None else "",
    }
    for key in _LIMITS:
        amount = getattr(limit, key) if limit is not None else None
        values[f"limit.{key}"] = "" if amount is None else amount_words(amount)
    return values


def read_form(values: Mapping[str, Value], base: Drug | None = None) -> dict[str, Any]:
    """The content a form says, over what it does not ask of the medicine it began with."""
    kept = content_of(base) if base is not None else {}
    content: dict[str, Any] = {key: kept[key] for key in ("group", "look_alike", "contains") if key in kept}
    content |= {key: str(values[key]) for key in _TEXTS if values.get(key)}
    content |= {key: _parts(values.get(key, "")) for key in _LISTS}
    chosen = values.get("flags", ())
    content |= {flag: flag in chosen for flag in FLAG_WORDS}
    content |= {key: int(str(values[key])) for key in ("pack", "opened_days") if values.get(key)}
    content |= {key: list(values.get(key, ())) for key in ("routes", "holds")}
    content["classes"] = [_class_keys()[words] for words in _parts(values.get("classes", ""))]
    limit = {key: str(values[f"limit.{key}"]) for key in ("unit", *_LIMITS) if values.get(f"limit.{key}")}
    content["limit"] = limit
    if content.get("storage") == "normal":
        del content["storage"]
    if "pack" not in content:
        content.pop("pack_unit", None)  # in what, of nobody knows how many
    return {key: value for key, value in content.items() if value not in ("", [], {}, False)}


def _what() -> tuple[Field, ...]:
    forms = tuple(Choice(one.words, one.words) for one in drug_forms())
    return (
        _text("name", required=True, placeholder="不带剂型，如 氨氯地平", max_length=40),
        Field("form", WORDS["form"], Kind.CHOICE, required=True, choices=forms),
        _text("trade", placeholder="几个用顿号隔开"),
        _text(
            "classes",
            check=_classes_problem,
            hint="查重复、相互作用、过敏用",
            placeholder="如 他汀类、降压药",
        ),
    )


def _sizes() -> tuple[Field, ...]:
    units = tuple(Choice(unit, unit) for unit in UNITS)
    packs = tuple(Choice(unit, unit) for unit in PACK_UNITS)
    return (
        Field("strength", "每单位含量", Kind.NUMBER, decimals=4, low=0.0001, placeholder="如 5"),
        Field("strength_unit", WORDS["strength_unit"], Kind.CHOICE, choices=units),
        Field("unit", WORDS["unit"], Kind.CHOICE, required=True, choices=units, hint="库存按它计数"),
        _text("strength_words", placeholder="一个数说不清时写，如 3 mL:300 U"),
        Field("pack", WORDS["pack"], Kind.NUMBER, low=1, high=10_000, placeholder="如 28"),
        Field("pack_unit", WORDS["pack_unit"], Kind.CHOICE, choices=packs),
        _text("barcodes", check=_barcodes_problem, placeholder="扫药盒；几个用顿号隔开", wide=True),
    )


def _giving() -> tuple[Field, ...]:
    meals = tuple(Choice(key, words) for key, words in MEALS.items() if key)
    often = tuple(Choice(one.code, one.words) for one in frequencies().values())
    ways = tuple(Choice(one.code, one.words) for one in routes().values())
    looked_at = tuple(
        [Choice(key, f"{one.words}＜{one.below:f} {one.unit}") for key, one in holds().items()]
        + [Choice(key, one.words) for key, one in questions().items()]
    )
    return (
        Field(
            "flags",
            "标记",
            Kind.CHOICES,
            choices=tuple(Choice(key, words) for key, words in FLAG_WORDS.items()),
        ),
        Field(
            "control",
            WORDS["control"],
            Kind.CHOICE,
            choices=tuple(Choice(one, one) for one in CONTROLS if one),
        ),
        Field(
            "storage",
            WORDS["storage"],
            Kind.CHOICE,
            choices=tuple(Choice(*one) for one in STORAGE_WORDS.items()),
        ),
        Field("usual", WORDS["usual"], Kind.CHOICE, choices=often),
        Field("meal", WORDS["meal"], Kind.CHOICE, choices=meals),
        Field("limit.low", "常用单次剂量，从", Kind.NUMBER, decimals=4, low=0),
        Field("limit.high", "到", Kind.NUMBER, decimals=4, low=0),
        Field("limit.day", "每日不超过", Kind.NUMBER, decimals=4, low=0),
        Field(
            "limit.unit", WORDS["limit.unit"], Kind.CHOICE, choices=tuple(Choice(one, one) for one in UNITS)
        ),
        Field("routes", WORDS["routes"], Kind.CHOICES, choices=ways),
        Field("holds", "给药前查看，低于此值或不符即暂缓", Kind.CHOICES, choices=looked_at),
        _text("note", placeholder="如 餐前服，整片吞服", wide=True, max_length=200),
    )


def _substance() -> tuple[Field, ...]:
    return (
        _text("inn", placeholder="如 amlodipine；复方用 + 连接"),
        _text("atc", check=_atc_problem, placeholder="如 C08CA01"),
        _text("ingredients", placeholder="英文名，几个用顿号隔开；不写则按英文名", wide=True),
        _text("hidden", placeholder="中成药里藏有的西药，也要写在成分里", wide=True),
        _text("also", placeholder="带盐的名称、旧名，查找时用", wide=True),
        Field("opened_days", WORDS["opened_days"], Kind.NUMBER, low=1, high=1000, unit="天"),
    )


def _text(key: str, label: str = "", **more: Any) -> Field:
    return Field(key, label or WORDS[key], **more)


def _parts(said: Value) -> list[str]:
    words = said if isinstance(said, str) else "、".join(said)
    return [part.strip() for part in _SEPARATORS.split(words) if part.strip()]


def _class_keys() -> dict[str, str]:
    """Classes by their words, and by their keys."""
    return {**{key: key for key in classes()}, **{one.words: key for key, one in classes().items()}}


def _classes_problem(said: str) -> str | None:
    known = _class_keys()
    for words in _parts(said):
        if words not in known:
            stem = words.rstrip("类药")
            near = [one.words for one in classes().values() if stem and stem in one.words]
            more = f"，可以写：{'、'.join(near[:3])}" if near else ""
            return f"没有“{words}”这个类别{more}。"
    return None


def _shape_problem(shape: re.Pattern[str], says: str) -> Callable[[str], str | None]:
    def check(said: str) -> str | None:
        wrong = next((part for part in _parts(said) if shape.fullmatch(part) is None), None)
        return None if wrong is None else f"“{wrong}”不对，{says}。"

    return check


_barcodes_problem = _shape_problem(BARCODE, "应是 8、12–14 或 20 位数字")
_atc_problem = _shape_problem(ATC, "应是 C08CA01 这样的编码或它的前几级")
