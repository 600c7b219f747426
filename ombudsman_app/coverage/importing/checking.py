"""What each row of a list of figures is: new, known, a revision, or impossible."""

from collections.abc import Sequence
from typing import Any

from ombudsman_app.imports.kinds import Context, Judged, Reason
from ombudsman_app.imports.states import Verdict

from .columns import Row
from .judging import Meaning, Meant, RowRefused
from .said import Facts, Key, Known, known_of, source_of
from .sums import Sums


class FigureChecker:
    """Judges the rows of one import and remembers what it has seen in it."""

    def __init__(self, context: Context) -> None:
        """3 statements."""
        self._meaning = Meaning(context)
        source = source_of(context)
        self._source_id = source.id if source else None
        self._seen: dict[Key, tuple[int, Facts]] = {}
        self._sums = Sums(self._meaning.places.regencies())

    def judge(self, rows: Sequence[tuple[int, Sequence[Any]]]) -> list[Judged]:
        """Judge a batch. 1 statement.

        Rows that state a definition come first: the others mean that one.
        """
        typed = {number: Row(*values) for number, values in rows}
        meant: dict[int, Meant] = {}
        found: dict[int, Judged] = {}
        for number, row in sorted(typed.items(), key=lambda one: (one[1].definition is None, one[0])):
            try:
                meant[number] = self._meaning.understand(row)
            except RowRefused as refused:
                found[number] = Judged(Verdict.REJECTED, [refused.reason])
        known = self._known(meant)
        for number, one in sorted(meant.items()):
            found[number] = self._judge(number, one, known.get(one.key))
        kept = {number: one for number, one in meant.items() if found[number].verdict is not Verdict.REJECTED}
        for number, reason in self._odd_sums(kept).items():
            found[number] = found[number]._replace(reasons=[*found[number].reasons, reason])
        return [found[number] for number, _values in rows]

    def _known(self, meant: dict[int, Meant]) -> dict[Key, Known]:
        definition = self._meaning.definition
        if definition is None or not meant:
            return {}
        return known_of(self._source_id, definition, (one.key.as_of for one in meant.values()))

    def _judge(self, number: int, one: Meant, known: Known | None) -> Judged:
        before = self._seen.setdefault(one.key, (number, one.facts))
        if before[0] != number:
            code = "row_twice" if before[1] == one.facts else "row_contradicts"
            return Judged(Verdict.REJECTED, [("", code, before[0])])
        return verdict_of(one, known)

    def _odd_sums(self, kept: dict[int, Meant]) -> dict[int, Reason]:
        """Say of wholes that were read so far whether their parts add up to them."""
        for number, one in kept.items():
            self._sums.add(number, one.key, one.facts.numerator, one.facts.denominator)
        odd = self._sums.odd({one.key for one in kept.values()})
        return {number: ("numerator", str(flags[0])) for number, flags in odd.items() if number in kept}


def verdict_of(one: Meant, known: Known | None) -> Judged:
    """Say what a row is against what its source said before."""
    if known is None:
        return Judged(Verdict.NEW, one.reasons)
    for figure_id, _revises, facts in known.waiting:
        if facts == one.facts:
            return Judged(Verdict.UNCHANGED, [("", "waits_same")], record_id=figure_id)
    if known.current and known.current[1] == one.facts:
        return Judged(Verdict.UNCHANGED, [("", "same")], record_id=known.current[0])
    if known.waiting:
        return Judged(Verdict.REJECTED, [("", "why.waits")])
    if known.current is None:
        return Judged(Verdict.NEW, one.reasons)
    said = [("", "revises", *_words(known.current[1], one.facts)), *one.reasons]
    return Judged(Verdict.CHANGE, said, record_id=known.current[0])


def _words(old: Facts, new: Facts) -> tuple[str, str]:
    """The old and the new value shortly: of the percentage where both have one, else of the counts."""
    if old.quoted is not None and new.quoted is not None and old.quoted != new.quoted:
        return tuple(f"{one.quoted:.{one.quoted_places or 0}f}".replace(".", ",") for one in (old, new))  # type: ignore[return-value]
    return _counts(old), _counts(new)


def _counts(facts: Facts) -> str:
    return " / ".join("–" if one is None else str(one) for one in (facts.numerator, facts.denominator))
