"""How a cell of a list of figures is read: counts, percentages with their decimals, codes, days, words."""

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from ombudsman_app.core.clock import today
from ombudsman_app.coverage.checks import BOUNDS, places_of
from ombudsman_app.coverage.measure_codes import PROGRAMMES
from ombudsman_app.employers.importing.cells import day_reader, month_number, plain, text_reader
from ombudsman_app.imports.heads import plain as folded
from ombudsman_app.imports.kinds import CellRefused, Context, Notes, Reader, Remembered

from .measures import DEFINITIONS, PARTS

_NOTHING = ("", "-", "–", "n/a", "na", "nihil")
_COUNT = re.compile(r"[0-9]{1,12}|[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,3}(?:,[0-9]{3})+")
_DOTTED = re.compile(r"[0-9]{1,3}\.(?:[0-9]{1,2}|[0-9]{4})")
_COMMA = re.compile(r"[0-9]{1,9}(?:,[0-9]{1,4})?")
_MONTH = re.compile(r"(?:bulan )?([a-z]{3,9})[-/. ]+([0-9]{4})")
_MONTH_FIRST = re.compile(r"([0-9]{1,2})[-/]([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})")
_CODE = re.compile(r"([0-9]{2})(?:\.?([0-9]{2}))?")
_CUT = re.compile(r"([0-9]{2})\.([0-9])")
_MOST_DECIMALS = 4


def readers(context: Context) -> Mapping[str, Reader]:
    """Return the readers of one import. No statement."""
    return {
        "code": Remembered(_code),
        "name": Remembered(text_reader(120)),
        "definition": Remembered(_word(DEFINITIONS, "definition_unknown")),
        "part": Remembered(_word(PARTS, "part_unknown")),
        "programme": Remembered(_programme),
        "as_of": Remembered(_day(today(context.actor.time_zone))),
        "numerator": read_count,
        "denominator": read_count,
        "percent": read_percent,
        "note": Remembered(text_reader(900)),
        "reason": Remembered(text_reader(500)),
    }


def _code(cell: Any, _notes: Notes) -> str | None:
    """Read 53.15, 5315, 53 and ID. A number 53.1 was 53.10 before a sheet cut it: so it is marked."""
    text = plain(cell).upper()
    if text.casefold() in _NOTHING:
        return None
    if text in ("ID", "0", "00"):
        return "ID"
    if found := _CODE.fullmatch(text):
        return ".".join(part for part in found.groups() if part)
    if cut := _CUT.fullmatch(text):
        return f"{cut[1]}.{cut[2]}0?"
    raise CellRefused("code")


def _word(words: Mapping[str, str], unknown: str) -> Reader:
    def read(cell: Any, _notes: Notes) -> str | None:
        text = folded(plain(cell))
        if not text:
            return None
        if text not in words:
            raise CellRefused(unknown)
        return str(words[text])

    return read


def _programme(cell: Any, _notes: Notes) -> str | None:
    text = plain(cell).upper()
    if text.casefold() in _NOTHING:
        return None
    if text not in PROGRAMMES:
        raise CellRefused("programme")
    return text


def _day(last: date) -> Reader:
    """A day, or a month in words or figures: then its last day."""
    typed = day_reader(last)

    def read(cell: Any, notes: Notes) -> str | None:
        text = plain(cell).casefold()
        month = None if isinstance(cell, float | int) else _month(text)
        if month is None:
            return None if text in _NOTHING else typed(cell, notes)
        if month > last:
            raise CellRefused("day_future")
        notes.append(("as_of", "month_end"))
        return month.isoformat()

    return read


def _month(text: str) -> date | None:
    if said := _MONTH.fullmatch(text):
        year, month = int(said[2]), month_number(said[1])
    elif said := _MONTH_FIRST.fullmatch(text):
        year, month = int(said[2]), int(said[1])
    elif said := _YEAR_FIRST.fullmatch(text):
        year, month = int(said[1]), int(said[2])
    else:
        return None
    if not 1 <= month <= 12 or year < 1900:
        raise CellRefused("day")
    return date(year, month, monthrange(year, month)[1])


def read_count(cell: Any, _notes: Notes) -> int | None:
    """Read a number of persons; None for nothing. Raises CellRefused."""
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        if cell != int(cell):
            raise CellRefused("people_fraction")
        return _people(int(cell))
    text = plain(cell).casefold().removesuffix("orang").removesuffix("jiwa").strip()
    if text in _NOTHING:
        return None
    if not _COUNT.fullmatch(text):
        raise CellRefused("negative" if text.startswith("-") else "number")
    return _people(int(re.sub(r"[.,]", "", text)))


def _people(number: int) -> int:
    if number < 0:
        raise CellRefused("negative")
    if number > BOUNDS.most_people:
        raise CellRefused("too_large")
    return number


def read_percent(cell: Any, notes: Notes) -> str | None:
    """Keep the decimals that the source has a right to; what may be a share of one is not guessed.

    None for nothing. Raises CellRefused.
    """
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        number = Decimal(repr(cell)) if isinstance(cell, float) else Decimal(cell)
        if 0 < abs(number) < 1:
            raise CellRefused("share_of_one")
        number = number.quantize(Decimal(1)) if number == number.to_integral_value() else number
        if places_of(number) > _MOST_DECIMALS:
            number = number.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
            notes.append(("percent", "cut_decimals"))
    else:
        text = plain(cell).casefold()
        if text in _NOTHING:
            return None
        number = _typed_percent(text, notes)
    return _possible(number)


def _typed_percent(text: str, notes: Notes) -> Decimal:
    bare = text.removesuffix("persen").removesuffix("%").strip()
    if _DOTTED.fullmatch(bare):
        notes.append(("percent", "dot_for_comma"))
        bare = bare.replace(".", ",")
    if not _COMMA.fullmatch(bare):
        raise CellRefused("negative" if bare.startswith("-") else "percent")
    number = Decimal(bare.replace(",", "."))
    if 0 < number < 1 and bare == text:
        raise CellRefused("share_of_one")
    return number


def _possible(number: Decimal) -> str:
    if number < 0:
        raise CellRefused("negative")
    if number > BOUNDS.refused_above_percent:
        whole = str(int(number))
        guess = f"{whole[:2]},{whole[2:4]}" if len(whole) > 2 else ""  # 3373 → 33,73
        raise CellRefused("percent_impossible", guess)
    return f"{number:f}"
