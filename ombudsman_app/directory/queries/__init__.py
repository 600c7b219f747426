"""Reading the directory. All of it is public, so there is no scope; each docstring says its cost."""

from ombudsman_app.directory.names import looks_like_company

from .counters import counter_by_code, counter_by_id, counters_of
from .finding import (
    OfficeList,
    all_offices,
    nearest_offices,
    office_by_id,
    offices_for_picker,
    offices_named,
    offices_page,
    search_offices,
    similar_search,
)
from .lines import OfficeLine
from .office_page import OfficePage, office_by_slug, office_page
from .places import (
    PlaceLine,
    ProvinceLine,
    office_and_representative,
    places_named,
    province_of,
    provinces_with_offices,
    representative_by_id,
    representative_for,
    representatives,
)
from .poster_orders import PosterOrder, counters_page, own_poster, visible_counter

__all__ = [
    "OfficeLine",
    "OfficeList",
    "OfficePage",
    "PlaceLine",
    "PosterOrder",
    "ProvinceLine",
    "all_offices",
    "counter_by_code",
    "counter_by_id",
    "counters_of",
    "counters_page",
    "looks_like_company",
    "nearest_offices",
    "office_and_representative",
    "office_by_id",
    "office_by_slug",
    "office_page",
    "offices_for_picker",
    "offices_named",
    "offices_page",
    "own_poster",
    "places_named",
    "province_of",
    "provinces_with_offices",
    "representative_by_id",
    "representative_for",
    "representatives",
    "search_offices",
    "similar_search",
    "visible_counter",
]
