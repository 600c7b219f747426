"""Reading: callers import the names from here."""

from .comparison import (
    Comparison,
    comparison,
    for_everybody,
    for_staff,
    kinds_compared,
    provinces_compared,
)
from .instruments import (
    InstrumentPart,
    InstrumentRow,
    instruments_page,
    other_versions,
    part_of_version,
    scheme_by_id,
    visible_version,
)
from .overview import Overview, overview
from .page import addressed_audit, visible_audit
from .published import (
    OfficeResult,
    PublishedPage,
    latest_responses,
    office_result,
    published_audit,
    published_page,
    published_score,
    study_places,
)
from .schemes import all_schemes
from .score_page import DimensionBlock, IndicatorLine, ScorePage, score_page

__all__ = [
    "Comparison",
    "DimensionBlock",
    "IndicatorLine",
    "InstrumentPart",
    "InstrumentRow",
    "OfficeResult",
    "Overview",
    "PublishedPage",
    "ScorePage",
    "addressed_audit",
    "all_schemes",
    "comparison",
    "for_everybody",
    "for_staff",
    "instruments_page",
    "kinds_compared",
    "latest_responses",
    "office_result",
    "other_versions",
    "overview",
    "part_of_version",
    "provinces_compared",
    "published_audit",
    "published_page",
    "published_score",
    "scheme_by_id",
    "score_page",
    "study_places",
    "visible_audit",
    "visible_version",
]
