"""The register of local rules as a sheet: what everybody may read, so a page writes it itself."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from flask_babel import gettext as _

from .local_rule_words import ANSWERS, ASKED, KINDS, STATES, VERIFICATIONS
from .local_rules import QUESTIONS
from .queries.local_rule_list import RuleRow

SHEET_ROWS = 5_000  # that a page writes at once; more by province


def rules_sheet(rows: Iterable[RuleRow]) -> tuple[list[str], Iterable[Sequence[str]]]:
    """Return the head and the lines, one for each rule; a last line says where there are more."""
    head = [
        _("Province"),
        _("Place"),
        _("Kind of rule"),
        _("Number"),
        _("Year"),
        _("Year as the source has it"),
        _("Title"),
        _("Village"),
        _("State"),
        _("JDIH"),
        _("Address of the JDIH page"),
        *(str(ASKED[name]) for name in QUESTIONS),
        _("Note"),
    ]
    return head, _lines(iter(rows))


def _lines(rows: Iterator[RuleRow]) -> Iterator[Sequence[str]]:
    yield from (_line(row) for row in islice(rows, SHEET_ROWS))
    if next(rows, None) is not None:
        yield [_("There are more rules than this sheet takes. Choose a province, then save it again.")]


def _line(row: RuleRow) -> list[str]:
    return [
        row.province,
        row.place,
        str(KINDS[row.kind]),
        row.number or "",
        str(row.year or ""),
        row.year_in_source,
        row.title,
        row.village,
        str(STATES[row.status]),
        str(VERIFICATIONS[row.verification]),
        row.jdih_url,
        *(str(ANSWERS[row.answers[name]]) for name in QUESTIONS),
        row.note,
    ]
