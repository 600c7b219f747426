"""/jawab/<token>: an office without account opens one letter by a link and answers it once.

Fetching the address shows a number and changes nothing, whoever fetches: a scanner of mail proves no receipt.
What the letter says stands only in the browser in which somebody opened it by name.
"""

from uuid import uuid4

from flask import Response, make_response, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from ombudsman_app.attachments.queries import files_of
from ombudsman_app.attachments.upload_box import public_box
from ombudsman_app.complaints import commands, forms, queries
from ombudsman_app.complaints.errors import AnswerLinkEnded, WrongCode
from ombudsman_app.complaints.queries import AskedRequest, OpenLink, RequestPage
from ombudsman_app.core import throttle
from ombudsman_app.core.clock import today
from ombudsman_app.core.errors import MoveNotAllowed, NotVisible
from ombudsman_app.core.policy import STRANGER
from ombudsman_app.core.sessions import IS_PRIVATE
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record_aside
from ombudsman_app.documents.archive import bytes_of
from ombudsman_app.web.access import policy
from ombudsman_app.web.client import client_address
from ombudsman_app.web.downloads import download
from ombudsman_app.web.fields import typed
from ombudsman_app.web.forms import BaseForm
from ombudsman_app.web.sessions import browser_session

from .blueprint import bp

OPENED = (
    "answer_link"  # in the session of this browser: the link that somebody opened, and which opening it was
)
_SENT = "answer_link_sent"


@bp.route("/jawab/<string:token>", methods=["GET", "POST"])
@policy("public")
def answer_by_link(token: str) -> ResponseReturnValue:
    """Show the number, after opening the letter and the form; take the one answer. GET ≤ 5 statements."""
    form = forms.OfficeAnswerForm()
    link, asked = _found(token)
    if form.is_submitted():
        return _send(token, link, asked, form)
    if link is not None and session.get(_SENT) == link.id:
        return make_response(render_template("complaints/public/link_sent.html", asked=asked))
    if link is None or asked is None or not link.holds:
        return _ended(form)
    if not _is_opened(link):
        return _unopened(token, asked, forms.OpenLinkForm())
    form.form_key.data = uuid4().hex
    return _answer_page(token, link, asked, form)


def _send(
    token: str, link: OpenLink | None, asked: AskedRequest | None, form: forms.OfficeAnswerForm
) -> ResponseReturnValue:
    if link is None or asked is None:
        return _ended(form)
    if not _is_opened(link) and session.get(_SENT) != link.id:
        return _unopened(token, asked, forms.OpenLinkForm(), form) if link.holds else _ended(form)
    if not form.validate():
        return _answer_page(token, link, asked, form, 422) if link.holds else _ended(form)
    try:
        commands.answer_by_link(link.id, form.to_input(), opening=link.openings)
    except (AnswerLinkEnded, MoveNotAllowed):
        return _ended(form)
    session.pop(OPENED, None)
    session[_SENT] = link.id
    return redirect(url_for(".answer_by_link", token=token))


@bp.route("/jawab/<string:token>/buka", methods=["POST"])
@policy("public")
def open_answer_link(token: str) -> ResponseReturnValue:
    """Open it by name and position, for the office: that proves receipt."""
    form = forms.OpenLinkForm()
    link, asked = _found(token)
    if link is None or asked is None or not link.holds:
        return _ended(form)
    if not form.validate():
        return _unopened(token, asked, form, status=422)
    throttle.check("answer_link_code", queries.link_hash(token), client_address())
    try:
        opening = commands.open_answer_link(link.id, form.to_signer())
    except WrongCode:
        form.say_wrong_code()
        return _unopened(token, asked, form, status=422)
    except (AnswerLinkEnded, MoveNotAllowed):
        return _ended(form)
    browser_session().begin_anew()
    session[OPENED] = [link.id, opening]
    session[IS_PRIVATE] = True
    return redirect(url_for(".answer_by_link", token=token))


@bp.route("/jawab/<string:token>/surat")
@policy("public")
def linked_letter(token: str) -> ResponseReturnValue:
    """Hand over the signed PDF to the browser in which it was opened."""
    link, asked = _found(token)
    if link is None or asked is None or not link.holds or not _is_opened(link):
        return redirect(url_for(".answer_by_link", token=token))
    content = bytes_of(queries.letter_of_request(asked))
    if content is None:
        raise NotVisible
    record_aside(Event.DOCUMENTS_FETCHED, "document", asked.id, actor=STRANGER)
    return download(content, name=f"{asked.number}.pdf", media_type="application/pdf")


def _is_opened(link: OpenLink) -> bool:
    """Whether this browser opened it last: one at a time (AU6)."""
    return bool(session.get(OPENED) == [link.id, link.openings])


def _found(token: str) -> tuple[OpenLink | None, AskedRequest | None]:
    """Return what a token leads to; counted as a try, whatever it is."""
    hashed = queries.link_hash(token)
    throttle.check("answer_link", hashed, client_address())
    link = queries.open_link(hashed)
    return link, queries.linked_request(link) if link else None


def _unopened(
    token: str,
    asked: AskedRequest,
    form: forms.OpenLinkForm,
    answer: BaseForm | None = None,
    *,
    status: int = 200,
) -> Response:
    """Show the number and ask who opens it; an answer that was typed before stays in sight, 409."""
    said = typed(answer) if answer is not None else []
    page = render_template(
        "complaints/public/link_unopened.html", token=token, asked=asked, form=form, typed=said
    )
    return make_response(page, 409 if answer is not None else status)


def _answer_page(
    token: str, link: OpenLink, asked: AskedRequest, form: forms.OfficeAnswerForm, status: int = 200
) -> Response:
    page = render_template(
        "complaints/public/link_answer.html",
        token=token,
        link=link,
        asked=asked,
        page=RequestPage(asked, answers=[], waiting_files=[], time_requests=[], today=today(asked.time_zone)),
        form=form,
        files=files_of(queries.folder_of_link(link.id, link.openings)),
        box=public_box("answer_link", url_for(".answer_by_link", token=token)),
    )
    return make_response(page, status)


def _ended(form: BaseForm) -> Response:
    """Say what to do, with what was typed (409); an old link looks like one that never was (404)."""
    said = typed(form) if form.is_submitted() else []
    page = render_template("complaints/public/link_ended.html", typed=said)
    return make_response(page, 409 if form.is_submitted() else 404)
