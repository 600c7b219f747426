"""Other rows that may be the same employer, and why. Nothing joins by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, select, union_all
from sqlalchemy.orm import aliased

from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.search import MANY, Narrowed, narrowed, near_words, one_of
from ombudsman_app.directory.models import Region
from ombudsman_app.employers.matching.compare import Decision, Verdict, compare
from ombudsman_app.employers.matching.party import FIRM, Party, hidden_number, party_of
from ombudsman_app.employers.matching.places import place_of
from ombudsman_app.employers.matching.reasons import REASON_WORDS, Reason, Why
from ombudsman_app.employers.models import Employer, EmployerWord
from ombudsman_app.employers.scope import scope

from .names import INDEX, words_of

_MOST = 8
_OF_A_NUMBER = 60
_OF_A_NAME = 60
_NEIGHBOURS = 40  # on each side in the order of the alphabet
_OF_A_WORD = 200
_WORDS = 2  # the rarest ones


@dataclass(frozen=True)
class Known:
    """By what a row is looked for; None: not known. `npwp` is that of a firm, in clear."""

    name: str
    name_key: str
    nib: str | None = None
    npwp: str | None = None
    npwp_index: str | None = None
    npp: str | None = None
    npp_division: str | None = None
    nitku: str | None = None
    region_id: int | None = None


@dataclass(frozen=True)
class Similar:
    """One row, and in words why it is shown. `is_same`: by a hard number, as far as rows can say it."""

    id: int
    name: str
    place: str
    reasons: list[str]
    score: int = 0
    is_same: bool = False


def similar_to(actor: Actor, employer: Employer) -> list[Similar]:
    """Return rows that may be the same employer. ≤ 3 statements."""
    return alike(actor, known_of(employer), but=employer.id)


def known_of(employer: Employer) -> Known:
    """Return by what a row of the register is looked for."""
    return Known(
        name=employer.name,
        name_key=employer.name_key,
        nib=employer.nib,
        npwp=employer.npwp,
        npwp_index=employer.npwp_index,
        npp=employer.npp,
        npp_division=employer.npp_division,
        nitku=employer.nitku,
        region_id=employer.region_id,
    )


def alike(actor: Actor, known: Known, *, but: int = 0) -> list[Similar]:
    """Return the rows most alike, without the one with the id `but`. ≤ 3 statements.

    Looked at are rows with one of the numbers, with the name or next to it in the alphabet, and those with
    its rarest words or a word near to one that is nobody else's; compared as lists are (`matching/`).
    """
    found = [
        _said(row, verdict)
        for row, verdict in near(actor, known, but=but)
        if verdict.decision is not Decision.NONE or _has_no_place(verdict)
    ]
    return sorted(found, key=lambda one: (not one.is_same, -one.score, one.name, one.id))[:_MOST]


def near(actor: Actor, known: Known, *, but: int = 0, also: int = 0) -> list[tuple[Any, Verdict]]:
    """Return all rows that `alike` looks at, each with what comparing says of it. ≤ 3 statements.

    `but`: the id of one that is left out; `also`: of one that is among them whatever its name.
    """
    offices = scope(actor).offices
    words = narrowed(INDEX, offices, words_of(known.name))
    spelt = near_words(INDEX, offices, words.counts[0][0]) if words.counts else []
    parts = [*_by_numbers(known, offices), *_by_name(known, offices), *_by_words(words, spelt)]
    if also:
        parts.append(select(Employer.id).where(Employer.id == also))
    each = union_all(*(select(part.subquery().c.id) for part in parts)).subquery()
    return compared(actor, known, one_of(Employer.id, select(each.c.id)), Employer.id != but)


def compared(
    actor: Actor, known: Known, *where: ColumnElement[bool], most: int | None = None
) -> list[tuple[Any, Verdict]]:
    """Return listed rows, each with what comparing it with `known` says. 1 statement.

    `most`: only so many, in the order of their names.
    """
    place = aliased(Region)
    found = (
        scope(actor)
        .employers()
        .where(*where, Employer.is_listed.is_(True))
        .with_only_columns(*_COLUMNS, place.name.label("place"), _region_name(known).label("here"))
        .outerjoin(place, place.id == Employer.region_id)
    )
    if most is not None:
        found = found.order_by(Employer.name_key, Employer.id).limit(most)
    rows = db.session.execute(found).all()
    return [(row, compare(_party(known, row.here), _party(row, row.place))) for row in rows]


def _has_no_place(verdict: Verdict) -> bool:
    """Whether names agree and nobody knows where one of the two is.

    In lists common words prove nothing then (`matching/`). A single row is looked at by a person, and a
    second row of one employer costs more than a look.
    """
    return {Why.SAME_NAME, Why.REGENCY_UNKNOWN} <= {reason.why for reason in verdict.reasons}


_COLUMNS = (
    Employer.id,
    Employer.name,
    Employer.name_key,
    Employer.nib,
    Employer.npwp,
    Employer.npwp_index,
    Employer.npp,
    Employer.npp_division,
    Employer.nitku,
)


def said_reason(reason: Reason) -> str:
    """Return one reason in the language of the page."""
    words = _(REASON_WORDS[reason.why])
    return f"{words}: {reason.one} / {reason.other}" if reason.one or reason.other else str(words)


def _region_name(known: Known) -> Any:
    return select(Region.name).where(Region.id == (known.region_id or 0)).scalar_subquery()


def _party(row: Any, place: str | None) -> Party:
    """Compare a sealed tax number by its hash."""
    return party_of(
        "",
        row.name,
        nib=row.nib,
        npwp=row.npwp or hidden_number(row.npwp_index),
        nitku=row.nitku,
        npp=row.npp,
        division=row.npp_division,
        place=place_of(place or ""),
    )


def _said(row: Any, verdict: Verdict) -> Similar:
    """Return a compared row with its reasons in the language of the page."""
    reasons = [said_reason(reason) for reason in verdict.reasons]
    is_same = verdict.decision is Decision.SAME
    return Similar(row.id, row.name, row.place or "", reasons, verdict.score, is_same)


def _some(offices: Sequence[int], *where: ColumnElement[bool], most: int) -> Select[Any]:
    return select(Employer.id).where(Employer.representative_office_id.in_(offices), *where).limit(most)


def _by_numbers(known: Known, offices: Sequence[int]) -> list[Select[Any]]:
    asked: list[ColumnElement[bool]] = []
    if known.nib:
        asked.append(Employer.nib == known.nib)
    if known.npwp:
        firm = known.npwp[:FIRM]
        asked.append(Employer.npwp.between(firm, firm + "9" * 6))
    if known.npwp_index:
        asked.append(Employer.npwp_index == known.npwp_index)
    if known.npp:
        asked.append(Employer.npp == known.npp)
    return [_some(offices, one, most=_OF_A_NUMBER) for one in asked]


def _by_name(known: Known, offices: Sequence[int]) -> list[Select[Any]]:
    """The same name, in the same place first; and the neighbours in the alphabet."""
    key, found = Employer.name_key, [_some(offices, Employer.name_key == known.name_key, most=_OF_A_NAME)]
    if known.region_id:
        here = Employer.region_id == known.region_id
        found.append(_some(offices, key == known.name_key, here, most=_OF_A_NAME))
    for office in offices:
        before = _some([office], key < known.name_key, most=_NEIGHBOURS).order_by(key.desc())
        found += [before, _some([office], key > known.name_key, most=_NEIGHBOURS).order_by(key)]
    return found


def _by_words(words: Narrowed, spelt: list[str]) -> list[Select[Any]]:
    rare = [word for word, number in words.counts if number <= MANY][:_WORDS]
    return [
        select(EmployerWord.employer_id.label("id"))
        .where(EmployerWord.representative_office_id.in_(words.scopes), EmployerWord.word == word)
        .limit(_OF_A_WORD)
        for word in (*rare, *spelt)
    ]
