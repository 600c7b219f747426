"""How dates, numbers and money look: `20 November 2026`, `1.234,56`, `Rp37.977.600`, `14.05 WITA`."""

import re
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_compact_decimal, format_decimal
from flask import Flask
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from .spelling import spell_out

ZONE_LETTERS = {
    "Asia/Jakarta": "WIB",
    "Asia/Pontianak": "WIB",
    "Asia/Makassar": "WITA",
    "Asia/Jayapura": "WIT",
}
_NUMBERS = re.compile(r"(\S+/\S+/\S+)")  # 0012/LM/XI/2026/MAM
_WHOLE_LETTERS = 40  # what is longer may go over two lines
_HUNDREDTH = Decimal("0.01")
_THOUSAND, _MILLION = 1_000, 1_000_000
_EMPTY_LINES = re.compile(r"\n\s*\n")


def _locale() -> str:
    locale = get_locale()
    return locale.language if locale else "id"


@lru_cache(maxsize=2_000)  # a list says few days many times; Babel needs 10 µs for each
def _day(value: date, pattern: str, locale: str) -> str:
    return format_date(value, pattern, locale=locale)


def day(value: date) -> str:
    """20 November 2026."""
    return _day(value, "d MMMM yyyy", _locale())


def day_with_weekday(value: date) -> str:
    """Jumat, 20 November 2026."""
    return _day(value, "EEEE, d MMMM yyyy", _locale())


def day_in_words(value: date) -> str:
    """Kamis tanggal dua puluh enam bulan November tahun dua ribu dua puluh enam: as minutes begin."""
    if _locale() != "id":
        return day_with_weekday(value)
    weekday, month = _day(value, "EEEE", "id"), _day(value, "MMMM", "id")
    return f"{weekday} tanggal {spell_out(value.day)} bulan {month} tahun {spell_out(value.year)}"


def day_short(value: date) -> str:
    """20 Nov 2026."""
    return _day(value, "d MMM yyyy", _locale())


def day_brief(value: date) -> str:
    """20 Nov: a day beside others of the same year, in a picture."""
    return _day(value, "d MMM", _locale())


def month_short(value: date) -> str:
    """Nov 2026: a round among others, in a picture."""
    return _day(value, "MMM yyyy", _locale())


def month_long(value: date) -> str:
    """November 2026: a month of which something is told in a sentence."""
    return _day(value, "MMMM yyyy", _locale())


def clock_time(value: datetime, zone: str) -> str:
    """14.05 WITA."""
    local = value.astimezone(ZoneInfo(zone))
    return f"{local:%H.%M} {ZONE_LETTERS.get(zone, zone)}"  # both languages write it so


def local_hour(value: datetime, zone: str) -> int:
    """Return the hour of the day there, 0 to 23."""
    return value.astimezone(ZoneInfo(zone)).hour


def local_day(value: datetime, zone: str) -> date:
    """Return the day of an instant there."""
    return value.astimezone(ZoneInfo(zone)).date()


def instant(value: datetime, zone: str) -> str:
    """20 November 2026, 14.05 WITA: an instant in the zone of the office."""
    return f"{day(value.astimezone(ZoneInfo(zone)).date())}, {clock_time(value, zone)}"


def number(value: int | Decimal) -> str:
    """1.234,56."""
    return _number(value, _locale())


@lru_cache(maxsize=2_000)  # as `_day`: a picture says the same few numbers again and again
def _number(value: int | Decimal, locale: str) -> str:
    return format_decimal(value, locale=locale)


def exactly(value: Decimal) -> str:
    """33,70 or 34: a figure with as many decimals as it was given with."""
    decimals = max(-int(value.as_tuple().exponent), 0) if value.is_finite() else 0
    return format_decimal(value, "#,##0" + ("." + "0" * decimals if decimals else ""), locale=_locale())


def brief(value: int | Decimal) -> str:
    """34, 39 rb, 1,8 jt: a figure where there is room for few letters."""
    exact = Decimal(value)
    if abs(exact) < _THOUSAND:
        return number(exact.quantize(Decimal(1), ROUND_HALF_UP))
    return format_compact_decimal(exact, fraction_digits=1 if abs(exact) >= _MILLION else 0, locale=_locale())


def percent(value: float) -> str:
    """38%: a share in whole hundredths."""
    return f"{number(round(value))}%"


def score(value: Decimal) -> str:
    """75,69: a score, always with two decimals, half up as scores are rounded."""
    return format_decimal(value.quantize(_HUNDREDTH, ROUND_HALF_UP), "#,##0.00", locale=_locale())


def rupiah(value: int | Decimal) -> str:
    """Rp37.977.600: whole rupiah, Indonesian form in both languages."""
    return "Rp" + format_decimal(value, "#,##0", locale="id")


def up_to(count: int, most: int = 1_000) -> str:
    """Say counts that stop counting: 'more than 1,000'."""
    return str(_("more than %(number)s", number=number(most))) if count > most else number(count)


def up_to_short(count: int, most: int = 1_000) -> str:
    """1.000+: the same where there is little room."""
    return f"{number(most)}+" if count > most else number(count)


def days_left(days: int) -> str:
    """Say in words how far a last day is: today, 3 days left, 2 days late."""
    if days == 0:
        return str(_("last day today"))
    if days < 0:
        return str(ngettext("%(num)d day late", "%(num)d days late", -days))
    return str(ngettext("%(num)d day left", "%(num)d days left", days))


def elapsed(span: timedelta) -> str:
    """Whole days and hours in words."""
    if span.days:
        return str(ngettext("%(num)d day", "%(num)d days", span.days))
    return str(ngettext("%(num)d hour", "%(num)d hours", span.seconds // 3600))


def in_words(value: int) -> str:
    """30 (tiga puluh): a number that nobody shall change. Indonesian only, elsewhere the bare number."""
    return f"{number(value)} ({spell_out(value)})" if _locale() == "id" else number(value)


def paragraphs(text: str) -> list[list[str]]:
    """Return what somebody typed as paragraphs of lines; empty lines part them."""
    pieces = _EMPTY_LINES.split("\n".join(text.strip().splitlines()))
    return [[line.strip() for line in piece.splitlines()] for piece in pieces if piece.strip()]


def parted_by_numbers(text: str) -> list[tuple[str, bool]]:
    """Return the pieces of a text, and of each whether it is a number of a record, which no line ends in."""
    pieces = _NUMBERS.split(text)
    return [(piece, at % 2 == 1 and len(piece) <= _WHOLE_LETTERS) for at, piece in enumerate(pieces) if piece]


def initials(name: str) -> str:
    """SW for Sari Wulandari: the first letters of the first and the last word, for a picture of a person."""
    words = name.split()
    return "".join(word[0].upper() for word in (words[:1] + words[1:][-1:]))


def init_formats(app: Flask) -> None:
    """Offer all of them to templates as filters."""
    for function in (
        day,
        day_with_weekday,
        day_in_words,
        day_short,
        day_brief,
        month_short,
        clock_time,
        instant,
        local_day,
        number,
        exactly,
        brief,
        percent,
        score,
        rupiah,
        up_to,
        up_to_short,
        days_left,
        elapsed,
        in_words,
        paragraphs,
        parted_by_numbers,
        spell_out,
        initials,
    ):
        app.jinja_env.filters[function.__name__] = function
