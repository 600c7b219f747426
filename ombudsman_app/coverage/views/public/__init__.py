"""Public pages of coverage. Each part hangs its own blueprint under the face."""

from .figures import bp as figures
from .local_rules import bp as local_rules

more = (figures, local_rules)

__all__ = ["more"]
