"""The search port: records that hold words, or words that begin so, in bounded work on both databases.

A domain keeps a table of (record, word, office) and names its columns in a `WordIndex`; a search is a
`narrowed()` set of words (1 statement) and `Narrowed.conditions()` in whatever statement reads the records,
in an order of its own, by keyset. Words are normalised by the domain: a word is a to z and 0 to 9, or a piece
that cannot be read. A rare word, a beginning or a number costs about the same at 10,000 and at 1,000,000
records. Common words cost more, though not with the number of records: FEW bounds what is fetched and sorted,
MANY what is held together; of what more have the order of the list soon meets a page.
Why not pg_trgm and FTS5: docs/adr/0026.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz.distance import OSA
from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    SQLColumnExpression,
    Text,
    and_,
    false,
    func,
    literal,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased

from .db import db

# Records that a word has: up to FEW are fetched and sorted; of more the order of the list soon meets some, by
# a set of up to MANY. At a million records both ways cost the same at about 2,500: 6 ms on SQLite.
FEW, MANY = 2_500, 10_000
WORDS_AT_MOST = 6  # of a search; each costs one range of the index
_BEHIND_ALL = "\U0010ffff"
_NEAR_WORDS = 1_000  # different words that are looked through for one that nobody has
_SUGGESTIONS = 3
_LONG = 6  # letters from which two slips are forgiven

Held = Select[Any] | CompoundSelect[Any]  # ids of records


@dataclass(frozen=True)
class WordIndex:
    """The columns of a table of words; its index is (scope, word, record), its key (record, word)."""

    scope: InstrumentedAttribute[int]
    word: InstrumentedAttribute[str]
    record: InstrumentedAttribute[int]

    def begins(self, word: str) -> ColumnElement[bool]:
        """Return the range of words that begin so."""
        return and_(self.word >= word, self.word < word + _BEHIND_ALL)

    def longer(self, word: str) -> ColumnElement[bool]:
        """Return the range of words that begin so and go on."""
        return and_(self.word > word, self.word < word + _BEHIND_ALL)

    def aliased(self) -> "WordIndex":
        """Return the same columns for use within a search for another word of the same table."""
        words = aliased(self.word.class_)
        return WordIndex(*(getattr(words, column.key) for column in (self.scope, self.word, self.record)))


@dataclass(frozen=True)
class Narrowed:
    """Words of a search, the rarest first, each with the rows that it finds, counted to MANY + 1.

    `longer`: of a word, how many of these rows have one that only begins so.
    """

    index: WordIndex
    scopes: tuple[int, ...]
    counts: tuple[tuple[str, int], ...]
    longer: Mapping[str, int]

    @property
    def missing(self) -> list[str]:
        """The words that nothing begins with."""
        return [word for word, number in self.counts if not number]

    def conditions(self, record: SQLColumnExpression[int]) -> list[ColumnElement[bool]]:
        """Return what the id of a record must fulfil.

        A rare word hands its records over, to be fetched and sorted; of several words, those that have the
        others too. One common word gives a set in which each row of the list, read in its own order, is
        looked up until the page is full. Where all are in more records than MANY, each row of the list is
        asked for each word: alone, one in a hundred fits.
        """
        if not self.counts or self.missing:
            return [false()]
        index, (rarest, number), rest = self.index, self.counts[0], self.counts[1:]
        if number > MANY:
            return [_has(index, record, word) for word, _number in self.counts]
        whole = [word for word, _number in rest if self._is_whole(word)]
        others = [_has(index, index.record, word) for word, _number in rest if word not in whole]
        held: Held = select(index.record).where(index.scope.in_(self.scopes), index.begins(rarest), *others)
        for word in whole:
            held = _among(index, self.scopes[0], word, held, has_longer=self.longer[word] > 0)
        return [one_of(record, held) if rest or number <= FEW else _in_set(record, held)]

    def _is_whole(self, word: str) -> bool:
        """Return that nearly all who are found have the word itself, in one scope: one place of the index."""
        return len(self.scopes) == 1 and self.longer[word] <= FEW


def _among(index: WordIndex, scope: int, word: str, held: Held, *, has_longer: bool) -> Held:
    """Return those of these few records that have a word that begins so.

    They are looked up, in their order, where the records of the word stand side by side; by the key of the
    table they lie scattered. The few that have a longer word are read and looked for among them.
    """
    own = index.aliased()
    here = select(own.record).where(own.scope == scope)
    exact = here.where(own.word == word, one_of(own.record, held))
    if not has_longer:
        return exact
    return union_all(exact, here.where(own.longer(word), _in_set(own.record, held)))


def _has(index: WordIndex, record: SQLColumnExpression[int], word: str) -> ColumnElement[bool]:
    """Return that a record has a word that begins so, looked up by its key for one record after the other.

    PostgreSQL would else join the list with all records that have the word, and sort them, for one page: a
    subquery with an OFFSET stays what it is.
    """
    own = index.aliased()
    looked_up = select(literal(1)).where(own.record == record, own.begins(word))
    return (looked_up if db.engine.dialect.name == "sqlite" else looked_up.offset(0)).exists()


def one_of(record: SQLColumnExpression[int], held: Held) -> ColumnElement[bool]:
    """Return that a record is among these few, so that the database fetches them first.

    PostgreSQL would else walk an index in the order of the list and look each row up among the few.
    """
    if db.engine.dialect.name == "sqlite":
        return record.in_(held)
    return record == func.any(func.array(held.scalar_subquery()))


def _in_set(record: SQLColumnExpression[int], held: Held) -> ColumnElement[bool]:
    """Return that a record is among these, so that the database reads the list and looks each row up.

    It would else fetch them all and sort them for one page: what is compared with true can neither be a
    join nor a range of a key.
    """
    return record.in_(held).is_(True)


def narrowed(index: WordIndex, scopes: Sequence[int], words: Sequence[str]) -> Narrowed:
    """Count what each word finds in these scopes, to MANY + 1. 1 statement, none without words or scopes."""
    asked = list(dict.fromkeys(words))[:WORDS_AT_MOST]
    if not asked or not scopes:
        return Narrowed(index, tuple(scopes), (), {})
    parts = [(word, is_longer) for word in asked for is_longer in (False, True)]
    counted = union_all(*(_counted(index, scopes, place, *part) for place, part in enumerate(parts)))
    found = {parts[row.place]: int(row.number) for row in db.session.execute(counted)}
    longer = {word: found[word, True] for word in asked}
    numbers = [(word, min(found[word, False] + longer[word], MANY + 1)) for word in asked]
    return Narrowed(index, tuple(scopes), tuple(sorted(numbers, key=lambda one: (one[1], one[0]))), longer)


def _counted(
    index: WordIndex, scopes: Sequence[int], place: int, word: str, is_longer: bool
) -> Select[int, int]:
    """Count the rows of the word itself, or of those that only begin so."""
    asked = index.longer(word) if is_longer else index.word == word
    few = select(literal(1)).where(index.scope.in_(scopes), asked).limit(MANY + 1).subquery()
    return select(literal(place).label("place"), func.count().label("number")).select_from(few)


def near_words(index: WordIndex, scopes: Sequence[int], word: str) -> list[str]:
    """Return the words that somebody may have meant, the nearest first. 1 statement.

    Looked through are the words that begin with the same two letters, with these swapped, or without the
    second: each different word once, by jumps in the index, however many records have it.
    """
    if len(word) < 3 or not scopes:
        return []
    beginnings = list(dict.fromkeys((word[:2], word[1] + word[0], word[0] + word[2])))
    jumps = [_jumps(index, scope, start) for scope in scopes for start in beginnings]
    seen = set(db.session.scalars(union_all(*jumps)))
    most = 2 if len(word) >= _LONG else 1
    ranked = sorted((OSA.distance(word, other, score_cutoff=most), other) for other in seen)
    return [other for distance, other in ranked if 0 < distance <= most][:_SUGGESTIONS]


def _jumps(index: WordIndex, scope: int, start: str) -> Select[Any]:
    """Return the different words of one range: each jump finds the first word behind the last one."""
    here = and_(index.scope == scope, index.begins(start))
    first = select(index.word.label("word")).where(here).order_by(index.word).limit(1).subquery()
    jump = select(type_coerce(first.c.word, Text).label("word")).cte(recursive=True)
    following = (
        select(index.word)
        .where(here, index.word > jump.c.word)
        .order_by(index.word)
        .limit(1)
        .scalar_subquery()
    )
    jump = jump.union_all(select(following).where(jump.c.word.is_not(None)))
    some = select(jump.c.word).where(jump.c.word.is_not(None)).limit(_NEAR_WORDS)
    return select(some.subquery().c.word)
