"""One piece of information, for the page of the office."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from ombudsman_app.complaints.models import InformationTip
from ombudsman_app.core.policy import Actor

from .similar import SimilarCases, similar_cases, similar_tips
from .tip_history import TipLines, history_of_tip


@dataclass(frozen=True)
class TipPage:
    """What was told, opened; what happened; what looks alike."""

    tip: InformationTip
    told: dict[str, Any]
    event_on: date | None
    prior_effort_on: date | None
    history: TipLines
    similar: SimilarCases
    similar_tips: SimilarCases


def tip_page(actor: Actor, tip: InformationTip) -> TipPage:
    """Return the page of visible information. 4 statements more."""
    told = tip.opened()
    return TipPage(
        tip=tip,
        told=told,
        event_on=_day(told.get("event_on")),
        prior_effort_on=_day(told.get("prior_effort_on")),
        history=history_of_tip(tip.id),
        similar=similar_cases(actor, tip),
        similar_tips=similar_tips(actor, tip),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
