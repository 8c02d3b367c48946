"""What a file is, found by looking inside: its name proves nothing."""

from __future__ import annotations

import codecs
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from app.core.errors import Refusal, Trouble

MAX_BYTES = 200 * 1024 * 1024
MAX_UNPACKED = 600 * 1024 * 1024
"""Bytes an XLSX may hold unpacked; 200,000 real rows need about 150 MB."""
MAX_RATIO = 200
"""Times a part of an XLSX may grow when unpacked, once it is over 20 MB; real sheets grow 8 to 30 times."""
_ADVICE = "请用 Excel 或 WPS 打开后另存为 .xlsx 或 .csv，再导入。"
_SIGNATURES = {
    "一张图片": (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*"),
    "PDF 文件": (b"%PDF",),
    "压缩包": (b"7z\xbc\xaf", b"Rar!", b"\x1f\x8b"),
    "数据库文件": (b"SQLite format 3",),
    "文字文档": (b"{\\rtf",),
    "程序文件": (b"MZ", b"\x7fELF"),
}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_CHUNK = 1 << 20


class FileKind(StrEnum):
    """The kinds of roster file we read."""

    CSV = "csv"
    XLSX = "xlsx"


@dataclass(frozen=True)
class Detected:
    """`encoding` is a Python codec name; empty for XLSX."""

    kind: FileKind
    encoding: str = ""


def detect(path: Path) -> Detected:
    """Look at a file; refuses what is no roster table, in words that say what it is instead."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise Refusal(f"文件有{size >> 20} MB，超过{MAX_BYTES >> 20} MB，请分成几个文件导入。")
        with path.open("rb") as file:
            head = file.read(_CHUNK)
            if not head.strip(b"\0 \t\r\n\xef\xbb\xbf"):
                raise Refusal("文件是空的，里面没有名册。")
            if head.startswith(b"PK"):
                _check_workbook(file)
                return Detected(FileKind.XLSX)
            _refuse_foreign(head)
            return Detected(FileKind.CSV, _encoding(file, head))
    except OSError as error:
        words = f"打不开文件“{path.name}”：{_why(error)}。"
        raise Trouble(words, remedy="请检查文件是否还在、是否被别的程序占用。") from error


def _why(error: OSError) -> str:
    reasons = {
        FileNotFoundError: "文件不存在",
        PermissionError: "没有读取权限",
        IsADirectoryError: "这是文件夹",
    }
    return reasons.get(type(error), error.strerror or "读取出错")


def _refuse_foreign(head: bytes) -> None:
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refusal(f"这是旧版 Excel（.xls）或加了打开密码的表格，读不了。{_ADVICE}")
    for words, signatures in _SIGNATURES.items():
        if head.startswith(signatures):
            raise Refusal(f"这是{words}，不是名册表格。请选择 .xlsx 或 .csv 文件。")
    if head[4:8] == b"ftyp" or (head.startswith(b"RIFF") and head[8:12] == b"WEBP"):
        raise Refusal("这是图片或视频，不是名册表格。请选择 .xlsx 或 .csv 文件。")
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta")):
        raise Refusal(f"这是网页格式的表格，不是真正的 Excel 文件。{_ADVICE}")


def _check_workbook(file: BinaryIO) -> None:
    """Refuse archives that are no workbook, damaged ones, and those that would unpack without end."""
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise Refusal(f"表格文件已损坏，读不出来。{_ADVICE}") from None
    names = {part.filename for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise Refusal(f"文件加了密码，读不了。{_ADVICE}")
    if "xl/workbook.xml" not in names:
        words = "Word 文档" if "word/document.xml" in names else "压缩包"
        raise Refusal(f"这是{words}，不是名册表格。请选择 .xlsx 或 .csv 文件。")
    swollen = any(
        part.file_size > 20 * 1024 * 1024 and part.file_size > MAX_RATIO * max(1, part.compress_size)
        for part in parts
    )
    if swollen or len(parts) > 5_000 or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise Refusal("表格解开后大得不合常理，为安全起见没有打开。请把名册复制到新的工作簿再导入。")


def _encoding(file: BinaryIO, head: bytes) -> str:
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            if _decodes(file, encoding):
                return encoding
            raise Refusal(f"文件中有读不出的字符，可能已损坏。{_ADVICE}")
    if b"\0" in head:
        encoding = "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
        if _decodes(file, encoding) and _reads_well(head, encoding):
            return encoding
        raise Refusal("这不是名册表格，里面是程序才懂的数据。请选择 .xlsx 或 .csv 文件。")
    possible = [encoding for encoding in ("utf-8", "gb18030", "big5") if _decodes(file, encoding)]
    named = [encoding for encoding in possible if "姓名" in head.decode(encoding, "ignore")]
    for encoding in [*named, *possible]:
        if _reads_well(head, encoding):
            return encoding
    raise Refusal(f"认不出文件的文字编码（不是 UTF-8 或 GB18030）。{_ADVICE}")


def _decodes(file: BinaryIO, encoding: str) -> bool:
    """Whether the whole file is valid in an encoding, a chunk at a time."""
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    try:
        while chunk := file.read(_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _reads_well(head: bytes, encoding: str) -> bool:
    """Whether the text has no control characters, as text of people has none."""
    text = head.decode(encoding, "ignore")
    controls = sum(1 for mark in text if ord(mark) < 32 and mark not in "\t\r\n\x0b\x0c")
    return controls <= len(text) // 1000
