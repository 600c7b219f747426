"""Reading: callers import the names from here."""

from .comparison import (
    Comparison,
    comparison,
    for_everybody,
    for_staff,
    kinds_compared,
    provinces_compared,
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
from .score_page import DimensionBlock, IndicatorLine, ScorePage, score_page

__all__ = [
    "Comparison",
    "DimensionBlock",
    "IndicatorLine",
    "OfficeResult",
    "Overview",
    "PublishedPage",
    "ScorePage",
    "addressed_audit",
    "comparison",
    "for_everybody",
    "for_staff",
    "kinds_compared",
    "latest_responses",
    "office_result",
    "overview",
    "provinces_compared",
    "published_audit",
    "published_page",
    "published_score",
    "score_page",
    "study_places",
    "visible_audit",
]
