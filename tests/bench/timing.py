"""How measurements take time: seconds of a call, and the bare statements a question sent."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from sqlalchemy import event

from app.compose import Station
from app.core.orders import Question


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


def beside_its_sql(
    station: Station, what: str, question: Question[Any], rounds: int
) -> tuple[str, float, str]:
    """A question through the desk, by turns with its own SELECTs on a bare cursor of the same file."""
    ours, bare = [], []
    reader = station.desk._reader
    sent: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, sql: str, values: Any, *_: Any) -> None:
        if sql.startswith("SELECT"):
            sent.append((sql, values))

    event.listen(reader, "before_cursor_execute", note)
    station.desk.ask_now(question)
    event.remove(reader, "before_cursor_execute", note)
    with reader.connect() as connection:
        cursor = connection.connection.cursor()
        for _ in range(rounds):
            bare.append(seconds(partial(send, cursor, sent)))
            ours.append(seconds(partial(station.desk.ask_now, question)))
    one, other = statistics.median(ours), statistics.median(bare)
    words = f"{one * 1000:.1f} ms against {other * 1000:.1f} ms, worst {max(ours) * 1000:.1f} ms"
    return (f"{what} ÷ its own SQL by cursor", one / other, words)
