"""/staff: pages of coverage. Each part hangs its own blueprint under the face."""

from .local_rules import bp as local_rules
from .meetings import bp as meetings

more = (local_rules, meetings)

__all__ = ["more"]
