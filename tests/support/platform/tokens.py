"""OAuth2 for a platform that asks for it: client_credentials, tokens that expire."""

from __future__ import annotations

import base64
import binascii
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import parse_qs, unquote

from tests.support.platform.behaviour import Behaviour
from tests.support.platform.exchange import Answer, Refused, Request


@dataclass
class Tokens:
    """Who may come in: a client id with its secret, and the tokens it was given; `seconds` is how long one lives."""

    behaviour: Behaviour
    secret: tuple[str, str] | None
    now: Callable[[], datetime]
    seconds: int = 3600
    given: dict[str, datetime] = field(default_factory=dict)

    def expire(self) -> None:
        """Every token given so far is worth nothing any more."""
        self.given = dict.fromkeys(self.given, self.now())

    def give(self, request: Request) -> Answer:
        """Answer `/token`: RFC 6749, section 4.4; the secret in the form or as Basic."""
        form = {name: values[0] for name, values in parse_qs(request.body.decode("utf-8", "replace")).items()}
        if form.get("grant_type") != "client_credentials":
            return Answer.of(400, {"error": "unsupported_grant_type"}, content_type="application/json")
        if self.secret is None or _credentials(request, form) != self.secret:
            error = "invalid_client" if self.behaviour.wrong_secret == 401 else "invalid_request"
            said = {"error": error, "error_description": "Invalid secret"}
            return Answer.of(self.behaviour.wrong_secret, said, content_type="application/json")
        token = secrets.token_urlsafe(24)
        self.given[token] = self.now() + timedelta(seconds=self.seconds)
        said_ = {
            "access_token": token,
            "token_type": "Bearer",
            "expires_in": self.seconds,
            "scope": "system/*.*",
        }
        return Answer.of(200, dict(said_), content_type="application/json", cache_control="no-store")

    def check(self, request: Request) -> None:
        """Refuse a request without a token that is valid now."""
        if self.secret is None:
            return
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        until = self.given.get(token.strip()) if kind.lower() == "bearer" else None
        if until is None or until <= self.now():
            raise Refused(401, "login", "Unauthorized", **self.behaviour.expired_token)


def _credentials(request: Request, form: dict[str, str]) -> tuple[str, str]:
    scheme, _, coded = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        try:
            name, _, secret = base64.b64decode(coded, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return "", ""
        return unquote(name), unquote(secret)
    return form.get("client_id", ""), form.get("client_secret", "")
