"""What the pages of an employer and its cases say about complaints and information that name it.

Who told is nowhere in it, nor a word of what was told. Only who may read the complaint or information has the
line, and is led there, where that right is asked for again.
"""

from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from ombudsman_app.core.policy import Actor
from ombudsman_app.employers import links, origins
from ombudsman_app.employers.compliance.rules import CaseSource
from ombudsman_app.employers.links import Linked
from ombudsman_app.employers.origins import Origin

from .formats.tips import tip_state
from .formats.words import state_label
from .models import Complaint, InformationTip
from .queries import SourceLine, sources_of, ticket_of
from .states import TipState


def _linked(employer_id: int, actor: Actor) -> list[Linked]:
    return [_line(line, actor) for line in sources_of(employer_id, actor)]


def _line(line: SourceLine, actor: Actor) -> Linked:
    """The day is that of the link: the day on which somebody told might give away who it was."""
    on = line.linked_at.astimezone(ZoneInfo(actor.time_zone)).date()
    if isinstance(line.state, TipState):
        title, state = _("Information %(ticket)s", ticket=line.number), tip_state(line.state)
        return Linked(title, state, on, endpoint="staff.tips.tip", values={"tip_id": line.id})
    title, state = _("Complaint %(number)s", number=line.number), state_label(line.state)
    return Linked(title, state, on, endpoint="staff.complaints.case", values={"complaint_id": line.id})


def _complaint(actor: Actor, record_id: int, names: int | None) -> Origin | None:
    number = ticket_of(actor, Complaint, record_id, names)
    if number is None:
        return None
    title, values = _("Complaint %(number)s", number=number), {"complaint_id": record_id}
    return Origin(CaseSource.COMPLAINT, record_id, title, "staff.complaints.case", values)


def _tip(actor: Actor, record_id: int, names: int | None) -> Origin | None:
    ticket = ticket_of(actor, InformationTip, record_id, names)
    if ticket is None:
        return None
    title, values = _("Information %(ticket)s", ticket=ticket), {"tip_id": record_id}
    return Origin(CaseSource.TIP, record_id, title, "staff.tips.tip", values)


links.register(_linked)
origins.register(CaseSource.COMPLAINT, _complaint)
origins.register(CaseSource.TIP, _tip)
