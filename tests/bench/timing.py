"""How measurements take time: seconds of a call, and the bare statements a question sent."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def send(cursor: Any, statements: list[tuple[str, Any]]) -> None:
    """The same statements by bare DB-API, every row fetched."""
    for sql, values in statements:
        cursor.execute(sql, values)
        cursor.fetchall()
