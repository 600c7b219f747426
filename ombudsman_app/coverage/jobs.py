"""What is done about coverage while nobody looks."""

from . import commitment_jobs  # noqa: F401 - its jobs register themselves
