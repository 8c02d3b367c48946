"""People's names: spaces of layout gone, the dot of minority names in one form, rare characters kept as they are."""

from __future__ import annotations

import re
import unicodedata

from app.residents.rules.folding import tidy
from app.residents.rules.wrong import Wrong

MAX_LENGTH = 50
_DOTS = dict.fromkeys(map(ord, "•・･．‧∙⋅●▪‐᛫"), "·")
_PRIVATE = r"\ue000-\uf8ff\U000f0000-\U0010fffd"
_HAN = r"\u3007\u2e80-\u2fdf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff" + _PRIVATE
"""Han characters with all extensions; private-use ones too, where older fonts keep rare names (GB 18030)."""
_SPACE_BETWEEN_HAN = re.compile(rf"(?<=[{_HAN}·]) +(?=[{_HAN}·])")
_STOP_BETWEEN_HAN = re.compile(rf"(?<=[{_HAN}])[.。](?=[{_HAN}])")
_SPACED_DOT = re.compile(" *·+ *")
_PLAIN = re.compile(r"[\u4e00-\u9fff]{2,6}")
_NOT_A_PERSON = re.compile(r"(合计|小计|总计|共计|无名|不详|待定|空床|测试)\d*")


def read_name(text: str) -> str:
    """A person's name in its one form; refuses digits, lost characters, brackets, over 50 characters."""
    name = tidy(text)
    if not _PLAIN.fullmatch(name):
        name = _STOP_BETWEEN_HAN.sub("·", name.translate(_DOTS))
        name = _SPACED_DOT.sub("·", _SPACE_BETWEEN_HAN.sub("", name)).strip("·* ")
    if not name:
        raise Wrong("没有填写姓名")
    if len(name) > MAX_LENGTH:
        raise Wrong(f"姓名有{len(name)}个字，超过{MAX_LENGTH}个字，请核对")
    if "?" in name or "\ufffd" in name or "□" in name:
        raise Wrong("姓名中有显示不出的字，请补全")
    if _NOT_A_PERSON.fullmatch(name):
        raise Wrong(f"“{name}”不是姓名")
    odd = next((mark for mark in name if not _belongs(mark)), None)
    if odd is not None:
        raise Wrong(f"姓名中有“{odd}”，请只填姓名")
    return name


def _belongs(mark: str) -> bool:
    """Letters of any script, Han characters, and the marks names are joined with."""
    return (
        mark in "·'’- " or unicodedata.category(mark)[0] in "LM" or unicodedata.category(mark) in ("Co", "Nl")
    )
