"""Who may do what with accounts: everybody with their own."""

from ombudsman_app.core.policy import Policy, Role

POLICIES = [
    Policy("accounts.own", roles=frozenset(Role), own=True),
    Policy("accounts.enrol", roles=frozenset(Role), own=True),  # also before the second factor stands
]
