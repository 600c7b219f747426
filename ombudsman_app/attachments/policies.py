"""Who may do what with files; whose files one can see is a matter of `scope.py` and the owners."""

from ombudsman_app.core.policy import PORTAL_ROLES, STAFF_ROLES, Actor, Policy

from .models import Attachment
from .owners import kinds


def _opens_original(actor: Actor, found: Attachment) -> bool:
    """Some owner says that this person works on the record and may open files as they came."""
    return any(kind.may_open_original(actor, found.folder) for kind in kinds())


OPEN_ORIGINAL = Policy("attachments.open_original", roles=STAFF_ROLES, when=_opens_original)
POLICIES = [
    OPEN_ORIGINAL,
    Policy("attachments.add", roles=STAFF_ROLES),  # to a record that an owner says is theirs
    Policy("attachments.send", roles=STAFF_ROLES),  # a piece of what one began oneself
    Policy("attachments.read", roles=STAFF_ROLES),
    Policy("attachments.add_answer", roles=PORTAL_ROLES),  # to a record that was sent to the own office
    Policy("attachments.send_answer", roles=PORTAL_ROLES),  # a piece of what one began oneself
    Policy("attachments.read_answer", roles=PORTAL_ROLES),
]
