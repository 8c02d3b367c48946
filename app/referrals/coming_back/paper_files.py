"""The files of what the hospital wrote: which ones it names, whether they are here, and if not why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.core.blobs import PDF
from app.core.unit import Reader
from app.fhir.files import FilesOf, files_of

_SHOWN = {PDF: "PDF", "image/jpeg": "图片", "image/png": "图片"}
ON_THE_WAY = "还在下载"


@dataclass(frozen=True)
class PaperFile:
    """One file of a document from the platform. `sha256`: empty while it is not here, and `words` say why."""

    url: str
    title: str
    media: str
    size: int
    sha256: str
    words: str = ""

    @property
    def here(self) -> bool:
        return bool(self.sha256)

    @property
    def kind(self) -> str:
        """What it is, as a nurse says it."""
        return _SHOWN.get(self.media, "文件")


def urls_of(bodies: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Every file that some bodies name."""
    return tuple(dict.fromkeys(str(one["url"]) for body in bodies for one in _attachments(body)))


def files_by_url(reader: Reader, urls: tuple[str, ...]) -> Mapping[str, Any]:
    return files_of(reader, FilesOf(urls)) if urls else {}


def files_in(body: Mapping[str, Any], known: Mapping[str, Any]) -> tuple[PaperFile, ...]:
    """The files of one body; `known`: what is known of them."""
    return tuple(_file(one, known.get(str(one["url"]))) for one in _attachments(body))


def _file(said: Mapping[str, Any], found: Any) -> PaperFile:
    url, title = str(said["url"]), str(said.get("title") or "")[:80]
    media = str(said.get("contentType") or "").partition(";")[0].strip().lower()
    size = said.get("size")
    told = size if isinstance(size, int) and not isinstance(size, bool) and size > 0 else 0
    if found is None:
        return PaperFile(url, title, media, told, "", ON_THE_WAY)
    words = "" if found.sha256 else found.words or ON_THE_WAY
    return PaperFile(
        url, title or found.title, found.media or media, found.size or told, found.sha256 or "", words
    )


def _attachments(body: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Those with an address; a text stands in the body itself."""
    for one in body.get("content") or ():
        said = one.get("attachment") if isinstance(one, dict) else None
        if isinstance(said, dict) and isinstance(url := said.get("url"), str) and url:
            text = str(said.get("contentType", "")).startswith("text/plain")
            yield from () if text else (said,)
