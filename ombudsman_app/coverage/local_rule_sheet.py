"""The register of local rules as a sheet: what everybody may read, so a page writes it itself."""

from collections.abc import Iterable, Sequence

from flask_babel import gettext as _

from .local_rule_words import ANSWERS, ASKED, KINDS, STATES, VERIFICATIONS
from .local_rules import QUESTIONS
from .queries.local_rule_list import RuleRow


def rules_sheet(rows: Iterable[RuleRow]) -> tuple[list[str], Iterable[Sequence[str]]]:
    """Return the head and the lines, one for each rule."""
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
    return head, (_line(row) for row in rows)


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
