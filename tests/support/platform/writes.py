"""Creating and updating one resource: planned first, with every reason to say no, then written without a way back."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Any

from tests.support.platform.behaviour import Behaviour
from tests.support.platform.checks import Checks
from tests.support.platform.exchange import Refused, Resource
from tests.support.platform.search import matches
from tests.support.platform.store import Store, Version

MINUTE = timedelta(minutes=1)


@dataclass
class Plan:
    """One write that may be done; with `found` there is nothing to write, that version is the answer."""

    method: str  # POST, PUT or DELETE
    type: str
    id: str
    resource: Resource | None
    is_new: bool = False
    found: Version | None = None

    @property
    def reference(self) -> str:
        """How others refer to it."""
        return f"{self.type}/{self.id}"

    @property
    def status(self) -> int:
        """What a client is told when all went well."""
        if self.method == "DELETE":
            return 204
        return 201 if self.is_new and not self.found else 200


@dataclass
class Writes:
    """The only way anything gets into the store."""

    store: Store
    behaviour: Behaviour
    checks: Checks
    now: Callable[[], datetime]

    def __post_init__(self) -> None:
        self._created: deque[datetime] = deque()

    def create(self, type_: str, resource: Any, condition: str = "") -> Plan:
        """Plan a POST. With a condition (If-None-Exist) one match is the answer, two are refused."""
        if condition:
            found = matches(type_, condition, self.store.rows(type_), self.behaviour)
            if len(found) > 1:
                raise Refused(412, "multiple-matches", f"“{condition}” matches more than one {type_}")
            if found:
                return Plan("POST", type_, found[0].id, resource, found=found[0])
        return Plan("POST", type_, self.store.new_id(), resource, is_new=True)

    def update(self, type_: str, id_: str, resource: Any, match: str = "") -> Plan:
        """Plan a PUT. `match` is the If-Match header, an ETag; a stale one is refused."""
        if not isinstance(resource, dict) or resource.get("id") != id_:
            raise Refused(400, "invalid", f"The id in the body is not {id_}")
        current = self.store.current(type_, id_)
        if match and (current is None or version_of(match) != current.number):
            words = f"Trying to update {type_}/{id_} with {match} but this is not the current version"
            raise Refused(self.behaviour.stale_match, "conflict", words)
        if current is None or current.resource is None:
            if not self.behaviour.own_ids:
                raise Refused(410 if current else 404, "not-found", f"{type_}/{id_} is not known")
            if current is None and self.behaviour.ids == "numbers" and id_.isdigit():
                raise Refused(400, "invalid", "Ids of clients may not be numbers only")
            return Plan("PUT", type_, id_, resource, is_new=True)
        return Plan("PUT", type_, id_, resource)

    def delete(self, type_: str, id_: str) -> Plan:
        """Plan a DELETE; the versions stay."""
        current = self.store.current(type_, id_)
        if current is None:
            raise Refused(404, "not-found", f"{type_}/{id_} is not known")
        return Plan("DELETE", type_, id_, None, found=current if current.resource is None else None)

    def check(self, plan: Plan, also: frozenset[str] = frozenset()) -> Plan:
        """Look at what shall be written; an update that changes nothing becomes the version that is there."""
        if plan.found or plan.resource is None:
            return plan
        self.checks.look_at(plan.resource, plan.type, also)
        current = self.store.current(plan.type, plan.id)
        if current and current.resource:
            if self.behaviour.tags_stick:
                _keep_tags(plan.resource, current.resource)
            if self.behaviour.same_content == "same version" and _is_same(plan.resource, current.resource):
                plan.found = current
        return plan

    def admit(self, plans: int = 1) -> None:
        """Refuse more creates than this server takes in a minute."""
        if not self.behaviour.creates_per_minute:
            return
        now = self.now()
        while self._created and self._created[0] <= now - MINUTE:
            self._created.popleft()
        if len(self._created) + plans > self.behaviour.creates_per_minute:
            wait = 60 if not self._created else (self._created[0] + MINUTE - now).seconds + 1
            raise Refused(429, "throttled", "Too Many Requests", ratelimit=f'"creates";r=0;t={wait}')
        self._created.extend([now] * plans)

    def commit(self, plan: Plan) -> Version:
        """Write it."""
        return plan.found or self.store.write(plan.type, plan.id, plan.resource, plan.method)


def version_of(etag: str) -> str:
    """The version an ETag names: W/"3" → 3."""
    return etag.strip().removeprefix("W/").strip('"')


def etag(version: Version) -> str:
    """The ETag of a version."""
    return f'W/"{version.number}"'


def http_date(moment: datetime) -> str:
    """An instant as HTTP writes it."""
    return format_datetime(moment.replace(microsecond=0), usegmt=True)


def location(version: Version, behaviour: Behaviour) -> str:
    """Where it is, below the base."""
    return (
        f"{version.reference}/_history/{version.number}" if behaviour.location_history else version.reference
    )


def _is_same(one: Resource, other: Resource) -> bool:
    server = {"versionId", "lastUpdated"}
    metas = [{k: v for k, v in each.get("meta", {}).items() if k not in server} for each in (one, other)]
    return metas[0] == metas[1] and {**one, "meta": 0} == {**other, "meta": 0}


def _keep_tags(new: Resource, old: Resource) -> None:
    meta = new.setdefault("meta", {})
    tags = [*meta.get("tag", ())]
    tags += [tag for tag in old.get("meta", {}).get("tag", ()) if tag not in tags]
    if tags:
        meta["tag"] = tags
