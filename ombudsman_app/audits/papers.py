"""The papers of a result, made known to the domain that issues them: report, rapor, certificate."""

from uuid import UUID

from ombudsman_app.core.jobs.words import N_
from ombudsman_app.core.policy import Actor
from ombudsman_app.documents.kinds import DocumentKind, nobody_may, register

from . import paper_contents as contents
from . import result_sheet  # noqa: F401 - its job makes itself known
from .paper_folders import allows, heads, matter, visible
from .policies import RELEASE, WRITE_REPORT
from .queries.papers import CERTIFICATE, REPORT, SCORECARD

_DRAWING_SECONDS = 240.0  # sixty photos


def _writes(actor: Actor, folder: UUID) -> bool:
    return allows(WRITE_REPORT, actor, folder)


def _issues(actor: Actor, folder: UUID) -> bool:
    return allows(RELEASE, actor, folder)


register(
    DocumentKind(
        name=REPORT,
        label=N_("Audit report"),
        template="audits/pdf/audit_report.html",
        matter=matter,
        visible=visible,
        may_write=_writes,
        may_issue=_issues,
        content=contents.report,
        attached=contents.attached,
        approvers=heads,
        addressees=("respondent",),
        is_for_reporter=False,
        drawing_seconds=_DRAWING_SECONDS,
    )
)
register(
    DocumentKind(
        name=SCORECARD,
        label=N_("Scorecard of an office"),
        template="audits/pdf/audit_scorecard.html",
        matter=matter,
        visible=visible,
        may_write=nobody_may,
        may_issue=_issues,
        content=contents.scorecard,
        addressees=("respondent",),
        is_for_reporter=False,
    )
)
register(
    DocumentKind(
        name=CERTIFICATE,
        label=N_("Certificate of an audit"),
        template="audits/pdf/audit_certificate.html",
        matter=matter,
        visible=visible,
        may_write=nobody_may,
        may_issue=_issues,
        content=contents.certificate,
        addressees=("respondent",),
        is_for_reporter=False,
    )
)
