"""Where the power may go (FB5): a named point at which a test lets the process die. Nothing otherwise."""

import os

_AT = os.environ.get("OMBUDSMAN_TEST_CRASH_AT", "")


def crash_point(name: str) -> None:
    """Die here, at once and without cleaning up, if the environment of a test says so."""
    if _AT and name == _AT:
        os._exit(137)
