"""Numbers of employers, workers and projects: length and characters strictly, all else as a warning.

Forms: `rules/employers.yaml`, identifiers; every one may be unknown. What a sheet made a floating number of
is refused and never repaired: digits may be lost. No database, no web.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import NoReturn

from .states import RULES

NPWP15, NPWP16, DIVISION, BRANCH = 15, 16, 3, 6  # characters
HEAD_OFFICE = "000000"  # of a NITKU
NO_DIVISION = "000"  # of an NPP


class Identifier(StrEnum):
    """The kinds that are read. NPWP takes 15 and 16 digits and gives 16."""

    NPP = "npp"
    NIB = "nib"
    NPWP = "npwp"
    NITKU = "nitku"
    NIK = "nik"
    KPJ = "kpj"
    PROJECT_NO = "project_no"


class Refusal(StrEnum):
    """Why a number cannot be one of its kind (`identifier_words.py` says it)."""

    FLOAT = "float"  # 1.23E+15, 12345.0, or a cell that is a number with a fraction
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    CHARACTERS = "characters"
    NOT_TEXT = "not_text"


class Doubt(StrEnum):
    """What is odd about a number that has the right form: shown, never a reason to refuse it."""

    CHECK_DIGIT = "check_digit"  # ninth digit of the former NPWP, by Luhn over the first eight
    OTHER_NPWP = "other_npwp"  # the NITKU does not begin with the NPWP
    BIRTH_DAY = "birth_day"
    LAST_DIGITS = "last_digits"  # 0000 at the end of a NIK
    AREA = "area"  # no province has this code
    PLACEHOLDER = "placeholder"  # 1111111111111, 1234567890123: typed to fill the field
    ONE_LOST_DIGIT = "one_lost_digit"  # a whole number of a cell: zeros in front may have been dropped


class IdentifierRefused(ValueError):
    """Not of this form. `kind`, `code`, `wanted` (characters; 0 where several lengths are taken)."""

    def __init__(self, kind: Identifier, code: Refusal) -> None:
        super().__init__(f"{kind}: {code}")
        self.kind, self.code, self.wanted = kind, code, _WANTED.get(kind, 0)


@dataclass(frozen=True, slots=True)
class Read:
    """A number in its one form, or None: unknown. `tail`: division of an NPP; branch digits of a NITKU.

    `is_of_person`: it is the population number of a human being, so sealed, and shown only masked.
    """

    value: str | None
    tail: str | None = None
    doubts: tuple[Doubt, ...] = ()
    is_of_person: bool = False


UNKNOWN = Read(None)
_UNKNOWN_WORDS = frozenset({
    "-", "--", ".", "?", "x", "n/a", "na", "nihil", "kosong", "tidak", "tidak ada", "tdk ada",
    "tidak diketahui", "belum", "belum ada", "belum punya", "unknown", "none", "null",
})  # fmt: skip
_FORMS = {str(rule["id"]): re.compile(str(rule["regex"])[1:-1]) for rule in RULES.identifiers}
_WANTED = {
    Identifier.NPP: 8,
    Identifier.NIB: 13,
    Identifier.NITKU: 22,
    Identifier.NIK: 16,
    Identifier.KPJ: 11,
}
# An E alone is none: an NPP or a KPJ number may hold one.
_LOOKS_FLOAT = re.compile(r"[0-9]+[.,][0-9]+[eE][+-]?[0-9]+|[0-9]+[eE]\+[0-9]+|[0-9]+[.,]0{0,2}")
_APART = re.compile(r"[\s.\-–/]+")
_ASCII = re.compile(r"[0-9A-Z]+")
_PROVINCES = frozenset(  # Kemendagri, first two digits
    str(code)
    for first, last in ((11, 19), (21, 21), (31, 36), (51, 53), (61, 65), (71, 76), (81, 82), (91, 97))
    for code in range(first, last + 1)
)
_WOMEN = 40  # added to the day of birth


def read_identifier(kind: Identifier, given: object, *, npwp: str | None = None) -> Read:
    """Read one number as a person typed it or a sheet holds it. `npwp`: what a NITKU should begin with.

    Blanks, dots, hyphens and slashes between digits do not matter. Raises IdentifierRefused.
    """
    text = _text_of(kind, given)
    if text is None:
        return UNKNOWN
    if kind is Identifier.PROJECT_NO:
        return _read_project(text)
    plain = _APART.sub("", text).upper()
    if not plain or (plain.isdigit() and not plain.strip("0")):
        return UNKNOWN  # zeros alone are how forms say "none"
    read = _READERS.get(kind, partial(_read_plain, kind))(plain)
    if kind is Identifier.NITKU and npwp and read.value and not read.value.startswith(npwp):
        return Read(read.value, read.tail, (*read.doubts, Doubt.OTHER_NPWP), read.is_of_person)
    if isinstance(given, int):
        return Read(read.value, read.tail, (*read.doubts, Doubt.ONE_LOST_DIGIT), read.is_of_person)
    return read


def is_of_person(npwp: str | None) -> bool:
    """Return whether a tax number of 16 digits is the population number of a human being (PMK 112/2022)."""
    return bool(npwp) and len(npwp or "") == NPWP16 and not (npwp or "").startswith("0")


def is_placeholder(digits: str) -> bool:
    """Return whether a number was typed to fill a field: it proves nothing about who it belongs to."""
    return len(set(digits.strip("0"))) <= 1 or digits in ("1234567890123456"[: len(digits)], "0123456789012")


def masked(kind: Identifier, value: str) -> str:
    """Return a number as it is shown outside the case team (`privacy.md` §3)."""
    if kind is Identifier.KPJ:
        return "*" * (len(value) - 3) + value[-3:]
    if kind is Identifier.NIK or is_of_person(value) or (kind is Identifier.NITKU and value[:1] != "0"):
        return value[:4] + "*" * (len(value) - 6) + value[-2:]
    return value


def _text_of(kind: Identifier, given: object) -> str | None:
    if given is None:
        return None
    if isinstance(given, float):
        raise IdentifierRefused(kind, Refusal.FLOAT)
    if isinstance(given, bool) or not isinstance(given, str | int):
        raise IdentifierRefused(kind, Refusal.NOT_TEXT)
    text = str(given).strip().lstrip("'’`").strip()
    if not text or " ".join(text.casefold().split()) in _UNKNOWN_WORDS:
        return None
    if kind is not Identifier.PROJECT_NO and _LOOKS_FLOAT.fullmatch(text):
        raise IdentifierRefused(kind, Refusal.FLOAT)
    return text


def _check(kind: Identifier, form: str, plain: str, wanted: int) -> None:
    """Raise unless `plain` has the form of the rules: length first, since that is what people can see."""
    if not _FORMS[form].fullmatch(plain):
        if not _ASCII.fullmatch(plain) or len(plain) == wanted:
            raise IdentifierRefused(kind, Refusal.CHARACTERS)
        raise IdentifierRefused(kind, Refusal.TOO_SHORT if len(plain) < wanted else Refusal.TOO_LONG)


def _read_plain(kind: Identifier, plain: str) -> Read:
    _check(kind, str(kind), plain, _WANTED[kind])
    return Read(plain, doubts=_placeholder(plain))


def _read_npp(plain: str) -> Read:
    wanted = _WANTED[Identifier.NPP]
    body, tail = plain[:wanted], plain[wanted:]
    if tail and not (len(tail) == DIVISION and tail.isascii() and tail.isdigit()):
        _refuse_tail(plain, wanted)
    _check(Identifier.NPP, "npp", body, wanted)
    return Read(body, tail or None, _placeholder(body))


def _refuse_tail(plain: str, wanted: int) -> NoReturn:
    is_right_length = len(plain) == wanted + DIVISION or not _ASCII.fullmatch(plain)
    raise IdentifierRefused(Identifier.NPP, Refusal.CHARACTERS if is_right_length else Refusal.TOO_LONG)


def _read_npwp(plain: str) -> Read:
    if len(plain) == NPWP15:
        _check(Identifier.NPWP, "npwp15", plain, NPWP15)
        return Read("0" + plain, doubts=_firm_doubts(plain))
    _check(Identifier.NPWP, "npwp16", plain, NPWP16)
    if is_of_person(plain):
        return Read(plain, doubts=_nik_doubts(plain), is_of_person=True)
    return Read(plain, doubts=_firm_doubts(plain[1:]))


def _read_nitku(plain: str) -> Read:
    _check(Identifier.NITKU, "nitku", plain, NPWP16 + BRANCH)
    npwp = plain[:NPWP16]
    is_person = is_of_person(npwp)
    doubts = _nik_doubts(npwp) if is_person else _firm_doubts(npwp[1:])
    return Read(plain, plain[NPWP16:], doubts, is_person)


def _read_nik(plain: str) -> Read:
    _check(Identifier.NIK, "nik", plain, NPWP16)
    return Read(plain, doubts=_nik_doubts(plain), is_of_person=True)


def _read_project(text: str) -> Read:
    plain = "".join(text.split())
    if not _FORMS["project_no"].fullmatch(plain):
        code = Refusal.CHARACTERS if 4 <= len(plain) <= 40 else Refusal.TOO_SHORT
        raise IdentifierRefused(Identifier.PROJECT_NO, Refusal.TOO_LONG if len(plain) > 40 else code)
    return Read(plain)


_READERS = {
    Identifier.NPP: _read_npp,
    Identifier.NPWP: _read_npwp,
    Identifier.NITKU: _read_nitku,
    Identifier.NIK: _read_nik,
}


def _placeholder(plain: str) -> tuple[Doubt, ...]:
    return (Doubt.PLACEHOLDER,) if is_placeholder(plain) else ()


def _firm_doubts(npwp15: str) -> tuple[Doubt, ...]:
    if is_placeholder(npwp15):
        return (Doubt.PLACEHOLDER,)
    return () if _luhn_digit(npwp15[:8]) == int(npwp15[8]) else (Doubt.CHECK_DIGIT,)


def _luhn_digit(digits: str) -> int:
    """Return the digit that closes the eight before it, by Luhn's sum."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        twice = int(digit) * (2 - place % 2)
        total += twice - 9 if twice > 9 else twice
    return -total % 10


def _nik_doubts(nik: str) -> tuple[Doubt, ...]:
    doubts = []
    if nik[:2] not in _PROVINCES:
        doubts.append(Doubt.AREA)
    day, month, year = int(nik[6:8]), int(nik[8:10]), int(nik[10:12])
    day -= _WOMEN if day > _WOMEN else 0
    # the century is not in the number: 29 February stands in every fourth year of both
    if not (1 <= month <= 12 and 1 <= day <= monthrange(2000 + year, month)[1]):
        doubts.append(Doubt.BIRTH_DAY)
    if nik[12:] == "0000":
        doubts.append(Doubt.LAST_DIGITS)
    return tuple(doubts)
