"""What coverage asks of offices under watch: each neighbour brings its own."""

from . import meeting_asked  # noqa: F401 - it registers itself
