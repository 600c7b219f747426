"""What projects put on the pages of employers and of findings."""

from flask import url_for
from flask_babel import gettext as _

from ombudsman_app.core.policy import Actor
from ombudsman_app.employers import doors, links
from ombudsman_app.employers.project_words import verdict_word
from ombudsman_app.employers.queries.cases import case_of_finding
from ombudsman_app.employers.queries.projects import project_of_finding, projects_of_employer
from ombudsman_app.findings import origins
from ombudsman_app.findings.states import Origin
from ombudsman_app.web.access import may


def _register(_actor: Actor) -> doors.Door | None:
    if not may("employers.projects"):
        return None
    return doors.Door(_("Projects from public money"), url_for("staff.projects.projects"))


def _lines(employer_id: int, actor: Actor) -> list[links.Linked]:
    return [
        links.Linked(
            title=_("Project: %(package)s", package=row.package),
            detail=f"{row.contract_number} · {verdict_word(row.verdict)}",
            on=row.listed_on,
            endpoint="staff.projects.project",
            values={"project_id": row.id},
        )
        for row in projects_of_employer(actor, employer_id)
    ]


doors.on_register(_register)
links.register(_lines)


def _origin(finding_id: int) -> origins.OriginPage | None:
    """Return the page of the project, or of the late case, that a finding comes from. ≤ 2 statements."""
    if found := project_of_finding(finding_id):
        return origins.OriginPage("staff.projects.project", {"project_id": found})
    case = case_of_finding(finding_id)
    return origins.OriginPage("staff.compliance.case", {"case_id": case}) if case else None


origins.register(Origin.EMPLOYER, _origin)
