"""demo: builds the invented institution and says who can sign in."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from app.cli.command import Command, Result
from app.core.errors import Refusal
from app.core.home import default_home


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--residents", type=int, default=60, help="老人人数（默认 60）")
    parser.add_argument("--days", type=int, default=30, help="记录跨越的天数（默认 30）")
    parser.add_argument("--seed", type=int, default=1, help="随机种子：同样的种子得到同样的机构")
    parser.add_argument("--no-window", action="store_true", help="只建数据，不打开窗口")


def _work(options: argparse.Namespace) -> Result:
    from app.demo.institution import PASSWORD, Plan, build

    if not 1 <= options.residents <= 20_000 or not 0 <= options.days <= 3650:
        raise Refusal("--residents 是 1 到 20000，--days 是 0 到 3650。")
    home: Path = (options.home or default_home().with_name("carestation-demo")).expanduser().absolute()
    users = build(home, Plan(options.residents, options.days, options.seed))
    stored = [{**asdict(user), "password": PASSWORD} for user in users]
    lines = [f"演示站点：{home}", f"密码都是 {PASSWORD}，可以用下面的工号登录："]
    lines += [f"  {user.number}  {user.name}  {user.role}" for user in users]
    if not options.no_window:
        options.open_home = home
    return Result({"home": str(home), "users": stored}, "\n".join(lines))


DEMO = Command("demo", "建一个虚构的演示机构", _arguments, _work)
