"""Outreach events as a sheet: no person is named in it, so a page writes it itself."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice

from flask_babel import gettext as _

from ombudsman_app.core import limits

from . import outreach_words as words
from .models import OutreachEvent
from .outreach_words import FIELDS

SHEET_ROWS = limits.EXPORT_ALONE  # that a page writes at once; more by year
_COLUMNS = (
    "district", "venue", "office", "with_whom", "groups", "topic", "state", "participants", "women", "men",
    "known_by", "handed_out", "asked_most", "follow_up",
)  # fmt: skip


def outreach_sheet(rows: Iterable[OutreachEvent], today: date) -> tuple[list[str], Iterable[Sequence[str]]]:
    """Return the head and the lines, one for each event; a last line says where there are more."""
    head = [
        _("Day"),
        _("Hour"),
        _("Title"),
        _("Province"),
        _("Place"),
        *(str(FIELDS[name]) for name in _COLUMNS),
        _("Why it was cancelled"),
        _("Written down"),
        _("DEMO"),
    ]
    return head, _lines(iter(rows), today)


def _lines(rows: Iterator[OutreachEvent], today: date) -> Iterator[Sequence[str]]:
    yield from (_line(row, today) for row in islice(rows, SHEET_ROWS))
    if next(rows, None) is not None:
        yield [_("There are more events than this sheet takes. Choose a year, then save it again.")]


def _line(row: OutreachEvent, today: date) -> list[str]:
    numbers = ("" if one is None else str(one) for one in (row.participants, row.women, row.men))
    return [
        row.happens_on.isoformat(),
        words.hours(row, row.region.time_zone),
        row.title,
        row.region.parent.name if row.region.parent else row.region.name,
        row.region.name,
        row.district,
        row.venue,
        row.office.name,
        row.with_whom,
        words.group_words(row),
        row.topic,
        words.stage(row, today),
        *numbers,
        str(words.KNOWN_BY[row.known_by]) if row.known_by else "",
        row.handed_out,
        row.asked_most,
        row.follow_up,
        row.ended_because,
        words.came_words(row.came_by),
        _("DEMO") if row.is_demo else "",
    ]
