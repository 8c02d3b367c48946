"""restore: a home's station from a backup, or a drill that only proves that it could be done."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from app.backup.drilling import Practice, drill
from app.backup.opened import Secret
from app.backup.restoring import LIVE_AGAIN, NUMBERS, Ground, restore
from app.cli.backup import failed, said
from app.cli.command import Command, Result, home_of, password
from app.core.clock import SystemClock, local
from app.core.errors import Refusal, Trouble
from app.core.home import Home, HomeLock
from app.core.replacing import finish
from app.core.watch import Watch


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="备份文件（.csb）")
    parser.add_argument("--replace", action="store_true", help="换掉现有的站点；原来的整个留在旁边")
    parser.add_argument("--drill", action="store_true", help="只演练：恢复到临时位置，核验，然后清掉")
    parser.add_argument("--recovery", action="store_true", help="用恢复码代替密码")


def _work(options: argparse.Namespace) -> Result:
    file = options.file.expanduser().absolute()
    try:
        secret = _secret(options)
        return _drill(file, secret) if options.drill else _restore(options, file, secret)
    except (Refusal, Trouble) as error:
        return failed(options, error)


def _secret(options: argparse.Namespace) -> Secret:
    if options.recovery:
        return Secret(password("恢复码"))
    if not options.user:
        raise Refusal("请用 --user 说明是谁（备份里的工号或姓名），或用 --recovery 输入恢复码。")
    return Secret(password(options.user), options.user)


def _restore(options: argparse.Namespace, file: Path, secret: Secret) -> Result:
    home = Home(home_of(options))
    home.prepare()
    lock = HomeLock(home)
    if not lock.take():
        raise Refusal("另一个窗口正在使用这个站点，不能恢复。请先关闭窗口。")
    try:
        finish(home)
        done = restore(Ground(home), file, secret, Watch(said), replacing=options.replace)
    finally:
        lock.release()
    made = local("Asia/Shanghai", done.made_at)
    lines = [f"已恢复：{done.institution}，{made:%Y-%m-%d %H:%M} 的备份。", LIVE_AGAIN, NUMBERS]
    if done.aside is not None:
        lines.append(f"原来的站点整个留在：{done.aside}")
    stored = {"file": str(file), "home": str(home.root), "made_at": done.made_at.isoformat()}
    stored |= {"aside": str(done.aside) if done.aside else ""}
    return Result({"ok": True, "problems": [], **stored}, "\n".join(lines))


def _drill(file: Path, secret: Secret) -> Result:
    """Beside the backup's own disk nothing is needed: the scratch place is the system's."""
    with tempfile.TemporaryDirectory(prefix="carestation-drill-") as folder:
        done = drill(Practice(Home(Path(folder) / "drill"), SystemClock()), file, secret, Watch(said))
    stored = {
        "file": str(file),
        "at": done.at.isoformat(),
        "made_at": done.made_at.isoformat(),
        "residents": done.residents,
        "charts": done.charts,
        "audit_lines": done.lines,
        "seconds": round(done.seconds, 2),
    }
    return Result({"ok": True, "problems": [], **stored}, f"演练通过：{done.words}。")


RESTORE = Command("restore", "从备份恢复", _arguments, _work)
