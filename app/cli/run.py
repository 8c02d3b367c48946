"""The command line: which commands there are, and how their refusals end."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from app import __version__
from app.cli.backup import BACKUP
from app.cli.command import Command, Result, add_common, show
from app.cli.demo import DEMO
from app.cli.imports import IMPORT
from app.cli.prints import PRINT
from app.cli.restore import RESTORE
from app.cli.sync import SYNC
from app.cli.verify import VERIFY
from app.core.errors import Refusal, Trouble

COMMANDS: tuple[Command, ...] = (DEMO, IMPORT, PRINT, SYNC, BACKUP, RESTORE, VERIFY)


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = argparse.ArgumentParser(prog="carestation", description="CareStation 医养工作站")
    top.add_argument("--version", action="version", version=f"CareStation {__version__}")
    top.add_argument("--home", type=Path, default=None, help="数据文件夹（打开窗口时）")
    commands = top.add_subparsers(dest="command", metavar="命令")
    for command in COMMANDS:
        sub = commands.add_parser(command.name, help=command.words, description=command.words)
        add_common(sub)
        command.arguments(sub)
        sub.set_defaults(work=command.work)
    return top


def run(options: argparse.Namespace) -> int:
    """Run one command; 0 done, 1 refused."""
    try:
        result: Result = options.work(options)
    except Refusal as refusal:
        sys.stderr.write(f"{refusal.text}\n")
        return 1
    except Trouble as trouble:
        sys.stderr.write(f"{trouble.text}{trouble.remedy}\n")
        return 1
    show(result, as_json=options.json)
    return 0 if result.done else 1


def main(arguments: Sequence[str]) -> int:
    """As called from a shell, without the window."""
    return run(parser().parse_args(arguments))
