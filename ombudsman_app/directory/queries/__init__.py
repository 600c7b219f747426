"""Reading the directory. All of it is public, so there is no scope; each docstring says its cost."""

from .counters import counter_by_code
from .finding import OfficeList, nearest_offices, offices_for_picker, offices_page, search_offices
from .lines import OfficeLine
from .office_page import OfficePage, office_by_slug, office_page
from .places import ProvinceLine, provinces_with_offices, representative_for

__all__ = [
    "OfficeLine",
    "OfficeList",
    "OfficePage",
    "ProvinceLine",
    "counter_by_code",
    "nearest_offices",
    "office_by_slug",
    "office_page",
    "offices_for_picker",
    "offices_page",
    "provinces_with_offices",
    "representative_for",
    "search_offices",
]
