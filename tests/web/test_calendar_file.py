"""The calendar file, read back by two programs that nobody here wrote."""

from datetime import UTC, date, datetime, timedelta

import icalendar
import ics
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ombudsman_app.web.calendar_file import DueDay, calendar_file

AT = datetime(2026, 11, 20, 1, 2, 3, tzinfo=UTC)
DUE = date(2026, 12, 4)
HOSTILE = [
    "a\r\nBEGIN:VEVENT\r\nSUMMARY:x",
    'a\\, b; c: "d" \\n e',
    "\u202eabc\u202c \x00 \x1b[31m",
    "👩🏽‍💼" * 60,
    "é" * 200,
    " leading and trailing ",
    "END:VCALENDAR",
    "",
]


def due(words: str, **more: object) -> DueDay:
    return DueDay(uid="a1", day=DUE, words=words, changed_at=AT, **more)  # type: ignore[arg-type]


def events(content: bytes) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


def test_a_day_is_written_as_both_readers_understand_it() -> None:
    content = calendar_file(
        "Kalender", [due("MAM-1: Jawab", sequence=3, remind_on=date(2026, 12, 2))], product="Kawal Layanan"
    )

    one = events(content)[0]
    assert (one["UID"], one["SUMMARY"], one["SEQUENCE"]) == ("a1", "MAM-1: Jawab", 3)
    assert (one.decoded("DTSTART"), one.decoded("DTEND")) == (DUE, date(2026, 12, 5))
    assert one.decoded("DTSTAMP") == one.decoded("LAST-MODIFIED") == AT
    alarm = one.walk("VALARM")[0]
    assert alarm.decoded("TRIGGER") == timedelta(hours=8) - timedelta(days=2), "at eight, two days before"
    other = next(iter(ics.Calendar(content.decode()).events))
    assert (other.uid, other.name, other.all_day, other.begin.date()) == ("a1", "MAM-1: Jawab", True, DUE)
    assert len(other.alarms) == 1


@pytest.mark.parametrize("words", HOSTILE)
def test_given_hostile_words_then_they_stay_one_text_of_one_event(words: str) -> None:
    content = calendar_file(words, [due(words), DueDay("b2", DUE, "after", AT)], product=words or "x")

    found = events(content)
    assert [one["UID"] for one in found] == ["a1", "b2"]
    assert_lines(content)
    read = str(found[0].get("SUMMARY", ""))
    plain = words.replace("\r\n", "\n")
    assert read.strip() == "".join(c if c.isprintable() or c == "\n" else " " for c in plain).strip()
    assert len(ics.Calendar(content.decode()).events) == 2


@given(st.text(max_size=300))
def test_given_any_words_then_lines_are_short_and_events_are_counted(words: str) -> None:
    words = words.encode("utf-8", "ignore").decode()  # the gate lets no lone surrogate in
    content = calendar_file("x", [due(words)] * 2, product="y")
    assert_lines(content)
    assert len(events(content)) == 2


def assert_lines(content: bytes) -> None:
    """RFC 5545 3.1: CRLF alone ends a line, which has at most 75 octets and is whole UTF-8."""
    assert content.endswith(b"\r\n")
    lines = content.split(b"\r\n")[:-1]
    for line in lines:
        assert len(line) <= 75
        assert not {10, 13} & set(line)
        line.decode()


def test_the_same_days_give_the_same_bytes_and_no_day_an_empty_calendar() -> None:
    assert calendar_file("x", [due("a")], product="y") == calendar_file("x", [due("a")], product="y")
    assert events(calendar_file("x", [], product="y")) == []
