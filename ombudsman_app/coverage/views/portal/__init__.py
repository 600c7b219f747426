"""/portal: pages of coverage. Each part hangs its own blueprint under the face."""

from .duties import bp as duties
from .meetings import bp as meetings
from .outreach import bp as outreach

more = (duties, meetings, outreach)

__all__ = ["more"]
