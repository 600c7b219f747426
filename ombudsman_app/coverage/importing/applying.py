"""A batch of rows becomes proposals; what they revise stays shown until another person releases them."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from flask_babel import gettext as _
from sqlalchemy import Table, select

from ombudsman_app.core.bulk import insert_rows, new_ids, update_rows
from ombudsman_app.core.db import db
from ombudsman_app.coverage.commands import columns_of
from ombudsman_app.coverage.models import CoverageFigure
from ombudsman_app.coverage.states import Flag, Standing
from ombudsman_app.imports.kinds import Change, Context, Outcome, ToApply
from ombudsman_app.imports.states import Verdict
from ombudsman_app.web.formats import day

from .checking import verdict_of
from .columns import Row
from .judging import Meaning, Meant, RowRefused
from .said import Key, known_of, made_source
from .sums import Sums

_FIGURE = cast(Table, CoverageFigure.__table__)
_SAID = (
    *("definition", "part", "as_of", "numerator", "denominator", "quoted", "quoted_places", "percent"),
    *("status", "text", "flags", "flag_reason", "province_code"),
)
_MADE = (
    *("id", "version", "level", "place_code", "place_name", "programme", "unit", "speaker", "note"),
    *("source_id", "source_place", "standing", "supersedes_id", "revision_reason", "import_id"),
    *("representative_office_id", "made_by_id", "made_at", "decision_reason", *_SAID),
)
_OF_SUMS = (str(Flag.SUM_DIFFERS), str(Flag.PARTS_DIFFER))


def apply_rows(context: Context, given: Sequence[ToApply], _records: Mapping[int, int]) -> Outcome:
    """Write a batch of proposals. ≤ 16 statements, however many rows."""
    return _Batch(context).write(given)


class _Batch:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._meaning = Meaning(context)
        self._meaning.remember_definition()
        self._source_id = made_source(context).id

    def write(self, given: Sequence[ToApply]) -> Outcome:
        rows = [(one.number, Row(*one.values)) for one in given]
        meant = self._understood(rows)
        definition = self._meaning.definition
        if definition is None:
            return Outcome({}, [])
        known = known_of(self._source_id, definition, (one.key.as_of for one in meant.values()))
        records: dict[int, int] = {}
        adding: list[tuple[int, Meant, int | None]] = []
        for number, one in sorted(meant.items()):
            judged = verdict_of(one, known.get(one.key))
            if judged.verdict in (Verdict.NEW, Verdict.CHANGE):
                adding.append((number, one, judged.record_id))
            elif judged.record_id is not None:  # somebody said so meanwhile
                records[number] = judged.record_id
        ids = new_ids(_FIGURE, len(adding))
        lines = [
            self._line(figure_id, number, one, revises)
            for figure_id, (number, one, revises) in zip(ids, adding, strict=True)
        ]
        insert_rows(_FIGURE, _MADE, lines)
        self._mark_sums({one.key for _number, one, _revises in adding})
        records |= {number: figure_id for figure_id, (number, _one, _r) in zip(ids, adding, strict=True)}
        return Outcome(records, [Change(figure_id, None, 1) for figure_id in ids])

    def _understood(self, rows: Sequence[tuple[int, Row]]) -> dict[int, Meant]:
        """Rows that were understood in the dry run are so still, but for a place that ended meanwhile."""
        found = {}
        for number, row in sorted(rows, key=lambda one: (one[1].definition is None, one[0])):
            try:
                found[number] = self._meaning.understand(row)
            except RowRefused:
                continue
        return found

    def _line(self, figure_id: int, number: int, one: Meant, revises: int | None) -> tuple[Any, ...]:
        said = columns_of(one.claim, one.checked, one.place.code, is_old=one.place.is_old)
        context = self._context
        reason = str(_("List of %(day)s: %(source)s", day=day(context.as_of), source=context.source))
        return (
            *(figure_id, 1, str(one.place.level), one.place.code, one.place.name, one.key.programme, "", ""),
            *(one.facts.note, self._source_id, str(_("row %(number)d", number=number))),
            *(str(Standing.PROPOSED), revises, reason[:500] if revises else "", context.run_id),
            *(context.office_id, context.actor.user_id, context.at, ""),
            *(_plain(said[name]) for name in _SAID),
        )

    def _mark_sums(self, touched: set[Key]) -> None:
        """Flag the proposals of this import to which their parts do not add up, as far as it is written."""
        if not touched:
            return
        sums, bears = Sums(self._meaning.places.regencies()), {}
        for one in self._of_source({key.as_of for key in touched}):
            key = Key(one.place_code, one.definition, one.part, one.programme, one.as_of)
            sums.add(one.id, key, one.numerator, one.denominator)
            if one.import_id == self._context.run_id and one.standing is Standing.PROPOSED:
                bears[one.id] = (key, list(one.flags or ()))
        odd, wholes = sums.odd(touched), sums.wholes(touched)
        changed = []
        for figure_id, (key, flags) in bears.items():
            if key not in wholes:
                continue
            now = [flag for flag in flags if flag not in _OF_SUMS] + [
                str(one) for one in odd.get(figure_id, ())
            ]
            if now != flags:
                changed.append((figure_id, now))
        update_rows(_FIGURE, ("id",), ("flags",), changed)

    def _of_source(self, days: set[Any]) -> Sequence[Any]:
        """What the source says on these days: proposals after what is released, so that they count."""
        return db.session.execute(
            select(
                CoverageFigure.id,
                CoverageFigure.place_code,
                CoverageFigure.definition,
                CoverageFigure.part,
                CoverageFigure.programme,
                CoverageFigure.as_of,
                CoverageFigure.numerator,
                CoverageFigure.denominator,
                CoverageFigure.import_id,
                CoverageFigure.standing,
                CoverageFigure.flags,
            )
            .where(
                CoverageFigure.source_id == self._source_id,
                CoverageFigure.definition == self._meaning.definition,
                CoverageFigure.as_of.in_(days),
                CoverageFigure.standing.in_((Standing.CURRENT, Standing.PROPOSED)),
            )
            .order_by(CoverageFigure.standing == Standing.PROPOSED, CoverageFigure.id)
        ).all()


def _plain(value: Any) -> Any:
    """A value of an enumeration as its word: so many rows are written."""
    return str(value) if isinstance(value, str) else value
