"""Nothing that goes to a respondent says who reports: what an officer wrote is compared with what is sealed.

The machine compares, and says in which part something stands, never what: nobody reads the identity by it.
Each comparison stands on the trail. Rules: UU 37/2008 Pasal 24(2), `domain/privacy.md` §2 and §3.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from itertools import pairwise

from ombudsman_app.complaints.models import Complaint, ReporterIdentity
from ombudsman_app.complaints.policies import ASK_RESPONDENT
from ombudsman_app.core.changing import demand
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.sealing import SealBroken
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record

from .moving import locked_case

OPEN = "open"  # the only level at which the name itself may be told (privacy.md §2)
_REACHED_BY = ("phone", "email", "address", "birth_date")  # tell nobody, at any level
_LEAST_DIGITS, _NIK_DIGITS = 7, 16
_WHOLE_NIK = re.compile(rf"(?<!\d)\d{{{_NIK_DIGITS}}}(?!\d)")  # also where another number follows it
_LEAST_LETTERS = 3  # of one word of a name that stands alone
_NO_NAMES = frozenset({"pelapor", "terlapor", "demo"})  # words of every such letter
_NUMBER = re.compile(r"\d(?:[\s.\-()/]*\d)*")
_BROKEN = re.compile(r"-[^\S\n]*\n\s*")  # a word parted at the end of a line
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


@command
def parts_that_name_reporter(case: Complaint, texts: Mapping[str, str], *, actor: Actor) -> list[str]:
    """Return the names of those parts of a letter in which the reporter can be recognised; see `naming`.

    Raises NotAllowed: who may not let such a letter go cannot ask. 4 statements.
    """
    held = locked_case(case)
    demand(ASK_RESPONDENT, actor, held)
    return compared(held, texts, actor=actor)


def compared(held: Complaint, texts: Mapping[str, str], *, actor: Actor) -> list[str]:
    """The same inside the command of an act, of a locked case. A destroyed identity is in no text."""
    identity = db.session.get(ReporterIdentity, held.reporter_id) if held.reporter_id else None
    names = ("full_name", *_REACHED_BY) if held.confidentiality != OPEN else _REACHED_BY
    try:
        told = identity.opened_fields(*names) if identity else {}
    except SealBroken:
        told = {}
    found = [part for part, text in texts.items() if naming(text, told, known=(held.office.name,))]
    record(
        Event.COMPLAINTS_IDENTITY_COMPARED,
        "complaint",
        held.id,
        actor=actor,
        changes={"fields": sorted(told), "parts": sorted(texts), "found_in": sorted(found)},
    )
    return found


def naming(text: str, told: Mapping[str, str], *, known: Iterable[str] = ()) -> bool:
    """Return whether a text gives away a person: by name, by how they are reached, or by a NIK.

    Upper and lower case, accents, blanks, signs that nobody sees, wide letters and the marks between digits
    make no difference. Of a name the whole, two words that follow each other, and one word alone where it is
    written like a name; words that stand in `known`, such as the place of the office, are nobody's. Any
    number of 16 digits counts as a NIK.
    """
    return any(_is_told(read, told, known) for read in (_as_seen(text, ""), _as_seen(text, " ")))


def _as_seen(text: str, unseen: str) -> str:
    """Return a text as an eye reads it; `unseen` stands for signs without width and for broken lines."""
    plain = unicodedata.normalize("NFKC", text).replace("_", " ")
    kinds = ((sign, unicodedata.category(sign)) for sign in plain)
    seen = "".join(unseen if kind == "Cf" else "-" if kind == "Pd" else sign for sign, kind in kinds)
    return _BROKEN.sub(unseen, seen)


def _is_told(text: str, told: Mapping[str, str], known: Iterable[str]) -> bool:
    numbers = ["".join(filter(str.isdigit, found)) for found in _NUMBER.findall(text)]
    if _WHOLE_NIK.search(text) or any(len(number) == _NIK_DIGITS for number in numbers):
        return True
    words = _words(text)
    flat = f" {' '.join(words)} "
    return (
        _names(told.get("full_name", ""), text, flat, known)
        or _is_phone(told.get("phone", ""), numbers)
        or _is_mail(told.get("email", ""), text)
        or any(f" {' '.join(_words(part))} " in flat for part in _places(told.get("address", "")))
        or _is_birthday(told.get("birth_date", ""), text)
    )


def _plain(text: str) -> str:
    parted = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parted if not unicodedata.combining(letter))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", _plain(text))


def _names(name: str, text: str, flat: str, known: Iterable[str]) -> bool:
    own = [word for word in _words(name) if len(word) > 1]
    if not own:
        return False
    if len(own) == 1:
        return f" {own[0]} " in flat
    if any(f" {first} {second} " in flat for first, second in pairwise(own)):
        return True
    nobodys = _NO_NAMES.union(*(_words(words) for words in known))
    alone = {word for word in own if len(word) >= _LEAST_LETTERS} - nobodys
    written = {_plain(word) for word in _WORD.findall(text) if word[0].isupper()}
    return bool(alone & written)


def _is_phone(phone: str, numbers: list[str]) -> bool:
    digits = "".join(filter(str.isdigit, phone))
    own = digits.removeprefix("62").lstrip("0")
    return len(own) >= _LEAST_DIGITS and any(own in number for number in numbers)


def _is_mail(email: str, text: str) -> bool:
    own, written = ("".join(_plain(_as_seen(one, "")).split()) for one in (email, text))
    return bool(own) and own in written


def _places(address: str) -> list[str]:
    """Return what in an address leads to a door: the whole, its first part, parts with a number."""
    parts = [part.strip() for part in re.split(r"[,;\n]", address) if part.strip()]
    near = [part for place, part in enumerate(parts) if place == 0 or any(map(str.isdigit, part))]
    return [part for part in (address, *near) if len(_words(part)) > 1]


def _is_birthday(day: str, text: str) -> bool:
    """Written in digits, in either order, with or without zeros in front."""
    parts = day.split("-")
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        return False
    year, month, number = (f"0*{int(part)}" for part in parts)
    mark = r"[\s.\-()/]+"
    ways = [mark.join(way) for way in ((year, month, number), (number, month, year))]
    ways += ["".join(parts), "".join(reversed(parts))]
    return re.search(rf"(?<!\d)(?:{'|'.join(ways)})(?!\d)", text) is not None
