"""The words of a finding that is proposed for a delay: from dates and numbers of acts alone.

No employer and no source is named: the office knows the case by its number (PD3, PD6).
"""

from flask_babel import force_locale
from flask_babel import gettext as _

from ombudsman_app.core.workflow.deadlines import days_late
from ombudsman_app.employers.commands.cases import DelayFinding
from ombudsman_app.employers.queries.cases import DelayOfCase
from ombudsman_app.web.formats import day

from .rules import limit_after
from .words import clock_name

_GROUND = "UU 24/2011 Pasal 17; PP 86/2013; UU 25/2009"


def proposed_finding(found: DelayOfCase) -> DelayFinding:
    """Return the finding as it is proposed, in Indonesian: it goes to an office."""
    case, clock = found.case, found.clock
    limit = limit_after(clock.clock)
    with force_locale("id"):
        late = days_late(found.delay.due_on, clock.ended_on) if clock.ended_on else 0
        until = (
            _("The step followed %(days)s days after the last day.", days=late)
            if clock.ended_on
            else _("Up to now no step is recorded.")
        )
        return DelayFinding(
            summary=_("No timely follow-up of case %(case)s", case=case.reference),
            description=_(
                "%(clock)s began on %(start)s and ended on %(due)s. %(until)s The office was reminded.",
                clock=clock_name(clock.clock),
                start=day(clock.start_on),
                due=day(found.delay.due_on),
                until=until,
            ),
            rule=limit.legal if limit and limit.legal else _GROUND,
            measure=_(
                "Take the next step in case %(case)s, record it, and report how delays are avoided.",
                case=case.reference,
            ),
        )
