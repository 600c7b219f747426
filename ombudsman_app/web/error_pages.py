"""Every refusal → words and a page, once (OU7). Views catch nothing."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, Response, current_app, g, make_response, render_template, request, url_for
from flask.globals import request_ctx
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from werkzeug.exceptions import HTTPException

from ombudsman_app.core.db import db
from ombudsman_app.core.errors import NotAllowed, RuleBroken
from ombudsman_app.core.logs import logger

from .access import current_actor, note_refusal
from .faces import current_face, face_of, here
from .navigation import without_badges
from .proof import PREFIX

LazyText = Any  # what lazy_gettext returns


@dataclass(frozen=True)
class Refusal:
    """What a person reads when a rule says no."""

    status: int
    title: LazyText
    message: LazyText
    template: str = "errors/rule.html"
    by_why: Mapping[str, LazyText] = field(default_factory=dict)  # instead of `message`, by `details["why"]`

    def message_for(self, details: Mapping[str, Any]) -> LazyText:
        return self.by_why.get(str(details.get("why", "")), self.message)


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
_BUSY_SECONDS = 30

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
    "number_unreadable": Refusal(
        422,
        _l("This is no telephone number"),
        _l("Write it with its area or network code, such as 0812 3456 7890."),
    ),
    "second_person_needed": Refusal(
        409,
        _l("A second person is needed"),
        _l("Whoever wrote a letter, or changed it last, cannot also approve it. Ask a colleague who may."),
    ),
    "letter_incomplete": Refusal(
        422,
        _l("The letter is not complete"),
        _l("Something is missing without which it cannot go out. Change its words, then issue it."),
    ),
    "not_delivered": Refusal(
        422,
        _l("This does not prove receipt"),
        _l("Look at the day and at the way the letter went, then record it once more."),
    ),
    "wrong_kind_of_measure": Refusal(
        422,
        _l("This measure cannot stand here"),
        _l("A finding carries the one kind of measure that its origin allows. Nothing was stored."),
    ),
    "finding_incomplete": Refusal(
        422,
        _l("The finding is not complete"),
        _l("Write at least one measure that the office is to take, then send it."),
    ),
    "own_work": Refusal(
        403,
        _l("Another officer must judge this"),
        _l("Whoever wrote the finding or the answer does not judge it. Ask a colleague who may."),
    ),
    "rung_not_open": Refusal(
        409,
        _l("This letter is not needed any more"),
        _l("It was released already, or the office has answered. No number was used up."),
    ),
    "no_superior": Refusal(
        422,
        _l("Nobody is known above this office"),
        _l("Add the office above it to the directory, then release this step. No number was used up."),
    ),
    "completion_still_runs": Refusal(
        409,
        _l("The time to complete it still runs"),
        _l("It begins when the receipt of the letter is proven, and its last day belongs to the reporter."),
    ),
    "answer_still_runs": Refusal(
        409,
        _l("The respondent may still answer"),
        _l("The time begins when the receipt of the letter is proven, and its last day belongs to them."),
    ),
    "answer_refused": Refusal(
        422,
        _l("This answer cannot be filed like this"),
        _l("Look at the day on which it came, then file it once more."),
    ),
    "identity_in_letter": Refusal(
        409,
        _l("The letter names the reporter"),
        _l("It goes to the respondent. Take out whatever shows who reports, then have it approved again."),
    ),
    "not_confirmed": Refusal(
        422,
        _l("The reporter has not confirmed it"),
        _l("Choose the message or the file in which the reporter confirms that it is solved."),
    ),
    "no_withdrawal": Refusal(
        409,
        _l("The reporter does not want to end it"),
        _l("It was not asked for, or was taken back in the meantime. Nothing was changed."),
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
    "draft_ended": Refusal(
        410,
        _l("This complaint is not kept here any more"),
        _l("It was sent or removed, or seven days have passed. You can begin a new one at any time."),
    ),
    "draft_incomplete": Refusal(
        422,
        _l("Something is still missing"),
        _l("Nothing is lost. Go back, answer the question that is still open, and send it again."),
    ),
    "code_unknown": Refusal(
        422,
        _l("We cannot find this complaint"),
        _l("Ticket number and code do not fit together. Compare both with your receipt."),
    ),
    "code_needed": Refusal(
        401,
        _l("Your page was closed"),
        _l(
            "It closes by itself after a while, so that nobody else reads it. Copy what you typed, open the "
            "page again with ticket and code, and send it there."
        ),
        "errors/code_needed.html",
    ),
    "checks_open": Refusal(
        422,
        _l("The check is not finished"),
        _l("An item is not judged yet, or one that must be there is missing. Go back and look at the list."),
    ),
    "officer_not_free": Refusal(
        422,
        _l("This person cannot take the case"),
        _l("Somebody else must have it. Go back and choose from the list."),
    ),
    "identity_gone": Refusal(
        410,
        _l("There is no identity to open"),
        _l("Nothing about the person was told, or it was destroyed when its time was over."),
    ),
    "complaint_closed": Refusal(
        409,
        _l("This complaint has ended"),
        _l("Nothing can be written to it any more. Copy your text if you still need it."),
    ),
    "file_refused": Refusal(
        422,
        _l("This file cannot be taken"),
        _l("Nothing is lost of what was sent before. Go back and choose another file."),
    ),
    "upload_gone": Refusal(
        410,
        _l("This upload is not kept any more"),
        _l("A day has passed, or it was removed. Go back and send the file again."),
    ),
    "offset_differs": Refusal(
        409,
        _l("This piece does not follow the last one"),
        _l("Nothing is lost. Your page asks how far the file has come and goes on from there."),
    ),
    "upload_busy": Refusal(
        423,
        _l("This file is being sent from another page just now"),
        _l("Nothing is lost. Wait until that is done."),
    ),
    "tip_closed": Refusal(
        409,
        _l("This information was set aside"),
        _l("Nothing can be written to it any more. Copy your text if you still need it."),
    ),
    "view_name_taken": Refusal(
        409,
        _l("You have a view of that name"),
        _l("Nothing was changed. Go back, choose another name or replace the view."),
    ),
    "too_many_views": Refusal(
        409,
        _l("There is no room for one more view"),
        _l("Nothing was changed. Remove a view that you no longer use, then save this one."),
    ),
    "email_taken": Refusal(
        409,
        _l("This e-mail address is taken"),
        _l("Somebody signs in with it already. Open that account, or use another address."),
    ),
    "grant_ended": Refusal(
        409,
        _l("This right has ended already"),
        _l("Nothing was changed. Open the person again to see who ended it and when."),
    ),
    "grant_held": Refusal(
        409,
        _l("The person holds this role already"),
        _l("Nothing was changed. Open the person again to see the roles that hold today."),
    ),
    "account_not_waiting": Refusal(
        409,
        _l("No invitation is open"),
        _l("The person has set a password in the meantime, or the account is closed. Nothing was sent."),
    ),
    "account_closed": Refusal(
        409,
        _l("This account is closed"),
        _l("Nothing was changed. Invite the person with another address, or ask the caretaker."),
    ),
    "link_ended": Refusal(
        410,
        _l("This link does not work any more"),
        _l("Such a link is good once and for two hours. Ask your administrator for a new one."),
    ),
    "role_does_not_fit_office": Refusal(
        422,
        _l("This role does not fit this office"),
        _l("Staff roles belong to offices of the Ombudsman, the others to the offices under watch."),
    ),
    "signing_not_possible": Refusal(
        503,
        _l("No letter can be issued at the moment"),
        _l("The office cannot sign. No number was used up and nothing was changed. Tell your caretaker."),
        by_why={
            "missing": _l(
                "The key or the certificate of the office is not on this machine. No number was used up and "
                "nothing was changed. Tell your caretaker: the guide for operators says where they belong."
            ),
            "expired": _l(
                "The certificate of the office has expired. No number was used up and nothing was changed. "
                "Tell your caretaker, who puts the new certificate in its place."
            ),
            "not_yet": _l(
                "The certificate of the office is not valid yet, or the clock of this machine is wrong. No "
                "number was used up and nothing was changed. Tell your caretaker."
            ),
            "unreadable": _l(
                "The certificate of the office cannot be read: it is damaged, or its password is wrong. No "
                "number was used up and nothing was changed. Tell your caretaker."
            ),
            "does_not_fit": _l(
                "The key and the certificate of the office do not belong together. No number was used up and "
                "nothing was changed. Tell your caretaker."
            ),
            "exposed": _l(
                "Everybody on this machine may read the key of the office, so it signs nothing. No number "
                "was used up and nothing was changed. Tell your caretaker."
            ),
        },
    ),
}
NOT_POSSIBLE = Refusal(
    409,
    _l("This is not possible at the moment"),
    _l("A rule stands against it, and nothing was changed. Go back and open the page again."),
)

_HTTP: dict[int, Refusal] = {
    400: BAD_REQUEST,
    403: FORBIDDEN,
    404: NOT_FOUND,
    405: Refusal(405, _l("This page does not exist"), _l("The address cannot be opened in this way.")),
    413: Refusal(413, _l("That was too much at once"), _l("Shorten the text and send it again.")),
    500: SERVER_ERROR,
}

_WORD = 64  # shorter ones without a blank are chosen, not written: a radio button, an id, a key
_NEVER_REPEATED = frozenset({"csrf_token", "again", "code", "access_code"})


def init_error_pages(app: Flask) -> None:
    """Answer each refusal, each HTTP error and each bug with a page."""
    app.register_error_handler(RuleBroken, _rule_broken)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(OperationalError, _database_away)
    app.register_error_handler(Exception, _bug)


def _rule_broken(refused: RuleBroken) -> Response:
    if isinstance(refused, NotAllowed):
        _note(refused)
    if refused.code not in REFUSALS:
        logger.error("refusal without a sentence", code=refused.code)
    refusal = REFUSALS.get(refused.code, NOT_POSSIBLE)
    response = _page(refusal, refused.details, refused.code)
    if "retry_after_seconds" in refused.details:
        response.headers["Retry-After"] = str(refused.details["retry_after_seconds"])
    return response


def _note(refused: NotAllowed) -> None:
    try:
        note_refusal(refused)
    except SQLAlchemyError as failed:  # the refusal stands, recorded or not
        logger.error("refusal not on the trail", exc_info=failed)


def _http_error(error: HTTPException) -> Response:
    if error.response is not None or (error.code or 500) < 400:
        return make_response(error.get_response())
    refusal = _HTTP.get(error.code or 500)
    if refusal is None:
        refusal = Refusal(error.code or 500, BAD_REQUEST.title, BAD_REQUEST.message)
    if request_ctx.url_adapter is None:  # a Host header that is not ours: no page could name an address
        return _plain(refusal)
    response = _page(refusal, {})
    if error.code == 405 and getattr(error, "valid_methods", None):
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))  # type: ignore[attr-defined]
    return response


def _database_away(error: OperationalError) -> Response:
    """Locked, full, restarted or unreachable: say so and keep the text (FB1, FB3)."""
    logger.error("database away", exc_info=error)
    response = _last_words(BUSY)
    response.headers["Retry-After"] = str(_BUSY_SECONDS)
    return response


def _bug(error: Exception) -> Response:
    logger.error("bug", exc_info=error)
    return _last_words(SERVER_ERROR)


def _last_words(refusal: Refusal) -> Response:
    """Answer when something broke: by the page, or by bare text if what broke is needed for pages too."""
    try:
        return _page(refusal, {})
    except Exception as again:  # whatever it is, the person must get an answer
        logger.error("bug on the error page", exc_info=again)
        return _plain(refusal)


def _plain(refusal: Refusal) -> Response:
    return Response(f"{refusal.title}. {refusal.message}\n", refusal.status, mimetype="text/plain")


def _page(refusal: Refusal, details: dict[str, Any], code: str = "") -> Response:
    _forget_transaction()
    without_badges()
    typed = _typed()
    form_of: dict[str, Callable[[dict[str, Any]], Any]] = current_app.extensions["forms_of_refusals"]
    page = render_template(
        refusal.template,
        form=form_of[code](details) if code in form_of else None,
        here=here(),
        layout=current_face().layout,
        title=refusal.title,
        message=refusal.message_for(details),
        details=details,
        typed=typed,
        texts=[value for _name, value in typed if len(value.split()) > 1 or len(value) > _WORD],
        request_id=g.get("request_id", ""),
        way_back=_("Go back"),
        **(_way_home() if refusal is FORBIDDEN else {}),
    )
    return make_response(page, refusal.status)


def _way_home() -> dict[str, str]:
    """Return where the pages of this person begin, where they have some."""
    face = face_of(current_actor())
    words = {"staff": _("To the desk"), "portal": _("To the portal")}
    return {"own_start": url_for(face.start), "own_start_words": words[face.name]} if face.roles else {}


def _forget_transaction() -> None:
    """The page must not speak through a broken transaction, nor wait for a database that is away."""
    with suppress(SQLAlchemyError):
        db.release()


def _typed() -> list[tuple[str, str]]:
    """Return what was typed, so that a page can offer to send it again; never secrets."""
    # Only what the gate let in: reading the body here would fail once more, for the same reason.
    passed = request.__dict__.get("form") if "cleaned_fields" in g else None
    if request.method != "POST" or passed is None:
        return []
    return [(name, value) for name, value in passed.items() if not _is_secret(name)]


def _is_secret(field: str) -> bool:
    return field in _NEVER_REPEATED or "password" in field or field.startswith(PREFIX)
