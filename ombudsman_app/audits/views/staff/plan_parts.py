"""What planning adds to the page of an audit: what comes next, the team, the days, what happened."""

from ombudsman_app.audits.forms.rounds import StartForm
from ombudsman_app.audits.models import Audit
from ombudsman_app.audits.page_parts import Part, part
from ombudsman_app.audits.queries.steps import plan_state, steps_of
from ombudsman_app.audits.states import AuditState, RoundState
from ombudsman_app.audits.teams import missing_seats
from ombudsman_app.core.policy import Actor
from ombudsman_app.documents.states import DocumentState
from ombudsman_app.web.access import may

_ASSIGNED = (DocumentState.BEING_MADE, DocumentState.ISSUED)


@part(5)
def next_of_plan(actor: Actor, audit: Audit) -> Part | None:
    """Say what lacks before the visit, and offer the start. 1 statement while it is planned, else none."""
    if audit.state is not AuditState.PLANNED:
        return None
    plan = plan_state(actor, audit)
    lacks = missing_seats([one.seat for one in audit.members], is_blind=audit.round.is_blind)
    is_seated = any(one.user_id == actor.user_id for one in audit.members)
    is_assigned = plan.letter is not None and plan.letter.state in _ASSIGNED
    return Part(
        "audits/staff/_audit_next.html",
        {
            "plan": plan,
            "lacks": lacks,
            "asks_interest": is_seated and not plan.has_declared,
            "is_assigned": is_assigned,
            "is_running": audit.round.state is RoundState.RUNNING,
            "may_start": is_assigned
            and audit.round.state is RoundState.RUNNING
            and may("audits.start", audit),
            "start_form": StartForm(formdata=None, version=audit.version),
        },
        place="next",
    )


@part(10)
def team_of_audit(_actor: Actor, audit: Audit) -> Part:
    """Show who sits where, and the days. No statement."""
    can_change = audit.state in (AuditState.PLANNED, AuditState.IN_FIELD) and may("audits.plan", audit)
    return Part("audits/staff/_audit_team.html", {"can_change": can_change}, place="aside")


@part(90)
def steps_of_audit(_actor: Actor, audit: Audit) -> Part:
    """Show what happened so far. 1 statement."""
    return Part("audits/staff/_audit_steps.html", {"steps": steps_of(audit)}, place="aside")
