"""The register as a sheet: which columns, what they mean, and one row of each finding."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from ombudsman_app.findings.models import NO_DUE_DAY, RegisterExport
from ombudsman_app.findings.queries import RegisterFilter, RegisterRow
from ombudsman_app.findings.states import FindingState, measure_of
from ombudsman_app.web.export import About, Column
from ombudsman_app.web.formats import instant

from .register import band_words, register_boxes
from .words import finding_origin, finding_state, measure_label


def sheet_columns() -> list[Column]:
    """Return the columns in the language of whoever asked."""
    return [
        Column(_("Number of the finding"), "text", 22, _("Given when it is sent; empty for a draft.")),
        Column(_("Record"), "number", 9, _("Number of the row in the database; it never changes.")),
        Column(_("Office"), "text", 36, _("The office under watch that must answer.")),
        Column(_("Kind"), "text", 22, _("What the finding carries; it follows from where it comes from.")),
        Column(_("Comes from"), "text", 24, _("What the finding was made of.")),
        Column(_("Stage"), "text", 18, _("Where it stood at the time of the sheet.")),
        Column(_("The finding in one line"), "text", 60, _("As its author wrote it.")),
        Column(_("Sent on"), "day", 12, _("The legal day on which it went out first.")),
        Column(_("Receipt proven"), "text", 12, _("Yes once it was opened or its letter arrived.")),
        Column(_("Last day"), "day", 12, _("The last day to answer; empty where no time runs.")),
        Column(
            _("Days late"),
            "number",
            10,
            _("Calendar days after the last day while the office has not answered; 0 is not late."),
        ),
        Column(_("Done on"), "day", 12, _("The day on which nothing was left to do.")),
    ]


def sheet_row(row: RegisterRow) -> Sequence[Any]:
    """Return the cells of one finding, in the order of the columns."""
    is_running = row.days_left is not None
    is_sent = row.state is not FindingState.DRAFT
    return (
        row.reference or None,
        row.id,
        row.office_name,
        measure_label(measure_of(row.origin)),
        finding_origin(row.origin),
        finding_state(row.state),
        row.summary,
        row.sent_on,
        (_("Yes") if row.is_received else _("No")) if is_sent else None,
        row.next_due_on if row.next_due_on != NO_DUE_DAY else None,
        max(0, -row.days_left) if is_running and row.days_left is not None else None,
        row.done_on,
    )


def sheet_about(
    export: RegisterExport, chosen: RegisterFilter, *, asker: str, office: str, as_of: datetime, zone: str
) -> About:
    """Say whose sheet it is, why, as of when and of what."""
    mark = _(
        "For %(name)s alone, request %(number)s, %(instant)s", name=asker, number=export.id,
        instant=instant(as_of, zone),
    )  # fmt: skip
    lines = [(_("Reason"), export.reason), (_("Filters"), filter_words(chosen, office))]
    return About(_("Findings"), mark, as_of, zone, lines)


def filter_words(chosen: RegisterFilter, office: str) -> str:
    """Say in one line which findings are meant."""
    return "; ".join(_said(chosen, office)) or str(_("All open findings of your offices"))


def _said(chosen: RegisterFilter, office: str) -> Iterator[str]:
    if chosen.is_done:
        yield str(_("Done"))
    if chosen.office:
        yield office or chosen.office
    if chosen.text:
        yield f"“{chosen.text}”"
    for box in register_boxes(chosen):
        words: Mapping[str, str] = dict(box.options)
        if box.chosen and box.name != "late":
            yield f"{box.label}: {words[box.chosen]}"
    if chosen.late is not None:
        yield band_words()[chosen.late]
    if chosen.is_overdue:
        yield str(_("Only overdue"))
    if chosen.is_time_asked:
        yield str(_("More time waits for an answer"))
    if chosen.is_mine:
        yield str(_("Written by me"))
