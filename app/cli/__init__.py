"""Without a window: the station's work as commands, for administrators, scripts and tests.

Names here are a contract. Every command takes `--home DIR`, `--user NAME` (staff number or name; the password comes
from a prompt or CARESTATION_PASSWORD) and `--json` (one object on standard output). Exit: 0 done, 1 refused (why, in
words, on standard error), 2 usage.
"""

from app.cli.run import parser, run

__all__ = ["parser", "run"]
