"""What makes an office findable: the words of its index, its place in lists, its address."""

from collections.abc import Iterable, Mapping

from sqlalchemy import delete, insert, select, tuple_

from ombudsman_app.core.db import db
from ombudsman_app.directory.models import OfficeKind, OfficeWord
from ombudsman_app.directory.names import normalised, slug_of

# They work for more than one province, so they stand before all provinces.
NATIONAL_KINDS = (OfficeKind.HEAD_OFFICE, OfficeKind.REGIONAL_OFFICE, OfficeKind.OMBUDSMAN_HEAD_OFFICE)
_RANKS = {kind: rank for rank, kind in enumerate(OfficeKind)}


def sort_key(kind: OfficeKind, province_code: str | None, name: str) -> str:
    """Return where an office stands in lists: province, rank of its kind, name."""
    group = "00" if kind in NATIONAL_KINDS or not province_code else province_code
    return f"{group} {_RANKS[kind]:02d} {normalised(name)}"[:300]


def free_slug(name: str, taken: set[str]) -> str:
    """Return an address that no office has, and take it."""
    plain = slug_of(name)[:110]
    numbered = (f"{plain}-{number}" for number in range(2, 10_000))
    slug = plain if plain not in taken else next(slug for slug in numbered if slug not in taken)
    taken.add(slug)
    return slug


def set_words(wanted: Mapping[int, Iterable[str]]) -> set[int]:
    """Make these the words of these offices; return the ids of those that changed. 1-3 statements."""
    pairs = {(office_id, word) for office_id, words in wanted.items() for word in words}
    rows = db.session.execute(
        select(OfficeWord.office_id, OfficeWord.word).where(OfficeWord.office_id.in_(wanted))
    )
    known = set(rows)
    if gone := known - pairs:
        db.session.execute(delete(OfficeWord).where(tuple_(OfficeWord.office_id, OfficeWord.word).in_(gone)))
    if new := pairs - known:
        db.session.execute(
            insert(OfficeWord), [{"office_id": office_id, "word": word} for office_id, word in sorted(new)]
        )
    return {office_id for office_id, _ in gone | new}
