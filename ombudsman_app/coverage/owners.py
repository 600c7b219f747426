"""Files of coverage: each part registers its own kinds."""

from . import local_rule_files

__all__ = ["local_rule_files"]
