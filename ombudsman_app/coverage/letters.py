"""Papers of coverage, made known to the domain that issues them: each neighbour brings its own."""

from . import meeting_papers  # noqa: F401 - it registers itself
