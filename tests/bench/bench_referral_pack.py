"""How long the first transfer pack of a signed-in station takes: its modules and fonts are read on the way.

Ten seconds are what a nurse has from opening the form; the ratio is the share of them that is used.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from tests.bench.timing import seconds

LIMIT = 10.0


def run() -> Iterator[tuple[str, float, str]]:
    for name in ("usual", "longest"):
        command = [sys.executable, "-m", "tests.bench.bench_referral_pack", name]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        modules, facts, asked, drawn, again, pages = (float(one) for one in done.stdout.split())
        told = (
            f"{pages:.0f} pages: modules {modules:.2f} s, chart {facts:.2f} s, question {asked:.2f} s, "
            f"drawn with fonts {drawn:.2f} s, again {again:.2f} s"
        )
        yield (
            f"transfer pack, {name} chart: share of {LIMIT:.0f} s",
            (modules + facts + asked + drawn) / LIMIT,
            told,
        )


def _cold(name: str, root: Path) -> None:
    """In a process of its own: prints the seconds of each step."""
    from app.compose import compose
    from app.core.clock import SetClock
    from app.referrals.filling import FillReferral
    from app.residents.forms import ResidentForm
    from app.residents.rules import PlacePath
    from app.residents.service import CreateResident
    from tests.printing.referral_sample import FORM, NOW, extreme, filled, longest
    from tests.support.station import CHEAP, PASSWORD, found

    station = compose(found(root / "home").root, clock=SetClock(NOW), cost=CHEAP)
    station.sign_in("0317", PASSWORD)
    place = PlacePath("2号楼", "3层", "312", "1")
    admitted = (NOW - timedelta(days=30)).date()
    form = ResidentForm(
        name="李桂兰", sex="2", birth_date=date(1942, 3, 12), admitted_on=admitted, place=place
    )
    rid = station.desk.do_now(CreateResident(form))
    begin = time.perf_counter()
    from app.printing.referral_pack_data import ReferralPackOf
    from app.printing.registry import SHEETS

    modules = time.perf_counter() - begin
    steps = [modules, seconds(lambda: station.desk.ask_now(FillReferral(rid)))]
    usual = name == "usual"
    question = ReferralPackOf(
        rid, draft=FORM if usual else longest(), facts=filled(rid) if usual else extreme(rid)
    )
    steps.append(seconds(lambda: station.desk.ask_now(question)))
    data = station.desk.ask_now(question)
    kind = SHEETS["referral-pack"]
    steps += [seconds(lambda: kind.draw(data)), seconds(lambda: kind.draw(data))]
    print(*steps, kind.draw(data).pages)
    station.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        _cold(sys.argv[1], Path(folder))
