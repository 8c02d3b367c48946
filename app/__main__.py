"""The front door: with a command, work without a window; without one, open the window."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code of the program. The window's modules are loaded only when it opens, the commands' only for one."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    home = _only_home(given)
    if home is None:
        from app.cli import parser, run
        from app.cli.command import home_of

        options = parser().parse_args(given)
        home = home_of(options)
        if options.command:
            code = run(options)
            opened = getattr(options, "open_home", None)
            if code or opened is None:
                return code
            home = opened
    from ui.application import open_window

    return open_window(home)


def _only_home(given: list[str]) -> Path | None:
    """The home of the usual start, `[--home DIR]`: a window must not wait for what only commands need."""
    if not given:
        from app.core.home import default_home

        return default_home().expanduser().absolute()
    if len(given) == 2 and given[0] == "--home":
        return Path(given[1]).expanduser().absolute()
    return None


if __name__ == "__main__":
    sys.exit(main())
