"""Duties of Inpres 2/2021 as a sheet: what everybody may know, so a page writes it itself."""

from collections.abc import Iterable, Sequence

from flask_babel import gettext as _

from .duty_words import ADDRESSEES, STATES, is_verified, sources_of
from .queries.duties import DutyRow


def duties_sheet(rows: Iterable[DutyRow]) -> tuple[list[str], Iterable[Sequence[str]]]:
    """Return the head and the lines, one for each duty of each Pemda."""
    head = [
        _("Code"),
        _("Pemda"),
        _("Province"),
        _("Addressed to"),
        _("Duty"),
        _("Source"),
        _("Verified"),
        _("State"),
        _("As of"),
        _("What shows it"),
        _("Address"),
        _("Reason"),
    ]
    return head, (_line(row) for row in rows)


def _line(row: DutyRow) -> list[str]:
    return [
        row.code,
        row.name,
        row.province,
        str(ADDRESSEES[row.duty.addressee]),
        row.duty.words,
        sources_of(row.duty),
        _("Verified") if is_verified(row.duty) else _("not verified"),
        str(STATES[row.state]),
        row.as_of.isoformat() if row.as_of else "",
        row.evidence,
        row.evidence_url,
        row.reason,
    ]
