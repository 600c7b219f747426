"""Who may do what with a complaint that this person can see."""

from ombudsman_app.core.policy import Policy

from .scope import READERS

POLICIES = [
    Policy("complaints.queue", roles=READERS),
    Policy("complaints.read", roles=READERS),
]
