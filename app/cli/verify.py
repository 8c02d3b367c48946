"""verify: is the file whole and the audit chain unbroken."""

from __future__ import annotations

import argparse

from app.cli.command import Command, Result, signed_in


def _work(options: argparse.Namespace) -> Result:
    with signed_in(options, writes=False) as (station, came):
        problems = [*came.warnings, *station.verify()]
    unique = list(dict.fromkeys(problems))
    words = "数据完好。" if not unique else "\n".join(["发现问题：", *unique])
    return Result({"ok": not unique, "problems": unique}, words, done=not unique)


VERIFY = Command("verify", "核验数据文件和审计记录", lambda _parser: None, _work)
