"""What the papers of an examination report show. A confidential reporter stands in none of them.

Of an open report the paper names the registration number; the name itself stays sealed (ADR 15).
"""

import csv
import io
from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from ombudsman_app.core.errors import NotVisible
from ombudsman_app.core.workflow.deadlines import Unit
from ombudsman_app.core.workflow.rules import Limit, Mark
from ombudsman_app.documents.kinds import Attached
from ombudsman_app.documents.models import Document

from .commands.report import report_by_id
from .forms.report import ADDRESSEE_WORDS
from .letter_contents import case_by_folder
from .models import Complaint, ExaminationReport
from .states import (
    CONCLUSION_LABELS,
    FORMS,
    REGIMES,
    REPLY_CLOCK,
    Part,
    clock,
    corrective_action_clock,
    report_name,
)

ACTIONS_FILE = "aset:tindakan-korektif.csv"
# of the file: its head line, and where each of them stands in an action
_COLUMNS = {
    "nomor": "number",
    "ditujukan_kepada": "to",
    "instansi": "office",
    "bentuk_maladministrasi": "form",
    "tindakan_korektif": "text",
    "dasar": "rule",
    "bukti": "evidence",
}


def examination_report(document: Document) -> Mapping[str, Any]:
    """The whole report: parties, six sections, conclusion, who must do what until when."""
    case, report = _case_and_report(document)
    limit = corrective_action_clock(case.regime)
    return {
        "name": report_name(case.regime),
        "regime": REGIMES[case.regime].title,
        "registration_number": case.registration_number or case.ticket,
        "received_on": case.received_on if case.confidentiality == "open" else None,
        "is_confidential": case.confidentiality != "open",
        "respondent": case.office.name,
        "respondent_address": case.office.address or "",
        **_found(report),
        "sections": {part.value: text for part, text in report.texts().items() if part is not Part.REPORTER},
        "actions": _actions(report),
        **_length(limit),
        "unverified": limit.verified is not Mark.TEXT,
    }


def attached(content: Mapping[str, Any]) -> Attached:
    """The corrective actions as data, beside the words: UTF-8, commas, a head line."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for one in content["actions"]:
        writer.writerow([_plain_cell(one[name]) for name in _COLUMNS.values()])
    return {ACTIONS_FILE: (table.getvalue().encode(), "text/csv")}


def _plain_cell(cell: Any) -> Any:
    """Keep a text from being read as a formula by programs for sheets."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+-@\t" and cell else cell


def examination_result_notice(document: Document) -> Mapping[str, Any]:
    """The result for the reporter, in plain words. Of a confidential report no office stands in it."""
    case, report = _case_and_report(document)
    is_open = case.confidentiality == "open"
    return {
        **_head(case),
        "name": report_name(case.regime),
        **_found(report),
        "words": report.texts().get(Part.REPORTER, ""),
        "actions": [{"text": one["text"], "to": one["to"]} for one in _actions(report)] if is_open else [],
        "has_actions": bool(report.actions),
    }


def interim_result_notice(document: Document) -> Mapping[str, Any]:
    """What was found so far, and until when the reporter may react (older rules, 48/2020 Pasal 25(5b))."""
    case = case_by_folder(document.folder)
    if case is None:
        raise NotVisible
    return {**_head(case), "words": document.answers.get("words", ""), **_length(clock(REPLY_CLOCK))}


def _case_and_report(document: Document) -> tuple[Complaint, ExaminationReport]:
    case, report = case_by_folder(document.folder), report_by_id(int(document.answers["report"]))
    if case is None or report is None or report.complaint_id != case.id:
        raise NotVisible
    return case, report


def _head(case: Complaint) -> dict[str, Any]:
    return {
        "ticket": case.ticket,
        "registration_number": case.registration_number or "",
        "received_on": case.received_on,
        "respondent": case.office.name if case.confidentiality == "open" else None,
    }


def _found(report: ExaminationReport) -> dict[str, Any]:
    conclusion = report.conclusion
    return {
        "conclusion": CONCLUSION_LABELS[conclusion] if conclusion else "",
        "is_found": conclusion == "found",
        "forms": [FORMS[form] for form in report.forms if form in FORMS],
    }


def _actions(report: ExaminationReport) -> list[dict[str, Any]]:
    return [
        {
            "number": place,
            "to": str(ADDRESSEE_WORDS[action.addressee]),
            "office": action.office.name,
            "form": FORMS[action.form],
            **action.words(),
        }
        for place, action in enumerate(report.actions, 1)
    ]


def _length(limit: Limit) -> dict[str, Any]:
    length, unit = limit.span
    return {
        "length": length,
        "unit": str(_("working days") if unit is Unit.WORKING_DAYS else _("calendar days")),
        "legal": limit.legal or "",
    }
