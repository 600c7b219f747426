"""Files of coverage: each part registers its own kinds."""

from . import local_rule_files, meeting_owners

__all__ = ["local_rule_files", "meeting_owners"]
