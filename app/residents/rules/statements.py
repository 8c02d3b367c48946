"""What a roster states in one cell about allergies and diagnoses, taken apart into entries; silence is never "none"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from app.residents.rules.folding import tidy

_NONE_KNOWN = re.compile(
    r"(?:患者|老人|本人)?(?:否认|无|没有|未发现|未见|暂无|目前无)(?:明显|明确|已知|特殊|任何)?(?:的)?(?:药物?|食物)?(?:[、及和](?:药物?|食物))?"
    r"(?:的)?(?:过敏)?(?:史|物|源)?(?:[、，,及和](?:食物|药物)过敏史?)?|nka|nkda"
)
_DASHES = frozenset({"/", "\\", "-", "--", "—", "——"})
_NOT_KNOWN = _DASHES | {"", "不详", "未知", "不清楚", "不清", "待查", "待询", "未问", "?", "？", "暂缺"}
_SEPARATORS = "；;、,，。\n|"
_NUMBERING = re.compile(r"(?:^|(?<=[^\d.]))[(（]?\d{1,2}(?:[、)）]|[.．](?!\d(?!型)))\s*|[①-⑳]\s*")
_OPENING, _CLOSING = "（(【[", "）)】]"


@dataclass(frozen=True)
class AllergyEntry:
    """One substance as stated, with the reaction given in brackets behind it."""

    substance: str
    reaction: str = ""


@dataclass(frozen=True)
class AllergyStatement:
    """`none_known` only where someone said so; no entries and not `none_known` means unknown."""

    none_known: bool = False
    entries: tuple[AllergyEntry, ...] = ()
    doubt: str = ""

    @property
    def known(self) -> bool:
        return self.none_known or bool(self.entries)


@lru_cache(maxsize=4096)
def read_allergies(text: str) -> AllergyStatement:
    """Empty or 不详 is unknown; 无 and 否认 are "no known allergy"; anything else is a list of substances.

    A cell that says both keeps the substances, with `doubt` saying so: forgetting an allergy is the worse mistake.
    """
    said = tidy(text)
    if said.lower() in _NOT_KNOWN:
        return AllergyStatement(doubt=f"“{said}”按过敏史不详处理" if said in _DASHES else "")
    if _says_none(said):
        return AllergyStatement(none_known=True)
    parts = [part for part in split_statement(said) if part.lower() not in _NOT_KNOWN]
    substances = tuple(dict.fromkeys(_allergy(part) for part in parts if not _says_none(part)))
    if not substances:
        return AllergyStatement(none_known=True)
    mixed = any(_says_none(part) for part in parts)
    return AllergyStatement(
        entries=substances, doubt="过敏史既写了“无”又写了过敏物，已按过敏物登记" if mixed else ""
    )


@lru_cache(maxsize=4096)
def read_diagnoses(text: str) -> tuple[str, ...]:
    """The diagnoses of a cell in their order, each once; 无 and dashes are none."""
    said = tidy(text)
    if said in _NOT_KNOWN or said in ("无", "无特殊", "暂无", "健康", "体健"):
        return ()
    return tuple(
        dict.fromkeys(part for part in split_statement(said) if part not in _NOT_KNOWN and part != "无")
    )


def split_statement(text: str) -> tuple[str, ...]:
    """Parts of a list written in one cell; separators inside brackets do not part, `1.` and ① are taken off."""
    numbered = _NUMBERING.match(text) is not None
    pieces = [piece for piece in _NUMBERING.split(text) if piece] if numbered else [text]
    return tuple(part for piece in pieces for part in _outside_brackets(piece))


def _outside_brackets(text: str) -> list[str]:
    parts, depth, begin = [], 0, 0
    for place, mark in enumerate(text):
        if mark in _OPENING:
            depth += 1
        elif mark in _CLOSING:
            depth = max(0, depth - 1)
        elif mark in _SEPARATORS and depth == 0:
            parts.append(text[begin:place])
            begin = place + 1
    parts.append(text[begin:])
    return [part.strip(" .．:：") for part in parts if part.strip(" .．:：")]


def _says_none(text: str) -> bool:
    return _NONE_KNOWN.fullmatch(text.lower().rstrip("。.")) is not None


def _allergy(part: str) -> AllergyEntry:
    """`对青霉素过敏（皮疹）` → 青霉素, 皮疹."""
    reaction = ""
    if found := re.fullmatch(r"(.+?)[（(](.+)[）)]", part):
        part, reaction = found[1].strip(), found[2].strip()
    bare = re.sub(r"过敏[史者]?$", "", re.sub(r"^对", "", part)).strip()
    if re.search(
        r"不过敏|无过敏|阴性", part
    ):  # "青霉素皮试阴性" is kept whole: half of it would say the opposite
        return AllergyEntry(part, reaction)
    vague = bare in ("", "药物", "食物", "多种药物", "花粉及药物")
    return AllergyEntry(part if vague else bare, reaction)
