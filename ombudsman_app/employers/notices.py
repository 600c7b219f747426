"""What there is to tell about employers, and what stands on their pages: registered at start."""

from .compliance import linked, notices

notices.register_all()
linked.register_all()
