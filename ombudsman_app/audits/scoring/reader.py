"""Takes foreign keys and values apart and notes all that is wrong, instead of stopping at the first."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from .exact import decimal_of, decimals_of
from .problems import Problem

E = TypeVar("E", bound=StrEnum)

ID_CHARACTERS = 32
_ID = re.compile(r"[A-Za-z][A-Za-z0-9]*(_[A-Za-z0-9]+)*", re.ASCII)  # no __: names of a form join ids by it
_SHOWN_VALUE = 60
_RESERVED = re.compile(r"\$\{|_x[0-9A-Fa-f]{4}_")  # a reference in a form, a coded character in a sheet
_LINE_ENDS = "\n\t"


def is_id(given: object) -> bool:
    return isinstance(given, str) and len(given) <= ID_CHARACTERS and _ID.fullmatch(given) is not None


def clean(text: str) -> str:
    """Bring text into the one form that is kept: NFC, one kind of line end, no blanks around it."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def is_shown(text: str) -> bool:
    """Whether no character is invisible, half of another, or turns the direction of the line."""
    return all(
        character in _LINE_ENDS or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn")
        for character in text
    )


def shown(given: object) -> str:
    """Say what was given, shortly, for a sentence."""
    text = given if isinstance(given, str) else type(given).__name__
    return text if len(text) <= _SHOWN_VALUE else text[:_SHOWN_VALUE] + "…"


class Reader:
    """One mapping at one place. What is wrong goes to the list that all readers of a document share."""

    def __init__(self, given: object, where: str, problems: list[Problem], known: Iterable[str]) -> None:
        self.where, self.problems = where, problems
        self.given: Mapping[str, Any] = {}
        if not isinstance(given, Mapping):
            self.note("not_a_mapping")
            return
        self.given = given
        names = set(known)
        for key in given:
            if key not in names:
                self.note("unknown_key", key=shown(key))

    def at(self, key: str) -> str:
        return f"{self.where}.{key}" if self.where else key

    def note(self, code: str, at: str = "", /, **values: Any) -> None:
        """Note a problem of the whole, or of what stands at a key."""
        self.problems.append(Problem(self.at(at) if at else self.where, code, values))

    def has(self, key: str) -> bool:
        return self.given.get(key) is not None

    def text(self, key: str, most: int, *, needed: bool = True) -> str:
        """Return the text, empty if there is none."""
        if not self.has(key):
            if needed:
                self.note("missing", key=key)
            return ""
        given = self.given[key]
        if not isinstance(given, str):
            self.note("not_text", key)
            return ""
        text = clean(given)
        if not is_shown(text):
            self.note("strange_characters", key)
        elif needed and not text:
            self.note("empty", key)
        elif len(text) > most:
            self.note("too_long", key, most=most)
        elif reserved := _RESERVED.search(text):
            self.note("reserved", key, value=reserved[0])
        return text

    def id(self, key: str) -> str:
        if not self.has(key):
            self.note("missing", key=key)
        elif not is_id(self.given[key]):
            self.note("bad_id", key, most=ID_CHARACTERS)
        else:
            return str(self.given[key])
        return ""

    def number(self, key: str, least: int, most: int, decimals: int) -> Decimal | None:
        """Return the number within its bounds, None if it is not there or not sound."""
        if not self.has(key):
            self.note("missing", key=key)
            return None
        number = decimal_of(self.given[key])
        if number is None:
            self.note("not_a_number", key)
        elif not least <= number <= most:
            self.note("out_of_range", key, least=least, most=most)
        elif decimals_of(number) > decimals:
            self.note("too_many_decimals", key, most=decimals)
        else:
            return number
        return None

    def whole(self, key: str, least: int, most: int) -> int | None:
        """Return a whole number that may be missing."""
        if not self.has(key):
            return None
        number = self.given[key]
        if type(number) is not int:
            self.note("not_whole", key)
        elif not least <= number <= most:
            self.note("out_of_range", key, least=least, most=most)
        else:
            return number
        return None

    def flag(self, key: str) -> bool:
        given = self.given.get(key, False)
        if type(given) is not bool:
            self.note("not_a_flag", key)
            return False
        return given

    def choice(self, key: str, words: type[E]) -> E | None:
        if not self.has(key):
            self.note("missing", key=key)
            return None
        return self.one_of(self.given[key], words, key)

    def one_of(self, given: object, words: type[E], key: str) -> E | None:
        if isinstance(given, str) and given in tuple(words):
            return words(given)
        self.note("unknown_choice", key, value=shown(given), known=", ".join(words))
        return None

    def items(self, key: str, most: int) -> list[Any]:
        """Return the list, cut where it is too long."""
        if not self.has(key):
            self.note("missing", key=key)
            return []
        given = self.given[key]
        if not isinstance(given, list | tuple):
            self.note("not_a_list", key)
            return []
        if not given:
            self.note("none_given", key)
        if len(given) > most:
            self.note("too_many", key, most=most)
        return list(given[:most])
