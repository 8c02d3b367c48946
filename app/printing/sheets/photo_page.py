"""A photo of the chart on a page of its own, scaled, with what it shows and when it was taken."""

from __future__ import annotations

from dataclasses import dataclass

from app.printing.sheet import MEASURE, Cell, Picture, Row, Sheet, Space, Table, Words
from app.printing.sheets.referral_parts import TEXT, Paper, framed, head

TITLE = "照片附件"


@dataclass(frozen=True, slots=True)
class Photo:
    """One photo; `content` None: the file does not have it (pictures do not travel with their record)."""

    paper: Paper
    words: str
    content: bytes | None


def sheet(data: Photo) -> Sheet:
    """The photo as large as the page allows."""
    gone = (
        "照片不在本工作站，未能打印。" if data.content is None else "这张照片的格式不能打印，请在屏幕上查看。"
    )
    picture = Picture(data.content or b"", gone, 600.0)
    about = Table((MEASURE,), (Row((Cell(Words(data.words or "照片", TEXT, "center")),), 22),), ruled=False)
    shown = Table((MEASURE,), (Row((Cell(picture),), 60),), together=True)
    return framed(data.paper, TITLE, (*head(data.paper, TITLE), about, Space(4), shown))
