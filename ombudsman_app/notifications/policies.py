"""Who may do what with notifications: everybody with their own; caretakers look after what leaves."""

from ombudsman_app.core.policy import Policy, Role

from .scope import CARETAKERS

POLICIES = [
    Policy("notifications.inbox", roles=frozenset(Role), own=True),
    Policy("notifications.open", roles=frozenset(Role), own=True),  # the loader finds one's own alone
    Policy("notifications.choose", roles=frozenset(Role), own=True),
    Policy("notifications.messages", roles=CARETAKERS),
    Policy("notifications.send_again", roles=CARETAKERS),
]
