"""print: one sheet of one resident as a PDF file."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from app.cli.command import Command, Result, signed_in
from app.core.errors import Refusal


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("sheet", nargs="?", help="表单名，见 --list")
    parser.add_argument("--list", action="store_true", help="列出能打印的表单")
    parser.add_argument("--resident", default="", help="老人编号（1 即 01-000001）、姓名或身份证号")
    parser.add_argument("--first", type=date.fromisoformat, default=None, help="开始日期，如 2026-11-01")
    parser.add_argument("--last", type=date.fromisoformat, default=None, help="结束日期")
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
    span = {key: day for key in ("first", "last") if (day := getattr(options, key)) is not None}
    if span and not kind.spans:
        raise Refusal(f"“{kind.title}”没有日期范围，请去掉 --first 和 --last。")
    out = options.out.expanduser().absolute()
    with signed_in(options, writes=False) as (station, _came):
        found = station.desk.ask_now(FindResident(options.resident))
        drawn = draw(station.desk, kind.name, kind.question(found.rid, **span))
        save(drawn, out)
        station.desk.do_now(NotePrinted(kind.name, found.rid, drawn.sha256))
    missing = list(drawn.missing_glyphs)
    words = f"{kind.title}：{found.name}，{drawn.pages} 页，{out}"
    if missing:
        words += f"\n有 {len(missing)} 个字印不出来，已用〓代替：{'、'.join(missing)}"
    return Result({"file": str(out), "pages": drawn.pages, "missing_glyphs": missing}, words)


PRINT = Command("print", "打印一张表单为 PDF", _arguments, _work)
