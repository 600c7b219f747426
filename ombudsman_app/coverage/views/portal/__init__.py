"""/portal: pages of coverage. Each part hangs its own blueprint under the face."""

from .meetings import bp as meetings

more = (meetings,)

__all__ = ["more"]
