"""backup: one encrypted file, proved after writing; may run beside an open window."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from app.cli.command import Command, Result, signed_in
from app.core.errors import Refusal, Trouble
from app.core.watch import Watch


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--to", type=Path, default=None, help="备份到哪个文件夹（默认数据文件夹里的 backups）"
    )


def _work(options: argparse.Namespace) -> Result:
    to = None if options.to is None else options.to.expanduser().absolute()
    try:
        with signed_in(options, writes=False) as (station, _came):
            made = station.backups.by_hand(Watch(said), to)
            second = station.backups.last.second_problem if to is None else ""
    except (Refusal, Trouble) as error:
        return failed(options, error)
    problems = [second] if second else []
    stored = {"file": str(made.file), "bytes": made.size, "seconds": round(made.seconds, 2)}
    words = f"备份已做好并核验：{made.file}（{made.size / 1e6:,.1f} MB，{made.seconds:.1f} 秒）"
    return Result({"ok": True, "problems": problems, **stored}, "\n".join([words, *problems]))


def failed(options: argparse.Namespace, error: Refusal | Trouble) -> Result:
    """What stopped the work: an object for a script, else the error goes its usual way."""
    if not options.json:
        raise error
    words = error.text if isinstance(error, Refusal) else f"{error.text}{error.remedy}"
    return Result({"ok": False, "problems": [words]}, words, done=False)


def said(done: int, total: int, words: str) -> None:
    """Progress on a person's terminal."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{words} {f'{done} / {total}' if total else ''}\x1b[K")


BACKUP = Command("backup", "做一个备份并核验", _arguments, _work)
