"""Where the district platform is, and as whom this station speaks to it."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from app.core.settings import Settings

OVERRIDE = "CARESTATION_PLATFORM"
"""Environment variable that wins over the address in the settings (trials, tests, the command line)."""


@dataclass(frozen=True)
class Access:
    """The way to one platform. `address` is the base of its FHIR server, without a slash at its end."""

    address: str
    auth: str = "none"
    token_address: str = ""
    client: str = ""
    secret: str = field(default="", repr=False)
    scope: str = ""
    certificate: str = field(default="", repr=False)  # PEM: the only authority trusted, if given

    @classmethod
    def of(cls, settings: Settings, environ: Mapping[str, str]) -> Access | None:
        """What the settings and the environment say; None when no platform is named."""
        address = (environ.get(OVERRIDE) or settings.platform_address).strip().rstrip("/")
        if not address:
            return None
        return cls(
            address=address,
            auth=settings.platform_auth,
            token_address=settings.platform_token_address.strip(),
            client=settings.platform_client,
            secret=settings.platform_secret,
            scope=settings.platform_scope,
            certificate=settings.platform_certificate,
        )

    @property
    def host(self) -> str:
        """Host and port, as a person reads them."""
        return urlsplit(self.address).netloc.rpartition("@")[2]


def is_loopback(url: str) -> bool:
    """Whether a URL names this very computer: the only place that may be spoken to without TLS."""
    name = (urlsplit(url).hostname or "").lower()
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def is_safe(url: str) -> bool:
    """https, or http to this very computer; a host must be named."""
    try:
        parts = urlsplit(url)
        named = bool(parts.hostname)
        _ = parts.port  # refuses what is no number
    except ValueError:
        return False
    return named and (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(url)))
