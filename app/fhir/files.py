"""Which files of documents are here: asked by the urls their attachments say, in the form of here or of the platform.

Binary/<id>              as a body from the platform says it
Binary/urn:uuid:<rid>    as a body says it whose file is known: a file of our own, here or sent
<anything else>          as it stands in the attachment: another address, inline data
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from app.core.orders import Question, answers
from app.core.unit import Reader
from app.fhir.attached import BINARY, id_in, rid_in, url_of
from db.models import Blob, Remote, RemoteFile


@dataclass(frozen=True)
class FileHere:
    """A file a document from the platform names. `sha256`: its name among the blobs; None: not here, `words` say why.

    `media`: what its bytes are, or what was said of it while it is not here. `size`: bytes, 0 while it is not here.
    """

    sha256: str | None
    media: str
    title: str
    size: int
    words: str


@dataclass(frozen=True)
class FilesOf(Question[Mapping[str, FileHere]]):
    """What is known of files, by the urls of their attachments. A url nobody has met is left out."""

    urls: tuple[str, ...]


@answers(FilesOf)
def files_of(reader: Reader, question: FilesOf) -> Mapping[str, FileHere]:
    also = _other_forms(reader, question.urls)
    known = _rows(reader, {*question.urls, *also.values()})
    found: dict[str, FileHere] = {}
    for url in question.urls:
        some = [known[one] for one in (url, also.get(url, "")) if one in known]
        if some:
            found[url] = next((one for one in some if one.sha256), some[0])
    return found


def _rows(reader: Reader, urls: Iterable[str]) -> dict[str, FileHere]:
    statement = (
        select(RemoteFile, Blob.media, func.length(Blob.content))
        .outerjoin(Blob, Blob.sha256 == RemoteFile.sha256)
        .where(RemoteFile.url.in_(list(urls)))
    )
    return {
        row.url: FileHere(
            row.sha256 if size is not None else None,
            media or row.media,
            row.title,
            size or 0,
            row.words or "",
        )
        for row, media, size in reader.session.execute(statement)
    }


def _other_forms(reader: Reader, urls: Iterable[str]) -> dict[str, str]:
    """The other form of each url whose Binary is known at the platform."""
    rids = {rid: url for url in urls if (rid := rid_in(url))}
    ids = {id_: url for url in urls if (id_ := id_in(url))}
    mine = select(Remote.rid, Remote.server_id).where(Remote.type == BINARY)
    found: dict[str, str] = {}
    for rid, server_id in reader.session.execute(
        mine.where(Remote.rid.in_(list(rids)) | Remote.server_id.in_(list(ids)))
    ):
        if rid in rids:
            found[rids[rid]] = f"{BINARY}/{server_id}"
        if server_id in ids:
            found[ids[server_id]] = url_of(rid)
    return found
