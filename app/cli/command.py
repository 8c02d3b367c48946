"""What a command is, and the ground all commands share: signing in, results as words or as JSON."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.core.errors import Refusal, Trouble
from app.core.home import Phase, default_home

if TYPE_CHECKING:  # `--help` and `--version` wait for no table and no cipher
    from app.compose import SignedIn, Station


@dataclass(frozen=True)
class Result:
    """What a command found: an object for `--json`, words for a person."""

    stored: dict[str, Any]
    words: str
    done: bool = True


@dataclass(frozen=True)
class Command:
    """One command: its name, what it is for, its own arguments, its work."""

    name: str
    words: str
    arguments: Callable[[argparse.ArgumentParser], None]
    work: Callable[[argparse.Namespace], Result]


def add_common(parser: argparse.ArgumentParser) -> None:
    """The options every command has."""
    parser.add_argument("--home", type=Path, default=None, help="数据文件夹")
    parser.add_argument("--user", default="", help="工号或姓名")
    parser.add_argument("--json", action="store_true", help="在标准输出给出一个 JSON 对象")


def home_of(options: argparse.Namespace) -> Path:
    return (options.home or default_home()).expanduser().absolute()


@contextmanager
def signed_in(options: argparse.Namespace, *, writes: bool) -> Iterator[tuple[Station, SignedIn]]:
    """A station opened by `--user`. A writing command beside an open window is refused; reading ones go on."""
    from app.compose import compose

    station = compose(home_of(options))
    try:
        if station.phase is Phase.EMPTY:
            raise Trouble("这个文件夹里还没有站点。", remedy="请先打开程序建站，或运行 demo。")
        if writes and not station.lock.take():
            raise Refusal("另一个窗口正在使用这个站点，不能同时写入。请先关闭窗口。")
        if not options.user:
            raise Refusal("请用 --user 说明是谁（工号或姓名）。")
        yield station, station.sign_in(options.user, password(options.user))
    finally:
        station.close()


def password(user: str) -> str:
    """From the environment, else asked for at the terminal, unseen."""
    if (given := os.environ.get("CARESTATION_PASSWORD")) is not None:
        return given
    if not sys.stdin.isatty():
        raise Refusal("请在环境变量 CARESTATION_PASSWORD 里给出密码。")
    return getpass.getpass(f"{user} 的密码：")


def show(result: Result, *, as_json: bool) -> None:
    """One object on standard output, or words."""
    if as_json:
        import orjson

        sys.stdout.write(orjson.dumps(result.stored).decode() + "\n")
    else:
        sys.stdout.write(result.words + "\n")
