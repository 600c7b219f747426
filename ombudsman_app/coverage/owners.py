"""Files of coverage: each part registers its own kinds."""

from . import duty_files, local_rule_files, meeting_owners, outreach_owners

__all__ = ["duty_files", "local_rule_files", "meeting_owners", "outreach_owners"]
