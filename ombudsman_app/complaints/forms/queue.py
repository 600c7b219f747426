"""The address of the queue, read and written; and what keeps it under a name.

The address is the truth. What is in it and says nothing to us is named to the reader, never guessed.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField
from wtforms.validators import DataRequired

from ombudsman_app.complaints.commands import ViewInput
from ombudsman_app.complaints.queries import COUNTED_STATES, QueueFilter, Whose
from ombudsman_app.complaints.states import ComplaintState
from ombudsman_app.complaints.states.words import STATE_WORDS
from ombudsman_app.core import limits
from ombudsman_app.web.fields import told
from ombudsman_app.web.forms import BaseForm
from ombudsman_app.web.paging import read_day_key

from .choices import SUBSTANCES

ALL_OPEN = {"all": "yes"}  # says that nothing is filtered, where the bare address opens a saved view
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


# name in the address → field of the filter, and what reads it; None: it says nothing
Readers = Mapping[str, tuple[str, Callable[[str], Any]]]


@dataclass(frozen=True)
class Misread:
    """A part of the address that was left out, because it says nothing to us."""

    name: str
    value: str


@dataclass(frozen=True)
class AskedQueue:
    """What an address asks for, and what of it could not be understood."""

    chosen: QueueFilter
    misread: list[Misread]


def read_queue(given: Mapping[str, str], spoiled: Collection[str] = ()) -> AskedQueue:
    """Read an address. `spoiled` names the values from which the gate took something out (IN1)."""
    read, misread = read_address(given, spoiled, _READERS)
    read.pop("all", None)
    return AskedQueue(QueueFilter(**read), misread)


def read_address(
    given: Mapping[str, str], spoiled: Collection[str], readers: Readers
) -> tuple[dict[str, Any], list[Misread]]:
    """Read the parts of an address: what each says, by the field of the filter, and what says nothing.

    Of two places in the list, forwards and back, the first counts.
    """
    read: dict[str, Any] = {}
    misread = []
    for name, value in given.items():
        text = " ".join(value.split())
        if not text and name not in spoiled:
            continue
        field, reader = readers.get(name, ("", _nothing))
        found = reader(text) if name not in spoiled else None
        if found is None or (name == "before" and "after" in given):
            misread.append(Misread(name, text))
        else:
            read[field] = found
    return read, misread


def read_query(filters: str) -> AskedQueue:
    """Read what is kept in a saved view."""
    return read_queue(dict(parse_qsl(filters)))


def _nothing(_text: str) -> None:
    return None


def read_yes(text: str) -> bool | None:
    """Read a box that was ticked."""
    return True if text == "yes" else None


def read_slug(text: str) -> str | None:
    """Read the name of an office as addresses write it."""
    return text if len(text) <= limits.LINE and _SLUG.fullmatch(text) else None


def _one_of(words: Mapping[str, Any]) -> Callable[[str], Any]:
    return words.get


_READERS: Readers = {
    "all": ("all", read_yes),
    "state": ("state", _one_of({state.value: state for state in ComplaintState})),
    "whose": ("whose", _one_of({whose.value: whose for whose in Whose})),
    "service": ("substance", _one_of({name: name for name in SUBSTANCES})),
    "office": ("office", read_slug),
    "overdue": ("is_overdue", read_yes),
    "urgent": ("is_urgent", read_yes),
    "unanswered": ("is_unanswered", read_yes),
    "time": ("is_time_asked", read_yes),
    "ended": ("is_ended", read_yes),
    "q": ("words", lambda text: text if len(text) <= limits.SEARCH else None),
    "after": ("after", read_day_key),
    "before": ("before", read_day_key),
}


def parameters(chosen: QueueFilter) -> dict[str, str]:
    """Return the filters as the address says them, always in this order, without the place in the list."""
    said = {
        "state": chosen.state.value if chosen.state else "",
        "whose": chosen.whose.value if chosen.whose else "",
        "service": chosen.substance,
        "office": chosen.office,
        "overdue": "yes" if chosen.is_overdue else "",
        "urgent": "yes" if chosen.is_urgent else "",
        "unanswered": "yes" if chosen.is_unanswered else "",
        "time": "yes" if chosen.is_time_asked else "",
        "ended": "yes" if chosen.is_ended else "",
        "q": chosen.words,
    }
    return {name: value for name, value in said.items() if value} or ALL_OPEN


def as_query(chosen: QueueFilter) -> str:
    """Return the filters as they are kept in a saved view."""
    return urlencode(parameters(chosen))


@dataclass(frozen=True)
class FilterBox:
    """A list to choose from, named as in the address. `options`: value and words."""

    name: str
    label: Any
    options: list[tuple[str, Any]]
    chosen: str


@dataclass(frozen=True)
class FilterTick:
    """A box to tick."""

    name: str
    label: Any
    is_on: bool


def filter_boxes(chosen: QueueFilter, offices: Mapping[str, str]) -> list[FilterBox]:
    """Show what is chosen. `offices` are those in view, by slug: nobody scrolls through five hundred."""
    states = [*COUNTED_STATES, *([chosen.state] if chosen.state not in (None, *COUNTED_STATES) else [])]
    whose = [(Whose.MINE.value, _l("Me")), (Whose.NOBODYS.value, _l("Nobody yet"))]
    by_name = sorted(offices.items(), key=lambda one: one[1])
    said = parameters(chosen)
    return [
        FilterBox(name, label, [("", everything), *options], said.get(name, ""))
        for name, label, everything, options in (
            ("state", _l("Stage"), _l("All stages"), [(one.value, _l(STATE_WORDS[one])) for one in states]),
            ("whose", _l("Person in charge"), _l("Everybody"), whose),
            ("service", _l("Service"), _l("All services"), list(SUBSTANCES.items())),
            ("office", _l("Respondent"), _l("All respondents"), by_name),
        )
    ]


def filter_ticks(chosen: QueueFilter) -> list[FilterTick]:
    """Show which of these are on."""
    return [
        FilterTick("overdue", _l("Overdue"), chosen.is_overdue),
        FilterTick("urgent", _l("Urgent"), chosen.is_urgent),
        FilterTick("unanswered", _l("Waiting for an answer"), chosen.is_unanswered),
        FilterTick("time", _l("Pauses and more time"), chosen.is_time_asked),
    ]


def _one_line(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value


class SaveViewForm(BaseForm):
    """Keep the present filters under a name."""

    label = StringField(
        _l("Name of the view"),
        filters=[_one_line],
        validators=[DataRequired(_l("Give the view a name.")), *told(limits.VIEW_NAME)],
        render_kw={"maxlength": limits.VIEW_NAME, "autocomplete": "off"},
    )
    opens_first = BooleanField(_l("The queue opens with this view"))
    replaces = BooleanField(_l("Replace the view of this name"))

    def to_input(self, chosen: QueueFilter) -> ViewInput:
        """Return name and filters, which stand in the address like everywhere."""
        return ViewInput(self.label.data, as_query(chosen), self.opens_first.data, self.replaces.data)


class ChangeViewForm(BaseForm):
    """Another name, and whether the queue opens with it."""

    label = StringField(
        _l("Name of the view"),
        filters=[_one_line],
        validators=[DataRequired(_l("Give the view a name.")), *told(limits.VIEW_NAME)],
        render_kw={"maxlength": limits.VIEW_NAME, "autocomplete": "off"},
    )
    opens_first = BooleanField(_l("The queue opens with this view"))
