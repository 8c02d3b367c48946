"""The number of the health record 居民健康档案编号: 17 digits by the national rule; older local ones are kept."""

from __future__ import annotations

import re

from app.residents.rules.folding import squeeze
from app.residents.rules.wrong import Wrong

DIGITS = 17
"""国家基本公共卫生服务规范（第三版）: 6 of the county, 3 of the township, 3 of the village, 5 in sequence."""
_WRITTEN = re.compile(r"[0-9A-Z]{6,30}")


def read_archive_number(text: str) -> str:
    """Without the dashes and spaces of print; refuses other signs."""
    number = re.sub(r"[-—–_]", "", squeeze(text).upper())
    if not _WRITTEN.fullmatch(number):
        raise Wrong(f"健康档案编号是 {DIGITS} 位数字（老编号 6 到 30 位数字或字母）")
    return number


def doubt_archive_number(text: str) -> str:
    """A hint where the number is not of the national length."""
    number = re.sub(r"\D", "", squeeze(text))
    return f"国家编号 {DIGITS} 位，现在 {len(number)} 位" if number and len(number) != DIGITS else ""
