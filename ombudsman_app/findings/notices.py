"""What there is to tell about findings, and to whom: registered at start, called inside the commands.

Words name a number and nothing of the matter (PD6). An office under watch is told what was sent to it alone.
"""

from collections.abc import Iterable

from sqlalchemy import Select

from ombudsman_app.accounts.queries import ids_with_roles
from ombudsman_app.core.jobs.words import N_
from ombudsman_app.core.policy import PORTAL_ROLES, STRANGER, Actor, Role
from ombudsman_app.notifications.commands import notify
from ombudsman_app.notifications.kinds import Kind, RecordKind, register, register_record

from .models import Finding, RegisterExport
from .policies import JUDGES
from .scope import READERS, SECOND_PERSONS, SUBJECT, scope
from .states import Rung

EXPORT = "finding_export"
ADDRESSED = "finding_sent"  # the same record, as the office under watch sees it


def sent(finding: Finding, *, actor: Actor) -> None:
    """Tell the office that a finding was sent to it. ≤ 8 statements."""
    _tell("sent", _office(finding), finding, key=f"{finding.id}:{finding.round}", actor=actor)


def judged(finding: Finding, *, actor: Actor) -> None:
    """Tell the office that its answer was judged."""
    _tell("judged", _office(finding), finding, key=f"{finding.id}:{finding.version}", actor=actor)


def rung_released(finding: Finding, rung: Rung, *, actor: Actor) -> None:
    """Remind the office that its answer is waited for."""
    _tell("reminder", _office(finding), finding, key=f"{finding.id}:{finding.round}:{rung}", actor=actor)


def answered(finding: Finding, *, actor: Actor) -> None:
    """Tell the maker of the finding, and those who may judge it, that the answer has come."""
    people = {finding.made_by_id, *_staff(finding, Role.REVIEWER, Role.RESMON_ASSISTANT)}
    _tell("answered", people, finding, key=f"{finding.id}:{finding.round}", actor=actor)


def time_asked(finding: Finding, request_id: int, *, actor: Actor) -> None:
    """Tell those who may decide it that the office asks for more time: who judges, and the head."""
    people = _staff(finding, Role.REVIEWER, Role.RESMON_ASSISTANT, Role.HEAD_OF_REPRESENTATIVE)
    _tell("time_asked", people, finding, key=str(request_id), actor=actor)


def time_decided(finding: Finding, request_id: int, *, is_granted: bool, actor: Actor) -> None:
    """Tell the office what became of its request for more time."""
    kind = "time_granted" if is_granted else "time_refused"
    _tell(kind, _office(finding), finding, key=str(request_id), actor=actor)


def progressed(finding: Finding, entry_id: int, *, actor: Actor) -> None:
    """Tell the maker of the finding how far the office is."""
    _tell("progress", [finding.made_by_id], finding, key=str(entry_id), actor=actor)


def rung_proposed(finding: Finding, rung: Rung) -> None:
    """Tell the head of the office that a step of the ladder waits for release."""
    heads = _staff(finding, Role.HEAD_OF_REPRESENTATIVE)
    _tell("rung_waits", heads, finding, key=f"{finding.id}:{finding.round}:{rung}")


def export_waits(export: RegisterExport, people: Iterable[int | None], *, actor: Actor) -> None:
    """Tell those who may allow it that a large sheet waits."""
    notify("findings.export_waits", people, key=str(export.id), about=export.id, label="", actor=actor)


def export_decided(export: RegisterExport, *, actor: Actor) -> None:
    """Tell whoever asked for a large sheet what was decided."""
    people = [export.asked_by_id]
    notify("findings.export_decided", people, key=str(export.id), about=export.id, label="", actor=actor)


def _tell(
    kind: str, people: Iterable[int | None], finding: Finding, *, key: str, actor: Actor = STRANGER
) -> None:
    label = finding.reference or ""
    notify(f"findings.{kind}", people, key=key, about=finding.id, label=label, actor=actor)


def _office(finding: Finding) -> list[int]:
    """Return who answers for the office under watch. 1 statement."""
    return ids_with_roles(PORTAL_ROLES, finding.office_id, without_conflict=(SUBJECT, finding.id))


def _staff(finding: Finding, *roles: Role) -> list[int]:
    """Return who has one of the roles at the office that handles it. 1 statement."""
    return ids_with_roles(roles, finding.representative_office_id, without_conflict=(SUBJECT, finding.id))


def _handled(actor: Actor) -> Select[int]:
    seen: Select[int] = scope(actor).findings().with_only_columns(Finding.id)
    return seen


def _addressed(actor: Actor) -> Select[int]:
    seen: Select[int] = scope(actor).addressed().with_only_columns(Finding.id)
    return seen


def _exports(actor: Actor) -> Select[int]:
    seen: Select[int] = scope(actor).exports().with_only_columns(RegisterExport.id)
    return seen


register_record(RecordKind(EXPORT, visible=_exports, endpoint="staff.findings.export", value="export_id"))
register_record(RecordKind(SUBJECT, visible=_handled, endpoint="staff.findings.finding", value="finding_id"))
register_record(
    RecordKind(ADDRESSED, visible=_addressed, endpoint="portal.findings.finding", value="finding_id")
)
register(
    Kind(
        "findings.sent",
        N_("A finding is sent to your office"),
        N_("The Ombudsman has sent your office a finding. Open it to read it and to answer."),
        roles=PORTAL_ROLES,
        about=ADDRESSED,
    ),
    Kind(
        "findings.judged",
        N_("The Ombudsman has judged your answer"),
        N_("The answer of your office was judged. Open it to see what comes next."),
        roles=PORTAL_ROLES,
        about=ADDRESSED,
    ),
    Kind(
        "findings.reminder",
        N_("A reminder about a finding"),
        N_("The Ombudsman still waits for the answer of your office."),
        roles=PORTAL_ROLES,
        about=ADDRESSED,
    ),
    Kind(
        "findings.answered",
        N_("An office answers a finding"),
        N_("The office has answered. Another officer than its author judges the answer."),
        roles=READERS | JUDGES,
        about=SUBJECT,
    ),
    Kind(
        "findings.time_asked",
        N_("An office asks for more time"),
        N_("The office asks for more time to answer. Grant it or refuse it before its last day."),
        roles=READERS | JUDGES,
        about=SUBJECT,
    ),
    Kind(
        "findings.time_granted",
        N_("More time is granted to your office"),
        N_("Your office has more time to answer. Open it to see the new last day."),
        roles=PORTAL_ROLES,
        about=ADDRESSED,
    ),
    Kind(
        "findings.time_refused",
        N_("More time is refused"),
        N_("The request of your office for more time was refused. Open it to read why."),
        roles=PORTAL_ROLES,
        about=ADDRESSED,
    ),
    Kind(
        "findings.progress",
        N_("An office tells its progress"),
        N_("The office tells how far it is."),
        roles=READERS,
        about=SUBJECT,
        channels=frozenset(),
    ),
    Kind(
        "findings.rung_waits",
        N_("A step about a late answer waits for your release"),
        N_("No answer has come in time. The next letter waits for your release."),
        roles=frozenset({Role.HEAD_OF_REPRESENTATIVE}),
        about=SUBJECT,
    ),
    Kind(
        "findings.export_waits",
        N_("A large sheet of findings waits for you"),
        N_("Somebody asked for many findings as a sheet. Another person allows it, or not."),
        roles=SECOND_PERSONS,
        about=EXPORT,
    ),
    Kind(
        "findings.export_decided",
        N_("Your sheet of findings was decided on"),
        N_("Open it to see whether it was allowed."),
        roles=READERS,
        about=EXPORT,
        channels=frozenset(),
    ),
)
