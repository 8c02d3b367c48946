"""Search per keystroke beside the bare SQL, and a roster of 14,000 taken in beside reading it only."""

from __future__ import annotations

import csv
import random
import statistics
import tempfile
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import event

from app.compose import Station
from app.residents.importing import ImportRoster, PreviewRoster
from app.residents.queries import ResidentList
from app.residents.rules import check_digit
from tests.bench.timing import seconds, send
from tests.support.station import found, open_station

RESIDENTS = 14_000
ROUNDS = 9
TYPED = ("c", "cs", "csg", "赵", "赵秀", "0123", "2号楼", "2号楼312-1", "zzzz")
_HEADINGS = "床号、姓名、性别、身份证号、联系电话、护理等级、入住日期、联系人、联系人电话、关系、医保类型、过敏史、诊断"
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许单仇区解查曾"
_GIVEN = "秀桂国学翠惠莲娥兰素敏瑞志建根林永昌福世祥长明华英佩"


def run() -> list[tuple[str, float, str]]:
    """Ratios: the list's question ÷ bare SQL (median keystroke), importing ÷ previewing the same file."""
    with tempfile.TemporaryDirectory() as folder:
        station = open_station(found(Path(folder) / "template").copy(Path(folder) / "home"))
        try:
            return [_import(station, invented(Path(folder) / "roster.csv")), _search(station)]
        finally:
            station.close()


def invented(path: Path, count: int = RESIDENTS) -> Path:
    """A roster of invented people, all different, in the encoding Chinese table programs write."""
    rng = random.Random(14)
    with path.open("w", newline="", encoding="gb18030") as file:
        writer = csv.writer(file)
        writer.writerow(_HEADINGS.split("、"))
        for one in range(count):
            birth = date(1930, 1, 1) + timedelta(days=one * 7 % 9000)
            first17 = f"31{one // 1000:04d}{birth:%Y%m%d}{one % 1000:03d}"
            name, kin = (rng.choice(_SURNAMES) + rng.choice(_GIVEN) + rng.choice(_GIVEN) for _ in range(2))
            bed = f"{one // 2000 + 1}号楼{one // 200 % 10 + 1}{one // 4 % 50 + 1:02d}-{one % 4 + 1}"
            sex = "男" if int(first17[16]) % 2 else "女"
            number = first17 + check_digit(first17)
            home, mobile = f"021-{55_550_000 + one % 9999}", f"199{one:08d}"
            stated = (
                "城镇职工基本医疗保险",
                rng.choice(("无", "", "青霉素")),
                "高血压病3级（极高危）；2型糖尿病",
            )
            writer.writerow(
                (bed, name, sex, number, home, "半护理", "2024-05-01", kin, mobile, "子", *stated)
            )
    return path


def _import(station: Station, roster: Path) -> tuple[str, float, str]:
    looked = seconds(lambda: station.desk.ask_now(PreviewRoster(roster)))
    taken = seconds(lambda: station.desk.do_now(ImportRoster(roster)))
    note = f"{taken:.1f} s written, {looked:.1f} s read and judged only"
    return (f"import of {RESIDENTS} residents ÷ preview", taken / looked, note)


def _search(station: Station) -> tuple[str, float, str]:
    """Both sides by turns: the question, and the very statements it sent, by cursor on the same file."""
    ours, bare = [], []
    reader = station.desk._reader
    with reader.connect() as connection:
        cursor = connection.connection.cursor()
        for _ in range(ROUNDS):
            for typed in TYPED:
                sent: list[tuple[str, Any]] = []

                def note(_c: Any, _cursor: Any, sql: str, values: Any, *_: Any, sent: Any = sent) -> None:
                    if sql.startswith("SELECT"):
                        sent.append((sql, values))

                event.listen(reader, "before_cursor_execute", note)
                station.desk.ask_now(ResidentList(typed))
                event.remove(reader, "before_cursor_execute", note)
                bare.append(seconds(partial(send, cursor, sent)))
                ours.append(seconds(partial(station.desk.ask_now, ResidentList(typed))))
    one, other = statistics.median(ours), statistics.median(bare)
    words = f"{one * 1000:.1f} ms against {other * 1000:.1f} ms, worst {max(ours) * 1000:.1f} ms"
    return (f"search per keystroke at {RESIDENTS} ÷ its own SQL by cursor", one / other, words)
