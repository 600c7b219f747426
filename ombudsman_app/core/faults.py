"""Where the power may go (FB5): a named point at which a test lets the process die. Nothing otherwise."""

import os
from itertools import count

# "name", or "name#5" for the fifth time that the process comes by
_AT, _, _TIMES = os.environ.get("OMBUDSMAN_TEST_CRASH_AT", "").partition("#")
_passed = count(1)


def crash_point(name: str) -> None:
    """Die here, at once and without cleaning up, if the environment of a test says so."""
    if _AT and name == _AT and next(_passed) == int(_TIMES or 1):
        os._exit(137)
