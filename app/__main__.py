"""The front door: with a command, work without a window; without one, open the window."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code of the program. The window's modules are loaded only when it opens."""
    from app.cli import parser, run

    options = parser().parse_args(arguments)
    home = None
    if options.command:
        code = run(options)
        home = getattr(options, "open_home", None)
        if code or home is None:
            return code
    from app.cli.command import home_of
    from ui.application import open_window

    return open_window(home or home_of(options))


if __name__ == "__main__":
    sys.exit(main())
