"""How a cell of a list of employers is read: one closure for each column, repeated cells are read once."""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from ombudsman_app.core import limits
from ombudsman_app.core.clock import today
from ombudsman_app.employers.identifiers import (
    Doubt,
    Identifier,
    IdentifierRefused,
    Read,
    is_placeholder,
    read_identifier,
)
from ombudsman_app.employers.queries import PlaceChoice, places_of
from ombudsman_app.employers.sectors import section_of
from ombudsman_app.employers.states import Breach, Scale
from ombudsman_app.imports.kinds import CellRefused, Context, Notes, Reader, Remembered

_ONCE = {str(digit): digit for digit in range(10)}
# What two figures add to Luhn's total, the second one doubled.
_PAIR = {f"{one}{two}": one + two * 2 - (9 if two > 4 else 0) for one in range(10) for two in range(10)}
_SPACES = re.compile(r"\s+")
_WHOLE = re.compile(r"[0-9]{1,7}|[0-9]{1,3}(?:[.,][0-9]{3}){1,2}")
_SPAN = re.compile(r"(.+?)\s*(?:-|–|s/d|sampai|to)\s*(.+)")
_MONEY = re.compile(r"(?:rp\.?\s*)?([0-9]{1,3}(?:[.,][0-9]{3})+|[0-9]+)(?:[.,][0-9]{1,2})?", re.IGNORECASE)
_MOST_WORKERS, _MOST_WAGE = 9_999_999, 999_999_999
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?: .*)?")
_DAY = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2}|[a-z]{3,9})[-/. ]([0-9]{4})")
_SERIAL, _SERIALS = date(1899, 12, 30), (36_526, 73_050)  # days of a sheet: 2000 to 2099
_MONTHS = {
    **{
        word: number
        for number, words in enumerate(
            (
                *("januari jan january", "februari feb february", "maret mar march", "april apr", "mei may"),
                *("juni jun june", "juli jul july", "agustus agu agt aug august", "september sep sept"),
                *("oktober okt oct october", "november nov nopember nop", "desember des dec december"),
            ),
            1,
        )
        for word in words.split()
    }
}
_SCALES = {
    "besar": Scale.LARGE,
    "usaha besar": Scale.LARGE,
    "large": Scale.LARGE,
    "menengah": Scale.MEDIUM,
    "sedang": Scale.MEDIUM,
    "usaha menengah": Scale.MEDIUM,
    "medium": Scale.MEDIUM,
    "kecil": Scale.SMALL,
    "usaha kecil": Scale.SMALL,
    "small": Scale.SMALL,
    "mikro": Scale.MICRO,
    "usaha mikro": Scale.MICRO,
    "micro": Scale.MICRO,
}
_BREACHES = {
    "pwbd": Breach.PWBD,
    "perusahaan wajib belum daftar": Breach.PWBD,
    "belum daftar": Breach.PWBD,
    "pds tk": Breach.PDS_WORKERS,
    "pds tenaga kerja": Breach.PDS_WORKERS,
    "pds workers": Breach.PDS_WORKERS,
    "pds upah": Breach.PDS_WAGE,
    "pds wage": Breach.PDS_WAGE,
    "pds program": Breach.PDS_PROGRAM,
    "piutang": Breach.ARREARS,
    "piutang iuran": Breach.ARREARS,
    "menunggak": Breach.ARREARS,
    "tunggakan": Breach.ARREARS,
    "arrears": Breach.ARREARS,
    "proyek belum daftar": Breach.PROJECT_UNREGISTERED,
    "proyek": Breach.PROJECT_UNREGISTERED,
}
_COMPLIES = frozenset({"", "-", "patuh", "tidak ada", "nihil"})


def readers(context: Context) -> Mapping[str, Reader]:
    """Return the readers of one import; those of places know the office. 1 statement."""
    places = places_of([context.office_id], zone=context.actor.time_zone)
    return {
        "name": _text(limits.NAME),
        "legal_form": _once(_text(20)),
        "npp": _number(
            Identifier.NPP, lambda read: (read.value or "") + (read.tail or "") or None, _clean_npp
        ),
        "division": _once(_division),
        "nib": _number(Identifier.NIB, lambda read: read.value, _clean_nib),
        "npwp": _number(Identifier.NPWP, lambda read: read.value, _clean_npwp),
        "nitku": _number(Identifier.NITKU, lambda read: read.value, _clean_nitku),
        "sector": _once(_sector),
        "scale": _once(_word_of(_SCALES)),
        "region": _once(_region(places)),
        "address": _text(limits.ADDRESS),
        "workers": _once(_count),
        "registered": _once(_count),
        "wage": _once(_wage),
        "as_of": _once(_day(today(context.actor.time_zone))),
        "breaches": _once(_breaches),
    }


def _once(read: Reader) -> Reader:
    """Remember what cells were read as; what is refused is read again."""
    return Remembered(read)


def _plain(cell: Any) -> str:
    """Return a cell as text in one line, without what cannot be stored or seen."""
    if isinstance(cell, float):
        cell = str(int(cell)) if cell.is_integer() else str(cell)
    text = str(cell)
    if not text.isprintable():
        text = "".join(one if one.isprintable() else " " for one in text)
    return text.strip() if "  " not in text else _SPACES.sub(" ", text).strip()


def _text(most: int) -> Reader:
    def read(cell: Any, _notes: Notes) -> str | None:
        text = _plain(cell)
        if len(text) > most:
            raise CellRefused("too_long", most)
        return text or None

    return read


def _clean_npp(text: str) -> bool:
    return (
        len(text) == 8 and text.isascii() and text.isalnum() and text == text.upper() and len(set(text)) > 3
    )


def _clean_nib(text: str) -> bool:
    return len(text) == 13 and text.isascii() and text.isdigit() and len(set(text)) > 3


def _clean_npwp(text: str) -> bool:
    """Of a firm, and the check digit fits: Luhn over the eight figures before it."""
    if (
        len(text) != 16
        or text[0] != "0"
        or text[1:7] == "123456"
        or not (text.isascii() and text.isdigit() and len(set(text)) > 3)
    ):
        return False
    total = _PAIR[text[1:3]] + _PAIR[text[3:5]] + _PAIR[text[5:7]] + _PAIR[text[7:9]] + _ONCE[text[9]]
    return total % 10 == 0


def _clean_nitku(text: str) -> bool:
    return len(text) == 22 and _clean_npwp(text[:16]) and text.isascii() and text.isdigit()


def _number(kind: Identifier, take: Callable[[Read], str | None], is_clean: Callable[[str], bool]) -> Reader:
    """Nearly all cells are clean: what `read_identifier` would say of them is known at once."""
    name = str(kind)

    def read(cell: Any, notes: Notes) -> str | None:
        if type(cell) is str and is_clean(cell) and (kind is not Identifier.NIB or not is_placeholder(cell)):
            return cell
        try:
            found = read_identifier(kind, cell)
        except IdentifierRefused as refused:
            raise CellRefused("identifier", str(refused.kind), str(refused.code)) from None
        for doubt in found.doubts:
            notes.append((name, f"doubt.{doubt}"))
        return None if Doubt.PLACEHOLDER in found.doubts else take(found)

    return read


def _division(cell: Any, _notes: Notes) -> str | None:
    text = _plain(cell)
    if not text or text == "-":
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 3):
        raise CellRefused("division")
    return text.zfill(3)


def _sector(cell: Any, notes: Notes) -> str | None:
    text = _plain(cell).split(" ")[0].rstrip(".")
    if not text or text == "-":
        return None
    if section_of(text) is None:
        notes.append(("sector", "sector_unknown"))
        return None
    return text


def _folded(cell: Any) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", _plain(cell).casefold()).split())


def _word_of(words: Mapping[str, str]) -> Reader:
    def read(cell: Any, _notes: Notes) -> str | None:
        text = _folded(cell)
        if not text:
            return None
        found = words.get(text)
        if found is None:
            raise CellRefused("word")
        return str(found)

    return read


def _region(places: list[PlaceChoice]) -> Reader:
    """By code (76.02 or 7602), or by name; a name that a regency and a city share must say which."""
    by_code = {place.code.replace(".", ""): place.id for place in places}
    by_name: dict[str, set[int]] = {}
    for place in places:
        whole = _folded(place.name)
        bare = whole.removeprefix("kabupaten ").removeprefix("kota ").removeprefix("administrasi ")
        for name in {whole, bare, whole.replace("kabupaten ", "kab ")}:
            by_name.setdefault(name, set()).add(place.id)

    def read(cell: Any, _notes: Notes) -> int | None:
        text = _plain(cell)
        code = text.replace(".", "")
        if code in by_code:
            return by_code[code]
        found = by_name.get(_folded(text), set())
        if len(found) == 1:
            return next(iter(found))
        if not text:
            return None
        raise CellRefused("region_two" if found else "region_unknown")

    return read


def _count(cell: Any, _notes: Notes) -> list[int] | None:
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return [_whole(cell), _whole(cell)]
    text = _plain(cell).casefold().removesuffix("orang").strip(" ±")
    if not text or text == "-":
        return None
    if _WHOLE.fullmatch(text):
        number = _digits(text)
        return [number, number]
    span = _SPAN.fullmatch(text)
    if span is None or not (_WHOLE.fullmatch(span[1]) and _WHOLE.fullmatch(span[2])):
        raise CellRefused("negative" if text.startswith("-") else "number")
    return sorted((_digits(span[1]), _digits(span[2])))


def _digits(text: str) -> int:
    number = int(text.replace(".", "").replace(",", ""))
    if number > _MOST_WORKERS:
        raise CellRefused("too_large")
    return number


def _whole(cell: float) -> int:
    if cell < 0:
        raise CellRefused("negative")
    if cell != int(cell):
        raise CellRefused("number")
    if cell > _MOST_WORKERS:
        raise CellRefused("too_large")
    return int(cell)


def _wage(cell: Any, _notes: Notes) -> int | None:
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        if cell < 0:
            raise CellRefused("negative")
        amount = round(cell)
    else:
        text = _plain(cell)
        if not text or text == "-":
            return None
        found = _MONEY.fullmatch(text)
        if found is None:
            raise CellRefused("number")
        amount = int(re.sub(r"[.,]", "", found[1]))
    if amount > _MOST_WAGE:
        raise CellRefused("too_large")
    return amount


def _day(last: date) -> Reader:
    def read(cell: Any, _notes: Notes) -> str | None:
        if isinstance(cell, float | int) and not isinstance(cell, bool):
            if not _SERIALS[0] <= cell <= _SERIALS[1]:
                raise CellRefused("day")
            found = _SERIAL + timedelta(days=int(cell))
        else:
            text = _plain(cell).casefold()
            if not text or text == "-":
                return None
            found = _typed_day(text)
        if found > last:
            raise CellRefused("day_future")
        return found.isoformat()

    return read


def _typed_day(text: str) -> date:
    if iso := _ISO.fullmatch(text):
        year, month, day = int(iso[1]), int(iso[2]), int(iso[3])
    elif said := _DAY.fullmatch(text):
        day, year = int(said[1]), int(said[3])
        month = int(said[2]) if said[2].isdigit() else _MONTHS.get(said[2], 0)
    else:
        raise CellRefused("day")
    try:
        found = date(year, month, day)
    except ValueError:
        raise CellRefused("day") from None
    if found.year < limits.EARLIEST_YEAR:
        raise CellRefused("day")
    return found


def _breaches(cell: Any, _notes: Notes) -> list[str] | None:
    parts = [_folded(part) for part in re.split(r"[,;/+]|\bdan\b", _plain(cell).casefold())]
    wanted = [part for part in parts if part not in _COMPLIES]
    if unknown := [part for part in wanted if part not in _BREACHES]:
        raise CellRefused("breach", len(unknown))
    found = sorted({str(_BREACHES[part]) for part in wanted})
    return found or None


day_reader = _day  # of other lists, for days up to another one
text_reader = _text
plain = _plain


def month_number(word: str) -> int:
    """Return the number of a month by its name or short name in lower case; 0: it is none."""
    return _MONTHS.get(word, 0)
