"""How real servers differ, one switch a difference: three columns, each measured or read in its documentation.

A test that wants a server in between takes a column and changes a switch:
`replace(Behaviour.hapi(), missing_reference=0)`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Behaviour:
    """One server. The defaults are HAPI JPA, from its documentation."""

    name: str = "hapi"

    # identity
    ids: Literal["numbers", "uuids"] = "numbers"
    own_ids: bool = True  # PUT with an id of the client's making creates (201); else 404
    identifier_broken: frozenset[str] = frozenset()  # types whose search by identifier finds nothing
    unknown_parameter: Literal["refused", "ignored"] = "refused"

    # creating under a condition: what four parallel If-None-Exist lead to
    race: Literal["guarded", "duplicates", "collides"] = "guarded"
    race_window: float = 0.01  # seconds between looking and writing

    # updating
    stale_match: int = 409  # answer to an If-Match of an older version
    same_content: Literal["same version", "new version"] = "same version"
    tags_stick: bool = True  # an update without a tag does not take it away

    # references
    conditional_reference: Literal["literal", "resolved", "refused"] = "refused"
    missing_reference: int = 400  # answer to a reference to what is not there; 0: nobody looks
    urn_everywhere: bool = False  # a transaction rewrites urn:uuid in every string, identifiers too

    # bundles
    puts_in_bundle: int = 0  # at most so many PUT (0: no limit), answered by 400
    conditionals_in_bundle: int = 0  # at most so many entries when one has a condition
    body_limit: int = 0  # bytes
    too_large: int = 413  # the answer to more
    eof_every: int = 0  # every nth bundle is committed and then not answered
    entry_etag: bool = True
    entry_resource: bool = False
    entry_words: bool = True  # "201 Created" instead of "201"
    found_entry_etag: bool = True  # an entry whose condition found one carries etag and lastModified
    location_history: bool = True  # Location ends in /_history/<version>
    minimal: Literal["ignored", "empty", "entries"] = "entries"  # Prefer: return=minimal on a bundle

    # time, lists
    whole_seconds: bool = False
    type_history: bool = True
    paging: Literal["cursor", "offset"] = "cursor"
    newest_first: bool = False  # the order of a search that asks for none
    total: bool = True  # a searchset that fits on one page tells its total

    # files: what a Binary is (HAPI and Medplum: read in their sources; WSO2: its library takes FHIR types only)
    raw_files: bool = True  # content is taken and given as it is; else 415, and reading always answers JSON
    files_apart: bool = False  # content sent raw is kept beside the resource: as JSON it has no data
    signed_files: bool = False  # addresses of files are answered signed, at another host
    files_searched: bool = True  # Binary can be searched
    file_limit: int = 0  # bytes; larger ones are answered by 413

    # limits and access
    creates_per_minute: int = 0  # more are answered by 429; inside a batch as 200 with entries of 429
    gzip: bool = True
    expired_token: dict[str, str] = field(default_factory=lambda: {"www-authenticate": 'Bearer realm="fhir"'})
    wrong_secret: int = 401

    # invalid data
    unknown_element: Literal["dropped", "refused", "kept"] = "dropped"
    invalid_period: int = 400  # end before start
    long_decimal: int = 0  # answer to numbers of 20 digits and more; 0: taken

    @classmethod
    def hapi(cls) -> Behaviour:
        """HAPI FHIR JPA 6 and later, as documented; not measured."""
        return cls()

    @classmethod
    def medplum(cls) -> Behaviour:
        """Medplum 5.0, measured."""
        return cls(
            name="medplum",
            ids="uuids",
            own_ids=False,
            race="collides",
            stale_match=412,
            tags_stick=False,
            conditional_reference="resolved",
            urn_everywhere=True,
            puts_in_bundle=50,
            conditionals_in_bundle=8,
            body_limit=1_000_000,
            too_large=400,
            entry_etag=False,
            entry_resource=True,
            entry_words=False,
            found_entry_etag=False,
            location_history=False,
            minimal="empty",
            type_history=False,
            newest_first=True,
            total=False,
            files_apart=True,
            signed_files=True,
            files_searched=False,
            creates_per_minute=500,
            expired_token={},
            wrong_secret=400,
            unknown_element="refused",
        )

    @classmethod
    def wso2(cls) -> Behaviour:
        """WSO2 FHIR 1.1, measured."""
        return cls(
            name="wso2",
            ids="uuids",
            identifier_broken=frozenset({"Encounter"}),
            unknown_parameter="ignored",
            race="duplicates",
            stale_match=412,
            same_content="new version",
            tags_stick=False,
            conditional_reference="literal",
            missing_reference=0,
            eof_every=7,
            found_entry_etag=False,
            minimal="ignored",
            whole_seconds=True,
            paging="offset",
            raw_files=False,
            gzip=False,
            unknown_element="kept",
            invalid_period=500,
            long_decimal=500,
        )

    @classmethod
    def named(cls, column: str) -> Behaviour:
        """A column by its name: hapi, medplum or wso2."""
        return {"hapi": cls.hapi, "medplum": cls.medplum, "wso2": cls.wso2}[column]()


COLUMNS = ("hapi", "medplum", "wso2")
