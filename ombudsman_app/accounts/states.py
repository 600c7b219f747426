"""Where an account stands; computed, never stored."""

from enum import StrEnum


class AccountState(StrEnum):
    """Invited: no password yet. Active: may sign in and holds a right today. Ended: closed or without one."""

    INVITED = "invited"
    ACTIVE = "active"
    ENDED = "ended"
