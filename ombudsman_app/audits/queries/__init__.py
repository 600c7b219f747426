"""Reading: callers import the names from here."""

from .page import addressed_audit, visible_audit
from .score_page import DimensionBlock, IndicatorLine, ScorePage, score_page

__all__ = [
    "DimensionBlock",
    "IndicatorLine",
    "ScorePage",
    "addressed_audit",
    "score_page",
    "visible_audit",
]
