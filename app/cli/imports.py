"""import: a roster of residents or a list of beds, as the window imports it."""

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
    parser.add_argument(
        "what", choices=("residents", "places"), help="导入什么：residents 老人名册，places 床位表"
    )
    parser.add_argument("file", type=Path, help="CSV 或 XLSX 文件")
    parser.add_argument("--dry-run", action="store_true", help="只核对，不写入")
    parser.add_argument("--report", type=Path, default=None, help="把退回的行存成 CSV 或 XLSX")


def _work(options: argparse.Namespace) -> Result:
    file = options.file.expanduser().absolute()
    if not file.is_file():
        raise Refusal(f"没有这个文件：{file}")
    return _places(options, file) if options.what == "places" else _residents(options, file)


def _places(options: argparse.Namespace, file: Path) -> Result:
    from app.residents.places.plan_import import Fate, ImportPlaces, PreviewPlaces

    if options.report is not None:
        raise Refusal("--report 只用于老人名册；床位表退回的行都在屏幕上列出。")
    with signed_in(options, writes=not options.dry_run) as (station, _came):
        if options.dry_run:
            outcome = station.desk.ask_now(PreviewPlaces(file))
        else:
            outcome = station.desk.do_now(ImportPlaces(file))
    counts = {str(fate): outcome.count(fate) for fate in Fate}
    verb = "将" if options.dry_run else "已"
    words = f"{verb}添加 {counts['new']} 张床位，改类型 {counts['changed']} 张，"
    lines = [f"{words}没有变化 {counts['unchanged']} 张，退回 {counts['rejected']} 处。"]
    shown = [line for line in outcome.lines if line.fate in {Fate.REJECTED, Fate.CHANGED}]
    lines += [f"  第 {line.row} 行 {line.label}：{line.words}" for line in shown]
    problems = [
        {"row": line.row, "value": line.label, "reason": line.words}
        for line in shown
        if line.fate is Fate.REJECTED
    ]
    return Result({**counts, "problems": problems}, "\n".join(lines))


def _residents(options: argparse.Namespace, file: Path) -> Result:
    from app.residents.importing import ImportRoster, PreviewRoster, write_rejected

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


IMPORT = Command("import", "导入老人名册或床位表", _arguments, _work)
