"""Who may do what with notifications: everybody with their own; caretakers look after what leaves."""

from ombudsman_app.core.policy import STAFF_ROLES, Policy

from .scope import CARETAKERS

POLICIES = [
    Policy("notifications.inbox", roles=STAFF_ROLES),
    Policy("notifications.open", roles=STAFF_ROLES),  # the loader finds one's own alone
    Policy("notifications.choose", roles=STAFF_ROLES),
    Policy("notifications.messages", roles=CARETAKERS),
    Policy("notifications.send_again", roles=CARETAKERS),
]
