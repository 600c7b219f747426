"""What is done about coverage while nobody looks."""

from . import commitment_jobs, sheet_jobs  # noqa: F401 - their jobs register themselves
