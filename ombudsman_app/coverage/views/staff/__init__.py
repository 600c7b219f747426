"""/staff: pages of coverage. Each part hangs its own blueprint under the face."""

from .local_rules import bp as local_rules

more = (local_rules,)

__all__ = ["more"]
