"""Who may open the start pages."""

from ombudsman_app.core.policy import PORTAL_ROLES, STAFF_ROLES, Policy

POLICIES = [
    Policy("home.desk", roles=STAFF_ROLES),
    Policy("home.design", roles=STAFF_ROLES),
    Policy("home.portal", roles=PORTAL_ROLES),
]
