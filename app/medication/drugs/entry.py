"""One medicine of a drug file read key by key: every refusal names file, place and reason, or the field of a form."""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import Decimal, InvalidOperation
from typing import ClassVar, NoReturn

from app.core.errors import Refusal
from app.core.file_entry import FileEntry
from app.medication.rules.drug import Limit, Part

FORM = ""
"""The `file` of what comes from a form or a table: refusals then name the field in words, and no place in a file."""
WORDS = {
    "code": "编号", "group": "同类品种", "name": "通用名", "inn": "英文名", "atc": "ATC 编码", "form": "剂型",
    "unit": "计量单位", "strength": "含量", "strength_unit": "含量单位", "strength_words": "规格", "trade": "商品名",
    "also": "别名", "barcodes": "条码", "pack": "包装数量", "pack_unit": "包装单位", "ingredients": "成分",
    "hidden": "藏有的西药成分", "classes": "类别", "routes": "给药途径", "usual": "常用频次", "meal": "服药时间",
    "control": "管制类别", "holds": "给药前查看", "look_alike": "易混淆药品", "storage": "储存", "note": "说明",
    "opened_days": "开封后天数", "source": "来源", "weekly": "每周一次", "contains": "每单位含量",
    "limit": "常用剂量", "limit.unit": "常用剂量的单位", "limit.low": "最小单次剂量", "limit.high": "最大单次剂量",
    "limit.day": "每日最大剂量",
}  # fmt: skip
"""What a person calls each key."""
_PART = re.compile(r"(\d+(?:\.\d+)?) (\S+)")


class DrugEntry(FileEntry):
    """One medicine, what stands in its product over what is common to its group."""

    thing: ClassVar[str] = "药品文件"

    def refuse(self, key: str, reason: str) -> NoReturn:
        if self._file != FORM:
            super().refuse(key, reason)
        where = ".".join(part for part in (self._path, key) if part)
        words = WORDS.get(where.partition("[")[0], where)
        raise Refusal(f"{words}：{reason}", field=where or None)

    def one_of(self, key: str, allowed: Collection[str], usual: str = "") -> str:
        """A text that is one of some; `usual` where nothing is said."""
        found = self.text(key, usual)
        if found not in allowed and found != usual:
            self.refuse(key, f"没有“{found}”，应是 {'、'.join(one for one in allowed if one)} 之一")
        return found

    def list_of(self, key: str, allowed: Collection[str] | None = None) -> tuple[str, ...]:
        """A list of texts; empty where nothing is said."""
        if not self.has(key):
            return ()
        found = self.texts(key, empty=True)
        for one in found:
            if allowed is not None and one not in allowed:
                self.refuse(key, f"没有“{one}”这一项")
        if len(set(found)) < len(found):
            self.refuse(key, "有重复")
        return found

    def shaped(self, key: str, shape: re.Pattern[str], says: str, usual: str | None = None) -> str:
        """A text of a shape; `says` is what it should be."""
        found = self.text(key, usual)
        if found and shape.fullmatch(found) is None:
            self.refuse(key, f"“{found}”不对，{says}")
        return found

    def amount(self, key: str) -> Decimal | None:
        """A number above zero, also one that was kept as text; None where nothing is said."""
        if not self.has(key):
            return None
        found = self.raw(key)
        try:
            number = Decimal(str(found)) if not isinstance(found, bool) else Decimal(0)
        except InvalidOperation:
            number = Decimal(0)
        if not number.is_finite() or number <= 0:
            self.refuse(key, "应是大于 0 的数字")
        return number

    def limit(self, units: Collection[str]) -> Limit | None:
        """What is usual for an older person."""
        if not self.has("limit"):
            return None
        entry = self.table("limit")
        found = Limit(
            entry.one_of("unit", units), entry.amount("low"), entry.amount("high"), entry.amount("day")
        )
        entry.end()
        if not found.unit:
            entry.refuse("unit", "没有写单位")
        if found.low is not None and found.high is not None and found.low > found.high:
            entry.refuse("high", "小于最小单次剂量")
        if found.high is not None and found.day is not None and found.day < found.high:
            entry.refuse("day", "小于最大单次剂量")
        return found

    def parts(self, units: Collection[str]) -> tuple[Part, ...]:
        """How much of each substance is in one unit of a compound."""
        if not self.has("contains"):
            return ()
        entry = self.table("contains")
        found = []
        for name in entry:
            said = _PART.fullmatch(entry.text(name))
            if said is None or said[2] not in units:
                entry.refuse(name, "应写成“325 mg”这样的数量和单位")
            found.append(Part(name, Decimal(said[1]), said[2]))
        return tuple(found)
