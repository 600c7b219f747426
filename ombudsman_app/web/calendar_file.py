"""Calendar files (RFC 5545): whole days with a reminder, as calendar programs fetch them again and again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

MEDIA_TYPE = "text/calendar"
FETCHED_EVERY = "PT6H"
REMINDS_AT_HOUR = 8  # in the morning where the calendar is looked at
_LONGEST_LINE = 75  # octets, without the line end
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


@dataclass(frozen=True)
class DueDay:
    """A whole day, or several up to `until`.

    Under the same `uid` a later `sequence` moves it instead of adding another.
    """

    uid: str
    day: date
    words: str
    changed_at: datetime
    sequence: int = 0
    remind_on: date | None = None
    until: date | None = None  # the last day, where it is another


def calendar_file(name: str, days: Iterable[DueDay], *, product: str) -> bytes:
    """Write a calendar. The same days give the same bytes, so that their digest can be compared."""
    return "".join(f"{part}\r\n" for line in _lines(name, days, product) for part in _folded(line)).encode()


def _lines(name: str, days: Iterable[DueDay], product: str) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield f"PRODID:-//{_text(product)}//ID"
    yield "CALSCALE:GREGORIAN"
    yield "METHOD:PUBLISH"
    yield f"NAME:{_text(name)}"  # RFC 7986; the older programs read the next one
    yield f"X-WR-CALNAME:{_text(name)}"
    yield f"REFRESH-INTERVAL;VALUE=DURATION:{FETCHED_EVERY}"
    yield f"X-PUBLISHED-TTL:{FETCHED_EVERY}"
    for day in days:
        yield from _event(day)
    yield "END:VCALENDAR"


def _event(due: DueDay) -> Iterator[str]:
    changed = due.changed_at.strftime("%Y%m%dT%H%M%SZ")
    yield "BEGIN:VEVENT"
    yield f"UID:{due.uid}"
    yield f"DTSTAMP:{changed}"
    yield f"LAST-MODIFIED:{changed}"
    yield f"SEQUENCE:{due.sequence}"
    yield f"DTSTART;VALUE=DATE:{due.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{(due.until or due.day) + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(due.words)}"
    yield "CLASS:CONFIDENTIAL"
    yield "TRANSP:TRANSPARENT"  # a due day keeps nobody from meeting somebody
    if due.remind_on is not None and due.remind_on < due.day:
        yield from _reminder(due, (due.day - due.remind_on).days)
    yield "END:VEVENT"


def _reminder(due: DueDay, days: int) -> Iterator[str]:
    """Count back from the midnight with which the day begins, where the calendar is looked at."""
    yield "BEGIN:VALARM"
    yield "ACTION:DISPLAY"
    yield f"DESCRIPTION:{_text(due.words)}"
    yield f"TRIGGER:-P{days - 1}DT{24 - REMINDS_AT_HOUR}H"
    yield "END:VALARM"


def _text(words: str) -> str:
    """Escape a text; characters that no line of a calendar may hold become blanks."""
    plain = words.replace("\r\n", "\n").replace("\r", "\n").translate(_ESCAPED)
    return "".join(letter if letter.isprintable() else " " for letter in plain)


def _folded(line: str) -> Iterator[str]:
    """Break a line after at most 75 octets, never inside a letter; what follows begins with a blank."""
    part, size = "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _LONGEST_LINE:
            yield part
            part, size = " ", 1
        part, size = part + letter, size + octets
    yield part
