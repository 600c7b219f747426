"""Who may do what with the directory. Reading is everybody's right: the pages name the policy `public`."""

from ombudsman_app.core.policy import Policy

from .scope import POSTER_ROLES

POLICIES = [
    Policy("directory.counters", roles=POSTER_ROLES),
    Policy("directory.order_poster", roles=POSTER_ROLES),
    Policy("directory.fetch_poster", roles=POSTER_ROLES),  # one's own
]
