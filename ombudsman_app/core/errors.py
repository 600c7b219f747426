"""What the house refuses. `web/refusals/` owns the sentence for each code."""

from typing import Any


class RuleBroken(Exception):
    """A rule says no. `code` finds the sentence and the status, `details` fill its gaps."""

    code = "rule_broken"

    def __init__(self, **details: Any) -> None:
        super().__init__(self.code, details)
        self.details = details


class MoveNotAllowed(RuleBroken):
    """The state machine has no such move from here (AZ4: 409)."""

    code = "move_not_allowed"


class RecordChanged(RuleBroken):
    """Somebody else was faster; both texts are kept (DI2: 409)."""

    code = "record_changed"


class MoreTimeRefused(RuleBroken):
    """More time cannot be asked for or granted like this (409). Details: why (answered, not_running, over,
    waits, too_often, too_long, decided), most."""

    code = "more_time_refused"


class FormSentDifferently(RuleBroken):
    """The same form came a second time with another text (DI4: 422)."""

    code = "form_sent_differently"


class TooManyTries(RuleBroken):
    """A throttle asks for patience (AU4: 429). Details: retry_after_seconds."""

    code = "too_many_tries"


class NotVisible(RuleBroken):
    """For this person the record does not exist (AZ4: 404)."""

    code = "not_visible"


class NotAllowed(RuleBroken):
    """Visible, but this act is not for this person (AZ4: 403)."""

    code = "not_allowed"


class SignInTooOld(RuleBroken):
    """This act needs a sign-in of the last minutes; the page asks for the proof and keeps what was typed."""

    code = "sign_in_too_old"


class BadInput(RuleBroken):
    """The request itself is malformed (IN1: 400). Details: reason, an English code word."""

    code = "bad_input"


class UnsafeSettings(Exception):
    """Start-up refuses this configuration and says how to mend it (FB4)."""
