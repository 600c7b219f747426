"""Why a paper cannot be signed."""

from enum import StrEnum

from ombudsman_app.core.errors import RuleBroken


class Why(StrEnum):
    """What is wrong with the key or the certificate of the office."""

    MISSING = "missing"
    EXPIRED = "expired"
    NOT_YET = "not_yet"
    UNREADABLE = "unreadable"
    DOES_NOT_FIT = "does_not_fit"
    EXPOSED = "exposed"


class SigningNotPossible(RuleBroken):
    """The key or certificate of the office is missing, broken or not valid now. Details: why, a `Why`."""

    code = "signing_not_possible"
