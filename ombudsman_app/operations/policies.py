"""Who keeps the house in order."""

from ombudsman_app.core.policy import STAFF_ROLES, Policy

from .scope import CARETAKERS

POLICIES = [
    Policy("operations.overview", roles=CARETAKERS),
    Policy("operations.back_up", roles=CARETAKERS),
    Policy("operations.jobs", roles=CARETAKERS),
    Policy("operations.read_job", roles=CARETAKERS),
    Policy("operations.change_job", roles=CARETAKERS),
    Policy("operations.progress", roles=STAFF_ROLES),  # of what one asked for oneself; caretakers of all
    Policy("operations.cancel_own", roles=STAFF_ROLES),
]
