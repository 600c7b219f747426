"""Every refusal → a page with its words (`refusals/`), once (OU7). Views catch nothing."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from flask import Flask, Response, current_app, g, make_response, render_template, request, url_for
from flask.globals import request_ctx
from flask_babel import gettext as _
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from werkzeug.exceptions import HTTPException

from ombudsman_app.core.db import db
from ombudsman_app.core.errors import NotAllowed, RuleBroken
from ombudsman_app.core.logs import logger

from .access import current_actor, note_refusal
from .faces import Face, current_face, face_of, here
from .navigation import without_badges
from .proof import PREFIX
from .refusals import BAD_REQUEST, BUSY, FORBIDDEN, HTTP, NOT_POSSIBLE, REFUSALS, SERVER_ERROR, Refusal

_BUSY_SECONDS = 30
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
    refusal = HTTP.get(error.code or 500)
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
        **_way_home(face_of(current_actor()) if refusal is FORBIDDEN else current_face()),
    )
    return make_response(page, refusal.status)


def _way_home(face: Face) -> dict[str, str]:
    """Return where the pages of a face begin, for somebody who is at home there."""
    words = {"staff": _("To the desk"), "portal": _("To the portal")}
    if not face.roles or not face.lets_in(current_actor()):
        return {}
    return {"own_start": url_for(face.start), "own_start_words": words[face.name]}


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
