"""The filters of the queue in words: chips with counts, what is filtered, and why a list is empty."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ombudsman_app.complaints.forms.choices import SUBSTANCES
from ombudsman_app.complaints.forms.queue import parameters
from ombudsman_app.complaints.models import SavedView
from ombudsman_app.complaints.queries import QueueCounts, QueueFilter, Whose

from .words import state_label

Address = Callable[[Mapping[str, str]], str]

FILTER_WORDS: dict[str, Any] = {
    "state": _l("Stage"),
    "whose": _l("Person in charge"),
    "service": _l("Service"),
    "office": _l("Respondent"),
    "overdue": _l("Overdue"),
    "urgent": _l("Urgent"),
    "unanswered": _l("Waiting for an answer"),
    "time": _l("Pauses and more time"),
    "ended": _l("Ended"),
    "waiting": _l("Waiting for us"),
    "q": _l("Search"),
    "all": _l("All open"),
    "after": _l("Place in the list"),
    "before": _l("Place in the list"),
}
WHOSE_WORDS: dict[Whose, Any] = {Whose.MINE: _l("Me"), Whose.NOBODYS: _l("Nobody yet")}


@dataclass(frozen=True)
class Chip:
    """A view of the queue that is one click away. `key`: the letter that opens it."""

    label: str
    href: str
    is_current: bool
    number: int | None = None
    key: str = ""
    is_late: bool = False


@dataclass(frozen=True)
class FilterTag:
    """One filter that is on, and the address without it."""

    label: str
    words: str
    href: str


def queue_chips(chosen: QueueFilter, counts: QueueCounts, address: Address) -> tuple[list[Chip], list[Chip]]:
    """Return the views that everybody has, and the stages.

    Each replaces all filters, so that its number is that of its list.
    """
    now = parameters(chosen)

    def chip(label: str, number: int | None, view: QueueFilter, key: str = "", late: bool = False) -> Chip:
        said = parameters(view)
        return Chip(label, address(said), said == now, number, key, late)

    waiting_time = QueueFilter(is_time_asked=True)
    time_chips = [chip(_("Pauses and more time"), counts.time_asked, waiting_time)]
    return [
        chip(_("All open"), counts.all, QueueFilter()),
        chip(_("Overdue"), counts.overdue, QueueFilter(is_overdue=True), late=counts.overdue > 0),
        chip(_("Mine"), counts.mine, QueueFilter(whose=Whose.MINE), key="m"),
        chip(_("Waiting for an answer"), counts.unanswered, QueueFilter(is_unanswered=True)),
        *(time_chips if counts.time_asked or chosen == waiting_time else []),
        chip(_("Ended"), None, QueueFilter(is_ended=True)),
    ], [
        chip(state_label(state), number, QueueFilter(state=state))
        for state, number in counts.by_state.items()
        if number or chosen == QueueFilter(state=state)
    ]


def view_chips(views: Iterable[SavedView], query: str, base: str) -> list[Chip]:
    """The views that this person saved."""
    return [Chip(view.label, f"{base}?{view.filters}", view.filters == query) for view in views]


def filter_tags(chosen: QueueFilter, office: str, address: Address) -> list[FilterTag]:
    """Each filter that is on, with the way to take it off. `office`: the respondent by name."""
    said = parameters(chosen)
    words = {
        "state": state_label(chosen.state) if chosen.state else "",
        "whose": str(WHOSE_WORDS[chosen.whose]) if chosen.whose else "",
        "service": str(SUBSTANCES.get(chosen.substance, "")),
        "office": office,
        "q": chosen.words,
    }
    return [
        FilterTag(
            str(FILTER_WORDS[name]),
            words.get(name, ""),
            address({other: value for other, value in said.items() if other != name}),
        )
        for name in said
        if name != "all"
    ]


_WHY_EMPTY: dict[QueueFilter, tuple[Any, Any]] = {
    QueueFilter(): (
        _l("Nothing is waiting"),
        _l("New complaints appear here when you open this page."),
    ),
    QueueFilter(whose=Whose.MINE): (
        _l("No case is yours"),
        _l("Cases appear here when you take them or are given them."),
    ),
    QueueFilter(is_overdue=True): (
        _l("Nothing is overdue"),
        _l("Every open complaint is within its time."),
    ),
    QueueFilter(is_unanswered=True): (
        _l("Nobody waits for an answer"),
        _l("When a reporter writes, the case appears here."),
    ),
    QueueFilter(is_time_asked=True): (
        _l("No pause and no more time waits for you"),
        _l("When somebody asks for it and you decide, the case appears here."),
    ),
    QueueFilter(is_ended=True): (
        _l("No case has ended yet"),
        _l("Closed cases stay here, the youngest first."),
    ),
}


def why_empty(chosen: QueueFilter) -> tuple[Any, Any]:
    """Say why nothing is shown, and what one can do."""
    if chosen.after or chosen.before:
        return _("Nothing more on this page"), _("The cases that stood here have moved on.")
    if chosen.words:
        return (
            _("Nothing found for “%(words)s”", words=chosen.words),
            _("Check the number, or search for a part of it. The name of the office works too."),
        )
    none_fits = _l("No case fits all of this"), _l("Take a filter off, or look at all open complaints.")
    return _WHY_EMPTY.get(chosen, none_fits)
