"""import: a roster of residents, as the window imports it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.command import Command, Result, signed_in
from app.core.errors import Refusal
from app.core.watch import Watch

if TYPE_CHECKING:
    from app.residents.roster import Problem


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("residents",), help="导入什么：residents 老人名册")
    parser.add_argument("file", type=Path, help="CSV 或 XLSX 文件")
    parser.add_argument("--dry-run", action="store_true", help="只核对，不写入")
    parser.add_argument("--report", type=Path, default=None, help="把退回的行存成 CSV 或 XLSX")


def _work(options: argparse.Namespace) -> Result:
    from app.residents.importing import ImportRoster, PreviewRoster, write_rejected

    file = options.file.expanduser().absolute()
    if not file.is_file():
        raise Refusal(f"没有这个文件：{file}")
    watch = Watch(_say if sys.stderr.isatty() else None)
    with signed_in(options, writes=not options.dry_run) as (station, _came):
        if options.dry_run:
            outcome = station.desk.ask_now(PreviewRoster(file, watch))
        else:
            outcome = station.desk.do_now(ImportRoster(file), watch)
    if options.report is not None:
        write_rejected(outcome, options.report.expanduser().absolute())
    rows = [[as_stored(one) for one in kind] for kind in (outcome.problems, outcome.doubts)]
    counts = {"accepted": outcome.accepted, "unchanged": outcome.unchanged, "rejected": outcome.rejected}
    verb = "将" if options.dry_run else "已"
    words = f"{verb}导入 {outcome.accepted} 位，没有变化 {outcome.unchanged} 位，退回 {outcome.rejected} 行。"
    lines = [words]
    lines += [f"  第 {one['row']} 行 {one['column']}“{one['value']}”：{one['reason']}" for one in rows[0]]
    lines += [
        f"  第 {one['row']} 行 {one['column']}“{one['value']}”：{one['reason']}（已导入）" for one in rows[1]
    ]
    return Result({**counts, "problems": rows[0], "warnings": rows[1]}, "\n".join(lines))


def as_stored(problem: Problem) -> dict[str, object]:
    """A problem as `--json` gives it."""
    return {"row": problem.row, "column": problem.column, "value": problem.value, "reason": problem.reason}


def _say(done: int, total: int, words: str) -> None:
    sys.stderr.write(f"\r{done}{f' / {total}' if total else ''} {words}\x1b[K")


IMPORT = Command("import", "导入老人名册", _arguments, _work)
