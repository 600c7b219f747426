"""What there is to tell about coverage: registered at start."""

from . import meeting_notices

meeting_notices.register_all()
