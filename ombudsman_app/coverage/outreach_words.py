"""How outreach looks in words."""

from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ombudsman_app.web.formats import clock_time, day, number

from .meeting_states import CameBy
from .outreach_states import KnownBy, OutreachAct, OutreachState, TargetGroup

GROUPS: dict[str, Any] = {
    TargetGroup.WAGE_EARNER: _l("Workers who earn a wage (PU)"),
    TargetGroup.NON_WAGE: _l("Workers who earn no wage (BPU)"),
    TargetGroup.CONSTRUCTION: _l("Construction workers"),
    TargetGroup.MIGRANT: _l("Future migrant workers and their families"),
    TargetGroup.VULNERABLE_WORKER: _l("Vulnerable workers"),
    TargetGroup.VILLAGE_OFFICIAL: _l("Village heads and village officials"),
    TargetGroup.RT_RW: _l("RT/RW and BPD"),
    TargetGroup.NON_CIVIL_SERVANT: _l("Employees of the government who are no civil servants (non-ASN)"),
    TargetGroup.ELECTION_STAFF: _l("Election staff"),
    TargetGroup.EMPLOYER: _l("Employers"),
    TargetGroup.FISHER: _l("Fishers"),
    TargetGroup.FARMER: _l("Farmers and planters"),
    TargetGroup.DRIVER: _l("Drivers and motorcycle taxis"),
    TargetGroup.TRADER: _l("Market traders and small businesses"),
    TargetGroup.EVERYBODY: _l("The general public"),
}
STATES: dict[str, Any] = {
    OutreachState.PLANNED: _l("Planned"),
    OutreachState.HELD: _l("Took place"),
    OutreachState.CANCELLED: _l("Cancelled"),
}
_TONES = {
    OutreachState.PLANNED: "info",
    OutreachState.HELD: "success",
    OutreachState.CANCELLED: "neutral",
}
KNOWN_BY: dict[str, Any] = {
    KnownBy.ATTENDANCE_LIST: _l("List of attendance"),
    KnownBy.HEAD_COUNT: _l("Counted in the room"),
    KnownBy.TOLD: _l("Told by who held it"),
    KnownBy.ESTIMATE: _l("Estimated"),
}
_KNOWN_SHORT: dict[str, Any] = {
    KnownBy.ATTENDANCE_LIST: _l("by the list of attendance"),
    KnownBy.HEAD_COUNT: _l("counted"),
    KnownBy.TOLD: _l("as told"),
    KnownBy.ESTIMATE: _l("estimate"),
}
ACTS: dict[str, Any] = {
    OutreachAct.PLANNED: _l("Written down"),
    OutreachAct.CHANGED: _l("Plan changed"),
    OutreachAct.HELD: _l("Reported: it took place"),
    OutreachAct.CORRECTED: _l("Report corrected"),
    OutreachAct.CANCELLED: _l("Cancelled"),
}
FIELDS: dict[str, Any] = {
    "title": _l("Title"),
    "region": _l("Place"),
    "district": _l("District and village"),
    "venue": _l("Venue"),
    "office": _l("Who holds it"),
    "with_whom": _l("Together with"),
    "groups": _l("For whom"),
    "topic": _l("What people are told"),
    "happens_on": _l("Day"),
    "starts_at": _l("Begins at"),
    "ends_at": _l("Ends at"),
    "state": _l("Stage"),
    "participants": _l("Participants"),
    "women": _l("Women"),
    "men": _l("Men"),
    "known_by": _l("How the number is known"),
    "handed_out": _l("Handed out"),
    "asked_most": _l("Asked most"),
    "follow_up": _l("What follows"),
    "commitment": _l("Commitment that follows"),
}


def stage(event: Any, today: date) -> str:
    """Say where an event stands; what was planned for a day that has passed waits for a report."""
    if waits(event, today):
        return str(_("Not reported yet"))
    return str(STATES[event.state])


def stage_tone(event: Any, today: date) -> str:
    """Return the tone of a stage."""
    return "warning" if waits(event, today) else _TONES[event.state]


def waits(event: Any, today: date) -> bool:
    """Whether nobody said yet what came of it, though its day has passed."""
    return event.state is OutreachState.PLANNED and bool(event.happens_on < today)


def people(event: Any) -> str:
    """Say how many came and how that is known: 42 (by the list of attendance); about 200 (estimate)."""
    if event.participants is None:
        return str(_("not known"))
    known = str(_KNOWN_SHORT[event.known_by])
    if event.known_by is KnownBy.ESTIMATE:
        return str(_("about %(number)s (%(known)s)", number=number(event.participants), known=known))
    return str(_("%(number)s (%(known)s)", number=number(event.participants), known=known))


def hours(event: Any, zone: str) -> str:
    """Say the hours by the clock of the place: 09.00 – 11.30 WITA."""
    begins = clock_time(event.starts_at, zone)
    if event.ends_at is None:
        return begins
    return f"{begins.split(' ')[0]} – {clock_time(event.ends_at, zone)}"


def spot(event: Any) -> str:
    """Say where in its place: the venue, then the district."""
    return ", ".join(part for part in (event.venue, event.district) if part)


def group_words(event: Any) -> str:
    """Say for whom it is held, one after the other."""
    return "; ".join(str(GROUPS[one]) for one in event.groups)


def came_words(way: CameBy) -> str:
    """Say who wrote it down."""
    return str(_("reported by the office that holds it") if way is CameBy.PORTAL else _("by the Ombudsman"))


def fact_words(name: str, value: str, zone: str) -> str:
    """Return what the history keeps of a field, as people read it."""
    if not value:
        return str(_("nothing"))
    if name == "groups":
        return "; ".join(str(GROUPS[one]) for one in value.split())
    said: dict[str, Any] = {
        "state": lambda: STATES[value],
        "known_by": lambda: KNOWN_BY[value],
        "happens_on": lambda: day(date.fromisoformat(value)),
        **dict.fromkeys(("starts_at", "ends_at"), lambda: clock_time(datetime.fromisoformat(value), zone)),
        **dict.fromkeys(("participants", "women", "men"), lambda: number(int(value))),
    }
    return str(said.get(name, lambda: value)())


IS_TYPED = frozenset(
    {"title", "district", "venue", "with_whom", "topic", "handed_out", "asked_most", "follow_up"}
)
