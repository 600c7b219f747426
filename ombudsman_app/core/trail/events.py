"""All event names, `domain:subject:act` (LG2). Sorted by domain."""

from enum import StrEnum


class Event(StrEnum):
    """What can stand on the trail."""

    ACCOUNTS_GRANT_GIVEN = "accounts:grant:given"
    ACCOUNTS_GRANT_REVOKED = "accounts:grant:revoked"
    ACCOUNTS_PASSWORD_CHANGED = "accounts:password:changed"  # noqa: S105 - a name, no password
    ACCOUNTS_SIGN_IN_FAILED = "accounts:sign_in:failed"
    ACCOUNTS_SIGNED_IN = "accounts:session:started"
    ACCOUNTS_SIGNED_OUT = "accounts:session:ended"
    ACCOUNTS_USER_CREATED = "accounts:user:created"
    ACCOUNTS_USER_DEACTIVATED = "accounts:user:deactivated"
    COMPLAINTS_CLOCK_MOVED = "complaints:clock:moved"
    COMPLAINTS_CLOCK_PROPOSED = "complaints:clock:proposed"
    COMPLAINTS_CLOCK_RELEASED = "complaints:clock:released"
    COMPLAINTS_CLOCK_WITHDRAWN = "complaints:clock:withdrawn"
    COMPLAINTS_CODE_CONFIRMED = "complaints:access_code:confirmed"
    COMPLAINTS_CODE_REFUSED = "complaints:access_code:refused"
    COMPLAINTS_FOLLOWED = "complaints:complaint:followed"
    COMPLAINTS_REGISTERED = "complaints:complaint:received"
    CORE_HOLIDAYS_IMPORTED = "core:holidays:imported"
    CORE_NOT_ALLOWED = "core:access:refused"
    CORE_THROTTLED = "core:throttle:reached"
    DIRECTORY_COUNTER_OPENED = "directory:counter:opened"
    DIRECTORY_REFERENCE_LOADED = "directory:reference:loaded"
