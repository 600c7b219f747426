"""Employers whose name or number is asked for (`core/search.py` says what it costs)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select, union_all

from ombudsman_app.core.search import WordIndex, narrowed, near_words, one_of
from ombudsman_app.employers.models import Employer, EmployerWord
from ombudsman_app.employers.naming import normalised
from ombudsman_app.employers.tax_numbers import index_of

INDEX = WordIndex(EmployerWord.representative_office_id, EmployerWord.word, EmployerWord.employer_id)
WORD_LETTERS = 40
_WEAK = frozenset({"dan", "di", "the"})  # dropped from a search that has other words
_NUMBER_LETTERS = 8  # of the shortest number, an NPP
_MOST_OF_A_NUMBER = 500  # branches of one firm that a search for its number shows


def words_of(name: str) -> list[str]:
    """Return the words by which an employer of this name is found."""
    return list(dict.fromkeys(word[:WORD_LETTERS] for word in normalised(name).tokens))


def searched_words(text: str) -> list[str]:
    """Return the words of a search; weak ones only where there are no others."""
    words = words_of(text)
    return [word for word in words if word not in _WEAK] or words


def by_words(text: str, offices: Sequence[int]) -> ColumnElement[bool]:
    """Return the condition that a name has words that begin so, or that a number is this one.

    `offices`: of the Ombudsman, whose employers are searched. 1 statement for words, none for a number.
    Use it in any order and with any other filter:
    `scope(actor).employers().where(by_words(text, scope(actor).offices), …).order_by(…)`.
    """
    if (number := number_in(text)) is not None:
        return one_of(Employer.id, _with_number(number, offices))
    return and_(*narrowed(INDEX, offices, searched_words(text)).conditions(Employer.id))


def number_in(text: str) -> str | None:
    """Return the number that somebody looks for, without dots and blanks; None for words."""
    plain = "".join(character for character in text if character.isalnum()).upper()
    figures = sum(character.isdigit() for character in plain)
    is_number = plain.isascii() and len(plain) >= _NUMBER_LETTERS and 2 * figures > len(plain)
    return plain if is_number else None


def _with_number(number: str, offices: Sequence[int]) -> Select[Any]:
    """Return employers with this NIB, NPWP (of 15 or 16 figures), NITKU or NPP."""
    if len(number) == 22 and number.isdigit():
        number = number[:16]  # a NITKU begins with its NPWP
    asked: list[ColumnElement[bool]] = [
        Employer.nib == number,
        Employer.npp == number[:8],
        Employer.npwp == ("0" + number if len(number) == 15 else number),
        Employer.npwp_index == index_of(number),
    ]
    found = [
        select(Employer.id)
        .where(one, Employer.representative_office_id.in_(offices))
        .limit(_MOST_OF_A_NUMBER)
        .subquery()
        for one in asked
    ]
    each = union_all(*(select(one.c.id) for one in found)).subquery()
    return select(each.c.id)


@dataclass(frozen=True)
class Meant:
    """What somebody may have meant who found nothing: the words to search for, and the one put right."""

    text: str
    written: str
    meant: str


def meant_by(text: str, offices: Sequence[int]) -> list[Meant]:
    """Return other writings of a search that found nothing, the nearest first. 2 statements.

    The first word that no employer has is put right; the others stay.
    """
    if number_in(text) is not None:
        return []
    words = searched_words(text)
    missing = narrowed(INDEX, offices, words).missing
    first = next((word for word in words if word in missing), None)
    if first is None:
        return []
    near = near_words(INDEX, offices, first)
    return [
        Meant(" ".join(other if word == first else word for word in words), first, other) for other in near
    ]
