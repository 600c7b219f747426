"""What there is to tell about coverage: registered at start."""

from . import figure_notices, meeting_notices

figure_notices.register_all()
meeting_notices.register_all()
