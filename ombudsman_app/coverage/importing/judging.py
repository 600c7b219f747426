"""What each row of a list of figures means: its place, claim and check. For dry run and writing alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.coverage.checks import Checked, Claim, check
from ombudsman_app.coverage.errors import FigureRefused
from ombudsman_app.coverage.models import CoverageFigure
from ombudsman_app.coverage.states import Definition, Flag
from ombudsman_app.imports.heads import plain as folded
from ombudsman_app.imports.kinds import Context, Reason
from ombudsman_app.imports.models import ImportRow, ImportRun

from .columns import Row
from .measures import definition_of_heads
from .places import Place, PlaceRefused, Places
from .said import Facts, Key, claim_of, facts_of

_COLUMN_OF = {"place": "code"}  # fields of a form that our columns call otherwise
_ODD = {Flag.ABOVE_100: "percent", Flag.DIFFERS: "percent", Flag.ROUNDED: "percent"}


class RowRefused(Exception):
    """A row cannot be a figure. `reason` as of a row."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason[1])
        self.reason = reason


@dataclass(frozen=True)
class Meant:
    """One row understood."""

    key: Key
    place: Place
    claim: Claim
    checked: Checked
    facts: Facts
    reasons: Sequence[Reason]


class Meaning:
    """Understands the rows of one import. Its definition: of the heads, else of the first that says it."""

    def __init__(self, context: Context) -> None:
        """2 statements."""
        self._context, self.places = context, Places()
        self._today = today(context.actor.time_zone)
        self.definition = _definition_of_heads(context.run_id)

    def remember_definition(self) -> None:
        """Take the definition of rows of this import that are figures by now. 1 statement."""
        if self.definition is None:
            self.definition = db.session.scalar(
                select(CoverageFigure.definition)
                .join(ImportRow, ImportRow.record_id == CoverageFigure.id)
                .where(ImportRow.run_id == self._context.run_id)
                .limit(1)
            )

    def understand(self, row: Row) -> Meant:
        """Say what a row means. Raises RowRefused."""
        definition = Definition(row.definition) if row.definition else self.definition
        if definition is None:
            raise RowRefused(("definition", "definition_missing"))
        if self.definition is not None and definition is not self.definition:
            raise RowRefused(("definition", "definition_other"))
        try:
            place, odd = self.places.of(row.code, row.name)
        except PlaceRefused as refused:
            raise RowRefused(refused.reason) from None
        claim = claim_of(row, definition, self._context)
        try:
            checked = check(claim, published=None, today=self._today)
        except FigureRefused as refused:
            field = str(refused.details["field"])
            raise RowRefused((_COLUMN_OF.get(field, field), f"why.{refused.details['why']}")) from None
        self.definition = self.definition or definition
        as_of = claim.as_of or self._context.as_of
        key = Key(place.code, definition, claim.part, row.programme or "", as_of)
        reasons = [*odd, *_odd_percent(checked)]
        return Meant(key, place, claim, checked, facts_of(row), reasons)


def _odd_percent(checked: Checked) -> list[Reason]:
    """What the check remarked. Of two percentages that part, both are named."""
    found: list[Reason] = []
    for flag in checked.flags:
        if flag in (Flag.DIFFERS, Flag.ROUNDED) and checked.percent is not None:
            shown = checked.percent.quantize(Decimal("0.01"))
            found.append(("percent", str(flag), str(shown).replace(".", ",")))
        elif flag in _ODD:
            found.append((_ODD[flag], str(flag)))
    return found


def _definition_of_heads(run_id: int) -> Definition | None:
    found = db.session.execute(
        select(ImportRun.heads, ImportRun.mapping).where(ImportRun.id == run_id)
    ).one_or_none()
    if found is None:
        return None
    heads, mapping = found[0] or [], found[1] or {}
    taken = [int(place) for place in mapping]
    return definition_of_heads(folded(heads[place]) for place in taken if place < len(heads))
