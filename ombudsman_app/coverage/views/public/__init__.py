"""Public pages of coverage. Each part hangs its own blueprint under the face."""

from .figures import bp as figures
from .innovations import bp as innovations
from .local_rules import bp as local_rules
from .meetings import bp as attendance

more = (figures, innovations, local_rules, attendance)

__all__ = ["more"]
