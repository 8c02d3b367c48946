"""`make platform`: the written platform on loopback, for trying by hand; says in a line what each request asked for.

    python -m tests.support.platform [--port 8089] [--column hapi|medplum|wso2] [--keep FILE] [--quiet]

Port 0 takes any that is free; the first line names the address.
"""

from __future__ import annotations

import argparse
import logging
import signal
import sys
from collections import Counter
from pathlib import Path

from app.core.clock import SystemClock, local
from tests.support.platform import COLUMNS, Answer, Behaviour, Place, Platform, Request

logger = logging.getLogger("platform")


def main(arguments: list[str]) -> None:
    """Listen until somebody presses Ctrl+C."""
    parser = argparse.ArgumentParser(prog="platform", description="A FHIR R4 server on loopback.")
    parser.add_argument("--port", type=int, default=8089)
    parser.add_argument("--column", choices=COLUMNS, default="hapi", help="which real server it behaves like")
    parser.add_argument("--keep", type=Path, help="a file that remembers everything until the next time")
    parser.add_argument("--quiet", action="store_true", help="no line per request")
    asked = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    platform = Platform(Behaviour.named(asked.column), place=Place(port=asked.port, keep=asked.keep))
    if not asked.quiet:
        platform.on_answer = tell
    signals = {signal.SIGINT, signal.SIGTERM}
    signal.pthread_sigmask(
        signal.SIG_BLOCK, signals
    )  # before its thread starts, so that none is killed by them
    with platform:
        logger.info("%s", platform.address)
        logger.info("behaves like %s; Ctrl+C ends it", asked.column)
        sys.stdout.flush()
        signal.sigwait(signals)


def tell(request: Request, answer: Answer) -> None:
    """One line: when, what was asked, what came of it. No contents: they are about people."""
    time = local("Asia/Shanghai", SystemClock().now()).strftime("%H:%M:%S")
    what = f"{request.method} /{request.path}{'?' if request.query else ''}{request.query}"
    if request.bundle:
        kinds = Counter(_kind(entry) for entry in request.entries)
        what = f"{request.bundle} of {', '.join(f'{count} {kind}' for kind, count in kinds.items())}"
    logger.info("%s  %s  → %s%s", time, what, answer.status, " (not said)" if answer.is_lost else "")


def _kind(entry: dict[str, object]) -> str:
    resource = entry.get("resource")
    return str(resource.get("resourceType")) if isinstance(resource, dict) else "reading"


if __name__ == "__main__":
    main(sys.argv[1:])
