"""Words and colours of stages, rounds, seats and kinds of offices."""

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ombudsman_app.audits.models import AuditRound, AuditScheme, InstrumentVersion
from ombudsman_app.audits.states import AuditState, RoundState, Seat
from ombudsman_app.directory.models import OfficeKind

STAGE_WORDS: Mapping[AuditState, Any] = {
    AuditState.PLANNED: _l("Planned"),
    AuditState.IN_FIELD: _l("In the field"),
    AuditState.SUBMITTED: _l("Submitted"),
    AuditState.REVIEWED: _l("Reviewed"),
    AuditState.DRAFT_SENT: _l("Draft with the office"),
    AuditState.FINAL: _l("Final"),
    AuditState.PUBLISHED: _l("Published"),
    AuditState.CANCELLED: _l("Cancelled"),
}
_STAGE_TONES = {
    AuditState.IN_FIELD: "info",
    AuditState.SUBMITTED: "info",
    AuditState.REVIEWED: "info",
    AuditState.DRAFT_SENT: "warning",
    AuditState.FINAL: "success",
    AuditState.PUBLISHED: "success",
}
ROUND_WORDS: Mapping[RoundState, Any] = {
    RoundState.PLANNED: _l("Planned"),
    RoundState.RUNNING: _l("Running"),
    RoundState.CLOSED: _l("Closed"),
}
_ROUND_TONES = {RoundState.RUNNING: "info", RoundState.CLOSED: "success"}
SEAT_WORDS: Mapping[Seat, Any] = {
    Seat.LEAD: _l("Lead"),
    Seat.ASSESSOR: _l("Assessor"),
    Seat.ADJUDICATOR: _l("Adjudicator"),
    Seat.REVIEWER: _l("Reviewer"),
}
KIND_WORDS: Mapping[OfficeKind, Any] = {
    OfficeKind.HEAD_OFFICE: _l("Head office"),
    OfficeKind.REGIONAL_OFFICE: _l("Regional office"),
    OfficeKind.BRANCH: _l("Branch office"),
    OfficeKind.SMALL_BRANCH: _l("Small branch office"),
    OfficeKind.SERVICE_MALL: _l("Counter in a public service mall"),
    OfficeKind.COMMUNITY_AGENT: _l("Community agent (Perisai)"),
    OfficeKind.PROVINCE_GOVERNMENT: _l("Government of a province"),
    OfficeKind.REGENCY_GOVERNMENT: _l("Government of a regency"),
    OfficeKind.CITY_GOVERNMENT: _l("Government of a city"),
    OfficeKind.LABOUR_OFFICE: _l("Labour office"),
}


def stage_word(state: AuditState) -> str:
    """Name a stage."""
    return str(STAGE_WORDS[state])


def stage_tone(state: AuditState) -> str:
    return _STAGE_TONES.get(state, "neutral")


def round_word(state: RoundState) -> str:
    """Name the state of a round."""
    return str(ROUND_WORDS[state])


def round_tone(state: RoundState) -> str:
    return _ROUND_TONES.get(state, "neutral")


def seat_word(seat: Seat) -> str:
    """Name a seat."""
    return str(SEAT_WORDS[seat])


def office_kind_word(kind: OfficeKind) -> str:
    """Name a kind of office under watch."""
    return str(KIND_WORDS[kind])


def scheme_word(scheme: AuditScheme) -> str:
    """Name a scheme: in English where the rules of the house have a word for it."""
    is_english = str(get_locale()) == "en"
    return str(scheme.content.get("title_en") or scheme.title) if is_english else scheme.title


def cap_word(found: AuditRound) -> str:
    """Say at which category the scheme of a round holds a result, if at any."""
    held_at = found.scheme.content.get("cap") if found.has_cap else None
    if not held_at:
        return str(_("No cap"))
    return str(_("A failed critical indicator: %(band)s at best (rule of this product)", band=held_at))


def instrument_word(version: InstrumentVersion) -> str:
    """Name an instrument with the number of its version."""
    one = version.instrument
    title = one.title_en if str(get_locale()) == "en" else one.title_id
    return f"{title} {version.number}"


FILTERS: Mapping[str, Callable[..., str]] = {
    "stage_word": stage_word,
    "stage_tone": stage_tone,
    "round_word": round_word,
    "round_tone": round_tone,
    "seat_word": seat_word,
    "office_kind_word": office_kind_word,
    "scheme_word": scheme_word,
    "instrument_word": instrument_word,
    "cap_word": cap_word,
}
