"""/portal: pages of coverage. Each part hangs its own blueprint under the face."""

from .duties import bp as duties
from .meetings import bp as meetings

more = (duties, meetings)

__all__ = ["more"]
