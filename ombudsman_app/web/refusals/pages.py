"""Refusals that have a page or a status of their own, whatever was asked."""

from flask_babel import lazy_gettext as _l

from .refusal import Refusal

NOT_FOUND = Refusal(
    404,
    _l("This page does not exist"),
    _l("The address may be mistyped, or what was here is not yours to see. Nothing was changed."),
    "errors/not_found.html",
)
FORBIDDEN = Refusal(
    403,
    _l("This is not for your role"),
    _l("You may see it, but another role must do it. Ask the head of your office if this seems wrong."),
    "errors/forbidden.html",
    by_why={
        "of_portal": _l(
            "This page is for staff of the Ombudsman. What is asked of your office, and what you answered, "
            "stands in the portal."
        ),
        "of_staff": _l(
            "This page is for officers of the bodies that the Ombudsman watches over. What they send comes "
            "to you on your own pages."
        ),
        "ended": _l(
            "You hold no role here any more: it was ended, or its last day is over. Nothing was stored just "
            "now. What was sent before is kept. Ask the administrator of the Ombudsman if this seems wrong."
        ),
    },
)
BAD_REQUEST = Refusal(
    400,
    _l("This request could not be read"),
    _l("Something arrived that no page of ours sends. Go back and try once more."),
    "errors/bad_request.html",
)
SERVER_ERROR = Refusal(
    500,
    _l("Something broke on our side"),
    _l("It was not your doing, and it has been written down. Try again in a few minutes."),
    "errors/server_error.html",
)
BUSY = Refusal(
    503,
    _l("We cannot store anything at this moment"),
    _l("What you typed is kept on this page. Wait a minute and send it again."),
    "errors/too_many.html",
)
NOT_POSSIBLE = Refusal(
    409,
    _l("This is not possible at the moment"),
    _l("A rule stands against it, and nothing was changed. Go back and open the page again."),
)

HTTP: dict[int, Refusal] = {
    400: BAD_REQUEST,
    403: FORBIDDEN,
    404: NOT_FOUND,
    405: Refusal(405, _l("This page does not exist"), _l("The address cannot be opened in this way.")),
    413: Refusal(413, _l("That was too much at once"), _l("Shorten the text and send it again.")),
    500: SERVER_ERROR,
}
