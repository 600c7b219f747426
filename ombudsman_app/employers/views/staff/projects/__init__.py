"""/staff/employers/projects: projects paid from public money, and the agencies that order them."""

from . import acting, changing, doors, lists, parties, project
from .blueprint import bp

__all__ = ["acting", "bp", "changing", "doors", "lists", "parties", "project"]
