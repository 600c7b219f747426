"""/staff: pages of coverage. Each part hangs its own blueprint under the face."""

from .duties import bp as duties
from .figure_imports import bp as figure_imports
from .figures import bp as figures
from .innovations import bp as innovations
from .local_rules import bp as local_rules
from .meetings import bp as meetings
from .outreach import bp as outreach

more = (duties, figure_imports, figures, innovations, local_rules, meetings, outreach)

__all__ = ["more"]
