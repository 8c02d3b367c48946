"""Reading one TOML file entry by entry: every refusal names the file, the key and the reason in Chinese.

`FileEntry` is a cursor on one TOML table. Each value is asked for with its kind; what nobody asked for is refused
at `end()`, so that a misspelt key is found and never silently ignored.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, NoReturn, Self

from app.core.errors import Refusal

LONGEST = 600


class FileEntry:
    """One table of a file, `path` being where it stands, such as `dimension[2].item[1]`.

    `thing` is what a person calls such a file.
    """

    thing: ClassVar[str] = "文件"

    def __init__(self, file: str, path: str, values: object) -> None:
        self._file = file
        self._path = path
        if not isinstance(values, Mapping):
            self.refuse("", "应是一个表")
        self._values: Mapping[str, Any] = values
        self._asked: set[str] = set()

    def refuse(self, key: str, reason: str) -> NoReturn:
        where = ".".join(part for part in (self._path, key) if part)
        place = f"的 {where}" if where else ""
        raise Refusal(
            f"{self.thing} {self._file} {place}：{reason}".replace(" ：", "："), field=where or None
        )

    def has(self, key: str) -> bool:
        return key in self._values

    def raw(self, key: str) -> Any:
        """The value as it stands, for the few places where it has two possible shapes."""
        self._asked.add(key)
        if key not in self._values:
            self.refuse(key, "缺少这一项")
        return self._values[key]

    def text(self, key: str, usual: str | None = None) -> str:
        if usual is not None and not self.has(key):
            return usual
        return self._text(key, self.raw(key))

    def texts(self, key: str, *, empty: bool = False) -> tuple[str, ...]:
        found = self.raw(key)
        if not isinstance(found, list) or (not found and not empty):
            self.refuse(key, "应是一列文字")
        return tuple(self._text(f"{key}[{place}]", one) for place, one in enumerate(found, 1))

    def number(self, key: str, low: int = 0, high: int = 1000) -> int:
        return self._number(key, self.raw(key), low, high)

    def number_or_none(self, key: str, low: int = 0, high: int = 1000) -> int | None:
        return self.number(key, low, high) if self.has(key) else None

    def numbers(self, key: str, low: int = 0, high: int = 1000) -> tuple[int, ...]:
        found = self.raw(key)
        if not isinstance(found, list):
            self.refuse(key, "应是一列整数")
        return tuple(self._number(f"{key}[{place}]", one, low, high) for place, one in enumerate(found, 1))

    def decimal_or_none(self, key: str) -> float | None:
        """A number with or without decimals."""
        if not self.has(key):
            return None
        found = self.raw(key)
        if isinstance(found, bool) or not isinstance(found, int | float):
            self.refuse(key, "应是数字")
        return float(found)

    def flag(self, key: str, *, usual: bool = False) -> bool:
        if not self.has(key):
            return usual
        found = self.raw(key)
        if not isinstance(found, bool):
            self.refuse(key, "应是 true 或 false")
        return found

    def table(self, key: str) -> Self:
        return type(self)(self._file, f"{self._path}.{key}" if self._path else key, self.raw(key))

    def tables(self, key: str, *, at_least: int = 1) -> list[Self]:
        found = self.raw(key) if at_least or self.has(key) else []
        if not isinstance(found, list) or len(found) < at_least:
            self.refuse(key, f"应有至少{at_least}个")
        before = f"{self._path}.{key}" if self._path else key
        return [type(self)(self._file, f"{before}[{place}]", one) for place, one in enumerate(found, 1)]

    def text_at(self, key: str, place: int) -> str:
        """The text at a place (from 0) of a list of mixed shapes."""
        return self._text(f"{key}[{place + 1}]", self.raw(key)[place])

    def table_at(self, key: str, place: int) -> Self:
        """The table at a place (from 0) of a list of mixed shapes."""
        before = f"{self._path}.{key}" if self._path else key
        return type(self)(self._file, f"{before}[{place + 1}]", self.raw(key)[place])

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def end(self) -> None:
        """Refuse what nobody asked for."""
        for key in self._values:
            if key not in self._asked:
                self.refuse(key, "不认识这一项")

    def _text(self, key: str, found: object) -> str:
        if not isinstance(found, str) or not found.strip():
            self.refuse(key, "应是文字，且不能为空")
        if len(found) > LONGEST:
            self.refuse(key, f"文字过长（最多{LONGEST}字）")
        if any(unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Cn") for sign in found):
            self.refuse(key, "含有看不见的控制字符")
        return found

    def _number(self, key: str, found: object, low: int, high: int) -> int:
        if isinstance(found, bool) or not isinstance(found, int):
            self.refuse(key, "应是整数")
        if not low <= found <= high:
            self.refuse(key, f"应在{low}～{high}之间")
        return found
