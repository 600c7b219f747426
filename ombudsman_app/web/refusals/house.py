"""What any part of the house may refuse."""

from flask_babel import lazy_gettext as _l

from .pages import BAD_REQUEST, FORBIDDEN, NOT_FOUND
from .refusal import Refusal

REFUSALS: dict[str, Refusal] = {
    "not_visible": NOT_FOUND,
    "not_allowed": FORBIDDEN,
    "bad_input": BAD_REQUEST,
    "move_not_allowed": Refusal(
        409,
        _l("This step is not possible any more"),
        _l("Somebody else has moved this case on in the meantime. Open it again to see where it stands."),
    ),
    "record_changed": Refusal(
        409,
        _l("Somebody else changed this at the same time"),
        _l("Nothing was overwritten. Open it again, compare, and save once more."),
    ),
    "more_time_refused": Refusal(
        409,
        _l("More time is not possible here"),
        _l("It has changed meanwhile. Go back and look at it once more. Nothing was stored just now."),
        by_why={
            "answered": _l("The answer was given meanwhile, so no more time is needed."),
            "over": _l("The last day is over. An answer is taken all the same and stays marked as late."),
            "waits": _l("A request for more time waits already."),
            "too_often": _l("This time was extended as often as possible."),
            "decided": _l("Somebody has decided this request already."),
        },
    ),
    "pause_refused": Refusal(
        409,
        _l("This clock cannot stand still like this"),
        _l("It has changed meanwhile. Go back and look at the clock once more. Nothing was stored just now."),
        by_why={
            "over": _l("Its last day is over. What is late stays late: a pause does not heal it."),
            "ended": _l("This clock has ended already."),
            "interest": _l(
                "You or the officer who asked declared an interest in this case (UU 37/2008 Pasal 40). "
                "Another person must decide."
            ),
            "day_waits": _l(
                "A newer calendar gives an earlier last day for this clock. The head decides on that day "
                "first, then on the pause."
            ),
            "reporters": _l(
                "Days that were told to a reporter are not taken back. This pause ends by itself."
            ),
            "too_long": _l("So many days of pause are not left for this clock."),
        },
    ),
    "too_many_tries": Refusal(
        429,
        _l("Please wait a moment"),
        _l("There were too many tries in a short time. Nothing is lost; try again a little later."),
        "errors/too_many.html",
    ),
    "form_too_old": Refusal(
        400,
        _l("This page was open for too long"),
        _l("What you typed is kept. Check it and send it again."),
        "errors/session_ended.html",
    ),
    "form_sent_differently": Refusal(
        422,
        _l("This form was sent before, with another text"),
        _l("The first text stands. Open the page again to see it, and write there what is still missing."),
    ),
    "sign_in_too_old": Refusal(
        403,
        _l("Confirm that it is you"),
        _l("This step needs a sign-in of the last five minutes. What you typed is kept and goes on with it."),
        "errors/confirm.html",
    ),
    "session_ended": Refusal(
        403,
        _l("Your session has ended"),
        _l("Nothing was stored yet, and what you typed is kept. Sign in again, then send it once more."),
        "errors/sign_in_again.html",
    ),
    "second_factor_missing": Refusal(
        403,
        _l("First set up codes on your phone"),
        _l("Nothing was stored yet; what you typed is kept here. Set it up in a new window, then send this."),
        "errors/second_factor_missing.html",
    ),
}
