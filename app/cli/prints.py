"""print: one sheet of one resident as a PDF file."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.command import Command, Result, signed_in
from app.core.clock import date_in
from app.core.errors import Refusal
from app.core.form import read_date

if TYPE_CHECKING:
    from app.printing.registry import SheetKind


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("sheet", nargs="?", help="表单名，见 --list")
    parser.add_argument("--list", action="store_true", help="列出能打印的表单")
    parser.add_argument("--resident", default="", help="老人编号（1 即 01-000001）、姓名或身份证号")
    parser.add_argument("--day", default="", help="要打印的日子，周表、月表写其中任意一天；不写即今天")
    parser.add_argument("--first", default="", help="开始日期，如 2026-11-01；与 --last 一起代替 --day")
    parser.add_argument("--last", default="", help="结束日期")
    parser.add_argument("--out", type=Path, default=None, help="PDF 文件")


def _work(options: argparse.Namespace) -> Result:
    from app.printing.registry import SHEETS

    if options.list:
        sheets = [{"name": kind.name, "title": kind.title} for kind in SHEETS.values()]
        return Result({"sheets": sheets}, "\n".join(f"{one['name']}  {one['title']}" for one in sheets))
    if not options.sheet or not options.resident or options.out is None:
        raise Refusal("请给出表单名、--resident 和 --out。")
    return _print(options)


def _print(options: argparse.Namespace) -> Result:
    from app.printing.service import NotePrinted, draw, save, sheet_called
    from app.residents.queries import FindResident

    kind = sheet_called(options.sheet)
    out = options.out.expanduser().absolute()
    with signed_in(options, writes=False) as (station, _came):
        found = station.desk.ask_now(FindResident(options.resident))
        today = date_in(station.settings.zone, station.desk.clock.now())
        asked = kind.question(found.rid, **_days(kind, options, today))
        drawn = draw(station.desk, kind.name, asked, found.rid)
        save(drawn, out)
        station.desk.do_now(NotePrinted(kind.name, found.rid, drawn.sha256, marks=drawn.marks))
    missing = list(drawn.missing_glyphs)
    words = f"{kind.title}：{found.name}，{drawn.pages} 页，{out}"
    if drawn.signature:
        words += f"\n{drawn.signature}"
    if missing:
        words += f"\n有 {len(missing)} 个字印不出来，已用〓代替：{'、'.join(missing)}"
    return Result({"file": str(out), "pages": drawn.pages, "missing_glyphs": missing}, words)


def _days(kind: SheetKind, options: argparse.Namespace, today: date) -> dict[str, date]:
    """The stretch of time: what was asked for, else the one today lies in."""
    said = {
        key: _read(key, getattr(options, key)) for key in ("day", "first", "last") if getattr(options, key)
    }
    if said and not kind.span:
        raise Refusal(f"“{kind.title}”没有日期范围，请去掉日期。")
    return {
        **kind.days(said.get("day", today)),
        **{key: said[key] for key in ("first", "last") if key in said},
    }


def _read(key: str, text: str) -> date:
    day = read_date(text)
    if day is None:
        raise Refusal(f"--{key} 请按 2026-11-01 这样写。")
    return day


PRINT = Command("print", "打印一张表单为 PDF", _arguments, _work)
