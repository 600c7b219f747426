"""Who may do what with the directory. Reading is everybody's right: the pages name the policy `public`."""

from ombudsman_app.core.policy import Policy

POLICIES: list[Policy] = []
