"""One piece of information, for the page of the office."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from ombudsman_app.complaints.models import InformationTip
from ombudsman_app.core.policy import Actor

from .employers import named_by
from .history import NamedEmployer
from .similar import SimilarCases, similar_to_tip
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
    employers: list[NamedEmployer]  # that it names


def tip_page(actor: Actor, tip: InformationTip) -> TipPage:
    """Return the page of visible information. 4 statements more."""
    told = tip.opened()
    cases, tips = similar_to_tip(actor, tip)
    return TipPage(
        tip=tip,
        told=told,
        event_on=_day(told.get("event_on")),
        prior_effort_on=_day(told.get("prior_effort_on")),
        history=history_of_tip(tip.id),
        similar=cases,
        similar_tips=tips,
        employers=named_by(actor, tip),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
